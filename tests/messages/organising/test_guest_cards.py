"""The cards of guests: every code can be scanned from the page, and read beside it."""

from datetime import date

import pypdfium2
import zxingcpp

from domain.outcomes.organising.guests import CardOfGuest, GuestCards
from domain.voice import Voice
from messages.catalogue import words
from messages.organising import guest_cards


def cards(count, name="Ana Keller"):
    printed = tuple(
        CardOfGuest(name, "Verein", f"https://t.me/mutmacher_bot?start=c_ABCDEFGHJ{n}", f"c_ABCDEFGHJ{n}")
        for n in range(count)
    )
    return GuestCards(1, "Werkstatt Berlin", "mutmacher_bot", date(2027, 5, 11), printed)


def test_each_card_is_scanned_from_its_page_and_read_without_a_camera():
    with pypdfium2.PdfDocument(guest_cards.draw(cards(9), words(Voice.DU))) as file:
        scanned = [
            code.text
            for page in file
            for code in zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
        ]
        text = "\n".join(page.get_textpage().get_text_range() for page in file)
        assert len(file) == 2
    assert sorted(scanned) == [each.link for each in cards(9).cards]
    assert all(each.code in text for each in cards(9).cards)
    assert "Gilt bis 11. Mai 2027" in text


def test_a_name_that_no_card_has_room_for_is_cut_and_a_sign_that_no_font_has_left_out():
    with pypdfium2.PdfDocument(
        guest_cards.draw(cards(1, "🦊 " + "Langer Name " * 20), words(Voice.EN))
    ) as file:
        text = file[0].get_textpage().get_text_range()
    assert text.startswith("Langer Name")
    assert "…" in text
