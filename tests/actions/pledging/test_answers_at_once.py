"""Both parties tap at the same moment, on PostgreSQL: the second sees the first answer, and the pledge ends once."""

from datetime import timedelta

import pytest

from actions.pledging import answers
from db.cipher import Cipher
from db.models import Nudge, Pledge, PledgeEvent
from db.session import open_database
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import State, Status
from tests.actions.test_at_once import all_of, at_once, turn
from tests.cast import member, pledge_row, workshop_row
from tests.world import STARTS_AT

ANA, BEN = 1, 2
ASKED = STARTS_AT - timedelta(days=1)


@pytest.fixture
async def database(postgres_url):
    """A pledge of Ana and Ben, who have just been asked how it ended."""
    database = open_database(postgres_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT, id=1))
        await session.flush()
        session.add_all(member(number, STARTS_AT, f"Name {number}", id=number) for number in (ANA, BEN))
        await session.flush()
        session.add(pledge_row(1, ANA, BEN, STARTS_AT - timedelta(days=190), id=1))
        await session.flush()
        session.add_all(
            Nudge(pledge_id=1, person_id=number, period=Period.DEADLINE, due_at=ASKED)
            for number in (ANA, BEN)
        )
    yield database
    await database.close()


async def test_two_answers_at_once_end_it_once(database):
    async def kept(session, who):
        await answers.report(await turn(session, who), 1, Period.DEADLINE, Status.KEPT)
        await session.flush()

    await at_once(database, lambda s: kept(s, ANA), lambda s: kept(s, BEN))
    assert await all_of(database, Pledge.state) == [State.ENDED]
    kinds = await all_of(database, PledgeEvent.kind)
    assert kinds == [EventKind.SAID, EventKind.SAID, EventKind.ENDED]
