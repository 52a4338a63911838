"""Two transactions at the same moment, on PostgreSQL: the second waits for the first, and sees what it did."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.matching import introductions
from actions.organising import rounds
from db.cipher import Cipher
from db.models import Introduction, IntroState, Person, Round, RoundState, Suggestion
from db.session import open_database
from domain.outcomes.matching import Why
from domain.voice import Voice
from tests.cast import member, workshop_row
from tests.world import OWNER, STARTS_AT

ANA, BEN, SECOND = 1, 2, 9002
OPERATOR = Operator(frozenset({OWNER, SECOND}), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)


@pytest.fixture
async def database(postgres_url):
    """Ana and Ben have been shown to each other."""
    database = open_database(postgres_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT, id=1))
        await session.flush()
        topics = {"seeks": ("ehrenamt",), "offers": ("ehrenamt",)}
        for chat_id, name in ((ANA, "Ana Keller"), (BEN, "Ben Albrecht")):
            session.add(member(chat_id, STARTS_AT, name, **topics))
        await session.flush()
        session.add_all(
            Suggestion(
                id=me, person_id=me, other_id=other, workshop_id=1, why=Why.SAME, topic="ehrenamt",
                shown_at=STARTS_AT,
            )
            for me, other in ((ANA, BEN), (BEN, ANA))
        )  # fmt: skip
    yield database
    await database.close()


async def turn(session, chat_id, now=STARTS_AT):
    person = await session.scalar(select(Person).where(Person.chat_id == chat_id))
    return Turn(session, now, OPERATOR, chat_id, person)


async def at_once(database, first, second):
    """`second` begins when `first` is done, and `first` commits when `second` is done or waits for it."""

    async def run():
        async with database.writer.begin() as session:
            await second(session)

    async with database.writer.begin() as session:
        await first(session)
        other = asyncio.create_task(run())
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with asyncio.timeout(20):
            while not (other.done() or await session.scalar(waits)):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.02)
    await other


async def all_of(database, column):
    async with database.reader() as session:
        return (await session.scalars(select(column))).all()


async def test_two_who_ask_each_other_have_said_yes_twice(database):
    async def tap(session, me):
        await introductions.ask(await turn(session, me), me)

    await at_once(database, lambda s: tap(s, ANA), lambda s: tap(s, BEN))
    assert await all_of(database, Introduction.state) == [IntroState.BOTH]


async def test_a_yes_in_the_last_moment_is_not_closed_by_the_clock(database):
    late = STARTS_AT + timedelta(days=30)
    async with database.writer.begin() as session:
        await introductions.ask(await turn(session, ANA), ANA)
        intro = (await session.scalars(select(Introduction))).one()
        intro.expires_at = late

    async def say_yes(session):
        await introductions.say_yes(await turn(session, BEN, late - timedelta(seconds=1)), intro.id)
        await session.flush()

    await at_once(database, say_yes, lambda session: introductions.close_expired(session, late))
    assert await all_of(database, Introduction.state) == [IntroState.BOTH]


async def test_of_two_rounds_planned_at_once_one_can_be_sent(database):
    async def plan(session, organiser):
        await rounds.prepare_in(await turn(session, organiser), 1)
        await session.flush()

    await at_once(database, lambda s: plan(s, OWNER), lambda s: plan(s, SECOND))
    assert sorted(await all_of(database, Round.state)) == [RoundState.DROPPED, RoundState.PREVIEW]
