"""After the workshop: two people who both wanted to meet are asked, once each, whether they did."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import drafts, entries, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.exchange.turn import Turn
from actions.matching import introductions
from db import reach
from db.models import Introduction, IntroState, Person, Pledge, Priority, Workshop
from db.moments import NOW, as_of
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
        waiting = (await session.scalars(_to_ask(), _places(now, operator))).all()
        return [intro.id for intro in waiting if await _whom(session, intro, now, operator)]

    async def ask(session: AsyncSession, intro_id: int) -> None:
        own = _to_ask().where(Introduction.id == intro_id)
        intro = await session.scalar(own.with_for_update(of=Introduction), _places(now, operator))
        for to in await _whom(session, intro, now, operator) if intro is not None else ():
            question, key = MetAsked.Payload(intro_id), f"met:{intro_id}:{to.person_id}"
            outbox.owe(session, question, to, now, priority=Priority.NUDGE, key=key)

    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_to_ask(), _places(now, operator), find) if is_time else nothing, ask)


def _places(now: datetime, operator: Operator) -> dict[str, datetime | date]:
    """What goes into the places of `_to_ask`."""
    today = operator.day(now)
    return {**as_of(now), "today": today, "long_ago": today - _LONGEST_WAIT}


@cache
def _to_ask() -> Select[Introduction]:
    """Double yeses of lately of which one at least may be written to and was not asked yet, the oldest first."""
    today, long_ago = (bindparam(name, type_=Date()) for name in ("today", "long_ago"))
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
            Workshop.day > long_ago,
            reach.agreeing(Introduction.asker_id),
            reach.agreeing(Introduction.asked_id),
            or_(_may_be_asked(Introduction.asker_id), _may_be_asked(Introduction.asked_id)),
            ~select(Pledge.id).where(together, Pledge.state.in_(_PROMISED)).exists(),
        )
        .order_by(Introduction.id)
    )


@cache
def _days_to_ask_about() -> Select[date]:
    """The days of the workshops from which somebody waits."""
    return _to_ask().with_only_columns(Workshop.day).order_by(None).distinct()


def _may_be_asked(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    untold = ~entries.told_about(MetAsked.Payload, Introduction.id, person_id)
    return and_(reach.names(person_id, reach.hears(NOW)), untold)


async def _whom(
    session: AsyncSession, intro: Introduction, now: datetime, operator: Operator
) -> list[outbox.Recipient]:
    """Those of the two who are to be asked now. Reads nobody's words."""
    workshop_day = await session.scalar(select(Workshop.day).where(Workshop.id == intro.workshop_id))
    if workshop_day is None or not await _said_yes_by(session, intro, workshop_day, operator):
        return []
    parties = Person.id.in_((intro.asker_id, intro.asked_id))
    people = await session.execute(select(Person.id, Person.land).where(parties, reach.hears(now)))
    found = []
    for person_id, land in people:
        is_time = _is_time(workshop_day, land or None, now, operator)
        to = await outbox.recipient(session, person_id) if is_time else None
        if to is not None and await _is_free(session, intro, person_id, now, operator):
            found.append(to)
    return found


async def _said_yes_by(session: AsyncSession, intro: Introduction, day: date, operator: Operator) -> bool:
    """Whether both had said yes by the workshop's day: later ones arrange to meet some other day."""
    told = await transcript.owed_as(session, introductions.both_yes_key(intro.id))
    return told is not None and operator.day(told.row.created_at) <= day


def _is_time(workshop_day: date, land: str | None, now: datetime, operator: Operator) -> bool:
    due, today = afterwards_on(workshop_day, land), operator.day(now)
    return due <= today <= due + ASKED_AFTERWARDS_WITHIN and asking_hours(now, operator.zone, land) == now


async def _is_free(
    session: AsyncSession, intro: Introduction, person_id: int, now: datetime, operator: Operator
) -> bool:
    """Whether this person was not asked about these two yet, nor about others today, and is not just writing."""
    midnight = instant(operator.day(now), time(), operator.zone)
    if await transcript.owed_to_since(session, person_id, MetAsked.Payload, midnight):
        return False
    if await transcript.owed_about(session, person_id, MetAsked.Payload, intro.id):
        return False
    return not await drafts.in_dialogue(session, person_id, now)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When to look next for somebody to ask; None if nobody is to be asked. The walker goes there."""
    tomorrow = end_of_day(now, operator.zone)
    days = await session.scalars(_days_to_ask_about(), _places(tomorrow, operator))
    first = [afterwards_on(day, None) for day in days]
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
    if intro.asker_id == turn.party.id:
        intro.asker_met = met
    else:
        intro.asked_met = met
    turn.tell(MetNoted.Payload(intro.id), edit=True)
