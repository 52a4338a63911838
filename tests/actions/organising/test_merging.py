"""What becomes of two people's rows when both turn out to be one: every column is decided upon."""

import pytest
from sqlalchemy import select

from actions.organising.accounts.doubles import are_two
from actions.organising.accounts.merging import DECIDED, MOVED
from actions.pledging.entered.handing_over import HANDED_OVER
from db.models import (
    HelpCall,
    HelpRequest,
    Introduction,
    IntroState,
    Invited,
    OfficeSeat,
    Outgoing,
    Person,
    Pledge,
    Relay,
    RelayStop,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Suggestion,
    ToldApart,
)
from domain.nudging import Period
from domain.outcomes.choices import Verdict
from domain.pledges import Blocker, HelpsBecause
from tests.actions.organising.two_in_one import (
    CEM,
    DORA,
    GONE,
    KEPT,
    LATER,
    all_of,
    between,
    card,
    intro,
    merged,
    people,
    said,
)
from tests.actions.pledging.test_handing_over import columns_of_persons
from tests.cast import pledge_row
from tests.world import STARTS_AT


def test_every_column_about_a_person_is_decided_upon():
    assert {*HANDED_OVER, *MOVED, *DECIDED} == columns_of_persons(), "say what becomes of it in a new account"
    assert len(HANDED_OVER) + len(MOVED) + len(DECIDED) == len(columns_of_persons())


@pytest.mark.parametrize(
    ("kept", "gone", "stays"),
    [
        (IntroState.EXPIRED, IntroState.ASKED, 2),
        (IntroState.ASKED, IntroState.BOTH, 2),
        (IntroState.DECLINED, IntroState.ASKED, 1),
        (IntroState.BOTH, IntroState.DECLINED, 1),
        (IntroState.BOTH, IntroState.BOTH, 1),
    ],
)
async def test_of_two_introductions_to_the_same_person_the_stronger_stays(sqlite, kept, gone, stays):
    await merged(sqlite, *between(kept, gone))
    pair = (KEPT, CEM) if stays == 1 else (CEM, KEPT)
    assert await all_of(sqlite, Introduction.id, Introduction.asker_id, Introduction.asked_id) == [
        (stays, *pair)
    ]


async def test_what_hangs_on_the_introduction_that_goes_hangs_on_the_other(database):
    def relay(_workshop):
        return Relay(
            introduction_id=2, sender_id=CEM, recipient_id=GONE, words="Bis gleich", sent_at=STARTS_AT
        )

    shown = said("MeetCard", 2), said("Forgotten", 2, {"again": "MeetCard"})
    await merged(database, *between(IntroState.BOTH, IntroState.BOTH), relay, *shown)
    assert await all_of(database, Relay.introduction_id, Relay.recipient_id) == [(1, KEPT)]
    assert await all_of(database, Outgoing.object_id) == [(1,), (1,)]


async def test_messages_that_name_the_one_name_the_other(database):
    rows = said("Asking", GONE), said("PartnersFound", None, {"hits": [CEM, GONE], "pledge_id": GONE})
    await merged(database, *rows, said("Profile", None, reader=GONE))
    async with database.reader() as session:
        found = (await session.scalars(select(Outgoing).order_by(Outgoing.id))).all()
    assert [each.object_id for each in found] == [KEPT, None, None]
    assert found[1].args == {"hits": [CEM, KEPT], "pledge_id": GONE}
    assert (found[2].person_id, found[2].party_id) == (KEPT, KEPT)


async def test_of_two_cards_of_the_same_person_the_one_decided_last_stays(database):
    cards = card(1, KEPT, CEM, Verdict.NEXT), card(2, GONE, CEM, Verdict.NOT_MY_TOPIC, LATER)
    await merged(database, *cards, card(3, DORA, GONE), card(4, GONE, KEPT), card(5, KEPT, GONE))
    found = await all_of(
        database, Suggestion.id, Suggestion.person_id, Suggestion.other_id, Suggestion.verdict
    )
    assert found == [(2, KEPT, CEM, Verdict.NOT_MY_TOPIC), (3, DORA, KEPT, None)]


async def test_an_asked_card_leads_to_its_introduction_still(sqlite):
    cards = card(1, KEPT, CEM, Verdict.NEXT), card(2, GONE, CEM, Verdict.MEET, LATER)
    await merged(sqlite, *cards, intro(2, GONE, CEM, IntroState.ASKED))
    assert await all_of(sqlite, Introduction.asker_id, Introduction.suggestion_id) == [(KEPT, 2)]


async def test_what_a_card_led_to_stays_with_the_card_that_stays(sqlite):
    cards = card(1, KEPT, CEM, Verdict.MEET), card(2, GONE, CEM, Verdict.NEXT, LATER)
    await merged(sqlite, *cards, intro(1, KEPT, CEM, IntroState.BOTH))
    assert await all_of(sqlite, Introduction.asker_id, Introduction.suggestion_id) == [(KEPT, 2)]


async def test_of_two_seats_in_an_office_the_one_that_is_taken_stays(database):
    def seat(number, mp, staff, confirmed_at=None):
        more = {"id": number, "mp_id": mp, "staff_id": staff, "confirmed_at": confirmed_at}
        return lambda _workshop: OfficeSeat(asked_at=STARTS_AT, **more)

    seats = (
        seat(1, CEM, KEPT),
        seat(2, CEM, GONE, STARTS_AT),
        seat(3, GONE, DORA, STARTS_AT),
        seat(4, KEPT, DORA),
    )
    await merged(database, *seats)
    assert await all_of(database, OfficeSeat.id, OfficeSeat.mp_id, OfficeSeat.staff_id) == [
        (2, CEM, KEPT), (3, KEPT, DORA),
    ]  # fmt: skip


async def test_a_seat_that_is_asked_for_is_more_than_one_that_ended(sqlite):
    def seat(number, staff, ended_at=None):
        return lambda _workshop: OfficeSeat(
            id=number, mp_id=CEM, staff_id=staff, asked_at=STARTS_AT, ended_at=ended_at
        )

    await merged(sqlite, seat(1, KEPT, LATER), seat(2, GONE), said("SeatAsked", 2))
    assert await all_of(sqlite, OfficeSeat.id, OfficeSeat.staff_id) == [(2, KEPT)]
    assert await all_of(sqlite, Outgoing.object_id) == [(2,)]


async def test_nobody_is_asked_to_help_themselves_and_stops_are_kept(database):
    def call(number, person):
        more = {"id": number, "pledge_id": number, "person_id": person, "period": Period.M1}
        return lambda _workshop: HelpCall(blocker=Blocker.TIME, made_at=STARTS_AT, **more)

    def request(number, of, person, state):
        more = {
            "id": number,
            "call_id": of,
            "person_id": person,
            "state": state,
            "because": HelpsBecause.OFFER,
        }
        return lambda _workshop: HelpRequest(asked_at=STARTS_AT, expires_at=LATER, **more)

    def pledge(number, one, other):
        return lambda workshop: pledge_row(workshop, one, other, STARTS_AT, id=number)

    def stop(one, other):
        return lambda _workshop: RelayStop(person_id=one, other_id=other, at=STARTS_AT)

    def apart(one, other):
        return lambda _workshop: ToldApart(one_id=one, other_id=other, at=STARTS_AT)

    await merged(
        database, pledge(1, KEPT, DORA), pledge(2, CEM, DORA), call(1, KEPT), call(2, CEM),
        request(1, 1, GONE, IntroState.ASKED), request(2, 2, KEPT, IntroState.ASKED),
        request(3, 2, GONE, IntroState.BOTH), stop(GONE, CEM), stop(KEPT, CEM), stop(DORA, GONE), stop(GONE, KEPT),
        apart(GONE, CEM), apart(KEPT, CEM), apart(DORA, GONE), apart(GONE, KEPT),
        said("HelpAsked", 2),
    )  # fmt: skip
    assert await all_of(database, HelpRequest.id, HelpRequest.person_id) == [(3, KEPT)]
    assert await all_of(database, Outgoing.object_id) == [(3,)], "what the chat shows can be answered"
    assert await all_of(database, RelayStop.person_id, RelayStop.other_id) == [(KEPT, CEM), (DORA, KEPT)]
    assert await all_of(database, ToldApart.one_id, ToldApart.other_id) == [(KEPT, CEM), (DORA, KEPT)]


async def test_a_yes_to_a_round_table_is_the_persons(database):
    def table(number):
        more = {"id": number, "topic": "ehrenamt", "number": 1, "state": RoundtableState.ASKING}
        return lambda workshop: Roundtable(workshop_id=workshop, starts_at=LATER, made_at=STARTS_AT, **more)

    def seat(number, of, person, state):
        more = {"id": number, "roundtable_id": of, "person_id": person, "state": state}
        return lambda _workshop: RoundtableSeat(**more)

    await merged(
        database, table(1), table(2), seat(1, 1, GONE, Invited.YES), seat(2, 1, KEPT, Invited.ASKED),
        seat(3, 2, GONE, Invited.ASKED), said("RoundtableAsked", 2),
    )  # fmt: skip
    assert await all_of(database, RoundtableSeat.id, RoundtableSeat.person_id) == [(1, KEPT), (3, KEPT)]
    assert await all_of(database, Outgoing.object_id) == [(1,)]


@pytest.mark.parametrize("known", ["pledge", "met", "seat", "left", "shown"])
async def test_whoever_has_something_to_do_with_them_is_somebody_else(sqlite, known):
    rows = {
        "pledge": [lambda workshop: pledge_row(workshop, GONE, KEPT, STARTS_AT)],
        "met": [card(1, KEPT, GONE), intro(1, KEPT, GONE, IntroState.BOTH)],
        "seat": [lambda _: OfficeSeat(mp_id=KEPT, staff_id=GONE, asked_at=STARTS_AT)],
        "left": [
            lambda _: OfficeSeat(
                mp_id=GONE, staff_id=KEPT, asked_at=STARTS_AT, confirmed_at=STARTS_AT, ended_at=LATER
            )
        ],
        "shown": [card(1, KEPT, GONE), intro(1, KEPT, GONE, IntroState.ASKED)],
    }
    async with sqlite.writer.begin() as session:
        workshop = await people(session)
        for make in rows[known]:
            session.add(make(workshop))
            await session.flush()
        assert await are_two(session, KEPT, GONE) is (known != "shown")


async def test_pledges_of_both_are_the_persons(sqlite):
    await merged(sqlite, lambda workshop: pledge_row(workshop, CEM, GONE, STARTS_AT))
    assert await all_of(sqlite, Pledge.author_id, Pledge.partner_id) == [(CEM, KEPT)]
    assert (GONE,) not in await all_of(sqlite, Person.id)
