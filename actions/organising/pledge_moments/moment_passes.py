"""What the clock does for pledge moments: it asks whoever is in the hall and was not asked yet, and keeps the progress
up to date until the end.
"""

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.organising.broadcasts import segments
from actions.organising.broadcasts.running import AHEAD, BATCH
from actions.organising.broadcasts.segments import Sights
from actions.organising.pledge_moments import pledge_moments
from db.models import Draft, Membership, Person, PledgeMoment, Priority
from db.moments import NOW, as_of
from domain.outcomes.organising.pledge_moments import MomentOpened, MomentProgress
from domain.pledge_moments import LEFT_ALONE

_RUNNING = select(PledgeMoment.id).where(PledgeMoment.closes_at > NOW)
_UNREPORTED = select(PledgeMoment.id).where(PledgeMoment.is_reported.is_(False))


def in_hall(sights: Sights, workshop_id: int) -> list[ColumnElement[bool]]:
    """The conditions on `Person`: in the hall today, may be written to, and far enough to promise something."""
    return [*segments.in_hall_of(sights, workshop_id), Person.seeks_at.is_not(None)]


def _to_ask(sights: Sights, moment: PledgeMoment) -> Select[int, int | None]:
    """Whoever was not asked yet, and is in the middle of nothing: who is neither just writing nor just joining."""
    lately = sights.now - LEFT_ALONE
    writing = exists().where(
        Draft.person_id == Person.id, Draft.awaiting.is_(True), Draft.created_at > lately
    )
    settled = exists().where(
        Membership.person_id == Person.id,
        Membership.workshop_id == moment.workshop_id,
        or_(Person.finished_at.is_not(None), Membership.joined_at <= lately),
    )
    asked = entries.told_about(MomentOpened.Payload, literal(moment.id), Person.id)
    return select(Person.id, Person.chat_id).where(
        *in_hall(sights, moment.workshop_id), settled, ~writing, ~asked
    )


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that owes the question of the moments that run, as fast as it goes out."""

    async def find(session: AsyncSession) -> Iterable[int]:
        due: list[int] = []
        for moment_id in (await session.scalars(_RUNNING, as_of(now))).all():
            moment = await session.get_one(PledgeMoment, moment_id)
            left = _to_ask(Sights(session, now, operator), moment)
            number = await session.scalar(select(func.count()).select_from(left.limit(AHEAD).subquery()))
            due += [moment_id] * ceil((number or 0) / BATCH)
        return due

    async def ask(session: AsyncSession, moment_id: int) -> None:
        moment = await session.get(PledgeMoment, moment_id, with_for_update=True)
        if moment is None or not pledge_moments.is_running(moment, now):
            return
        left = _to_ask(Sights(session, now, operator), moment).order_by(Person.id).limit(BATCH)
        for person_id, chat_id in (await session.execute(left)).all():
            if chat_id is not None:
                to = outbox.Recipient(chat_id, person_id)
                outbox.owe(session, MomentOpened.Payload(moment_id), to, now, priority=Priority.NUDGE)

    return Pass(Selected(_RUNNING, as_of(now), narrowed=find), ask)


def informing(now: datetime, operator: Operator) -> Pass:
    """The pass that edits the progress, one edit at a time and only if a figure has changed; the last one says how it
    went.
    """

    async def inform(session: AsyncSession, moment_id: int) -> None:
        moment = await session.get(PledgeMoment, moment_id, with_for_update=True)
        if moment is None or moment.is_reported:
            return
        shown = await transcript.owed_as(session, pledge_moments.progress_key(moment_id))
        is_over = not pledge_moments.is_running(moment, now)
        moment.is_reported = is_over
        if shown is None or (not is_over and await transcript.is_being_changed(session, shown.row.id)):
            return
        counted = await pledge_moments.tally(session, moment, operator)
        told = await pledge_moments.asked(session, moment_id)
        key = f"{shown.row.key}:{told}:{counted.made}:{counted.waiting}:{int(is_over)}"
        if not await transcript.was_owed(session, key):
            payload = MomentProgress.Payload(moment_id)
            outbox.owe(session, payload, shown.recipient, now, key=key, edits_row=shown.row.id)

    return Pass(Selected(_UNREPORTED), inform)
