"""The team at the desk: who is on it, since when and by whom; roles are added and ended here.

Owners see everybody, organisers whoever has a role in their workshops, and everybody themselves.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team, team_invitations, team_news
from actions.organising.team.team import Needs
from db import intact, queries
from db.models import Grant, Person, Workshop
from domain import names
from domain.outcomes.organising.team import (
    EVERYWHERE,
    Post,
    TeamList,
    TeamMember,
    TeamPost,
    TeamRoleAsked,
    TeamWorkshopAsked,
)
from domain.refusal import Reason, Refusal
from domain.team import Duty, Granted, Scope, TeamRole, may_grant, scope

_SAW = "saw role on the team"
LISTED = Needs(Duty.RUN)
MEMBER = Needs(Duty.RUN, team.of_member, own=True)
ENDING = Needs(Duty.RUN, team.of_grant, own=True)


async def show_list(turn: Turn, page: int) -> None:
    """A page of them, counted from 0. Whoever is named finds the look in their data."""
    me, there = await desk.organiser(turn), turn.scope(Duty.RUN)
    for person in on_page(await members(turn.session, turn.operator, there), page)[1]:
        if person is not me:
            desk.audit(turn, person.id, _SAW)
    turn.tell(TeamList.Payload(page=page), edit=turn.pressed is not None and page > 0)


async def members(session: AsyncSession, operator: Operator, there: Scope) -> Sequence[Person]:
    """Who has a role in these workshops, by name. Names are encrypted, so they are sorted here."""
    here = select(Grant.person_id).where(team.within(Grant.workshop_id, there))
    which = [Person.id.in_(here)]
    if there is None:
        which.append(Person.chat_id.in_(operator.owners))
    found = await intact.rows(session, Person, select(Person.id).where(or_(*which)))
    return sorted(found, key=lambda person: (names.in_order(person.name or ""), person.id))


async def show_mine(turn: Turn) -> None:
    """My own roles."""
    turn.tell(TeamMember.Payload((await desk.organiser(turn)).id))


async def show(turn: Turn, person_id: int) -> None:
    """Somebody's roles. Raises Refusal like `_member`."""
    await _member(turn, person_id)
    turn.tell(TeamMember.Payload(person_id))


async def _member(turn: Turn, person_id: int) -> Person:
    """Somebody of the team whom I see to, or myself. Raises Refusal(STALE_BUTTON) for anybody else."""
    mine = turn.on_team and turn.person is not None and turn.person.id == person_id
    person = await intact.person(turn.session, person_id) if turn.at_desk or mine else None
    if person is None or not (mine or await _is_member(turn, person)):
        raise Refusal(Reason.STALE_BUTTON)
    if not mine:
        desk.audit(turn, person.id, _SAW)
    return person


async def _is_member(turn: Turn, person: Person) -> bool:
    there = turn.scope(Duty.RUN)
    by_settings = there is None and person.chat_id in turn.operator.owners
    return by_settings or bool(await grants_of(turn.session, person.id, there))


async def grants_of(session: AsyncSession, person_id: int, there: Scope) -> Sequence[Grant]:
    """What this person was granted in these workshops, the oldest first."""
    own = select(Grant).where(Grant.person_id == person_id, team.within(Grant.workshop_id, there))
    return (await session.scalars(own.order_by(Grant.id))).all()


async def card(
    session: AsyncSession,
    operator: Operator,
    reader: Person | None,
    granted: Collection[Granted],
    person: Person,
) -> TeamMember:
    """Somebody of the team as this reader, who was granted that, sees them."""
    mine = reader is not None and reader.id == person.id
    grants = await grants_of(session, person.id, None if mine else scope(granted, Duty.RUN))
    posts = [
        TeamPost(
            grant_id=each.id,
            post=await post(session, each.role, each.workshop_id),
            since=operator.day(each.granted_at),
            by=await intact.name(session, each.granted_by_id),
            may_end=mine or may_grant(granted, Granted(each.role, each.workshop_id)),
        )
        for each in grants
    ]
    by_settings = person.chat_id in operator.owners
    adds = not (mine or by_settings) and bool(grantable(granted))
    return TeamMember(person.id, person.name or "", tuple(posts), mine, by_settings, adds)


async def post(session: AsyncSession, role: TeamRole, workshop_id: int | None) -> Post:
    """This role as it is shown."""
    title = None
    if workshop_id is not None and workshop_id != EVERYWHERE:
        found = await intact.rows(session, Workshop, select(Workshop.id).where(Workshop.id == workshop_id))
        title = found[0].title if found else ""
    return Post(role, title)


def grantable(granted: Collection[Granted]) -> tuple[TeamRole, ...]:
    """The roles that somebody who was granted that may grant anywhere."""
    there = scope(granted, Duty.RUN)
    where = [None] if there is None else sorted(there)
    return tuple(role for role in TeamRole if any(may_grant(granted, Granted(role, each)) for each in where))


# --- another role


async def ask_role(turn: Turn, person_id: int) -> None:
    """Which role? For somebody new if `person_id` is 0. Raises Refusal like `_member`."""
    if person_id:
        await _member(turn, person_id)
    turn.tell(TeamRoleAsked.Payload(person_id))


async def ask_workshop(turn: Turn, person_id: int, role: TeamRole, page: int) -> None:
    """In which workshop? Owners are owners of all. Raises Refusal(STALE_BUTTON) for a role that I may not grant."""
    if role not in grantable(turn.granted):
        raise Refusal(Reason.STALE_BUTTON)
    if role is TeamRole.OWNER:
        await choose(turn, person_id, role, EVERYWHERE)
    else:
        turn.tell(TeamWorkshopAsked.Payload(person_id, role, page), edit=True)


async def choose(turn: Turn, person_id: int, role: TeamRole, workshop_id: int) -> None:
    """This role there: somebody new gets a link for it, somebody of the team has it at once.

    Raises Refusal(STALE_BUTTON) for what I may not grant, and like `_member`.
    """
    wanted = Granted(role, workshop_id or None)
    missing = wanted.workshop_id is not None and await turn.session.get(Workshop, workshop_id) is None
    whole = role is not TeamRole.OWNER or wanted.workshop_id is None
    if missing or not whole or not may_grant(turn.granted, wanted):
        raise Refusal(Reason.STALE_BUTTON)
    me = await desk.organiser(turn)
    if not person_id:
        await team_invitations.make(turn, wanted)
        return
    person = await _member(turn, person_id)
    if person is me or person.chat_id in turn.operator.owners:
        raise Refusal(Reason.STALE_BUTTON)
    if await team.grant(turn.session, person, wanted, me, turn.now):
        desk.audit(turn, person.id, f"granted {role}")
        await team_news.tell_granted(turn, person, wanted, me)
    turn.tell(TeamMember.Payload(person.id), edit=True)


# --- the end of one


async def end(turn: Turn, grant_id: int, seen: int) -> None:
    """A role ends at once. `seen`: the version of what was shown; if that has changed it is shown again instead.

    Raises Refusal(STALE_BUTTON) for a role that is not mine, nor mine to end.
    """
    own = select(Grant).where(Grant.id == grant_id).with_for_update()
    grant = await turn.session.scalar(own)
    person = await intact.person(turn.session, grant.person_id) if grant is not None else None
    if grant is None or person is None or not turn.on_team:
        raise Refusal(Reason.STALE_BUTTON)
    what, mine = Granted(grant.role, grant.workshop_id), person is turn.person
    if not (mine or may_grant(turn.granted, what)):
        raise Refusal(Reason.STALE_BUTTON)
    shown = await card(turn.session, turn.operator, turn.person, turn.granted, person)
    if shown.version == seen:
        await team.end(turn.session, grant, turn.now)
        await turn.session.flush()
        desk.audit(turn, person.id, f"ended {what.role}")
        await team_news.tell_ended(turn, person, what)
    elif not mine:
        desk.audit(turn, person.id, _SAW)
    if not mine or shown.version != seen:
        turn.tell(TeamMember.Payload(person.id), edit=True)


async def workshops_to_grant(
    session: AsyncSession, granted: Collection[Granted], role: TeamRole
) -> Sequence[Workshop]:
    """The workshops in which whoever was granted that may grant this role, the newest first."""
    there = scope(granted, Duty.RUN)
    every = await queries.workshops(session, team.within(Workshop.id, there))
    return [each for each in every if may_grant(granted, Granted(role, each.id))]
