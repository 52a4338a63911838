"""After the workshop: two people who both wanted to meet are asked, once each, whether they did."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import drafts, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass
from actions.exchange.turn import Turn
from actions.matching import introductions
from db import intact, reach
from db.models import Introduction, IntroState, Person, Pledge, Priority, Workshop
from domain.calendar import USUAL_HOUR, asking_hours, end_of_day, instant
from domain.meeting import ASKED_AFTERWARDS_WITHIN, afterwards_on
from domain.outcomes.choices import Met
from domain.outcomes.matching import MetAsked, MetNoted
from domain.pledges import State
from domain.refusal import Reason, Refusal

_LONGEST_WAIT = ASKED_AFTERWARDS_WITHIN + timedelta(days=30)  # over the quiet time and the holidays beside it
_PROMISED = (State.PROPOSED, State.ACTIVE, State.ENDED)


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that asks both, in their asking hours, one question a day for each person.

    Nobody is asked about somebody with whom they have a pledge already.
    """

    async def find(session: AsyncSession) -> Iterable[int]:
        if asking_hours(now, operator.zone, None) != now:
            return ()
        return await session.scalars(_to_ask(now, operator).with_only_columns(Introduction.id))

    async def ask(session: AsyncSession, intro_id: int) -> None:
        own = _to_ask(now, operator).where(Introduction.id == intro_id)
        intro = await session.scalar(own.with_for_update(of=Introduction))
        if intro is not None and await _said_yes_in_time(session, intro, operator):
            for person_id in (intro.asker_id, intro.asked_id):
                await _ask(session, intro, person_id, now, operator)

    return Pass(find, ask)


def _to_ask(now: datetime, operator: Operator) -> Select[Introduction]:
    """Double yeses of lately of which one at least may be written to and was not asked yet, the oldest first."""
    today = operator.day(now)
    together = or_(
        and_(Pledge.author_id == Introduction.asker_id, Pledge.partner_id == Introduction.asked_id),
        and_(Pledge.author_id == Introduction.asked_id, Pledge.partner_id == Introduction.asker_id),
    )
    return (
        select(Introduction)
        .join(Workshop, Workshop.id == Introduction.workshop_id)
        .where(
            Introduction.state == IntroState.BOTH,
            Workshop.day < today,
            Workshop.day > today - _LONGEST_WAIT,
            or_(_may_be_asked(Introduction.asker_id, now), _may_be_asked(Introduction.asked_id, now)),
            ~select(Pledge.id).where(together, Pledge.state.in_(_PROMISED)).exists(),
        )
        .order_by(Introduction.id)
    )


def _may_be_asked(person_id: InstrumentedAttribute[int], now: datetime) -> ColumnElement[bool]:
    writable = select(Person.id).where(reach.writable(now)).correlate(None)
    return and_(person_id.in_(writable), ~transcript.told_about(MetAsked.Payload, Introduction.id, person_id))


async def _said_yes_in_time(session: AsyncSession, intro: Introduction, operator: Operator) -> bool:
    """Whether both had said yes by the workshop's day: later ones arrange to meet some other day."""
    told = await transcript.owed_as(session, introductions.both_yes_key(intro.id))
    workshop = await session.get_one(Workshop, intro.workshop_id)
    return told is not None and operator.day(told.row.created_at) <= workshop.day


async def _ask(
    session: AsyncSession, intro: Introduction, person_id: int, now: datetime, operator: Operator
) -> None:
    person = await session.get(Person, person_id, with_for_update=FOR_CHANGE)
    other = await intact.person(session, intro.other_than(person_id))
    if person is None or other is None or not reach.agrees(other) or not reach.may_be_written_to(person, now):
        return
    if await _is_time(session, intro, person, now, operator):
        question, to = MetAsked.Payload(intro.id), outbox.Recipient.of(person)
        key = f"met:{intro.id}:{person_id}"
        if not await transcript.was_owed(session, key):
            outbox.owe(session, question, to, now, priority=Priority.NUDGE, key=key)


async def _is_time(
    session: AsyncSession, intro: Introduction, person: Person, now: datetime, operator: Operator
) -> bool:
    today, land = operator.day(now), person.land or None
    workshop = await session.get_one(Workshop, intro.workshop_id)
    due = afterwards_on(workshop.day, land)
    if not due <= today <= due + ASKED_AFTERWARDS_WITHIN or asking_hours(now, operator.zone, land) != now:
        return False
    midnight = instant(today, time(), operator.zone)
    asked = await transcript.owed_to_since(session, person.id, MetAsked.Payload, midnight)
    return not asked and not await drafts.in_dialogue(session, person.id, now)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When to look next for somebody to ask; None if nobody is to be asked. The walker goes there."""
    tomorrow = end_of_day(now, operator.zone)
    of_days = _to_ask(tomorrow, operator).with_only_columns(Workshop.day).order_by(None).distinct()
    first = [afterwards_on(day, None) for day in await session.scalars(of_days)]
    opens = [instant(day, USUAL_HOUR, operator.zone) for day in first]
    lately = operator.day(tomorrow) - ASKED_AFTERWARDS_WITHIN
    again = [asking_hours(tomorrow, operator.zone, None)] if any(day >= lately for day in first) else []
    return min((each for each in (*opens, *again) if each > now), default=None)


async def answer(turn: Turn, intro_id: int, met: Met) -> None:
    """Note whether I met them; another answer corrects it. Nobody else sees it.

    Raises Refusal(STALE_BUTTON) for an introduction that is not mine, and if I was not asked.
    """
    intro, _ = await introductions.mine(turn, intro_id)
    if not await transcript.was_told_of(turn.session, turn.chat_id, (MetAsked.Payload,), intro.id):
        raise Refusal(Reason.STALE_BUTTON)
    if intro.asker_id == turn.me.id:
        intro.asker_met = met
    else:
        intro.asked_met = met
    turn.tell(MetNoted.Payload(intro.id), edit=True)
