"""Somebody has opened too many personal links that open nothing: the team hears of it, once."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.organising.team import team
from db import intact, reach
from db.models import Audit, Person, Priority
from db.moments import as_of
from domain.limits import WRONG_CODES, WRONG_CODES_WITHIN
from domain.outcomes.organising.watching import CodesTried
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from domain.team import Duty

VIEWS = Views()
_OFTEN = entries.owed_often(TakeoverUnknown, WRONG_CODES, WRONG_CODES_WITHIN)


@VIEWS.reads(CodesTried.Payload)
async def tried(context: ViewContext, payload: CodesTried.Payload) -> CodesTried:
    person = await intact.person(context.session, payload.person_id)
    return CodesTried(person.name if person is not None else None)


def raising(now: datetime, operator: Operator) -> Pass:
    """The pass that tells the team of the workshop, as soon as an account may try no more (`codes.find`)."""

    async def tell(session: AsyncSession, first_answer: int) -> None:
        person = await transcript.reader_of(session, first_answer)
        workshop_id = person.present_workshop_id if person is not None else None
        for organiser in await team.within_reach(session, operator, Duty.RUN, workshop_id):
            key = f"codes:{first_answer}:{organiser.id}"
            if not reach.is_paused(organiser, now) and not await transcript.was_owed(session, key):
                _tell(session, organiser, person, now, key)

    return Pass(Selected(_OFTEN, as_of(now)), tell)


def _tell(session: AsyncSession, organiser: Person, person: Person | None, now: datetime, key: str) -> None:
    """Whoever it was, if anybody is known by the account, finds in their data that the team was told."""
    about = person.id if person is not None else None
    to = outbox.Recipient.of(organiser)
    outbox.owe(session, CodesTried.Payload(about or 0), to, now, priority=Priority.NEWS, key=key)
    told = Audit(organiser_chat_id=to.chat_id, person_id=about, action="told of wrong codes", at=now)
    session.add(told)
