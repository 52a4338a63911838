"""Two transactions at once: who acts in them, and how one comes in the way of the other."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from db.models import Person
from domain.voice import Voice
from tests.world import OWNER, STARTS_AT

ANA, BEN, SECOND = 1, 2, 9002


AT_TEN = STARTS_AT + timedelta(hours=1)  # in Berlin, where people are asked from then on

OPERATOR = Operator(frozenset({OWNER, SECOND}), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)


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
        async with asyncio.timeout(120):
            while not (other.done() or await session.scalar(waits)):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.02)
    await other


def at_each(work, *ids):
    """What the pass does to these, which it had found before anything happened to them."""

    async def change(session):
        for number in ids:
            await work.change(session, number)

    return change


async def all_of(database, column):
    async with database.reader() as session:
        return (await session.scalars(select(column))).all()


async def add(database, *rows):
    async with database.writer.begin() as session:
        for each in rows:
            session.add(each)
            await session.flush()
