"""The organisers' desk: the menu, one of several workshops, confirming roles, counts."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import card
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.joining import entry
from actions.organising.team import team
from db import crowd, intact, queries, reach
from db.models import Audit, Guest, Membership, Person, Workshop
from domain import names
from domain.outcomes.organising.desk import (
    DeskTask,
    NoClaims,
    OrgaMenu,
    RoleClaim,
    RoleClaims,
    RoleDecided,
    WorkshopAsked,
)
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.team import Duty, Scope

DUTIES = {
    DeskTask.BROADCAST: Duty.RUN,
    DeskTask.ROUND: Duty.RUN,
    DeskTask.TIMETABLE: Duty.RUN,
    DeskTask.COUNTS: Duty.COUNT,
    DeskTask.CARD: Duty.RECEIVE,
    DeskTask.RELEASED: Duty.RUN,
    DeskTask.ROUNDTABLE: Duty.RUN,
    DeskTask.MOMENT: Duty.RUN,
    DeskTask.WALL: Duty.RUN,
    DeskTask.EXPORT: Duty.RUN,
    DeskTask.REPORT: Duty.COUNT,
}
"""What each task is part of."""

_NAMESAKES = 5
"""How many are shown beside a role claim."""


async def organiser(turn: Turn) -> Person:
    """Whoever is at the desk, as a row, created if they take no part: it carries drafts and the voice, no consent."""
    if turn.person is None:
        turn.person = entry.new_person(turn, turn.first_voice)
        await turn.session.flush()
    return turn.person


async def menu(turn: Turn) -> None:
    """`/orga`."""
    await organiser(turn)
    turn.tell(OrgaMenu.Payload())


async def choose_workshop(turn: Turn, task: DeskTask, run: Callable[[Turn, int], Awaitable[None]]) -> None:
    """Run a desk task in one workshop, never silently in the newest: of several the organiser chooses one."""
    await organiser(turn)
    match await queries.workshops(turn.session, team.within(Workshop.id, turn.scope(DUTIES[task]))):
        case []:
            turn.tell(OrgaMenu.Payload())  # which says what comes first
        case [only]:
            await run(turn, only.id)
        case _:
            turn.tell(WorkshopAsked.Payload(task=task, page=0))


async def workshops_page(turn: Turn, task: DeskTask, page: int) -> None:
    """Another page of workshops to choose from, counted from 0."""
    await organiser(turn)
    turn.tell(WorkshopAsked.Payload(task=task, page=page), edit=True)


async def chosen(turn: Turn, workshop_id: int) -> Workshop:
    """The workshop that an organiser chose. Raises Refusal(STALE_BUTTON) if it does not exist."""
    await organiser(turn)
    workshop = await turn.session.get(Workshop, workshop_id)
    if workshop is None:
        raise Refusal(Reason.STALE_BUTTON)
    return workshop


# --- claimed roles


async def claims(turn: Turn) -> None:
    """`/teilnehmende`: list by name who waits to be confirmed as an MP; a single one is shown at once.

    Everybody named finds the organiser's look in their data.
    """
    there = turn.scope(Duty.RECEIVE)
    match await waiting_claims(turn.session, there):
        case []:
            turn.tell(NoClaims.Payload())
        case [only] if not await refused_claims(turn.session, there):
            await claim(turn, only)
        case waiting:
            _list(turn, waiting, 0)


async def claims_page(turn: Turn, page: int) -> None:
    """Another page of role claims, counted from 0."""
    _list(turn, await waiting_claims(turn.session, turn.scope(Duty.RECEIVE)), page, edit=True)


async def refused_page(turn: Turn, page: int) -> None:
    """A page of those who were not confirmed, counted from 0: there is a way back."""
    _list(turn, await refused_claims(turn.session, turn.scope(Duty.RECEIVE)), page, refused=True)


def _list(turn: Turn, listed: Sequence[int], page: int, *, edit: bool = False, refused: bool = False) -> None:
    for person_id in on_page(listed, page)[1]:
        audit(turn, person_id, "saw role claim")
    turn.tell(RoleClaims.Payload(page=page, refused=refused), edit=edit)


async def claim(turn: Turn, person_id: int) -> None:
    """Show one role claim. Raises Refusal(STALE_BUTTON) if the person does not claim the role."""
    person = await intact.person(turn.session, person_id)
    if person is None or person.role is not Role.MP:
        raise Refusal(Reason.STALE_BUTTON)
    _audit(turn, person, "saw role claim")
    for each in await namesakes(turn.session, person, turn.scope(Duty.RECEIVE)):
        _audit(turn, each, "saw beside role claim")
    turn.tell(RoleClaim.Payload(person.id))


async def namesakes(session: AsyncSession, person: Person, there: Scope) -> list[Person]:
    """Others in these workshops whose names are the same as this one's, or look so; a few."""
    others = select(Membership.person_id).where(
        Membership.person_id != person.id, team.within(Membership.workshop_id, there)
    )
    named = await crowd.named(session, select(Person.id).where(Person.id.in_(others), reach.agreeing()))
    alike = [each.id for each in named if names.looks_like(each.name, person.name or "")]
    return await on_list(session, sorted(alike)[:_NAMESAKES])


async def looks_like_confirmed(session: AsyncSession, person: Person) -> bool:
    """Whether the eye could take this name for that of somebody else whose role is confirmed."""
    others = select(Person.id).where(Person.role_confirmed.is_(True), Person.id != person.id)
    confirmed = await crowd.named(session, others)
    return any(names.looks_like(person.name or "", other.name) for other in confirmed)


def is_waiting(person: Person) -> bool:
    """Whether this person is among `waiting_claims`."""
    undecided = person.role is Role.MP and person.role_confirmed is None
    return undecided and person.name is not None and bool(person.memberships)


async def waiting_claims(session: AsyncSession, there: Scope) -> list[int]:
    """The ids of the people in these workshops whose MP role nobody has decided about, by name."""
    return await _claiming(session, Person.role_confirmed.is_(None), there)


async def refused_claims(session: AsyncSession, there: Scope) -> list[int]:
    """The ids of the people in these workshops whose MP role was not confirmed, by name."""
    return await _claiming(session, Person.role_confirmed.is_(False), there)


def claiming(which: ColumnElement[bool], there: Scope) -> tuple[ColumnElement[bool], ...]:
    """The conditions on persons: they are in one of these workshops, and say that they are an MP."""
    return (
        Person.role == Role.MP,
        which,
        Person.name.is_not(None),
        select(Membership.person_id)
        .where(Membership.person_id == Person.id, team.within(Membership.workshop_id, there))
        .exists(),
    )


async def _claiming(session: AsyncSession, which: ColumnElement[bool], there: Scope) -> list[int]:
    """Names are encrypted, so they are sorted here."""
    waiting = select(Person.id).where(*claiming(which, there))
    people = await crowd.named(session, waiting)
    return [each.id for each in sorted(people, key=lambda each: (names.in_order(each.name), each.id))]


async def on_list(session: AsyncSession, ids: Sequence[int]) -> list[Person]:
    """The people with these ids, in their order."""
    people = {
        each.id: each
        for each in await intact.rows(session, Person, select(Person.id).where(Person.id.in_(ids)))
    }
    return [people[number] for number in ids if number in people]


async def decide_claim(turn: Turn, person_id: int, seen: str, *, confirmed: bool) -> None:
    """Confirm the role or not, and tell the person; a second tap on the same answer changes nothing.

    `seen`: the version of the card that was shown. If the person has changed what it says, the new one is shown,
    and nothing is decided. Raises Refusal like `claim`.
    """
    person = await turn.session.get(Person, person_id, with_for_update=True)
    if person is None or person.role is not Role.MP:
        raise Refusal(Reason.STALE_BUTTON)
    if seen != card(person).version:
        _audit(turn, person, "saw role claim")
        turn.tell(RoleClaim.Payload(person.id, changed=True), edit=True)
        return
    if person.role_confirmed is not confirmed:
        person.role_confirmed = confirmed
        _audit(turn, person, "confirmed role" if confirmed else "did not confirm role")
        turn.news(person, RoleDecided(confirmed=confirmed))
    turn.tell(RoleClaim.Payload(person.id), edit=True)


def _audit(turn: Turn, person: Person, action: str) -> None:
    audit(turn, person.id, action)


def audit_guest(turn: Turn, guest: Guest, action: str) -> None:
    """The same about a guest; whoever has not joined finds it once they do."""
    about = {"guest_id": guest.id} if guest.person_id is None else {"person_id": guest.person_id}
    turn.session.add(Audit(organiser_chat_id=turn.chat_id, action=action, at=turn.now, **about))


def audit(turn: Turn, person_id: int, action: str, *, export_id: int | None = None) -> None:
    """Note what an organiser saw of, or decided about, this person, who finds it in their data.

    `export_id`: they are in that file.
    """
    about = {"person_id": person_id, "export_id": export_id}
    turn.session.add(Audit(organiser_chat_id=turn.chat_id, action=action, at=turn.now, **about))
