"""Notices: both parties hear that the words of a pledge will be deleted, and have fourteen days from then.

The days count from the day on which it arrived. Whoever could not be reached gets it when they are back, and the words
wait for that. If they are not back fourteen days after it was tried, the words end without them: nobody's words are
kept for ever because somebody else has left.
"""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, defer

from actions.exchange import entries, outbox, transcript
from actions.exchange.entries import Entry
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from db import queries, reach
from db.models import Person, Pledge, PledgeEvent, Priority, SendState
from domain.calendar import instant, office_hours
from domain.outcomes.rights import TextEnding
from domain.retention import NOTICE, latest_noticed, notice_on, words_end_on

_SAID = exists().where(PledgeEvent.pledge_id == Pledge.id, queries.has_words())
WORDED = or_(Pledge.text.is_not(None), _SAID)
"""The condition that a pledge has words: its text may have gone with its writer, and what the other said is left."""
_PASSES = (outbox.UNREACHABLE, outbox.WITHDRAWN)  # reasons why a notice did not arrive that may be gone later


def _is_owed(party_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """The condition on a pledge that this party of it is owed the notice: they have a chat, and either were not owed it
    yet or are to get it again (`_may_arrive_now`). tests/actions/rights/test_notices.py checks that both agree.
    """
    notice = (TextEnding.Payload, Pledge.id, party_id)
    there = reach.names(party_id, reach.agreeing(), reach.reachable())
    may_arrive_now = and_(entries.failed_last(*notice, _PASSES), there)
    return and_(
        reach.names(party_id, Person.chat_id.is_not(None)), or_(~entries.told_anew(*notice), may_arrive_now)
    )


_ENDING = select(Pledge.id).where(
    Pledge.deadline <= bindparam("noticed", type_=Date()),
    WORDED,
    or_(_is_owed(Pledge.author_id), _is_owed(Pledge.partner_id)),
)
"""Of pledges that end soon those of which a party is owed the notice: most were given theirs, and every hour asks."""


def giving(now: datetime, operator: Operator) -> Pass:
    """The pass that owes the notice to each party, fourteen days before the words end, in office hours.

    Anyone who has not got it and can be reached now is owed it again. If that puts the end off, the notice that the
    other party has says so from then on.
    """
    last = latest_noticed(operator.day(now), operator.retention_days)
    is_open = office_hours(now, operator.zone, None) == now

    async def tell(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        pledge = await session.scalar(own.with_for_update())
        still = await session.scalar(_ENDING.where(Pledge.id == pledge_id), {"noticed": last})
        if pledge is not None and still is not None:
            await _tell(session, pledge, now)

    return Pass(Selected(_ENDING, {"noticed": last}) if is_open else nothing, tell)


async def _tell(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    given = {party: await _notices(session, pledge, party) for party in pledge.parties}
    again = False
    for party, notices in given.items():
        to = await outbox.recipient(session, party)
        if to is not None and (not notices or await _may_arrive_now(session, party, notices)):
            outbox.owe(session, TextEnding.Payload(pledge.id), to, now, priority=Priority.NEWS)
            again |= bool(notices)
    arrived = [each for notices in given.values() if (each := _arrived(notices)) is not None]
    for entry in arrived if again else ():
        payload, row = TextEnding.Payload(pledge.id), entry.row.id
        outbox.owe(session, payload, entry.recipient, now, priority=Priority.NEWS, edits_row=row)


async def end_on(session: AsyncSession, pledge: Pledge, now: datetime, operator: Operator) -> date | None:
    """The local day on which the words of this pledge are deleted, as far as can be said now; None without a deadline.

    It is not today or earlier before every party had the notice for fourteen days, or could not get it.
    """
    if pledge.deadline is None:
        return None
    ends = words_end_on(pledge.deadline, operator.retention_days)
    expected = max(now, instant(notice_on(pledge.deadline, operator.retention_days), time(), operator.zone))
    for party in pledge.parties:
        if await outbox.recipient(session, party) is not None:
            since = await _since(session, pledge, party) or office_hours(expected, operator.zone, None)
            ends = max(ends, operator.day(since) + NOTICE)
    return ends


async def _since(session: AsyncSession, pledge: Pledge, party: int) -> datetime | None:
    """From when this party's days count: since it arrived, or since it was tried in vain; None if it may arrive yet."""
    notices = await _notices(session, pledge, party)
    arrived = _arrived(notices)
    if arrived is not None:
        return arrived.row.sent_at
    if not notices or notices[-1].row.state in outbox.OPEN or await _may_arrive_now(session, party, notices):
        return None
    return notices[-1].row.created_at


async def _notices(session: AsyncSession, pledge: Pledge, party: int) -> list[Entry]:
    return await transcript.owed_about(session, party, TextEnding.Payload, pledge.id)


def _arrived(notices: list[Entry]) -> Entry | None:
    return next((each for each in reversed(notices) if each.row.state is SendState.SENT), None)


async def _may_arrive_now(session: AsyncSession, party: int, notices: list[Entry]) -> bool:
    """Whether the notice did not arrive for a reason that is gone. What Telegram refused for good stays refused."""
    last = notices[-1].row
    failed = last.state is SendState.UNDECIDED or last.error in _PASSES
    there = select(Person.id).where(Person.id == party, reach.agreeing(), reach.reachable())
    return _arrived(notices) is None and failed and await session.scalar(there) is not None
