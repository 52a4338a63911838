"""A pledge is taken back from other readers in the very moment in which one of them looks, on PostgreSQL."""

from sqlalchemy import select

import messages
from actions.contents import contents
from actions.organising import released
from actions.pledging.releases import releasing
from db.models import Outgoing
from domain.history import EventKind
from domain.readers import Readership
from tests.actions.at_once.transactions import ANA, BEN, OPERATOR, add, all_of, at_once, turn
from tests.cast import event_row, member, pledge_row
from tests.world import OWNER, STARTS_AT

WORDS = "Kanariengelb"


async def read_by_the_team(database):
    said = [
        event_row(1, each, EventKind.READERS_SET, STARTS_AT, readers=Readership.TEAM) for each in (ANA, BEN)
    ]
    pledge = pledge_row(1, ANA, BEN, STARTS_AT, id=1, text=f"Ich streiche das Rathaus in {WORDS}.")
    await add(database, member(OWNER, STARTS_AT, "Eva Team"), pledge, *said)


async def take_back(session):
    await releasing.choose(await turn(session, ANA), 1, Readership.THE_TWO)
    await session.flush()


async def test_what_the_team_opens_meanwhile_shows_it_no_more(database):
    """It is opened before the other has committed, and worded as soon as its row is there."""
    await read_by_the_team(database)
    said = []

    async def look(_):
        async with database.writer.begin() as session:
            await released.show(await turn(session, OWNER), 1)
        async with database.reader() as session:
            row = (await session.scalars(select(Outgoing).where(Outgoing.kind == "ReleasedPledges"))).one()
            told = await contents(session, row, STARTS_AT, OPERATOR)
            said.append(messages.of(told.outcome, told.voice, told.today).text)

    await at_once(database, take_back, look)
    assert WORDS not in said[0], said


async def test_what_was_opened_a_moment_before_is_made_anew(database):
    await read_by_the_team(database)

    async def look(session):
        await released.show(await turn(session, OWNER), 1)
        await session.flush()

    await at_once(database, look, take_back)
    edited = await all_of(database, Outgoing.edits_row)
    opened = await all_of(database, Outgoing.kind)
    assert sorted(opened) == ["Forgotten", "ReadersAsked", "ReleasedPledges"]
    assert sum(each is not None for each in edited) == 1
