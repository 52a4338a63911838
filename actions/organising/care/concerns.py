"""Concerns: all that waits for the team, looked up where it arose. Only who sees to one, or that it is left alone, is a
row of their own (`ConcernMark`).
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    func,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from actions.organising import silence_lists
from actions.organising.accounts import doubles
from actions.organising.care import marks
from actions.organising.care.concern_selects import SELECTS, Onlooker, Recent
from actions.organising.team import team
from db.models import (
    ConcernMark,
    Membership,
    Workshop,
)
from domain.care import LATELY, ConcernKind, Key
from domain.team import Duty

_EVERY = tuple(ConcernKind)


class Concern(NamedTuple):
    """One thing that waits since then. `person_id`, `beside_id`: whom it is about, as far as the team may know.

    `workshop_id`: where it belongs, of somebody in several the newest. `holder_id`: who sees to it.
    """

    kind: ConcernKind
    object_id: int
    other_id: int
    workshop_id: int | None
    since: datetime
    person_id: int | None
    beside_id: int | None
    holder_id: int | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.object_id, self.other_id

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(each for each in (self.person_id, self.beside_id) if each is not None)


async def found(of: Onlooker, kinds: Collection[ConcernKind] = _EVERY) -> list[Concern]:
    """Those of these kinds that wait and may be seen, without what is left alone, the longest waiting first."""
    wanted = [kind for kind in kinds if of.sees(kind)]
    recent = await _recent(of)
    every = await _selected(of, wanted, recent)
    for kind, look in _LOOKS.items():
        every += await look(of, recent) if kind in wanted else ()
    known = await marks.of_kinds(of.session, wanted)
    open_ones = [marked for each in every if (marked := _marked(each, known.get(each.key))) is not None]
    return sorted(open_ones, key=lambda each: (each.since, each.key))


async def one(of: Onlooker, key: Key) -> Concern | None:
    """This concern, if it waits and may be seen."""
    return next((each for each in await found(of, (key[0],)) if each.key == key), None)


def _marked(each: Concern, mark: ConcernMark | None) -> Concern | None:
    """With whoever sees to it; None if it is left alone. What has arisen anew is nobody's."""
    if mark is None or mark.at < each.since:
        return each
    return each._replace(holder_id=mark.holder_id) if mark.holder_id is not None else None


async def _selected(of: Onlooker, kinds: Iterable[ConcernKind], recent: Recent) -> list[Concern]:
    """Of those kinds that a statement finds, in one."""
    statements = [SELECTS[kind](of, recent) for kind in kinds if kind in SELECTS]
    if not statements:
        return []
    rows = await of.session.execute(union_all(*statements))
    return [Concern(ConcernKind(kind), *rest) for kind, *rest in rows.all()]


async def _recent(of: Onlooker) -> dict[int, int]:
    """Their workshops whose days are to come, or not over for longer than `LATELY`: how many days ago each was."""
    today = of.operator.day(of.now)
    there = team.within(Workshop.id, of.scope(Duty.RECEIVE))
    days = await of.session.execute(
        select(Workshop.id, Workshop.day).where(Workshop.day >= today - LATELY, there)
    )
    return {workshop_id: (today - day).days for workshop_id, day in days}


# --- what takes more than a statement


async def _silent(of: Onlooker, _recent: Recent) -> list[Concern]:
    """People of whose silence the team was told; about several pledges they are one line."""
    told = await silence_lists.told_of(of.session, of.now, of.operator, of.scope(Duty.RUN))
    return [
        Concern(ConcernKind.SILENCE, person, 0, workshop, since, person, None)
        for person, (workshop, since) in told.items()
    ]


async def _doubles(of: Onlooker, recent: Recent) -> list[Concern]:
    """Pairs in workshops that are on, or not long over: of others nobody is about to come twice."""
    there = of.scope(Duty.RUN)
    here = frozenset(each for each in recent if there is None or each in there)
    pairs = await doubles.pairs(of.session, here)
    member = aliased(Membership)
    rows = await of.session.execute(
        select(member.person_id, func.max(member.workshop_id), func.max(member.joined_at))
        .where(member.workshop_id.in_(here))
        .group_by(member.person_id)
    )
    joined = {person: (workshop, at) for person, workshop, at in rows.all()}
    return [
        Concern(
            ConcernKind.DOUBLE,
            one,
            other,
            joined[other][0],
            max(joined[one][1], joined[other][1]),
            one,
            other,
        )
        for one, other in pairs
    ]


_LOOKS: Mapping[ConcernKind, Callable[[Onlooker, Recent], Awaitable[list[Concern]]]] = {
    ConcernKind.SILENCE: _silent,
    ConcernKind.DOUBLE: _doubles,
}
