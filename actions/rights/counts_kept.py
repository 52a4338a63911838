"""What the workshops' counts keep of somebody who is being erased, as numbers of nobody."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.pledging import history
from actions.rights.holdings import Holdings, Of
from db import queries
from db.models import Introduction, IntroState, Person, Pledge, Workshop
from db.planning import unindexed


async def keep(session: AsyncSession, me: Person, of: Holdings, pledges: Sequence[Pledge]) -> None:
    """Keep what the workshops' counts are about to lose, as numbers of nobody. Anyone who comes back counts again."""
    gone: defaultdict[int, Counter[InstrumentedAttribute[int]]] = defaultdict(Counter)
    for membership in me.memberships:
        gone[membership.workshop_id][Workshop.gone_joined] += 1
        if me.finished_at is not None:
            gone[membership.workshop_id][Workshop.gone_finished] += 1
    for workshop_id, got_together in await _met(session, me) if of[Of.MEETING] else ():
        gone[workshop_id][Workshop.gone_met] += 1
        gone[workshop_id][Workshop.gone_got_together] += bool(got_together)
    for pledge in pledges:
        if pledge.made_on is None:
            continue
        if pledge.other_than(me.id) is None:
            gone[pledge.workshop_id][Workshop.gone_made] += 1
        if await history.who_answered(session, pledge) == {me.id}:
            gone[pledge.workshop_id][Workshop.gone_answered] += 1
    for workshop_id, numbers in sorted(gone.items()):
        more = {column: column + number for column, number in numbers.items()}
        counted = update(Workshop).where(Workshop.id == workshop_id).values(more)
        await session.execute(counted.execution_options(synchronize_session=False))


async def _met(session: AsyncSession, me: Person) -> Sequence[Row[int, bool | None]]:
    """The workshops in which they and somebody else said yes, and whether these two got together."""
    met = (queries.in_introduction(me.id), unindexed(Introduction.state) == IntroState.BOTH)
    found = select(Introduction.workshop_id, queries.got_together()).where(*met)
    return (await session.execute(found)).all()
