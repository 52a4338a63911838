"""Names and titles on buttons: cut where a phone would cut them, and never so that two look alike."""

from datetime import date

import pytest

from domain.deadlines import SaidDay
from domain.outcomes.matching import Card
from domain.outcomes.organising.desk import RoleClaims
from domain.outcomes.pledging.partners import PartnerAsked, PartnerFound, PartnersFound
from domain.outcomes.pledging.pledges import PledgeLine, PledgeList, ProposalSent
from domain.pledges import State
from domain.roles import Role
from domain.voice import Voice
from domain.words import give_way
from messages.catalogue import words
from messages.organising.render import render as at_the_desk
from messages.pledging.render import render
from tests.messages.reading import labels

LONG = "Wilhelmine von Beispielhausen-Musterdorf"
TITLE = "Donaudampfschifffahrtsgesellsch…"


@pytest.mark.parametrize(
    ("parts", "room", "fitted"),
    [
        (["Ana", "Nordtal"], 10, ["Ana", "Nordtal"]),
        (["Ana", "Nordtal"], 8, ["Ana", "Nord…"]),
        (["Wilhelmine", "Nordtal"], 12, ["Wilhe…", "Nordt…"]),
        (["🦊🦊🦊"], 4, ["🦊…"]),
        (["Ana", "Ben"], 0, ["…", "…"]),
        ([], 5, []),
    ],
)
def test_the_longest_gives_way(parts, room, fitted):
    assert give_way(parts, room) == fitted


@pytest.mark.parametrize(
    ("voice", "title", "name", "label"),
    [
        (Voice.DU, "Ehrenamtspauschale", "Ana Keller", "1 Ehrenamtspauschale, Ana"),
        (Voice.SIE, "Bürgerbus", "Ana Keller", "1 Bürgerbus, Ana Keller"),
        (Voice.SIE, "Ehrenamtspauschale", "Ana Keller", "1 Ehrenamtspauschale"),
        (Voice.DU, "Ehrenamtspauschale", LONG, "1 Ehrenamtspauschale"),
        (Voice.EN, TITLE, "Ana Keller", "1 Donaudampfschifffahrts…"),
    ],
)
def test_in_the_list_a_name_is_on_the_button_whole_or_not_at_all(voice, title, name, label):
    line = PledgeLine(1, title, name, State.ACTIVE, False, None)
    assert labels(render(PledgeList((line,), can_start=False), words(voice))) == [[label]]


def test_people_whose_names_are_cut_alike_are_numbered():
    asked = PartnerAsked(((1, f"{LONG} Eins"), (2, "Ana Keller"), (3, f"{LONG} Zwei")))
    assert labels(render(asked, words(Voice.DU))) == [
        ["Wir stehen zusammen"], ["Mit Wilhelmine von B… (1)"], ["Mit Ana Keller"], ["Mit Wilhelmine von B… (2)"],
        ["Name suchen"], ["Jemand ohne Telegram"], ["Abbrechen"],
    ]  # fmt: skip
    found = PartnersFound((PartnerFound(4, LONG, "Nordtal"), PartnerFound(5, LONG, "Rathaus")))
    assert labels(render(found, words(Voice.EN)))[:2] == [
        ["With Wilhelmin… · Nordtal"], ["With Wilhelmin… · Rathaus"],
    ]  # fmt: skip


def test_the_longest_day_of_a_sentence_fits_with_its_year():
    sent = ProposalSent(
        2, "Ana Keller", date(2028, 3, 1), said=SaidDay(date(2028, 9, 30), (date(2028, 9, 30),), sure=True)
    )
    for voice, label in ((Voice.DU, "30. September 2028 nehmen"), (Voice.EN, "Take 30 September 2028")):
        assert labels(render(sent, words(voice, date(2027, 9, 30))))[0] == [label]


def test_a_claim_shows_number_name_and_place():
    card = Card(LONG, Role.MP, False, "", "Oberbeispielhausen", "BY")
    claims = RoleClaims(waiting=1, people=((4, card),), first=100, page=0, pages=1)
    assert labels(at_the_desk(claims, words(Voice.DU)))[0] == ["100. Wilhelmin… · Oberbe…"]
