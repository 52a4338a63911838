"""How far the people of a workshop came, counted; the erased are counted, too, as numbers of nobody."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.pledging import history
from db import queries
from db.models import Introduction, IntroState, Membership, Person, Pledge, Workshop


@dataclass(frozen=True)
class Reached:
    """Exact numbers, which nobody is told as they are (`domain/figures.py`). `finished` is a part of `joined`,
    `got_together` of `met`, `answered` of `made`.
    """

    joined: int
    finished: int
    met: int  # pairs who both said yes
    got_together: int
    made: int
    answered: int


async def reached(session: AsyncSession, workshop: Workshop) -> Reached:
    """In one statement."""
    present = (await session.execute(_present(), {"workshop": workshop.id})).one()
    gone = (
        workshop.gone_joined,
        workshop.gone_finished,
        workshop.gone_met,
        workshop.gone_got_together,
        workshop.gone_made,
        workshop.gone_answered,
    )
    return Reached(*(here + then for here, then in zip(present, gone, strict=True)))


@cache
def _present() -> Select[Any]:
    here: BindParameter[int] = bindparam("workshop")
    joined = select(Membership.person_id).where(Membership.workshop_id == here)
    finished = select(Person.id).where(Person.id.in_(joined), Person.finished_at.is_not(None))
    both = (Introduction.workshop_id == here, Introduction.state == IntroState.BOTH)
    met = select(Introduction.id).where(*both)
    together = met.where(queries.got_together())
    made = select(Pledge.id).where(Pledge.workshop_id == here, Pledge.made_on.is_not(None))
    answered = made.where(history.has_answers(Pledge.id))
    counted = (joined, finished, met, together, made, answered)
    return select(*(select(func.count()).select_from(each.subquery()).scalar_subquery() for each in counted))
