"""The team's list of silences: once a month, one message for each workshop, names on a tap, and nothing in public."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.exchange.paging import on_page, pages
from actions.exchange.passes import Pass
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from actions.pledging.silences import hints, silences
from db import intact, reach
from db.models import Person, Pledge, Priority, Workshop
from domain import names
from domain.calendar import USUAL_HOUR, asking_hours, instant, months_after
from domain.nudging import TEAM_AFTER, TEAM_WITHIN, team_told_on
from domain.outcomes.organising.silences import SilenceNoted, SilentPeople
from domain.refusal import Reason, Refusal
from domain.team import Duty, Scope

VIEWS = Views()
_LOOK = "saw who is silent"

Line = tuple[Person, date]
"""Somebody who is silent, and since when."""


def telling(now: datetime, operator: Operator) -> Pass:
    """The pass that tells the organisers of each workshop with silences: from the first working day of the month on,
    for a week, in office hours, each once a month. Nobody who pauses, or cannot be reached.
    """
    on = team_told_on(operator.day(now))

    async def find(session: AsyncSession) -> Iterable[int]:
        is_open = on <= operator.day(now) < on + TEAM_WITHIN and asking_hours(now, operator.zone, None) == now
        found = await _workshops(session, on, now, operator) if is_open else []
        return [each for each in found if await _untold(session, each, on, now, operator)]

    async def tell(session: AsyncSession, workshop_id: int) -> None:
        for organiser in await _untold(session, workshop_id, on, now, operator):
            to, payload = outbox.Recipient.of(organiser), SilenceNoted.Payload(workshop_id, on)
            outbox.owe(
                session, payload, to, now, priority=Priority.NEWS, key=_key(workshop_id, organiser, on)
            )

    return Pass(find, tell)


async def _untold(
    session: AsyncSession, workshop_id: int, on: date, now: datetime, operator: Operator
) -> list[Person]:
    """The organisers who can be told, and have not been told of this workshop this month."""
    organisers = await team.within_reach(session, operator, Duty.RUN, workshop_id)
    present = [each for each in organisers if not reach.is_paused(each, now)]
    return [each for each in present if not await transcript.was_owed(session, _key(workshop_id, each, on))]


def _key(workshop_id: int, organiser: Person, on: date) -> str:
    return f"silences:{workshop_id}:{organiser.id}:{on.isoformat()}"


async def _workshops(session: AsyncSession, on: date, now: datetime, operator: Operator) -> list[int]:
    told = [each.pledge_id for each in await _silences(session, on, now, operator)]
    found = select(Pledge.workshop_id).where(Pledge.id.in_(told)).distinct().order_by(Pledge.workshop_id)
    return list(await session.scalars(found))


async def _silences(
    session: AsyncSession, on: date, now: datetime, operator: Operator, workshop_id: int | None = None
) -> list[silences.Silence]:
    """The silences of which the team is told on that day, and that last: the other party has known of each for two
    weeks, and does not say that the two are in touch.
    """
    morning = instant(on, time(), operator.zone)
    known = (hints.was_told(morning - TEAM_AFTER), ~hints.is_in_touch())
    here = () if workshop_id is None else (Pledge.workshop_id == workshop_id,)
    return await silences.present(session, now, operator, *hints.may_be_told(), *known, *here)


async def told_of(
    session: AsyncSession, now: datetime, operator: Operator, there: Scope
) -> dict[int, tuple[int, datetime]]:
    """Those of whose silence, in these workshops, the team was told with its last list: by person, the workshop and
    since when, of several silences the latest.
    """
    today = operator.day(now)
    months = (team_told_on(today), team_told_on(months_after(today.replace(day=1), -1)))
    on = next(each for each in months if each <= today)
    silent = await _silences(session, on, now, operator)
    of_pledges = select(Pledge.id, Pledge.workshop_id).where(
        Pledge.id.in_({each.pledge_id for each in silent}), team.within(Pledge.workshop_id, there)
    )
    here = {row.id: row.workshop_id for row in await session.execute(of_pledges)} if silent else {}
    return {each.person_id: (here[each.pledge_id], each.start) for each in silent if each.pledge_id in here}


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which organisers get a list, as things are. The walker goes there."""
    today = operator.day(now)
    for on in (team_told_on(today), team_told_on(months_after(today.replace(day=1), 1))):
        opens = instant(on, USUAL_HOUR, operator.zone)
        if opens > now and await _silences(session, on, now, operator):
            return opens
    return None


async def show(turn: Turn, workshop_id: int, on: date, page: int) -> None:
    """The names on the list of that day, which find the organiser's look in their data. Raises
    Refusal(STALE_BUTTON) for a workshop or a day without one.
    """
    if on > turn.today or team_told_on(on) != on or await turn.session.get(Workshop, workshop_id) is None:
        raise Refusal(Reason.STALE_BUTTON)
    listed = await _lines(turn.session, workshop_id, on, turn.now, turn.operator)
    for person, _ in on_page(listed, page)[1]:
        desk.audit(turn, person.id, _LOOK)
    turn.tell(SilentPeople.Payload(workshop_id, on, page), edit=True)


async def _lines(
    session: AsyncSession, workshop_id: int, on: date, now: datetime, operator: Operator
) -> list[Line]:
    """By name, as in every list: no ranking. Somebody who is silent about several pledges is one line."""
    since: dict[int, date] = {}
    for silence in await _silences(session, on, now, operator, workshop_id):
        since[silence.person_id] = min(silence.since, since.get(silence.person_id, silence.since))
    people = {each: await intact.person(session, each) for each in since}
    lines = [(person, since[each]) for each, person in people.items() if person is not None]
    return sorted(lines, key=lambda line: (names.in_order(line[0].name or ""), line[1]))


@VIEWS.reads(SilenceNoted.Payload)
async def noted(context: ViewContext, payload: SilenceNoted.Payload) -> SilenceNoted | None:
    """None if nobody is silent any more."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    listed = await _silences(context.session, payload.on, context.now, context.operator, payload.workshop_id)
    if workshop is None or not listed:
        return None
    return SilenceNoted(workshop.id, workshop.title, payload.on, len({each.pledge_id for each in listed}))


@VIEWS.reads(SilentPeople.Payload)
async def people(context: ViewContext, payload: SilentPeople.Payload) -> SilentPeople | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    listed = await _lines(context.session, workshop.id, payload.on, context.now, context.operator)
    page, shown = on_page(listed, payload.page)
    lines = tuple((person.name or "", since) for person, since in shown)
    return SilentPeople(workshop.id, workshop.title, payload.on, lines, page, pages(len(listed)))
