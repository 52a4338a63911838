"""What the parties say: one tap records, another corrects, a note is welcome; the end when both have said it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import drafts, nudges, outbox, pledges
from actions.turn import Turn
from db import queries
from db.models import Draft, DraftKind, Nudge, Outgoing, Person, Pledge, Report, SendLane
from domain.nudging import Period
from domain.outcomes import Outcome
from domain.outcomes.nudging import (
    AdviceAsked,
    AdviceSaved,
    AgreementAsked,
    NoteAsked,
    NoteDropped,
    NoteOffered,
    NoteSaved,
    Nudged,
    Reported,
    Result,
)
from domain.outcomes.pledging import PledgeCard
from domain.pledges import (
    CLOSING,
    ENDINGS,
    GRACE,
    NOTE_LIMIT,
    Acts,
    Side,
    State,
    Status,
    answers,
    side,
)
from domain.refusal import Reason, Refusal
from domain.words import clean


async def report(turn: Turn, pledge_id: int, period: Period, status: Status) -> None:
    """Record my answer to this question, or correct it. A promise that is over shows where it stands."""
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await _question(turn, pledge, period)
    if pledge.state is not State.ACTIVE:
        await _correct(turn, pledge, period, status)
        return
    if not any(status in offered for offered in answers(my_side(turn, pledge), at_deadline=_at_end(period))):
        raise Refusal(Reason.STALE_BUTTON)
    mine = await _mine(turn, pledge, period)
    if mine is None:
        turn.session.add(
            Report(pledge_id=pledge.id, person_id=turn.me.id, period=period, status=status, at=turn.now)
        )
    else:
        mine.status, mine.at = status, turn.now
    await turn.session.flush()
    await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
    await _show_recorded(turn, pledge, nudge)
    await _refresh_agreement(turn, pledge)
    await _follow_up(turn, pledge, period, status)


def my_side(turn: Turn, pledge: Pledge) -> Side:
    return side(pledge.acts or Acts.AUTHOR, is_author=pledge.author_id == turn.me.id)


def _at_end(period: Period) -> bool:
    return period is Period.DEADLINE


async def _question(turn: Turn, pledge: Pledge, period: Period) -> Nudge:
    """The question must be mine; a period never planned for this promise is no button of ours."""
    nudge = await turn.session.scalar(
        select(Nudge).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == turn.me.id, Nudge.period == period
        )
    )
    if nudge is None:
        raise Refusal(Reason.STALE_BUTTON)
    return nudge


async def _mine(turn: Turn, pledge: Pledge, period: Period) -> Report | None:
    return await turn.session.scalar(
        select(Report).where(
            Report.pledge_id == pledge.id, Report.person_id == turn.me.id, Report.period == period
        )
    )


async def _show_recorded(turn: Turn, pledge: Pledge, nudge: Nudge) -> None:
    """In the nudge's own message if the tap was there; else, from the promise's card, as an answer."""
    if await _in_nudge(turn, nudge):
        turn.show(Nudged, nudge.outbox_id, edit=True)
    else:
        turn.show(Reported, pledge.id)


async def _in_nudge(turn: Turn, nudge: Nudge) -> bool:
    row = await turn.session.get(Outgoing, nudge.outbox_id) if nudge.outbox_id is not None else None
    return row is not None and turn.pressed is not None and row.message_id == turn.pressed


async def _follow_up(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """What an answer leads to. The question for advice comes last: it is the one that waits for words."""
    if _at_end(period):
        await end_if_both_said(turn, pledge)
    elif status in CLOSING:
        await _end_or_ask(turn, pledge, period, status)
    if status is Status.FAILED:
        await _ask_advice(turn, pledge, period)


async def _ask_advice(turn: Turn, pledge: Pledge, period: Period) -> None:
    await drafts.await_words(turn, DraftKind.ADVICE, pledge.id, period=period)
    turn.show(AdviceAsked, pledge.id)


async def _end_or_ask(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Before the day it is over when both say so. Erfüllt needs both: the other is asked, once per question."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    if await last_status(turn.session, pledge, other.id) in CLOSING:
        await _end(turn, pledge, other)
        return
    key = f"agree:{pledge.id}:{turn.me.id}:{period.value}"
    if status is Status.KEPT and not await outbox.exists_with(turn.session, key):
        turn.news(other, AgreementAsked, pledge.id, key=key)


async def _refresh_agreement(turn: Turn, pledge: Pledge) -> None:
    """Who was asked to see it as I did sees my answer change: nobody is to agree with what was taken back."""
    if other := await pledges.other_party(turn, pledge):
        for row in await _said(turn, AgreementAsked, pledge, other):
            _edit(turn, other, row, AgreementAsked, pledge.id)


async def agree(turn: Turn, pledge_id: int) -> None:
    """The other side sees it as kept, too."""
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    period = await nudges.current_period(turn.session, pledge, turn.me, turn.now)
    if other is None or period is None:
        await pledges.present(turn, pledge)
        return
    if await last_status(turn.session, pledge, other.id) is not Status.KEPT:
        turn.show(AgreementAsked, pledge.id, edit=True)
        return
    mine = await _mine(turn, pledge, period)
    if mine is None:
        mine = Report(pledge_id=pledge.id, person_id=turn.me.id, period=period, at=turn.now)
        turn.session.add(mine)
    mine.status, mine.at = Status.KEPT, turn.now
    await turn.session.flush()
    await _end(turn, pledge, other)


async def disagree(turn: Turn, pledge_id: int) -> None:
    """Not yet, in this one's eyes: the card is there to say how it is. Nothing to deny any more: that is said."""
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    stands = other is not None and await last_status(turn.session, pledge, other.id) is Status.KEPT
    if pledge.state is State.ACTIVE and other is not None and not stands:
        turn.show(AgreementAsked, pledge.id, edit=True)
    else:
        turn.show(PledgeCard, pledge.id)


async def end_if_both_said(turn: Turn, pledge: Pledge) -> None:
    """At the deadline both say how it ended; when both have, both get the result."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    said = await turn.session.scalar(
        select(Report.status).where(
            Report.pledge_id == pledge.id, Report.person_id == other.id, Report.period == Period.DEADLINE
        )
    )
    if said is not None:
        await _end(turn, pledge, other)


async def _end(turn: Turn, pledge: Pledge, other: Person) -> None:
    pledge.state, pledge.ended_at = State.ENDED, turn.now
    await nudges.end(turn.session, pledge)
    await _refresh(turn, pledge, other)
    turn.show(Result, pledge.id)
    turn.news(other, Result, pledge.id, key=f"result:{pledge.id}:{other.id}")


async def _refresh(turn: Turn, pledge: Pledge, person: Person) -> set[int | None]:
    """Where this person's chat shows how it ended (the last question, each result), it shows what holds now; the
    messages that change."""
    asked, results = await _question_asked(turn, pledge, person), await _said(turn, Result, pledge, person)
    for row in asked:
        _edit(turn, person, row, Nudged, row.id)
    for row in results:
        _edit(turn, person, row, Result, pledge.id)
    return {row.message_id for row in (*asked, *results)}


def _edit(turn: Turn, person: Person, row: Outgoing, kind: type[Outcome], about: int) -> None:
    """What this row said is said as it is now, in the same message."""
    outbox.show(
        turn.session,
        kind,
        about,
        chat_id=row.chat_id,
        person=person,
        now=turn.now,
        lane=SendLane.REPLY if person.id == turn.me.id else SendLane.NEWS,
    ).edits_row = row.id


async def _question_asked(turn: Turn, pledge: Pledge, person: Person) -> Sequence[Outgoing]:
    asked = await turn.session.scalars(
        select(Outgoing)
        .join(Nudge, Nudge.outbox_id == Outgoing.id)
        .where(Nudge.pledge_id == pledge.id, Nudge.person_id == person.id, Outgoing.message_id.is_not(None))
        .order_by(Outgoing.id.desc())
        .limit(1)
    )
    return asked.all()


async def _said(turn: Turn, kind: type[Outcome], pledge: Pledge, person: Person) -> Sequence[Outgoing]:
    """What of this kind about the promise stands in this person's chat, edits aside."""
    said = await turn.session.scalars(
        select(Outgoing).where(
            Outgoing.kind == kind.__name__,
            Outgoing.object_id == pledge.id,
            Outgoing.person_id == person.id,
            Outgoing.edits_message.is_(None),
            Outgoing.edits_row.is_(None),
        )
    )
    return said.all()


async def last_status(session: AsyncSession, pledge: Pledge, person_id: int | None) -> Status | None:
    return await session.scalar(
        select(Report.status)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id, Report.status.is_not(None))
        .order_by(Report.at.desc(), Report.id.desc())
        .limit(1)
    )


# --- how it ended, corrected


async def how_it_ended(session: AsyncSession, pledge: Pledge, person_id: int | None) -> Report | None:
    """The answer on the day; of a promise that ended before, the last one."""
    on_the_day = case((Report.period == Period.DEADLINE, 0), else_=1)
    return await session.scalar(
        select(Report)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id, Report.status.in_(ENDINGS))
        .order_by(on_the_day, Report.at.desc(), Report.id.desc())
        .limit(1)
    )


async def correctable(session: AsyncSession, pledge: Pledge, person_id: int, now: datetime) -> Report | None:
    """This party's answer to how it ended, while it may be changed: for a week, and while both are there.

    The promise stays ended, so nothing is asked again.
    """
    both_there = pledge.author_id is not None and pledge.partner_id is not None
    if not both_there or pledge.state is not State.ENDED or pledge.ended_at is None:
        return None
    return await how_it_ended(session, pledge, person_id) if now - pledge.ended_at <= GRACE else None


async def correct(turn: Turn, pledge_id: int) -> None:
    """The other answers, where the tap was: in my question, in a result, or in a result of its own."""
    pledge = await pledges.mine(turn, pledge_id)
    said = await correctable(turn.session, pledge, turn.me.id, turn.now)
    if said is None:
        await pledges.present(turn, pledge)
        return
    nudge = await _question(turn, pledge, said.period)
    if await _in_nudge(turn, nudge):
        turn.show(Nudged, nudge.outbox_id, edit=True, opened=pledge.id, period=said.period)
    else:
        in_result = any(row.message_id == turn.pressed for row in await _said(turn, Result, pledge, turn.me))
        turn.show(Result, pledge.id, edit=in_result, opened=True)


async def _correct(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Another answer to how it ended: every message that shows it, in both chats, changes in place."""
    said = await correctable(turn.session, pledge, turn.me.id, turn.now)
    other = await pledges.other_party(turn, pledge)
    if said is None or other is None or said.period is not period or status not in ENDINGS:
        await pledges.present(turn, pledge)
        return
    if changed := said.status is not status:
        said.status, said.at = status, turn.now
        await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
        await turn.session.flush()
        await _refresh(turn, pledge, other)
    if turn.pressed not in await _refresh(turn, pledge, turn.me):
        turn.show(Result, pledge.id)
    if changed and status is Status.FAILED:
        await _ask_advice(turn, pledge, period)


async def undo(turn: Turn, pledge_id: int, period: Period) -> None:
    """Take my answer to this question back; the question stands again. A note stays: it is words, not a tap.
    Once both have said how it ended, an answer is changed into another one instead."""
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await _question(turn, pledge, period)
    mine = await _mine(turn, pledge, period)
    if pledge.state is not State.ACTIVE:
        await correct(turn, pledge.id)
        return
    if mine is not None and mine.note:
        mine.status = None
    elif mine is not None:
        await turn.session.delete(mine)
    await turn.session.flush()
    await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
    await _refresh_agreement(turn, pledge)
    if await _in_nudge(turn, nudge):
        turn.show(Nudged, nudge.outbox_id, edit=True)
    else:
        turn.show(PledgeCard, pledge.id)


async def show_others(turn: Turn, pledge_id: int, period: Period) -> None:
    """The answers behind "Anderes"."""
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await _question(turn, pledge, period)
    if pledge.state is State.ACTIVE and await _in_nudge(turn, nudge):
        turn.show(Nudged, nudge.outbox_id, edit=True, opened=pledge.id, period=period)
    else:
        turn.show(PledgeCard, pledge.id, opened=True, edit=pledge.state is State.ACTIVE)


# --- notes


async def ask_note(turn: Turn, pledge_id: int, period: Period) -> None:
    pledge = await pledges.mine(turn, pledge_id)
    await _question(turn, pledge, period)
    await drafts.await_words(turn, DraftKind.NOTE, pledge.id, period=period)
    turn.show(NoteAsked, pledge.id)


async def hear_note(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    pledge = await pledges.mine(turn, pledge_id)
    await _add_note(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True))
    await drafts.end(turn)
    turn.show(NoteSaved, pledge.id)


async def hear_advice(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    pledge = await pledges.mine(turn, pledge_id)
    await _add_note(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True))
    await drafts.end(turn)
    turn.tell(AdviceSaved())


async def _add_note(turn: Turn, pledge: Pledge, period: Period, note: str) -> None:
    mine = await _mine(turn, pledge, period)
    if mine is None:
        mine = Report(pledge_id=pledge.id, person_id=turn.me.id, period=period, at=turn.now)
        turn.session.add(mine)
    mine.note, mine.at = note, turn.now


async def offer_note(turn: Turn, text: str) -> bool:
    """Words came with no question open: kept, and offered as a note. False if there is no promise to note them to."""
    if not await queries.pledges_of(turn.session, turn.me, State.ACTIVE):
        return False
    draft = Draft(
        person_id=turn.me.id,
        kind=DraftKind.UNASKED,
        words=clean(text, limit=NOTE_LIMIT, lines=True),
        awaiting=False,
        created_at=turn.now,
    )
    turn.session.add(draft)
    await turn.session.flush()
    turn.show(NoteOffered, draft.id)
    return True


async def note_to(turn: Turn, draft_id: int, pledge_id: int) -> None:
    draft = await _unasked(turn, draft_id)
    pledge = await pledges.mine(turn, pledge_id)
    period = await nudges.current_period(turn.session, pledge, turn.me, turn.now)
    if period is None:
        await pledges.present(turn, pledge)
        return
    await _add_note(turn, pledge, period, draft.words or "")
    await turn.session.delete(draft)
    turn.show(NoteSaved, pledge.id, edit=True)


async def drop_note(turn: Turn, draft_id: int) -> None:
    await turn.session.delete(await _unasked(turn, draft_id))
    turn.tell(NoteDropped(), edit=True)


async def _unasked(turn: Turn, draft_id: int) -> Draft:
    draft = await turn.session.get(Draft, draft_id)
    if draft is None or draft.person_id != turn.me.id or draft.kind is not DraftKind.UNASKED:
        raise Refusal(Reason.STALE_BUTTON)
    return draft
