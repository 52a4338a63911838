"""The gate: a pledge at hand and a query are judged alike, for every two words of its parties and however it stands."""

from itertools import product

import pytest
from sqlalchemy import select

from actions.pledging.releases import readable
from db.cipher import Cipher
from db.models import Base, Pledge
from db.session import open_database
from domain.history import EventKind
from domain.outcomes.choices import Purpose
from domain.pledges import State
from domain.readers import Readership
from tests.cast import consent, event_row, member, pledge_row, workshop_row
from tests.world import STARTS_AT as NOW

ANA, BEN, CEM = 1, 2, 3  # Cem has taken K back
THE_TWO, TEAM, PUBLIC = Readership
SAYS = (None, *Readership)  # None: has not said
WIDTH = {None: 0, THE_TWO: 0, TEAM: 1, PUBLIC: 2}

# How a pledge stands, and whether what its parties say counts then.
STANDS = {
    "active": ({}, True),
    "ended": ({"state": State.ENDED}, True),
    "without its words": ({"text": None}, False),
    "with an erased author": ({"author_id": None}, False),
    "with an erased partner": ({"partner_id": None}, False),
    "with one who took K back": ({"partner_id": CEM}, False),
    "with new words since": ({}, False),
    "proposed": ({"state": State.PROPOSED}, False),
    "declined": ({"state": State.DECLINED}, False),
}
CASES = list(product(SAYS, SAYS, STANDS))


def expected(one, other, stands):
    return list(Readership)[min(WIDTH[one], WIDTH[other])] if STANDS[stands][1] else THE_TWO


def events(number, pledge, one, other, stands):
    """What each party said, after they had said something else first."""
    for party, says in ((pledge.author_id, one), (pledge.partner_id, other)):
        for each in (PUBLIC, THE_TWO, says) if says is not None and party is not None else ():
            yield event_row(number, party, EventKind.READERS_SET, NOW, readers=each)
    if stands == "with new words since":
        yield event_row(number, None, EventKind.READERS_LAPSED, NOW)


@pytest.fixture
async def session(database_url):
    """The pledges of all cases; the id of each is its place in the list."""
    database = open_database(database_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
        session.add(workshop_row(NOW, id=1))
        await session.flush()
        session.add_all(member(n, NOW, id=n) for n in (ANA, BEN, CEM))
        await session.flush()
        session.add(_taken_back())
        for number, (one, other, stands) in enumerate(CASES, 1):
            pledge = pledge_row(
                1, **{"author_id": ANA, "partner_id": BEN, "at": NOW, "id": number, **STANDS[stands][0]}
            )
            session.add(pledge)
            await session.flush()
            session.add_all(events(number, pledge, one, other, stands))
    async with database.reader() as session:
        yield session
    await database.close()


def _taken_back():
    row = consent(NOW, Purpose.CORE, given=False)
    row.person_id = CEM
    return row


async def test_a_pledge_at_hand_and_a_query_are_judged_alike(session):
    found = {
        place: set(await session.scalars(select(Pledge.id).where(condition)))
        for place, condition in ((TEAM, readable.for_team()), (PUBLIC, readable.for_public()))
    }
    for number, case in enumerate(CASES, 1):
        may = expected(*case)
        assert await readable.readers(session, await session.get_one(Pledge, number)) is may, case
        assert {place for place, ids in found.items() if number in ids} == {*may_read(may)}, case


def may_read(held):
    return [place for place in (TEAM, PUBLIC) if held.include(place)]
