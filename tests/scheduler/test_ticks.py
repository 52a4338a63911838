"""The clock's own work: asked once, ended in time, and the next instant is always known."""

import asyncio
import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from actions import nudges
from actions.house import House
from db.cipher import Cipher
from db.models import (
    Base,
    Broadcast,
    BroadcastState,
    Draft,
    DraftKind,
    Inbox,
    InboxState,
    Introduction,
    IntroState,
    Lane,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    SendLane,
    SendState,
    Suggestion,
    Workshop,
)
from db.session import open_database
from domain.nudging import Period
from domain.outcomes.matching import Why
from domain.pledges import State
from domain.voice import Voice
from scheduler.metronome import Metronome
from scheduler.ticks import Ticks

HOUSE = House((), "Verein", "a@example.org", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
TUESDAY = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class World:
    """Two people with a workshop; `moment` is the time that everything runs at."""

    def __init__(self, database):
        self.database = database
        self.moment = TUESDAY
        self.ticks = Ticks(database, HOUSE, lambda: self.moment, lambda: self.moment)

    async def add(self, *rows):
        async with self.database.writer.begin() as session:
            session.add_all(rows)
        return rows[0]

    async def all(self, kind):
        async with self.database.reader() as session:
            return (await session.scalars(select(kind))).all()

    async def count(self, kind):
        async with self.database.reader() as session:
            return await session.scalar(select(func.count()).select_from(kind))

    async def populate(self):
        await self.add(Workshop(id=1, code="BERLIN", title="Tag", day=date(2027, 2, 1), created_at=TUESDAY))
        await self.add(*(self.person(number) for number in (1, 2)))

    def person(self, number, **more):
        return Person(
            id=number, chat_id=5000 + number, voice=Voice.DU, created_at=TUESDAY, **{"paused": False, **more}
        )

    async def question(self, due_at, person_id=1):
        pledge = await self.add(
            Pledge(
                workshop_id=1,
                author_id=1,
                partner_id=2,
                state=State.ACTIVE,
                created_at=TUESDAY,
                worded_by_author=True,
                revision=1,
                talk_settled=False,
            )
        )
        return await self.add(
            Nudge(
                pledge_id=pledge.id, person_id=person_id, period=Period.M1, due_at=due_at, passed_over=False
            )
        )

    async def introduction(self, state, expires_at):
        suggestion = await self.add(
            Suggestion(person_id=1, other_id=2, workshop_id=1, why=Why.SAME, shown_at=TUESDAY)
        )
        return await self.add(
            Introduction(
                workshop_id=1,
                asker_id=1,
                asked_id=2,
                suggestion_id=suggestion.id,
                state=state,
                asked_at=TUESDAY,
                expires_at=expires_at,
            )
        )

    def message(self, **columns):
        return Outgoing(
            **{
                "chat_id": 5001,
                "person_id": 1,
                "lane": SendLane.REPLY,
                "kind": "Erased",
                "due_at": TUESDAY,
                "state": SendState.PENDING,
                "attempts": 0,
                "repeated": False,
                "created_at": TUESDAY,
                **columns,
            }
        )


@pytest.fixture
async def world(database_url):
    database = open_database(database_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    world = World(database)
    await world.populate()
    yield world
    await database.close()


async def test_a_pass_run_twice_asks_once(world):
    await world.question(TUESDAY - DAY)
    await asyncio.gather(world.ticks.run_due(), world.ticks.run_due())
    await world.ticks.run_due()
    (row,) = await world.all(Outgoing)
    assert (row.kind, row.person_id, row.lane) == ("Nudged", 1, SendLane.NUDGE)


@pytest.mark.parametrize("state", [IntroState.ASKED, IntroState.DECLINED])
async def test_an_introduction_ends_at_its_hour_whatever_the_answer_was(world, state):
    await world.introduction(state, TUESDAY + DAY)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    assert await world.ticks.next_due() == TUESDAY + DAY
    world.moment += DAY
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["IntroExpired"]
    assert await world.ticks.next_due() is None


async def test_a_step_that_fails_stops_no_other_and_says_no_words(world, monkeypatch, caplog):
    async def broken(*_):
        raise ValueError("canary")

    monkeypatch.setattr(nudges, "ask_due", broken)
    await world.introduction(IntroState.ASKED, TUESDAY)
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["IntroExpired"]
    assert "tick: nudges failed: ValueError at test_ticks.py:" in caplog.text
    assert "canary" not in caplog.text


async def test_a_pause_ends_and_what_waited_is_asked(world):
    await world.add(world.person(3, paused=True, paused_until=TUESDAY + DAY))
    await world.add(world.person(4, paused=True))
    await world.question(TUESDAY, person_id=3)
    await world.question(TUESDAY, person_id=4)
    await world.ticks.run_due()
    assert await world.ticks.next_due() == TUESDAY + DAY
    world.moment += DAY
    await world.ticks.run_due()
    assert [row.person_id for row in await world.all(Outgoing)] == [3]
    assert {p.id: p.paused for p in await world.all(Person)} == {1: False, 2: False, 3: False, 4: True}


async def test_leases_of_the_gone_are_given_up(world):
    held = {"state": SendState.SENDING, "owner": "gone"}
    await world.add(
        world.message(lease_until=TUESDAY - DAY, **held),
        world.message(lease_until=TUESDAY + DAY, chat_id=5002, **held),
        world.message(lease_until=TUESDAY - DAY, chat_id=5003, repeated=True, **held),
        world.message(lease_until=TUESDAY - DAY, chat_id=5004, edits_message=7, **held),
    )
    await world.ticks.run_due()
    states = {row.id: row.state for row in await world.all(Outgoing)}
    assert states == {
        1: SendState.UNKNOWN,
        2: SendState.SENDING,
        3: SendState.UNDECIDED,
        4: SendState.PENDING,
    }


async def test_a_finished_broadcast_is_reported(world):
    await world.add(
        Broadcast(
            id=1,
            workshop_id=1,
            author_chat_id=5001,
            message_id=9,
            state=BroadcastState.CONFIRMED,
            created_at=TUESDAY,
        )
    )
    await world.add(
        world.message(kind="BroadcastProgress", object_id=1, key="progress:1", state=SendState.SENT),
        world.message(kind="BroadcastCopy", object_id=1, lane=SendLane.BROADCAST, state=SendState.SENT),
    )
    await world.ticks.keep_informed()
    await world.ticks.keep_informed()
    (broadcast,) = await world.all(Broadcast)
    assert broadcast.state is BroadcastState.FINISHED
    assert await world.count(Outgoing) == 3


async def test_settled_updates_and_parked_drafts_go(world):
    def update(number, state, age):
        return Inbox(update_id=number, chat_id=5001, state=state, attempts=0, received_at=TUESDAY - age)

    def draft(kind, age, *, awaiting=False):
        return Draft(person_id=1, kind=kind, awaiting=awaiting, created_at=TUESDAY - age)

    await world.add(
        update(1, InboxState.DONE, 3 * DAY),
        update(2, InboxState.DONE, DAY),
        update(3, InboxState.NEW, 60 * DAY),
        update(4, InboxState.POISON, 3 * DAY),
        draft(DraftKind.UNASKED, 8 * DAY),
        draft(DraftKind.NOTE, 6 * DAY),
        draft(DraftKind.SENTENCE, 30 * DAY, awaiting=True),
    )
    await world.ticks.run_due()
    assert {row.update_id for row in await world.all(Inbox)} == {2, 3}
    assert {row.kind for row in await world.all(Draft)} == {DraftKind.NOTE, DraftKind.SENTENCE}


# --- what is next


async def test_with_nothing_planned_nothing_is_next(world):
    assert await world.ticks.next_due() is None


async def test_the_next_is_the_earliest_of_all(world):
    await world.question(TUESDAY + 5 * DAY)
    await world.introduction(IntroState.ASKED, TUESDAY + 4 * DAY)
    assert await world.ticks.next_due() == TUESDAY + 4 * DAY
    await world.add(world.person(3, paused=True, paused_until=TUESDAY + 3 * DAY))
    assert await world.ticks.next_due() == TUESDAY + 3 * DAY
    await world.add(world.message(due_at=TUESDAY + 2 * DAY))
    assert await world.ticks.next_due() == TUESDAY + 2 * DAY


async def test_a_question_due_at_night_is_next_when_the_day_begins(world):
    await world.question(TUESDAY - timedelta(hours=1))
    world.moment = TUESDAY.replace(hour=2)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    world.moment = TUESDAY.replace(hour=20)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    world.moment = await world.ticks.next_due()
    assert world.moment.astimezone(HOUSE.zone).hour == 10
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 1


async def test_a_walk_asks_the_second_question_a_week_after_the_first(world):
    await world.question(TUESDAY)
    await world.ticks.run_due()
    await world.question(TUESDAY + DAY)
    for _ in range(20):
        following = await world.ticks.next_due()
        if following is None:
            break
        assert following > world.moment
        world.moment = following
        await world.ticks.run_due()
    first, second = sorted(row.due_at for row in await world.all(Outgoing))
    assert timedelta(days=7) <= second - first <= timedelta(days=8)


# --- the metronome


async def test_the_metronome_beats_at_once_and_ends_between_two_beats(world):
    await world.question(TUESDAY - DAY)
    stop = asyncio.Event()
    running = asyncio.create_task(Metronome(world.ticks).run(stop))
    async with asyncio.timeout(5):
        while await world.count(Outgoing) == 0:  # noqa: ASYNC110 - a table has no event
            await asyncio.sleep(0.02)
    stop.set()
    async with asyncio.timeout(5):
        await running


async def test_the_metronome_beats_again_and_again(world, monkeypatch):
    monkeypatch.setattr("scheduler.metronome._TICK_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.metronome._PROGRESS_SECONDS", 0.05)
    stop = asyncio.Event()
    running = asyncio.create_task(Metronome(world.ticks).run(stop))
    await asyncio.sleep(0.3)
    await world.question(TUESDAY - DAY)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(5):
            while await world.count(Outgoing) == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    stop.set()
    await running
    assert await world.count(Outgoing) == 1


async def test_strangers_are_forgotten_after_a_day_and_groups_are_not(world):
    sent = {"state": SendState.SENT, "message_id": 1, "person_id": None, "kind": "Welcome"}
    await world.add(
        world.message(chat_id=5001, created_at=TUESDAY - 2 * DAY, **sent),
        world.message(chat_id=6002, created_at=TUESDAY - 2 * DAY, **sent),
        world.message(chat_id=6003, created_at=TUESDAY, **sent),
        world.message(chat_id=6004, created_at=TUESDAY, **sent | {"kind": "Erased"}),
        world.message(chat_id=-5005, created_at=TUESDAY - 2 * DAY, **sent),
        *(Lane(chat_id=chat_id) for chat_id in (5001, 6002)),
    )
    await world.ticks.run_due()
    assert {row.id: row.chat_id for row in await world.all(Outgoing)} == {
        1: 5001,
        2: 0,
        3: 6003,
        4: 0,
        5: -5005,
    }
    assert [lane.chat_id for lane in await world.all(Lane)] == [5001]
