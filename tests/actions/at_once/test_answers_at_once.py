"""Both parties tap at the same moment: the second sees the first answer, and the pledge ends once."""

from datetime import timedelta

from actions.pledging.nudges import answers
from db.models import Nudge, Pledge, PledgeEvent
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import State, Status
from tests.actions.at_once.transactions import ANA, BEN, add, all_of, at_once, turn
from tests.cast import pledge_row
from tests.world import STARTS_AT

ASKED = STARTS_AT - timedelta(days=1)


async def test_two_answers_at_once_end_it_once(database):
    await add(database, pledge_row(1, 1, 2, STARTS_AT - timedelta(days=190), id=1))
    await add(
        database,
        *(Nudge(pledge_id=1, person_id=number, period=Period.DEADLINE, due_at=ASKED) for number in (1, 2)),
    )

    async def kept(session, who):
        await answers.report(await turn(session, who), 1, Period.DEADLINE, Status.KEPT)
        await session.flush()

    await at_once(database, lambda s: kept(s, ANA), lambda s: kept(s, BEN))
    assert await all_of(database, Pledge.state) == [State.ENDED]
    kinds = await all_of(database, PledgeEvent.kind)
    assert kinds == [EventKind.SAID, EventKind.SAID, EventKind.ENDED]
