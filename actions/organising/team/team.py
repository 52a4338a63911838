"""Who the team of a workshop is, and what each of them may do there. This is the one place that says so.

`Needs` stands beside every button, command and draft of the desk; whoever dispatches them asks `check`.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from db import intact, journal, personal_codes, queries, reach
from db.models import (
    CodePurpose,
    Complaint,
    Grant,
    Inquiry,
    Introduction,
    Membership,
    OfficeSeat,
    Person,
    Pledge,
    Round,
    Roundtable,
    Workshop,
)
from domain.refusal import Reason, Refusal
from domain.team import OWNER, Duty, Granted, Scope, TeamRole, doing, reaches, scope

Where = Callable[..., Select[int | None]]
"""The ids of the workshops of what an action is about, by the action's arguments; one in the scope will do."""
Everywhere = Callable[..., Awaitable[Collection[int | None]]]
"""Likewise, by the turn and the action's arguments; all of them have to be in the scope, and there has to be one."""


@dataclass(frozen=True)
class Needs:
    """What an action of the desk needs: a duty, None for any, or what tells it from the action's arguments.

    `where`: without it a duty in any workshop is enough, and the action shows what is in its scope. `in_all`: of what
    may belong to several. `everywhere`: the duty is needed in all workshops. `own`: people may also do it for
    themselves, which the action decides.
    """

    duty: Duty | Callable[..., Duty] | None
    where: Where | None = None
    in_all: Everywhere | None = None
    everywhere: bool = False
    own: bool = False

    def duty_of(self, *arguments: Any) -> Duty | None:
        return self.duty if self.duty is None or isinstance(self.duty, Duty) else self.duty(*arguments)


async def allows(turn: Turn, needs: Needs, *arguments: Any) -> bool:
    """Whether whoever's turn it is may do this. Anything missing is in nobody's scope but that of all workshops."""
    there = turn.scope(needs.duty_of(*arguments))
    if there is None or needs.everywhere or not there:
        return there is None
    if needs.in_all is not None:
        workshops = await needs.in_all(turn, *arguments)
        return bool(workshops) and there.issuperset(workshops)
    if needs.where is None:
        return True
    found = await turn.session.scalars(needs.where(*arguments))
    return reaches(there, found.all())


def allows_somewhere(granted: Iterable[Granted], needs: Needs) -> bool:
    """Whether somebody with these roles may do this in any workshop, or in all where that is needed."""
    there = scope(granted, needs.duty_of())
    return there is None or (bool(there) and not needs.everywhere)


async def check(turn: Turn, needs: Needs, *arguments: Any) -> None:
    """Let whoever's turn it is do this for the team (`turn.at_desk`), or only for themselves, if it `needs` no more.

    Raises Refusal(STALE_BUTTON): to anybody else it does not exist.
    """
    turn.at_desk = await allows(turn, needs, *arguments)
    if not (turn.at_desk or needs.own):
        raise Refusal(Reason.STALE_BUTTON)


# --- where things belong


def of_workshop(workshop_id: int, *_: object) -> Select[int]:
    return select(Workshop.id).where(Workshop.id == workshop_id)


def of_workshop_or_all(workshop_id: int, *_: object) -> Select[int]:
    """0 means all in which somebody does it: then one is enough."""
    return of_workshop(workshop_id) if workshop_id else select(Workshop.id)


def of_person(person_id: int, *_: object) -> Select[int]:
    """Everybody belongs to each workshop that they are in."""
    return select(Membership.workshop_id).where(Membership.person_id == person_id)


def of_entered(person_id: int, *_: object) -> Select[int]:
    """Somebody without Telegram belongs to the workshops of their pledges."""
    return select(Pledge.workshop_id).where(
        or_(Pledge.author_id == person_id, Pledge.partner_id == person_id)
    )


def of_seat(seat_id: int, *_: object) -> Select[int]:
    """An office belongs where its MP does."""
    mp = select(OfficeSeat.mp_id).where(OfficeSeat.id == seat_id)
    return select(Membership.workshop_id).where(Membership.person_id.in_(mp))


def of_round(round_id: int, *_: object) -> Select[int]:
    return select(Round.workshop_id).where(Round.id == round_id)


def of_roundtable(roundtable_id: int, *_: object) -> Select[int]:
    return select(Roundtable.workshop_id).where(Roundtable.id == roundtable_id)


def of_inquiry(inquiry_id: int, *_: object) -> Select[int | None]:
    return select(Inquiry.workshop_id).where(Inquiry.id == inquiry_id)


def of_pledge(pledge_id: int, *_: object) -> Select[int | None]:
    return select(Pledge.workshop_id).where(Pledge.id == pledge_id)


def of_complaint(complaint_id: int, *_: object) -> Select[int]:
    return reported_in().where(Complaint.id == complaint_id)


def of_member(person_id: int, *_: object) -> Select[int | None]:
    """Somebody of the team belongs to the workshops in which they have a role."""
    return select(Grant.workshop_id).where(Grant.person_id == person_id)


def of_grant(grant_id: int, *_: object) -> Select[int | None]:
    return select(Grant.workshop_id).where(Grant.id == grant_id)


def reported_in() -> Select[int]:
    """The workshops of complaints: those of what they are about."""
    return (
        select(func.coalesce(Pledge.workshop_id, Introduction.workshop_id))
        .select_from(Complaint)
        .outerjoin(Pledge, Pledge.id == Complaint.pledge_id)
        .outerjoin(Introduction, Introduction.id == Complaint.introduction_id)
    )


def within(column: Any, there: Scope) -> ColumnElement[bool]:
    """The condition that the workshop in this column is in the scope."""
    return true() if there is None else column.in_(there)


def who_is_in(person_id: Any, there: Scope) -> ColumnElement[bool]:
    """The condition that this person is in a workshop of the scope."""
    if there is None:
        return true()
    return exists().where(Membership.person_id == person_id, Membership.workshop_id.in_(there))


def entered(there: Scope) -> Select[int]:
    """The ids of those without Telegram who have a pledge in these workshops."""
    pledge = or_(Pledge.author_id == Person.id, Pledge.partner_id == Person.id)
    here = exists().where(pledge, within(Pledge.workshop_id, there))
    return queries.entered() if there is None else queries.entered().where(here)


# --- who they are


def granted_to(person: Person | None) -> tuple[Granted, ...]:
    """What the team granted to this person, who was found by their chat."""
    return tuple(Granted(each.role, each.workshop_id) for each in person.grants) if person is not None else ()


async def granted_in(
    session: AsyncSession, operator: Operator, chat_id: int, until: datetime | None = None
) -> list[Granted]:
    """What whoever is in this chat was granted, by the settings or by the team, and has still; `until`: by then."""
    if chat_id in operator.owners:
        return [OWNER]
    theirs = select(Grant.role, Grant.workshop_id).join(Person, Person.id == Grant.person_id)
    by_then = () if until is None else (Grant.granted_at <= until,)
    found = await session.execute(theirs.where(Person.chat_id == chat_id, *by_then))
    return [Granted(*each) for each in found]


async def members(session: AsyncSession, operator: Operator) -> dict[int, list[Granted]]:
    """By chat, what everybody of the team was granted, by the settings or by the team."""
    granted = select(Person.chat_id, Grant.role, Grant.workshop_id).join(Grant, Grant.person_id == Person.id)
    by_chat: dict[int, list[Granted]] = {owner: [OWNER] for owner in operator.owners}
    for chat_id, role, workshop_id in await session.execute(granted):
        if chat_id is not None:
            by_chat.setdefault(chat_id, []).append(Granted(role, workshop_id))
    return by_chat


async def scope_of(context: ViewContext, duty: Duty | None) -> Scope:
    """The workshops in which the reader of a message does this now."""
    return scope(await granted_in(context.session, context.operator, context.row.chat_id), duty)


async def may(
    session: AsyncSession, operator: Operator, chat_id: int, duty: Duty, workshop_id: int | None
) -> bool:
    """Whether whoever is in this chat does this in this workshop."""
    return reaches(scope(await granted_in(session, operator, chat_id), duty), (workshop_id,))


def _doing(operator: Operator, duty: Duty, workshop_ids: Collection[int | None]) -> ColumnElement[bool]:
    """The condition on persons that they do this in one of these workshops."""
    here = or_(Grant.workshop_id.is_(None), Grant.workshop_id.in_([each for each in workshop_ids if each]))
    granted = exists().where(Grant.person_id == Person.id, Grant.role.in_(doing(duty)), here)
    return or_(Person.chat_id.in_(operator.owners), granted)


async def within_reach(
    session: AsyncSession, operator: Operator, duty: Duty, *workshop_ids: int | None
) -> list[Person]:
    """Those who do this in one of these workshops, have written to the bot and have not blocked it; pausing ones
    included. A workshop of None: what belongs to no workshop.
    """
    return await _people(session, _doing(operator, duty, workshop_ids), reach.reachable())


async def within_reach_of_all(
    session: AsyncSession, operator: Operator, duty: Duty, workshop_ids: Iterable[int | None]
) -> list[Person]:
    """Likewise, but those who do this in each of these workshops."""
    everywhere = [_doing(operator, duty, (each,)) for each in workshop_ids]
    return await _people(session, *everywhere, reach.reachable())


async def owners_within_reach(session: AsyncSession, operator: Operator) -> list[Person]:
    """The owners, those of the settings and those who were granted it."""
    granted = exists().where(Grant.person_id == Person.id, Grant.role == TeamRole.OWNER)
    return await _people(session, or_(Person.chat_id.in_(operator.owners), granted), reach.reachable())


def who_do(operator: Operator, duty: Duty) -> Select[int]:
    """Selects the ids of those who do this in any workshop, and can be reached."""
    granted = exists().where(Grant.person_id == Person.id, Grant.role.in_(doing(duty)))
    return select(Person.id).where(or_(Person.chat_id.in_(operator.owners), granted), reach.reachable())


async def _people(session: AsyncSession, *which: ColumnElement[bool]) -> list[Person]:
    found = select(Person.id).where(*which).order_by(Person.id)
    people = [await intact.person(session, each) for each in await session.scalars(found)]
    return [each for each in people if each is not None]


# --- how it begins, and ends


async def grant(session: AsyncSession, person: Person, what: Granted, by: Person, now: datetime) -> bool:
    """Give somebody this role from now on. Returns False if they had it already."""
    same = select(Grant.id).where(
        Grant.person_id == person.id,
        Grant.role == what.role,
        Grant.workshop_id.is_not_distinct_from(what.workshop_id),
    )
    if await session.scalar(same) is not None:
        return False
    given = {"role": what.role, "workshop_id": what.workshop_id}
    session.add(Grant(person_id=person.id, granted_at=now, granted_by_id=by.id, **given))
    await session.flush()
    return True


async def end(session: AsyncSession, grant: Grant, now: datetime) -> None:
    """End what was granted, so that a restored backup does not bring it back."""
    journal.note(session, journal.Ended.GRANT, grant.id, grant.granted_at, now)
    await session.delete(grant)


async def end_all(session: AsyncSession, person: Person, now: datetime) -> list[Granted]:
    """End all that this person was granted, and their invitations. Returns what they were granted."""
    await personal_codes.revoke(session, person.id, (CodePurpose.TEAM,))
    own = select(Grant).where(Grant.person_id == person.id).order_by(Grant.id)
    grants = (await session.scalars(own.with_for_update())).all()
    for each in grants:
        await end(session, each, now)
    await session.flush()
    return [Granted(each.role, each.workshop_id) for each in grants]
