"""Who got an announcement, as organisers read it: names that fit, and how many more there are."""

from domain.outcomes.organising.receipts import Receipt, ReceiptLine, ReceiptsShown
from domain.voice import Voice
from messages.catalogue import words
from messages.organising.render import render
from tests.messages.reading import read


def test_who_finds_no_room_is_counted_and_no_name_is_cut_in_two():
    long = [f"Annegret-Wilhelmine von Hohenstein-Mühlenbach {n:02}" for n in range(12)]
    each = tuple(ReceiptLine(name, "", Receipt.DELIVERED) for name in long)
    shown = ReceiptsShown(1, ("Werkstatt Nordtal",), ((Receipt.DELIVERED, 20, each),))
    text = read(render(shown, words(Voice.DU)))
    assert f"(20): {', '.join(long[:6])} und 14 weitere\n" in text
    few = ReceiptsShown(1, ("Werkstatt Nordtal",), ((Receipt.DELIVERED, 2, each[:2]),))
    assert f"(2): {', '.join(long[:2])}\n" in read(render(few, words(Voice.DU)))
