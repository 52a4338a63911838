"""Sent rows and the organisers' trail go in time; what somebody may yet need of them stays."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.exchange import passes
from actions.rights import pruning_sent
from db.models import (
    Audit,
    Broadcast,
    BroadcastState,
    CalendarUpload,
    Introduction,
    IntroState,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Priority,
    SendState,
    Suggestion,
)
from domain.nudging import Period
from domain.outcomes.matching import Why
from domain.pledges import State
from tests.actions.rights.retaining import DAY, MADE, at, prune

LATER = DAY + timedelta(days=91)


def row(kind, object_id=None, **more):
    given = {
        "chat_id": 1,
        "person_id": 1,
        "priority": Priority.NEWS,
        "state": SendState.SENT,
        "message_id": 5,
    }
    at_once = {"due_at": MADE, "created_at": MADE, "attempts": 1, "repeated": False}
    return Outgoing(kind=kind, object_id=object_id, **{**given, **at_once, **more})


async def add(database, *rows):
    async with database.writer.begin() as session:
        session.add_all(rows)
        await session.flush()
        return [each.id for each in rows]


async def left(database):
    async with database.reader() as session:
        return list(await session.scalars(select(Outgoing.kind).order_by(Outgoing.id)))


async def test_what_was_said_goes_after_ninety_days_with_its_key(database):
    await add(
        database,
        row("Asked"),
        row("EditIgnored", key="edited:1:7"),
        row("Welcome", chat_id=0, person_id=None),
        row("PledgeList", chat_id=0, person_id=None),  # its reader is gone
        row("Asked", state=SendState.CANCELLED, message_id=None),
        row("Fault", created_at=at(DAY + timedelta(days=2))),
    )
    await prune(database, DAY + timedelta(days=89))
    assert len(await left(database)) == 6
    await prune(database, LATER)
    assert await left(database) == ["Fault"]


async def test_what_is_open_or_still_asked_for_stays(database):
    async with database.writer.begin() as session:
        session.add(
            Broadcast(
                author_chat_id=9, message_id=1, state=BroadcastState.CONFIRMED, created_at=MADE, workshop_id=1
            )
        )
    await add(
        database,
        row("Asked", state=SendState.PENDING),
        row("GroupHint", chat_id=-500, person_id=None, key="group:-500"),
        row("BroadcastCopy", 1, priority=Priority.BROADCAST),
        row("BroadcastProgress", 1, key="progress:1"),
    )
    await prune(database, LATER)
    assert len(await left(database)) == 4
    async with database.writer.begin() as session:
        (await session.scalars(select(Broadcast))).one().state = BroadcastState.FINISHED
    await prune(database, LATER)
    assert await left(database) == ["Asked", "GroupHint"]


async def test_what_an_edit_on_its_way_changes_stays_until_it_arrived(database):
    (target,) = await add(database, row("Suggested", 404))
    edit = {"edits_row": target, "state": SendState.PENDING, "created_at": at(LATER)}
    await add(database, row("Forgotten", **edit))
    await prune(database, LATER)
    assert await left(database) == ["Suggested", "Forgotten"]


async def test_what_names_somebody_stays_as_long_as_it_may_have_to_be_covered(database):
    async with database.writer.begin() as session:
        card = Suggestion(person_id=1, other_id=2, workshop_id=1, why=Why.SAME, shown_at=MADE)
        session.add(card)
        await session.flush()
        met = Introduction(
            workshop_id=1, asker_id=1, asked_id=2, suggestion_id=card.id, state=IntroState.BOTH, asked_at=MADE,
            expires_at=MADE,
        )  # fmt: skip
        session.add(met)
    await add(
        database, row("Suggested", card.id), row("MeetCard", met.id), row("Asking", 2), row("PledgeList")
    )
    await prune(database, LATER)
    assert await left(database) == ["Suggested", "MeetCard", "Asking", "PledgeList"]
    async with database.writer.begin() as session:
        await session.delete(await session.get_one(Person, 2))
    await prune(database, LATER)
    assert await left(database) == ["PledgeList"]


@pytest.mark.parametrize(("ended", "stays"), [(None, True), (10, True), (-10, False)])
async def test_rows_about_a_pledge_stay_until_ninety_days_after_its_end(database, ended, stays):
    """`ended`: days after the row was made; None: it lives."""
    (question, _) = await add(database, row("Nudged", key="nudge:1:2027-02-20"), row("PledgeCard", 1))
    async with database.writer.begin() as session:
        session.add(Nudge(pledge_id=1, person_id=1, period=Period.M1, due_at=MADE, outbox_id=question))
        if ended is not None:
            pledge = await session.get_one(Pledge, 1)
            pledge.state, pledge.ended_at = State.ENDED, at(DAY + timedelta(days=ended))
    await prune(database, LATER)
    assert await left(database) == (["Nudged", "PledgeCard"] if stays else [])


async def test_of_a_pledge_that_is_no_row_any_more_rows_stay_ninety_days_after_the_last_word(database):
    async with database.writer.begin() as session:
        await session.delete(await session.get_one(Pledge, 1))
    await add(database, row("Proposed", 1), row("YouDeclined", 1, created_at=at(DAY + timedelta(days=50))))
    await prune(database, LATER)
    assert await left(database) == ["Proposed", "YouDeclined"]
    await prune(database, LATER + timedelta(days=50))
    assert await left(database) == []


async def test_an_hour_looks_through_a_part_of_what_was_sent_and_a_day_through_all(database, monkeypatch):
    monkeypatch.setattr(pruning_sent, "PART", 1)
    monkeypatch.setattr(pruning_sent, "AT_LEAST", 1)
    await add(database, *(row("Asked") for _ in range(60)), row("Fault", created_at=at(LATER)))
    numbers = []
    for hour in range(24):
        each = pruning_sent.pruning(at(LATER) + timedelta(hours=hour))
        assert await passes.run(database, each) == {}
        numbers.append(len(await left(database)))
    assert numbers[0] in (61 - 2, 61 - 3)
    assert numbers[-1] == 1


@pytest.mark.parametrize(
    ("last", "in_an_hour", "hours"),
    [(1_999, {1}, 1), (17_000, {9}, 1), (30_000, {5, 6}, 3), (365_000, {7, 8}, 24)],
)
def test_each_part_has_its_turn_within_a_day(last, in_an_hour, hours):
    """Of few of them each hour."""
    turns = [pruning_sent._parts(1, last, MADE + timedelta(hours=n)) for n in range(hours)]
    assert {len(each) for each in turns} == in_an_hour
    assert sorted(part for each in turns for part in each) == [*range(0, last + 1, pruning_sent.PART)]


async def test_the_organisers_trail_goes_after_twelve_months(database):
    for moment in (MADE, at(DAY + timedelta(days=30))):
        await add(database, Audit(organiser_chat_id=9, person_id=1, action="saw role claim", at=moment))
    await prune(database, date(2028, 1, 20))
    async with database.reader() as session:
        assert len((await session.scalars(select(Audit))).all()) == 2
    await prune(database, date(2028, 1, 21))
    async with database.reader() as session:
        assert len((await session.scalars(select(Audit))).all()) == 1


async def test_a_calendar_that_nobody_took_over_goes_and_one_that_counts_stays(database):
    sent = {"terms": [], "problems": [], "made_at": MADE}
    await add(database, CalendarUpload(**sent), CalendarUpload(**sent, confirmed_at=MADE))
    await prune(database, DAY + timedelta(days=6))
    async with database.reader() as session:
        assert len((await session.scalars(select(CalendarUpload))).all()) == 2
    await prune(database, DAY + timedelta(days=9))
    async with database.reader() as session:
        assert [each.confirmed_at for each in await session.scalars(select(CalendarUpload))] == [MADE]


async def test_what_tells_when_a_party_was_heard_of_stays_with_their_pledge(database):
    await add(database, row("Paused", priority=Priority.REPLY), row("Snoozed", priority=Priority.REPLY))
    await prune(database, LATER)
    assert await left(database) == ["Paused", "Snoozed"]
    async with database.writer.begin() as session:
        for pledge in await session.scalars(select(Pledge)):
            pledge.state, pledge.ended_at = State.ENDED, at(DAY)
    await prune(database, LATER)
    assert await left(database) == []
