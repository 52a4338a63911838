"""How a pledge ends: both say so, or one does not object. For a week either may correct that; both see one truth."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, entries, outbox, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import retrospectives
from actions.pledging.help_calls import calling
from actions.pledging.nudges import passing_over, questions
from db.models import DraftKind, Nudge, Person, Pledge, Priority
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.nudges import AdviceAsked, AgreementAsked, Nudged, Result
from domain.pledges import ENDINGS, GRACE, State, Status


async def end(turn: Turn, pledge: Pledge, other: Person) -> None:
    """The pledge is over by what I have just said; both get the result."""
    history.record(turn, pledge, EventKind.ENDED)
    await stop(turn.session, pledge, turn.now)
    await _refresh(turn.session, pledge, other.id, turn.now)
    await refresh_agreement_of(turn.session, pledge, turn.party.id, turn.now, Priority.REPLY)
    turn.tell(Result.Payload(pledge.id), shared=True)
    turn.news(other, Result.Payload(pledge.id), key=_result_key(pledge, other.id))


async def close(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """The pledge is over because somebody said nothing for long enough; both get the result."""
    history.record_clock(session, pledge, EventKind.ENDED, now)
    await stop(session, pledge, now)
    for person_id in pledge.parties:
        await _refresh(session, pledge, person_id, now)
        to = await outbox.recipient(session, person_id)
        if to is not None:
            key = _result_key(pledge, person_id)
            outbox.owe(session, Result.Payload(pledge.id), to, now, priority=Priority.NEWS, key=key)


async def stop(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """The pledge is over, however it ended: nothing more is asked about it, and nobody is asked to help."""
    pledge.ended_at = now
    await passing_over.ended(session, pledge)
    await calling.end(session, pledge, now)


def _result_key(pledge: Pledge, person_id: int) -> str:
    return f"result:{pledge.id}:{person_id}"


async def _refresh(
    session: AsyncSession, pledge: Pledge, person_id: int, now: datetime, priority: Priority = Priority.NEWS
) -> set[int | None]:
    """Bring the messages that show this person how it ended (the last question, each result) up to date.

    Returns Telegram's ids of these messages.
    """
    results = await transcript.owed_about(session, person_id, Result.Payload, pledge.id)
    asked = await _question_asked(session, pledge, person_id)
    if asked is not None:
        _edit(session, asked, Nudged.Payload(asked.row.id, at=pledge.id), now, priority)
    await refresh_agreement_of(session, pledge, person_id, now, priority)
    for each in results:
        _edit(session, each, Result.Payload(pledge.id), now, priority)
    return {each.message for each in (*results, asked) if each is not None}


async def refresh_agreement_of(
    session: AsyncSession, pledge: Pledge, person_id: int, now: datetime, priority: Priority = Priority.NEWS
) -> None:
    """Where this person was asked to see an ending as the other does, show what the other says now."""
    for each in await transcript.owed_about(session, person_id, AgreementAsked.Payload, pledge.id):
        _edit(session, each, AgreementAsked.Payload(pledge.id), now, priority)


def _edit(
    session: AsyncSession, entry: entries.Entry, payload: Payload, now: datetime, priority: Priority
) -> None:
    """Say in the message of this entry what is true now."""
    outbox.owe(session, payload, entry.recipient, now, priority=priority, edits_row=entry.row.id)


async def _question_asked(session: AsyncSession, pledge: Pledge, person_id: int) -> entries.Entry | None:
    """The newest question about the pledge that arrived."""
    asked = questions.messages(Nudge.pledge_id == pledge.id, Nudge.person_id == person_id)
    return await transcript.arrived(session, asked)


async def correctable(session: AsyncSession, pledge: Pledge, person_id: int, now: datetime) -> Period | None:
    """The question to which this party may still say differently, or at last, how it ended: for a week, and as long as
    neither was erased.

    None otherwise. The pledge remains ended, so that nothing is asked again.
    """
    both_there = pledge.other_than(person_id) is not None
    if not both_there or pledge.state is not State.ENDED or pledge.ended_at is None:
        return None
    if now - pledge.ended_at > GRACE:
        return None
    said = (await history.answers(session, pledge, person_id)).how_it_ended(pledge.ended_at)
    return said.period if said is not None else Period.DEADLINE


async def correct(turn: Turn, pledge_id: int) -> None:
    """Offer other answers to how it ended where the tap was: in my question or in a result, else in a new result."""
    pledge = await pledges.mine(turn, pledge_id)
    period = await correctable(turn.session, pledge, turn.party.id, turn.now)
    if period is None:
        await pledges.present(turn, pledge)
        return
    nudge = await questions.of_mine(turn, pledge, period)
    if pressed := await questions.pressed_in(turn, nudge):
        turn.tell(Nudged.Payload(pressed, opened=pledge.id, period=period), edit=True)
    else:
        results = await transcript.owed_about(turn.session, turn.party.id, Result.Payload, pledge.id)
        in_result = any(each.is_in(turn.pressed) for each in results)
        turn.tell(Result.Payload(pledge.id, opened=True), edit=in_result)


async def change(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Change my answer to how it ended, or give it at last; every message that shows it is edited, in both chats.

    A pledge whose ending can no longer be changed is shown as it is.
    """
    other = await pledges.other_party(turn, pledge)
    changeable = await correctable(turn.session, pledge, turn.party.id, turn.now)
    if other is None or changeable is not period or status not in ENDINGS:
        await pledges.present(turn, pledge)
        return
    mine = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    if changed := mine is None or mine.status is not status:
        history.record(turn, pledge, EventKind.CORRECTED, period=period, status=status)
        await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
        await _refresh(turn.session, pledge, other.id, turn.now)
        await retrospectives.changed(turn, pledge)
    if turn.pressed not in await _refresh(turn.session, pledge, turn.party.id, turn.now, Priority.REPLY):
        turn.tell(Result.Payload(pledge.id))
    if changed and status is Status.FAILED:
        await ask_advice(turn, pledge, period)


async def ask_advice(turn: Turn, pledge: Pledge, period: Period) -> None:
    """Ask what I would advise others, unless the words of the pledge are deleted: nothing new is kept beside them."""
    if pledge.text:
        await drafts.await_words(turn, DraftKind.ADVICE, pledge.id, drafts.DraftDetails(period=period))
        turn.tell(AdviceAsked.Payload(pledge.id))


async def show_again(turn: Turn, pledge: Pledge) -> None:
    """Show words that were added after the end in both results."""
    if pledge.state is State.ENDED:
        for person_id in pledge.parties:
            await _refresh(turn.session, pledge, person_id, turn.now, _priority(turn, person_id))
        await retrospectives.changed(turn, pledge)


def _priority(turn: Turn, person_id: int) -> Priority:
    """What I cause in my own chat is a reply."""
    return Priority.REPLY if person_id == turn.party.id else Priority.NEWS
