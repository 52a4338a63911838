"""Five minutes before an item begins, those who want it hear of it; at night nobody does."""

from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, Time, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from db import reach
from db.models import Membership, Person, Priority, ProgrammeItem, Workshop
from domain.calendar import by_day, instant, local_day
from domain.meeting import NIGHT
from domain.outcomes.organising.programme import ItemSoon
from domain.programme import REMINDED_BEFORE

_SOON = (
    Workshop.day == bindparam("programme_day", type_=Date()),
    ProgrammeItem.begins > bindparam("programme_from", type_=Time()),
    ProgrammeItem.begins <= bindparam("programme_until", type_=Time()),
    or_(ProgrammeItem.reminded_of.is_(None), ProgrammeItem.reminded_of != ProgrammeItem.begins),
)
_WANTED = exists().where(Membership.workshop_id == ProgrammeItem.workshop_id, Membership.reminded.is_(True))


@cache
def _due() -> Select[int]:
    return (
        select(ProgrammeItem.id)
        .join(Workshop, Workshop.id == ProgrammeItem.workshop_id)
        .where(*_SOON, _WANTED)
        .order_by(ProgrammeItem.id)
    )


def _places(now: datetime, operator: Operator) -> dict[str, date | time]:
    """Now, and five minutes later on the same day."""
    local, later = (each.astimezone(operator.zone) for each in (now, now + REMINDED_BEFORE))
    until = later.time() if later.date() == local.date() else time.max
    return {"programme_day": local.date(), "programme_from": local.time(), "programme_until": until}


def reminding(now: datetime, operator: Operator) -> Pass:
    """The pass that announces what begins in five minutes. An item that is moved is announced again."""
    places = _places(now, operator)

    async def remind(session: AsyncSession, item_id: int) -> None:
        still_due = _due().where(ProgrammeItem.id == item_id).with_for_update(of=ProgrammeItem)
        if await session.scalar(still_due, places) is None:
            return
        which = select(ProgrammeItem.workshop_id, ProgrammeItem.begins).where(ProgrammeItem.id == item_id)
        workshop_id, begins = (await session.execute(which)).one()
        together = (ProgrammeItem.workshop_id == workshop_id, ProgrammeItem.begins == begins)
        await session.execute(update(ProgrammeItem).where(*together).values(reminded_of=begins))
        if by_day(now, operator.zone, NIGHT) == now:
            await _owe(session, workshop_id, begins, now)

    return Pass(Selected(_due(), places), remind)


async def _owe(session: AsyncSession, workshop_id: int, begins: time, now: datetime) -> None:
    """To everybody in the workshop who wants it, and may be written to."""
    wanting = select(Membership.person_id).where(
        Membership.workshop_id == workshop_id, Membership.reminded.is_(True)
    )
    people = select(Person.id, Person.chat_id).where(Person.id.in_(wanting), reach.writable(now))
    for person_id, chat_id in (await session.execute(people.order_by(Person.id))).all():
        if chat_id is not None:
            to = outbox.Recipient(chat_id, person_id)
            outbox.owe(session, ItemSoon.Payload(workshop_id, begins), to, now, priority=Priority.NUDGE)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant at which somebody who wants it hears of an item; None if there is none."""
    today = local_day(now, operator.zone)
    coming = (
        select(Workshop.day, ProgrammeItem.begins)
        .join(Workshop, Workshop.id == ProgrammeItem.workshop_id)
        .where(Workshop.day >= today, _WANTED)
        .distinct()
    )
    found: list[Any] = list((await session.execute(coming)).all())
    told = (instant(day, begins, operator.zone) - REMINDED_BEFORE for day, begins in found)
    return min(
        (each for each in told if each > now and by_day(each, operator.zone, NIGHT) == each), default=None
    )
