"""Cards of paper, typed or in a list: read right, or with one word that says what is wrong."""

from datetime import date

import pytest

from domain.guest_lists import GuestListError, ListFault
from domain.paper import CardFault, PaperCard, ResolvedCard, deadline_of, read_cards
from domain.pledges import Acts
from tests.workbooks import xlsx

ANA, BEN, TEXT = "Ana Keller", "Ben Albrecht", "Ich rufe im Rathaus an."
CARD = PaperCard(ANA, BEN, Acts.AUTHOR, TEXT)
HEAD = "Von;An;Versprechen;Wer handelt\r\n"


@pytest.mark.parametrize(
    ("said", "card"),
    [
        (f"Ana Keller verspricht Ben Albrecht: {TEXT}", CARD),
        (f"Ana Keller promises Ben Albrecht: {TEXT}", CARD),
        (f"Ana Keller und Ben Albrecht: {TEXT}", PaperCard(ANA, BEN, Acts.BOTH, TEXT)),
        (f"{HEAD}Ana Keller;Ben Albrecht;{TEXT};", CARD),
        (f"{HEAD}Keller, Ana;Ben Albrecht MdB;{TEXT};Ana", CARD),
        (f"{HEAD}Ana Keller;Ben Albrecht;{TEXT};Albrecht", PaperCard(ANA, BEN, Acts.PARTNER, TEXT)),
        (f"{HEAD}Ana Keller;Ben Albrecht;{TEXT};beide", PaperCard(ANA, BEN, Acts.BOTH, TEXT)),
        (f'From,To,Promise\nAna Keller,Ben Albrecht,"{TEXT}"', CARD),
    ],
)
def test_a_card_is_read(said, card):
    assert [each for _, each in read_cards(said.encode("cp1252")).cards] == [card]


def test_a_card_in_a_workbook_is_read():
    content = xlsx([["Name 1", "Name 2", "Satz"], [ANA, BEN, TEXT]])
    assert [card for _, card in read_cards(content).cards] == [CARD]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f";Ben Albrecht;{TEXT};", CardFault.NO_NAME),
        (f"Ana Keller;Keller, Ana;{TEXT};", CardFault.SAME),
        ("Ana Keller;Ben Albrecht;;", CardFault.NO_TEXT),
        (f"Ana Keller;Ben Albrecht;{'x' * 501};", CardFault.TOO_LONG),
        (f"Ana Keller;Ben Albrecht;{TEXT};Cem", CardFault.ACTS),
        (f"=A1;Ben Albrecht;{TEXT};", CardFault.UNREADABLE),
        (f"Ana Keller;Ben Albrecht;{TEXT};;mehr", CardFault.SHIFTED),
        (f"123;Ben Albrecht;{TEXT};", CardFault.NAME),
    ],
)
def test_what_is_wrong_with_a_row_is_said(row, fault):
    read = read_cards(f"{HEAD}{row}".encode())
    assert (read.cards, read.faults) == ((), ((2, fault),))


def test_a_line_that_is_no_card_and_a_card_that_comes_twice():
    lines = (
        f"Ana Keller verspricht Ben Albrecht: {TEXT}",
        "Danke!",
        f"Keller, Ana verspricht Ben Albrecht: {TEXT}",
    )
    assert read_cards("\n".join(lines).encode()).faults == ((2, CardFault.FORM), (3, CardFault.TWICE))


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, ListFault.LOST), (b"Name;Ort\nAna;Bonn", ListFault.NO_HEAD), (HEAD.encode(), ListFault.EMPTY)],
)
def test_a_file_of_which_nothing_can_be_read_is_refused_whole(content, fault):
    with pytest.raises(GuestListError) as refused:
        read_cards(content)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("sentence", "answered", "day"),
    [
        ("Ich rufe bis zum 20. Mai an.", date(2027, 4, 12), date(2027, 5, 20)),
        ("Ich rufe bis zum 20. Mai an.", date(2027, 4, 21), date(2027, 10, 21)),  # too near by now
        ("Ich rufe bis zum 20. April an.", date(2027, 4, 21), date(2027, 10, 21)),  # past, not a year later
        ("Ich rufe in zwei Monaten an.", date(2027, 4, 21), date(2027, 6, 12)),  # from the day of the card
        ("Ich rufe an.", date(2027, 4, 21), date(2027, 10, 21)),
    ],
)
def test_the_day_of_a_card_is_read_as_on_the_day_it_was_entered(sentence, answered, day):
    assert deadline_of(sentence, date(2027, 4, 12), answered) == day


@pytest.mark.parametrize(
    ("first", "second", "acts", "text", "same"),
    [
        ({"Anna Keler", "p1"}, {"Ben"}, Acts.AUTHOR, TEXT, True),
        ({"Ben"}, {"Anna Keler", "p1"}, Acts.PARTNER, TEXT.upper(), True),
        ({"Ben"}, {"Anna Keler", "p1"}, Acts.AUTHOR, TEXT, False),
        ({"Anna Keler"}, {"Ben"}, Acts.AUTHOR, TEXT, False),
        ({"Ana", "p1"}, {"Ben"}, Acts.AUTHOR, "Ich komme.", False),
    ],
)
def test_a_card_is_the_same_by_whom_it_means(first, second, acts, text, same):
    there = ResolvedCard(frozenset({"Ana", "p1"}), frozenset({"Ben", "g2"}), Acts.AUTHOR, TEXT)
    assert ResolvedCard(frozenset(first), frozenset(second), acts, text).is_same(there) is same
