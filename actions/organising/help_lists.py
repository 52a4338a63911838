"""The team's list of help calls for which nobody was found: what is lacking, and who it is only if they said so."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, pages
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db import intact
from db.models import CallEnd, HelpCall, Pledge, Workshop
from domain.outcomes.organising.help_lists import HelpCalls, HelpLine
from domain.refusal import Reason, Refusal
from domain.team import Duty, Scope

VIEWS = Views()
_OPEN = (HelpCall.end == CallEnd.NOBODY, HelpCall.settled_at.is_(None))


async def waiting(session: AsyncSession, there: Scope) -> int:
    """How many calls the team of these workshops has not settled."""
    return await session.scalar(number(there)) or 0


def number(there: Scope) -> Select[int]:
    """Selects how many calls the team of these workshops has not settled."""
    return _listed(func.count(), there=there)


def _listed(*what: Any, there: Scope) -> Select[Any]:
    return (
        select(*what)
        .select_from(HelpCall)
        .join(Pledge, Pledge.id == HelpCall.pledge_id)
        .where(*_OPEN, team.within(Pledge.workshop_id, there))
    )


async def show(turn: Turn, page: int) -> None:
    """A page of them, counted from 0. Whoever is named there finds the look in their data."""
    await desk.organiser(turn)
    await _show(turn, page)


async def settle(turn: Turn, call_id: int, page: int) -> None:
    """*Erledigt*. Raises Refusal(STALE_BUTTON) for one that is no longer on the list."""
    await desk.organiser(turn)
    settled = await turn.session.scalar(
        select(HelpCall).where(HelpCall.id == call_id, *_OPEN).with_for_update()
    )
    if settled is None:
        raise Refusal(Reason.STALE_BUTTON)
    settled.settled_at = turn.now
    await turn.session.flush()
    await _show(turn, page)


async def _show(turn: Turn, page: int) -> None:
    for each, _ in await _on_page(turn.session, page, turn.scope(Duty.RUN)):
        if each.named:
            desk.audit(turn, each.person_id, "saw call for help")
    turn.tell(HelpCalls.Payload(page), edit=True)


async def _on_page(session: AsyncSession, page: int, there: Scope) -> list[tuple[HelpCall, int]]:
    """The calls on this page, the oldest first, each with the id of its workshop."""
    listed = _listed(HelpCall, Pledge.workshop_id, there=there)
    shown = await session.execute(listed.order_by(HelpCall.id).offset(page * PAGE).limit(PAGE))
    return [(call, workshop_id) for call, workshop_id in shown]


@VIEWS.reads(HelpCalls.Payload)
async def listed(context: ViewContext, payload: HelpCalls.Payload) -> HelpCalls:
    """The last page if the list has become shorter."""
    there = await team.scope_of(context, Duty.RUN)
    last = pages(await waiting(context.session, there))
    page = min(payload.page, last - 1)
    calls = [await _line(context, *each) for each in await _on_page(context.session, page, there)]
    return HelpCalls(tuple(calls), page, last, page * PAGE + 1)


async def _line(context: ViewContext, call: HelpCall, workshop_id: int) -> HelpLine:
    found = await intact.rows(
        context.session, Workshop, select(Workshop.id).where(Workshop.id == workshop_id)
    )
    caller = await intact.person(context.session, call.person_id) if call.named else None
    return HelpLine(
        call_id=call.id,
        topic=call.topic,
        blocker=call.blocker,
        workshop=found[0].title if found else "",
        on=context.day(call.made_at),
        name=(caller.name or "") if caller is not None else None,
    )
