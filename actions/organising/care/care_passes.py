"""What the clock says of the care list: whoever has taken something on is reminded after a working day, once; and once
a month everybody who runs a workshop hears what is new.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.organising.care import concerns, marks
from actions.organising.care.concern_selects import Onlooker
from actions.organising.care.concerns import Concern
from actions.organising.team import team
from db import intact, reach
from db.models import ConcernMark, Priority, Workshop
from domain.calendar import USUAL_HOUR, asking_hours, instant, months_after, office_hours, working_day_later
from domain.nudging import TEAM_WITHIN, team_told_on
from domain.outcomes.organising.care import CareNoted, CareReminded
from domain.team import Duty

_HELD = select(ConcernMark.holder_id).where(
    ConcernMark.holder_id.is_not(None), ConcernMark.reminded.is_(False)
)


def everything(session: AsyncSession, now: datetime, operator: Operator) -> Onlooker:
    """The clock sees all."""
    return Onlooker(session, now, operator, 0, lambda _duty: None)


def reminding(now: datetime, operator: Operator) -> Pass:
    """The pass that reminds those who have had something for a working day where it belongs, in office hours; not in a
    pause.
    """

    async def find(session: AsyncSession) -> Iterable[int]:
        due = await _due(session, now, operator)
        return sorted({each.holder_id for each, at in due if each.holder_id is not None and at <= now})

    async def remind(session: AsyncSession, holder_id: int) -> None:
        own = select(ConcernMark).where(ConcernMark.holder_id == holder_id).with_for_update()
        held = {marks.key_of(each): each for each in await session.scalars(own)}
        due = [
            each
            for each, at in await _due(session, now, operator)
            if each.holder_id == holder_id and at <= now
        ]
        holder = await intact.person(session, holder_id)
        if holder is None or not due or not reach.is_reachable(holder) or reach.is_paused(holder, now):
            return
        for each in due:
            held[each.key].reminded = True
        payload = CareReminded(len(due))
        outbox.owe(session, payload, outbox.Recipient.of(holder), now, priority=Priority.NEWS)

    is_open = office_hours(now, operator.zone, None) == now
    return Pass(Selected(_HELD, {}, find) if is_open else nothing, remind)


async def _due(session: AsyncSession, now: datetime, operator: Operator) -> list[tuple[Concern, datetime]]:
    """What somebody has taken on, still waits, and was not reminded of; each with when it is."""
    found = select(ConcernMark).where(ConcernMark.holder_id.is_not(None), ConcernMark.reminded.is_(False))
    taken = {marks.key_of(each): each.at for each in await session.scalars(found)}
    if not taken:
        return []
    every = await concerns.found(everything(session, now, operator), {kind for kind, *_ in taken})
    held = [each for each in every if each.holder_id is not None and each.key in taken]
    places = await session.execute(select(Workshop.id, Workshop.land))
    laender = {row.id: row.land for row in places}
    return [
        (each, working_day_later(taken[each.key], operator.zone, laender.get(each.workshop_id or 0)))
        for each in held
    ]


# --- once a month


def noting(now: datetime, operator: Operator) -> Pass:
    """The pass that owes everybody who runs a workshop what is new: from the first working day of the month on, for a
    week, in office hours, each once. What is, and whether anything is, its view finds out when it goes out.
    """
    today = operator.day(now)
    on = team_told_on(today)

    async def find(session: AsyncSession) -> Iterable[int]:
        people = await session.scalars(team.who_do(operator, Duty.RUN).where(not_(reach.paused(now))))
        keys = {_key(each, on): each for each in people}
        told = await transcript.owed_keys(session, keys)
        return [each for key, each in keys.items() if key not in told]

    async def note(session: AsyncSession, person_id: int) -> None:
        person = await intact.person(session, person_id)
        if (
            person is None
            or person.chat_id is None
            or await transcript.was_owed(session, _key(person_id, on))
        ):
            return
        to, key = outbox.Recipient.of(person), _key(person_id, on)
        outbox.owe(session, CareNoted.Payload(), to, now, priority=Priority.NEWS, key=key)

    is_open = on <= today < on + TEAM_WITHIN and asking_hours(now, operator.zone, None) == now
    return Pass(find if is_open else nothing, note)


def _key(person_id: int, on: date) -> str:
    return f"care:{person_id}:{on.isoformat()}"


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which somebody is reminded, or hears what is new, as things are. The walker goes
    there.
    """
    due = [at for _, at in await _due(session, now, operator) if at > now]
    today = operator.day(now)
    months = (team_told_on(today), team_told_on(months_after(today.replace(day=1), 1)))
    opens = [at for on in months if (at := instant(on, USUAL_HOUR, operator.zone)) > now]
    if (await session.scalars(team.who_do(operator, Duty.RUN).limit(1))).first() is not None:
        due += opens[:1]
    return min(due, default=None)
