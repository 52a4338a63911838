"""Which people a broadcast goes to, and how many there are: the one place that makes conditions of an audience."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange.operator import Operator
from actions.organising.broadcasts import workshops_chosen
from actions.pledging.silences import silences
from db import queries, reach
from db.models import Broadcast, Interest, Membership, Person, Pledge, PledgeEvent, Workshop
from domain.audience import ALL_WORKSHOPS, CONFIRMED_MP, EVERYBODY, MPS, VALUES, Audience, Facet, PledgeState
from domain.figures import Figure, figure, parts, within
from domain.history import EventKind
from domain.outcomes.choices import Purpose
from domain.outcomes.organising.broadcasts import Whole
from domain.pledges import RELEASABLE, State, Status
from domain.roles import Role
from domain.written import Written

Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True)
class Sights:
    """What it takes to find the people of a broadcast. `now`: who may be written to at this moment."""

    session: AsyncSession
    now: datetime
    operator: Operator


async def recipients(
    sights: Sights,
    broadcast: Broadcast,
    audience: Audience | None = None,
    *,
    among: Sequence[int] | None = None,
) -> Conditions:
    """The conditions on `Person`: in one of its workshops and in the audience, may be written to now, agrees to A, is
    not the author. Of a notice of the day: `in_hall`. `audience`: another than the broadcast's own, in its workshops.
    `among`: of these `members` only; each is then looked up by id, and nobody else, whatever a database makes of it.
    """
    if broadcast.notice and audience is None:
        return in_hall(sights, broadcast, among)
    chosen = audience if audience is not None else workshops_chosen.audience_of(broadcast)
    there = _member_of(await _workshop_ids(sights, broadcast)) if among is None else Person.id.in_(among)
    rule: Conditions = [there, *_may_hear(sights, broadcast)]
    for facet in Facet:
        if facet is not Facet.WORKSHOP and (only := chosen.chosen(facet)):
            rule.append(await _any_of(sights, facet, only))
        if without := chosen.ruled_out(facet):
            rule.append(not_(await _any_of(sights, facet, without)))
    return rule


async def members(sights: Sights, broadcast: Broadcast, after: int, most: int) -> Sequence[int]:
    """The ids of the next people in its workshops, in their order, whether it is for them or not."""
    there = Membership.workshop_id.in_(await _workshop_ids(sights, broadcast))
    found = select(Membership.person_id).where(there, Membership.person_id > after).distinct()
    return (await sights.session.scalars(found.order_by(Membership.person_id).limit(most))).all()


async def _workshop_ids(sights: Sights, broadcast: Broadcast) -> Sequence[int | None]:
    """Of one alone whoever acts, and each copy, asks whether its author still runs it."""
    if not workshops_chosen.is_of_several(broadcast):
        return [broadcast.workshop_id]
    return await workshops_chosen.reached(sights.session, sights.operator, broadcast)


def _member_of(workshop_ids: Sequence[int | None]) -> ColumnElement[bool]:
    return Person.id.in_(select(Membership.person_id).where(Membership.workshop_id.in_(workshop_ids)))


def _may_hear(sights: Sights, broadcast: Broadcast) -> Conditions:
    return [
        reach.writable(sights.now),
        Person.chat_id != broadcast.author_chat_id,
        reach.gives(Purpose.ANNOUNCEMENTS, Person.id),
    ]


def in_hall(sights: Sights, broadcast: Broadcast, among: Sequence[int] | None = None) -> Conditions:
    """The conditions on `Person`: `in_hall_of` its workshop, and not its author. `among`: as of `recipients`."""
    author = Person.chat_id != broadcast.author_chat_id
    return [*in_hall_of(sights, broadcast.workshop_id, among), author]


def in_hall_of(sights: Sights, workshop_id: int | None, among: Sequence[int] | None = None) -> Conditions:
    """The conditions on `Person`: may be written to now, and is in this workshop today. Nobody is in two places: of
    several workshops of this day people are in the one that they joined last. Not MPs who have left.
    """
    there = _member_of([workshop_id]) if among is None else Person.id.in_(among)
    last = (
        select(Membership.workshop_id)
        .join(Workshop, Workshop.id == Membership.workshop_id)
        .where(Membership.person_id == Person.id, Workshop.day == sights.operator.day(sights.now))
        .order_by(Membership.joined_at.desc(), Membership.workshop_id.desc())
        .limit(1)
        .correlate(Person)
    )
    is_here = last.scalar_subquery() == workshop_id
    return [there, is_here, not_(reach.gone(sights.operator.wall(sights.now))), reach.writable(sights.now)]


async def is_there(sights: Sights, broadcast: Broadcast, person_id: int | None) -> bool:
    """Whether this person meets `in_hall`."""
    return await _number(sights, [Person.id == person_id, *in_hall(sights, broadcast)]) > 0


async def may_be_notice(sights: Sights, broadcast: Broadcast) -> bool:
    """Whether it may go out as a notice of the day: text without a link, to one workshop, on its day."""
    if workshops_chosen.is_of_several(broadcast):
        return False
    workshop = await sights.session.get(Workshop, broadcast.workshop_id) if broadcast.workshop_id else None
    if workshop is None or broadcast.words is None:
        return False
    return workshop.day == sights.operator.day(sights.now) and Written.read(broadcast.words).is_plain


async def _any_of(sights: Sights, facet: Facet, values: Sequence[str]) -> ColumnElement[bool]:
    return func.coalesce(or_(*[await _CONDITIONS[facet](sights, each) for each in values]), false())


async def _is_member(_: Sights, value: str) -> ColumnElement[bool]:
    return _member_of([int(value)])


async def _has_role(_: Sights, value: str) -> ColumnElement[bool]:
    if value == CONFIRMED_MP:
        return (Person.role == Role.MP) & Person.role_confirmed.is_(True)
    return Person.role == Role(value)


async def _in_land(_: Sights, value: str) -> ColumnElement[bool]:
    return Person.land == value


async def _about_topic(_: Sights, value: str) -> ColumnElement[bool]:
    return exists().where(Interest.person_id == Person.id, Interest.topic == value)


async def _has_pledges(_: Sights, value: str) -> ColumnElement[bool]:
    def a_pledge(*which: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(queries.in_pledge(Person.id), *which)

    match PledgeState(value):
        case PledgeState.OPEN:
            return a_pledge(Pledge.state == State.ACTIVE)
        case PledgeState.KEPT:
            ended = (EventKind.ENDED, EventKind.CORRECTED)
            kept = exists().where(
                PledgeEvent.pledge_id == Pledge.id,
                PledgeEvent.kind.in_(ended),
                PledgeEvent.status == Status.KEPT,
            )
            return a_pledge(Pledge.state == State.ENDED, kept)
        case PledgeState.NONE:
            return not_(a_pledge(Pledge.state.in_(RELEASABLE)))


async def _is_unfinished(_: Sights, __: str) -> ColumnElement[bool]:
    return Person.finished_at.is_(None)


async def _is_silent(sights: Sights, _: str) -> ColumnElement[bool]:
    silent = await silences.present(sights.session, sights.now, sights.operator)
    return Person.id.in_({each.person_id for each in silent})


_CONDITIONS: dict[Facet, Callable[[Sights, str], Awaitable[ColumnElement[bool]]]] = {
    Facet.WORKSHOP: _is_member,
    Facet.ROLE: _has_role,
    Facet.LAND: _in_land,
    Facet.TOPIC: _about_topic,
    Facet.PLEDGES: _has_pledges,
    Facet.PROFILE: _is_unfinished,
    Facet.SILENCE: _is_silent,
}


async def count(sights: Sights, broadcast: Broadcast, audience: Audience | None = None) -> int:
    """How many people it would go to now; `audience`: another than the broadcast's own."""
    return await _number(sights, await recipients(sights, broadcast, audience))


async def _number(sights: Sights, rule: Conditions) -> int:
    return await sights.session.scalar(select(func.count()).select_from(Person).where(*rule)) or 0


# --- what can be chosen


Options = Sequence[tuple[str, Figure]]


async def options(sights: Sights, broadcast: Broadcast, facet: Facet | None) -> Options:
    """The choices as (value, people of its workshops who would get it). Without a facet: everybody, confirmed MPs, and
    if it may be a notice of the day, all who are there; of roles, Länder and topics only those that reach somebody.
    Of workshops: all, those of a Land where there are two, and each that its author runs.
    """
    if facet is Facet.WORKSHOP:
        return await _workshops(sights, broadcast)
    of_all = await count(sights, broadcast, EVERYBODY)
    mps = within(await count(sights, broadcast, MPS), of_all)
    match facet:
        case None:
            wholes = [(Whole.EVERYBODY.value, figure(of_all)), (Whole.MPS.value, mps)]
            if await may_be_notice(sights, broadcast):
                wholes.append((Whole.NOTICE.value, figure(await _number(sights, in_hall(sights, broadcast)))))
            return wholes
        case Facet.ROLE:
            return [*await _parted(sights, broadcast, Person.role, of_all), (CONFIRMED_MP, mps)]
        case Facet.LAND:
            return await _parted(sights, broadcast, Person.land, of_all)
        case Facet.TOPIC:
            return await _topics(sights, broadcast, of_all)
        case _:
            return [(each, await _with(sights, broadcast, facet, each, of_all)) for each in VALUES[facet]]


async def _with(sights: Sights, broadcast: Broadcast, facet: Facet, value: str, of_all: int) -> Figure:
    chosen = EVERYBODY.turned(facet, value)
    return within(await count(sights, broadcast, chosen), of_all)


async def _workshops(sights: Sights, broadcast: Broadcast) -> Options:
    mine = await workshops_chosen.of_author(sights.session, sights.operator, broadcast)
    if len(mine) < 2:  # noqa: PLR2004 - there is nothing to choose
        return []
    in_land = Counter(each.land for each in mine if each.land)
    lands = sorted(land for land, number in in_land.items() if 1 < number < len(mine))
    people = func.count(Membership.person_id.distinct())
    hearing = [Workshop.id.in_([each.id for each in mine]), *_may_hear(sights, broadcast)]

    async def counted(*by: Any) -> Sequence[Any]:
        joined = select(people, *by).join(Workshop, Workshop.id == Membership.workshop_id)
        there = joined.join(Person, Person.id == Membership.person_id).where(*hearing).group_by(*by)
        return (await sights.session.execute(there)).all()

    of_all = (await counted())[0][0]
    by_land = {row[1]: row[0] for row in await counted(Workshop.land)}
    by_id = {row[1]: row[0] for row in await counted(Workshop.id)}
    groups = [(ALL_WORKSHOPS, of_all), *((land, by_land.get(land, 0)) for land in lands)]
    each = [(str(one.id), by_id.get(one.id, 0)) for one in mine]
    return [(value, within(number, of_all)) for value, number in (*groups, *each)]


async def _parted(
    sights: Sights, broadcast: Broadcast, column: InstrumentedAttribute[Any], of_all: int
) -> list[tuple[str, Figure]]:
    counted = await sights.session.execute(
        select(column, func.count())
        .where(*await recipients(sights, broadcast, EVERYBODY), column.is_not(None))
        .group_by(column)
        .order_by(column)
    )
    found = [(str(getattr(value, "value", value)), people) for value, people in counted if value]
    figures = parts([people for _, people in found], of_all)
    return [(value, told) for (value, _), told in zip(found, figures, strict=True)]


async def _topics(sights: Sights, broadcast: Broadcast, of_all: int) -> list[tuple[str, Figure]]:
    """The most common first. Somebody may have several, so that they add up to nothing."""
    people = func.count(Interest.person_id.distinct())
    counted = await sights.session.execute(
        select(Interest.topic, people)
        .join(Person, Person.id == Interest.person_id)
        .where(*await recipients(sights, broadcast, EVERYBODY), Interest.topic.is_not(None))
        .group_by(Interest.topic)
        .order_by(people.desc(), Interest.topic)
    )
    return [(topic, within(number, of_all)) for topic, number in counted if topic is not None]


async def some_of(sights: Sights, broadcast: Broadcast, most: int) -> Collection[int]:
    """The ids of at most this many of those whom it would go to now."""
    rule = await recipients(sights, broadcast)
    return (
        await sights.session.scalars(select(Person.id).where(*rule).order_by(Person.id).limit(most))
    ).all()
