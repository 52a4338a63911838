"""A question to the team that waits for a working day: everybody of the team is reminded, once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.organising.inquiries import inquiries
from actions.organising.inquiries.inquiries import WaitingInquiry
from actions.organising.team import team
from db import reach
from db.models import Inquiry, Person, Priority
from domain.calendar import office_hours, working_day_later
from domain.outcomes.organising.inquiries import InquiryShown
from domain.team import Duty

_WITHIN = timedelta(days=7)
"""How long after it is due a reminder still reaches somebody who paused, or was not of the team yet."""


def reminding(now: datetime, operator: Operator) -> Pass:
    """The pass that reminds the team of what it has not answered for a working day, in office hours."""

    async def find(session: AsyncSession) -> Iterable[int]:
        return [each.inquiry_id for each in await inquiries.waiting(session) if await untold(session, each)]

    async def untold(session: AsyncSession, of: WaitingInquiry) -> list[Person]:
        due = working_day_later(of.since, operator.zone)
        if not due <= now < due + _WITHIN:
            return []
        people = await team.within_reach(session, operator, Duty.RECEIVE, of.workshop_id)
        present = [each for each in people if not reach.is_paused(each, now)]
        return [each for each in present if not await transcript.was_owed(session, _key(of, each))]

    async def remind(session: AsyncSession, inquiry_id: int) -> None:
        own = select(Inquiry).where(Inquiry.id == inquiry_id).with_for_update()
        inquiry = await session.scalar(own)
        waits = await inquiries.waiting(session, Inquiry.id == inquiry_id)
        if inquiry is None or not waits:
            return
        for each in await untold(session, waits[0]):
            payload, to = InquiryShown.Payload(inquiry_id, reminder=True), outbox.Recipient.of(each)
            outbox.owe(session, payload, to, now, priority=Priority.NEWS, key=_key(waits[0], each))
            inquiries.note_sent(session, each, inquiry.person_id, now)

    is_open = office_hours(now, operator.zone, None) == now
    return Pass(Selected(inquiries.EVERY, {}, find) if is_open else nothing, remind)


def _key(of: WaitingInquiry, organiser: Person) -> str:
    return f"inquiry:{of.words_id}:{organiser.id}"


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which the team is reminded, as things are. The walker goes there."""
    due = [working_day_later(each.since, operator.zone) for each in await inquiries.waiting(session)]
    return min((each for each in due if each > now), default=None)
