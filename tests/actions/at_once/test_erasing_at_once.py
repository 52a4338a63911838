"""Somebody is erased while others are in the midst of a turn with them, on PostgreSQL: nobody waits for each other."""

import asyncio

import pytest
from sqlalchemy import select, text

from actions.matching import introductions
from actions.pledging import pledges
from actions.rights import requests
from db.models import Introduction, Outgoing, Person, Pledge, Suggestion
from domain.outcomes.matching import Why
from domain.pledges import State
from tests.actions.at_once.transactions import ANA, BEN, add, all_of, turn
from tests.cast import pledge_row
from tests.world import STARTS_AT


async def introduction(session):
    """Ben looks at Ana's question, and says yes."""
    (intro_id,) = await session.scalars(select(Introduction.id).with_for_update())

    async def go_on():
        await introductions.say_yes(await turn(session, BEN), intro_id)

    return go_on


async def suggestion(session):
    """Ben is suggested to Ana once more, which is then said."""
    await session.execute(text("DELETE FROM suggestions WHERE person_id = 2"))
    card = {"workshop_id": 1, "why": Why.SAME, "topic": "ehrenamt", "shown_at": STARTS_AT}
    session.add(Suggestion(id=7, person_id=2, other_id=1, **card))
    await session.flush()

    async def go_on():
        await pledges.show_list(await turn(session, BEN))

    return go_on


async def pledge(session):
    """Ben has his pledge to Ana before him."""
    await session.scalars(select(Pledge.id).with_for_update())

    async def go_on():
        await pledges.show(await turn(session, BEN), 1)

    return go_on


@pytest.mark.parametrize("begin", [introduction, suggestion, pledge])
async def test_a_turn_begun_before_an_erasure_ends_before_it(database, begin):
    await add(database, pledge_row(1, 2, 1, STARTS_AT, id=1))
    async with database.writer.begin() as session:
        await introductions.ask(await turn(session, ANA), ANA)

    async def erase():
        async with database.writer.begin() as session:
            await requests.erase_at_once(await turn(session, ANA))

    async with database.writer.begin() as session:
        go_on = await begin(session)
        erasing = asyncio.create_task(erase())
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with asyncio.timeout(120):
            while not await session.scalar(waits):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.02)
        await go_on()
        await session.flush()
    await erasing
    assert await all_of(database, Person.chat_id) == [BEN]
    assert len(await all_of(database, Outgoing.id)) > 1


async def test_two_who_leave_at_once_both_leave(database):
    await add(database, pledge_row(1, 2, 1, STARTS_AT, id=1))

    async def erase(chat_id):
        async with database.writer.begin() as session:
            await requests.erase_at_once(await turn(session, chat_id))

    await asyncio.gather(erase(ANA), erase(BEN))
    assert await all_of(database, Person.id) == []
    assert State.ACTIVE not in await all_of(database, Pledge.state)
