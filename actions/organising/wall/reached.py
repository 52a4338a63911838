"""How far the people of a workshop came, counted; the erased are counted, too, as numbers of nobody."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Introduction, IntroState, Membership, Pledge, Workshop


@dataclass(frozen=True)
class Reached:
    """Exact numbers, which nobody is told as they are (`domain/figures.py`); none is a part of another."""

    joined: int
    met: int  # pairs who both said yes
    made: int


async def reached(session: AsyncSession, workshop: Workshop) -> Reached:
    """In one statement."""
    present = (await session.execute(_present(), {"workshop": workshop.id})).one()
    gone = (workshop.gone_joined, workshop.gone_met, workshop.gone_made)
    return Reached(*(here + then for here, then in zip(present, gone, strict=True)))


@cache
def _present() -> Select[Any]:
    here: BindParameter[int] = bindparam("workshop")
    joined = select(Membership.person_id).where(Membership.workshop_id == here)
    both = (Introduction.workshop_id == here, Introduction.state == IntroState.BOTH)
    met = select(Introduction.id).where(*both)
    made = select(Pledge.id).where(Pledge.workshop_id == here, Pledge.made_on.is_not(None))
    counted = (joined, met, made)
    return select(*(select(func.count()).select_from(each.subquery()).scalar_subquery() for each in counted))
