"""How far the people of a workshop came, counted once for every place that tells it as it stands.

Whoever reads two of these places and subtracts is left with nothing: each tells the same number, or withholds it. The
erased are counted, too, as numbers of nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Introduction, IntroState, Membership, Person, Pledge, Workshop
from domain.figures import FEW, told
from domain.pledges import State
from domain.roles import Role


@dataclass(frozen=True)
class Reached:
    """Exact numbers, which nobody is told as they are; none is a part of another."""

    joined: int
    met: int  # pairs who both said yes
    made: int

    def told(self) -> "Told":
        """As everybody may read them. Of a workshop that fewer than five have joined, nothing: its pairs would say how
        many they are.
        """
        if self.joined < FEW:
            return Told(None, None, None)
        return Told(self.joined, told(self.met), told(self.made))


@dataclass(frozen=True)
class Told:
    """The same, None below five."""

    joined: int | None
    met: int | None
    made: int | None


async def reached(session: AsyncSession, workshop_id: int) -> Reached:
    """In one statement. Raises NoResultFound without such a workshop."""
    found = (await session.execute(_one(), {"workshop": workshop_id})).one()
    return Reached(found.joined, found.met, found.made)


async def joined(session: AsyncSession, workshop_ids: Collection[int]) -> Mapping[int, int]:
    """How many people have joined each of these workshops, whatever they agreed to."""
    rows = await session.execute(select(Workshop.id, _joined()).where(Workshop.id.in_(workshop_ids)))
    return {workshop: number for workshop, number in rows}  # noqa: C416 - dict() cannot type rows


async def joined_and_mps(session: AsyncSession, workshop_id: int) -> tuple[int, int]:
    """How many people have joined, and how many confirmed MPs are among them."""
    mps = (Person.role == Role.MP, Person.role_confirmed.is_(True))
    here = select(func.count()).select_from(Membership).join(Person, Membership.person_id == Person.id)
    number = here.where(Membership.workshop_id == workshop_id, *mps).scalar_subquery()
    everybody, some = (
        await session.execute(select(_joined(), number).where(Workshop.id == workshop_id))
    ).one()
    return everybody, some


def told_made(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    """The pledges of all workshops of which this is true: the sum of what is told of each. None if that is nothing."""
    each = _each().where(*which).subquery()
    many = cast(func.sum(each.c.made), Integer)  # PostgreSQL would make a decimal of it
    return select(many).where(each.c.joined >= FEW, each.c.made >= FEW).scalar_subquery()


@cache
def _one() -> Select[int, int, int]:
    here: BindParameter[int] = bindparam("workshop")
    return _each().where(Workshop.id == here)


def _each() -> Select[int, int, int]:
    return select(_joined().label("joined"), _met().label("met"), _made().label("made"))


def _joined() -> ColumnElement[int]:
    return _number(Membership.workshop_id == Workshop.id) + Workshop.gone_joined


def _met() -> ColumnElement[int]:
    both = Introduction.state == IntroState.BOTH
    return _number(and_(Introduction.workshop_id == Workshop.id, both)) + Workshop.gone_met


def _made() -> ColumnElement[int]:
    """Those that both agreed to. Their state adds nothing but the index that finds them."""
    agreed = (Pledge.made_on.is_not(None), Pledge.state.in_((State.ACTIVE, State.ENDED)))
    return _number(and_(Pledge.workshop_id == Workshop.id, *agreed)) + Workshop.gone_made


def _number(of: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(of).correlate(Workshop).scalar_subquery()
