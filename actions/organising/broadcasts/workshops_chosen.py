"""Which workshops a broadcast goes to. Of those that were chosen these are the ones that its author runs now."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, String, and_, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.organising.team import team
from db import queries
from db.models import Broadcast, Membership, Workshop
from domain.audience import EVERYBODY, Audience, Facet
from domain.team import Duty, Scope, reaches, scope


def audience_of(broadcast: Broadcast) -> Audience:
    """Whom it goes to. Raises ValueError like `Audience.read`."""
    return Audience.read(broadcast.audience) if broadcast.audience is not None else EVERYBODY


def chosen(broadcast: Broadcast) -> list[int | None]:
    """The ids of those that were chosen: the one in which it was begun, as long as no other was tapped."""
    tapped = [int(each) for each in audience_of(broadcast).chosen(Facet.WORKSHOP)]
    return [*tapped] if tapped else [broadcast.workshop_id]


def is_of_several(broadcast: Broadcast) -> bool:
    """Whether it goes to others than the workshop in which it was begun."""
    return chosen(broadcast) != [broadcast.workshop_id]


def are_several() -> ColumnElement[bool]:
    """The condition on `Broadcast` that workshops were tapped, or one ruled out."""
    tapped = cast(Broadcast.audience, String).contains(f'"{Facet.WORKSHOP.value}"')
    return and_(Broadcast.audience.is_not(None), tapped)


async def _scope_of_author(session: AsyncSession, operator: Operator, broadcast: Broadcast) -> Scope:
    """The workshops that its author runs now."""
    return scope(await team.granted_in(session, operator, broadcast.author_chat_id), Duty.RUN)


async def reached(session: AsyncSession, operator: Operator, broadcast: Broadcast) -> list[int | None]:
    """The ids of those that it goes to now. If there are none any more, it goes nowhere."""
    there = await _scope_of_author(session, operator, broadcast)
    return [each for each in chosen(broadcast) if reaches(there, (each,))]


async def reached_by(turn: Turn, broadcast_id: int, *_: object) -> Sequence[int | None]:
    """`reached`, of the broadcast with this id. Whoever does anything with it has to run all of them."""
    broadcast = await turn.session.get(Broadcast, broadcast_id)
    return [] if broadcast is None else await reached(turn.session, turn.operator, broadcast)


async def number_for(
    session: AsyncSession, operator: Operator, runs: Scope, *which: ColumnElement[bool]
) -> int:
    """Of these announcements to several workshops, those for whoever runs just these: all that it goes to now."""
    found = (await session.scalars(select(Broadcast).where(are_several(), *which))).all()
    go_to = [await reached(session, operator, each) for each in found]
    return sum(bool(ids) and (runs is None or runs.issuperset(ids)) for ids in go_to)


async def of_author(session: AsyncSession, operator: Operator, broadcast: Broadcast) -> Sequence[Workshop]:
    """Those that its author can choose from, the newest first."""
    there = await _scope_of_author(session, operator, broadcast)
    return await queries.workshops(session, team.within(Workshop.id, there))


async def titles(session: AsyncSession, ids: Sequence[int | None]) -> dict[str, str]:
    """What these are called, by id as an audience has it, in the order of the ids."""
    found = {each.id: each.title for each in await queries.workshops(session, Workshop.id.in_(ids))}
    return {str(each): found[each] for each in ids if each in found}


async def of_reader(
    session: AsyncSession, operator: Operator, broadcast: Broadcast, person_id: int | None
) -> Workshop | None:
    """The workshop through which somebody gets it: of several the one that they joined last. None: through none now."""
    ids = await reached(session, operator, broadcast)
    theirs = _joined(ids).where(Membership.person_id == person_id).limit(1)
    there = (await session.execute(theirs.with_only_columns(Membership.workshop_id))).scalar()
    return await session.get(Workshop, there) if there is not None else None


async def through(session: AsyncSession, operator: Operator, broadcast: Broadcast) -> dict[int, str] | None:
    """By person, what the workshop is called through which they get it, as `of_reader` says. None: it goes to one."""
    if not is_of_several(broadcast):
        return None
    ids = await reached(session, operator, broadcast)
    called = await titles(session, ids)
    found: dict[int, str] = {}
    for person_id, workshop_id in await session.execute(_joined(ids)):
        found.setdefault(person_id, called.get(str(workshop_id), ""))
    return found


def _joined(workshop_ids: Sequence[int | None]) -> Select[int, int]:
    """Who is in these workshops, where they joined last coming first."""
    return (
        select(Membership.person_id, Membership.workshop_id)
        .where(Membership.workshop_id.in_(workshop_ids))
        .order_by(Membership.joined_at.desc(), Membership.workshop_id.desc())
    )
