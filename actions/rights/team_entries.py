"""The team deletes what is stored about somebody without Telegram who turned to it.

Everything here raises Refusal(STALE_BUTTON) for whoever was not entered, or is gone.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from actions.rights import erasure
from db import intact, queries
from db.models import Person, Pledge
from db.session import drop_copy
from domain import names
from domain.outcomes.organising.watching import Entries, EntryChosen, EntryGone, EntryLine
from domain.refusal import Reason, Refusal
from domain.team import Duty, Scope
from domain.versions import version_of

VIEWS = Views()


async def show(turn: Turn, page: int) -> None:
    """A page of them. They, and whoever entered them, have the look in their data."""
    for person in on_page(await _everybody(turn.session, turn.scope(Duty.RUN)), page)[1]:
        _saw(turn, person)
    turn.tell(Entries.Payload(page), edit=True)


async def choose(turn: Turn, person_id: int) -> None:
    """The first of two steps."""
    _ask(turn, await _entered(turn, person_id))


def _ask(turn: Turn, person: Person) -> None:
    _saw(turn, person)
    turn.tell(EntryChosen.Payload(person.id), edit=True)


async def delete(turn: Turn, person_id: int, seen: int) -> None:
    """The second step: they are deleted, in every pledge with them, which ends. Whoever entered them is told.

    `seen`: the version of what was shown; if it reads otherwise now, it is asked again.
    """
    person = await _entered(turn, person_id)
    if seen != version_of(person.name or "", person.organisation or ""):
        _ask(turn, person)
        return
    by = await intact.person(turn.session, person.entered_by_id) if person.entered_by_id is not None else None
    await erasure.forget_entered(turn, person)
    drop_copy(turn.session)
    turn.session.info["erased"] = True
    if by is not None:
        desk.audit(turn, by.id, "deleted their entry")
        turn.news(by, EntryGone())
    turn.tell(Entries.Payload())  # replaces what was pressed: somebody was erased


def _saw(turn: Turn, person: Person) -> None:
    for each in (person.id, person.entered_by_id):
        if each is not None:
            desk.audit(turn, each, "saw entry")


async def _entered(turn: Turn, person_id: int) -> Person:
    """Held together with their pledges, in the order in which an erasure does (`erasure.forget`)."""
    theirs = select(Pledge.id).where(queries.in_pledge(person_id)).order_by(Pledge.id)
    await turn.session.execute(theirs.with_for_update())
    person = await turn.session.get(Person, person_id, with_for_update=True)
    if person is None or not person.is_entered:
        raise Refusal(Reason.STALE_BUTTON)
    return person


async def _everybody(session: AsyncSession, there: Scope) -> list[Person]:
    """Those of these workshops, by name. Names are encrypted, so they are sorted here."""
    found = await intact.rows(session, Person, team.entered(there))
    return sorted(found, key=lambda person: (names.in_order(person.name or ""), person.id))


@VIEWS.reads(Entries.Payload)
async def listed(context: ViewContext, payload: Entries.Payload) -> Entries:
    everybody = await _everybody(context.session, await team.scope_of(context, Duty.RUN))
    page, shown = on_page(everybody, payload.page)
    lines = tuple([await _line(context.session, each) for each in shown])
    return Entries(lines, page, pages(len(everybody)), page * PAGE + 1)


@VIEWS.reads(EntryChosen.Payload)
async def chosen(context: ViewContext, payload: EntryChosen.Payload) -> EntryChosen | None:
    person = await intact.person(context.session, payload.person_id)
    if person is None or not person.is_entered:
        return None
    return EntryChosen(await _line(context.session, person))


async def _line(session: AsyncSession, person: Person) -> EntryLine:
    by = await intact.name(session, person.entered_by_id)
    return EntryLine(person.id, person.name or "", person.organisation or "", by)
