"""The organisers' desk: workshops and their doors, confirming roles, the day's numbers."""

from collections.abc import Awaitable, Callable, Sequence
from random import SystemRandom

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.joining import entry
from actions.organising.paging import on_page
from db import queries
from db.models import Audit, DraftKind, Membership, Person, Workshop
from domain import names
from domain.codes import new_code
from domain.outcomes.organising.desk import (
    DeskTask,
    NoClaims,
    OrgaMenu,
    PeopleCounts,
    RoleClaim,
    RoleClaims,
    RoleDecided,
    WorkshopAsked,
    WorkshopCard,
    WorkshopTitleAsked,
)
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.words import clean

TITLE_LIMIT = 80


def check(turn: Turn) -> None:
    """Organisers only. To everybody else the command does not exist."""
    if not turn.is_owner:
        raise Refusal(Reason.UNKNOWN_COMMAND if turn.pressed is None else Reason.STALE_BUTTON)


async def desk(turn: Turn) -> Person:
    """An organiser works without taking part: a bare person row carries drafts and language, no consent, no profile."""
    check(turn)
    if turn.person is None:
        turn.person = entry.new_person(turn, turn.operator.voice)
        await turn.session.flush()
    return turn.person


async def menu(turn: Turn) -> None:
    await desk(turn)
    turn.tell(OrgaMenu.Payload())


async def ask_title(turn: Turn) -> None:
    await desk(turn)
    await drafts.await_words(turn, DraftKind.WORKSHOP_TITLE)
    turn.tell(WorkshopTitleAsked())


async def hear_title(turn: Turn, text: str) -> None:
    """A workshop of today, with a code of its own."""
    check(turn)
    workshop = Workshop(
        code=await _free_code(turn), title=clean(text, limit=TITLE_LIMIT), day=turn.today, created_at=turn.now
    )
    turn.session.add(workshop)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(WorkshopCard.Payload(workshop.id))


async def _free_code(turn: Turn) -> str:
    random = SystemRandom()
    code = new_code(random)
    while await queries.workshop_by_code(turn.session, code):
        code = new_code(random)
    return code


async def workshop(turn: Turn, workshop_id: int) -> None:
    turn.tell(WorkshopCard.Payload((await chosen(turn, workshop_id)).id))


async def choose_workshop(turn: Turn, task: DeskTask, run: Callable[[Turn, int], Awaitable[None]]) -> None:
    """An errand is run in one workshop, never silently in the newest: with several the organiser says which."""
    await desk(turn)
    match await queries.workshops(turn.session):
        case []:
            turn.tell(OrgaMenu.Payload())  # which says what comes first
        case [only]:
            await run(turn, only.id)
        case _:
            turn.tell(WorkshopAsked.Payload(task=task, page=0))


async def workshops_page(turn: Turn, task: DeskTask, page: int) -> None:
    await desk(turn)
    turn.tell(WorkshopAsked.Payload(task=task, page=page), edit=True)


async def chosen(turn: Turn, workshop_id: int) -> Workshop:
    await desk(turn)
    workshop = await turn.session.get(Workshop, workshop_id)
    if workshop is None:
        raise Refusal(Reason.STALE_BUTTON)
    return workshop


async def counts(turn: Turn) -> None:
    await choose_workshop(turn, DeskTask.COUNTS, counts_of)


async def counts_of(turn: Turn, workshop_id: int) -> None:
    turn.tell(PeopleCounts.Payload((await chosen(turn, workshop_id)).id))


# --- claimed roles


async def claims(turn: Turn) -> None:
    """Whoever stands at reception is found by name; where only one waits, here they are."""
    check(turn)
    match await waiting_claims(turn.session):
        case []:
            turn.tell(NoClaims())
        case [only]:
            await claim(turn, only.id)
        case waiting:
            _list(turn, waiting, 0)


async def claims_page(turn: Turn, page: int) -> None:
    check(turn)
    _list(turn, await waiting_claims(turn.session), page, edit=True)


def _list(turn: Turn, waiting: Sequence[Person], page: int, *, edit: bool = False) -> None:
    for person in on_page(waiting, page)[1]:
        _note(turn, person, "saw role claim")
    turn.tell(RoleClaims.Payload(page=page), edit=edit)


async def claim(turn: Turn, person_id: int) -> None:
    check(turn)
    person = await turn.session.get(Person, person_id)
    if person is None or person.role is not Role.MP:
        raise Refusal(Reason.STALE_BUTTON)
    _note(turn, person, "saw role claim")
    turn.tell(RoleClaim.Payload(person.id))


async def waiting_claims(session: AsyncSession) -> list[Person]:
    """MP roles that wait for somebody in person, by name. Names are encrypted, so they are sorted here."""
    found = await session.scalars(
        select(Person).where(
            Person.role == Role.MP,
            Person.role_confirmed.is_(None),
            Person.name.is_not(None),
            select(Membership.person_id).where(Membership.person_id == Person.id).exists(),
        )
    )
    return sorted(found, key=lambda person: (names.in_order(person.name or ""), person.id))


async def decide_claim(turn: Turn, person_id: int, *, confirmed: bool) -> None:
    check(turn)
    person = await turn.session.get(Person, person_id, with_for_update=True)
    if person is None or person.role is not Role.MP:
        raise Refusal(Reason.STALE_BUTTON)
    if person.role_confirmed is not confirmed:
        person.role_confirmed = confirmed
        _note(turn, person, "confirmed role" if confirmed else "did not confirm role")
        turn.news(person, RoleDecided(confirmed=confirmed))
    turn.tell(RoleClaim.Payload(person.id), edit=True)


def _note(turn: Turn, person: Person, action: str) -> None:
    turn.session.add(Audit(organiser_chat_id=turn.chat_id, person_id=person.id, action=action, at=turn.now))
