"""How a pledge ends: both say so; for a week either may say it differently, and both see what is true now."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, outbox, transcript
from actions.exchange.turn import Turn
from actions.pledging import nudges, pledges, questions
from db.models import DraftKind, Nudge, Person, Pledge, Priority, Report
from domain.nudging import Period
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.nudges import AdviceAsked, AgreementAsked, Nudged, Result
from domain.outcomes.pledging.pledges import PledgeCard
from domain.pledges import ENDINGS, GRACE, NEED_BOTH, State, Status


async def end_or_ask(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Before the deadline the pledge is over once both say the same.

    If I gave an ending that takes both parties (erfüllt, gemeinsam beendet), the other is asked about it, once for
    each question.
    """
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    if await questions.last_status(turn.session, pledge, other.id) is status:
        await _end(turn, pledge, other)
        return
    key = f"agree:{pledge.id}:{turn.me.id}:{period.value}"
    if status in NEED_BOTH and not await transcript.was_owed(turn.session, key):
        turn.news(other, AgreementAsked.Payload(pledge.id), key=key)


async def refresh_agreement(turn: Turn, pledge: Pledge) -> None:
    """Where the other was asked to see it as I did, show my answer of now: nobody is to agree with what I took back."""
    if other := await pledges.other_party(turn, pledge):
        await _refresh_agreement_of(turn, pledge, other)


async def _refresh_agreement_of(turn: Turn, pledge: Pledge, person: Person) -> None:
    for each in await transcript.owed_about(turn.session, person.id, AgreementAsked.Payload, pledge.id):
        _edit(turn, person, each, AgreementAsked.Payload(pledge.id))


async def agree(turn: Turn, pledge_id: int, status: Status) -> None:
    """I see it as the other party does: as kept, or as ended together, whichever I was asked about.

    If they have changed their answer meanwhile, I am shown that. Raises Refusal(STALE_BUTTON) for a pledge that is
    not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    period = await nudges.current_period(turn.session, pledge, turn.me, turn.now)
    if other is None or period is None:
        await pledges.present(turn, pledge)
        return
    unchanged = await questions.last_status(turn.session, pledge, other.id) is status
    if not unchanged or status not in NEED_BOTH:
        turn.tell(AgreementAsked.Payload(pledge.id), edit=True)
        return
    mine = await questions.my_report(turn, pledge, period)
    mine.status, mine.at = status, turn.now
    await turn.session.flush()
    await _end(turn, pledge, other)


async def disagree(turn: Turn, pledge_id: int) -> None:
    """I do not see it so yet: the card is there to say how it is.

    If the other has taken their answer back, I am shown that there is nothing left to deny.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    theirs = await questions.last_status(turn.session, pledge, other.id) if other is not None else None
    if pledge.state is State.ACTIVE and other is not None and theirs not in NEED_BOTH:
        turn.tell(AgreementAsked.Payload(pledge.id), edit=True)
    else:
        turn.tell(PledgeCard.Payload(pledge.id))


async def end_if_both_said(turn: Turn, pledge: Pledge) -> None:
    """At the deadline both say how it ended; when both have, both get the result."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    theirs = await questions.answer(turn.session, pledge.id, other.id, Period.DEADLINE)
    if theirs is not None and theirs.status is not None:
        await _end(turn, pledge, other)


async def _end(turn: Turn, pledge: Pledge, other: Person) -> None:
    pledge.state, pledge.ended_at = State.ENDED, turn.now
    await nudges.end(turn.session, pledge)
    await _refresh(turn, pledge, other)
    await _refresh_agreement_of(turn, pledge, turn.me)
    turn.tell(Result.Payload(pledge.id))
    turn.news(other, Result.Payload(pledge.id), key=f"result:{pledge.id}:{other.id}")


async def _refresh(turn: Turn, pledge: Pledge, person: Person) -> set[int | None]:
    """Bring the messages that show this person how it ended (the last question, each result) up to date.

    Returns Telegram's ids of these messages.
    """
    results = await transcript.owed_about(turn.session, person.id, Result.Payload, pledge.id)
    asked = await _question_asked(turn, pledge, person)
    if asked is not None:
        _edit(turn, person, asked, Nudged.Payload(asked.row.id))
    await _refresh_agreement_of(turn, pledge, person)
    for each in results:
        _edit(turn, person, each, Result.Payload(pledge.id))
    return {each.message for each in (*results, asked) if each is not None}


def _edit(turn: Turn, person: Person, entry: transcript.Entry, payload: Payload) -> None:
    """Say in the message of this entry what is true now."""
    outbox.owe(
        turn.session,
        payload,
        entry.recipient,
        turn.now,
        priority=Priority.REPLY if person.id == turn.me.id else Priority.NEWS,
        edits_row=entry.row.id,
    )


async def _question_asked(turn: Turn, pledge: Pledge, person: Person) -> transcript.Entry | None:
    """The newest question about the pledge that arrived."""
    asked = select(Nudge.outbox_id).where(Nudge.pledge_id == pledge.id, Nudge.person_id == person.id)
    return await transcript.arrived(turn.session, asked)


async def correctable(session: AsyncSession, pledge: Pledge, person_id: int, now: datetime) -> Report | None:
    """This party's answer to how it ended while it may be changed: for a week, and as long as neither was erased.

    None otherwise. The pledge remains ended, so that nothing is asked again.
    """
    both_there = pledge.other_than(person_id) is not None
    if not both_there or pledge.state is not State.ENDED or pledge.ended_at is None:
        return None
    return (
        await questions.how_it_ended(session, pledge, person_id) if now - pledge.ended_at <= GRACE else None
    )


async def correct(turn: Turn, pledge_id: int) -> None:
    """Offer other answers to how it ended where the tap was: in my question or in a result, else in a new result."""
    pledge = await pledges.mine(turn, pledge_id)
    mine = await correctable(turn.session, pledge, turn.me.id, turn.now)
    if mine is None:
        await pledges.present(turn, pledge)
        return
    nudge = await questions.of_mine(turn, pledge, mine.period)
    if await questions.was_pressed(turn, nudge):
        turn.tell(Nudged.Payload(nudge.outbox_id, opened=pledge.id, period=mine.period), edit=True)
    else:
        results = await transcript.owed_about(turn.session, turn.me.id, Result.Payload, pledge.id)
        in_result = any(each.is_in(turn.pressed) for each in results)
        turn.tell(Result.Payload(pledge.id, opened=True), edit=in_result)


async def change(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Change my answer to how it ended; every message that shows it is edited, in both chats.

    A pledge whose ending can no longer be changed is shown as it is.
    """
    mine = await correctable(turn.session, pledge, turn.me.id, turn.now)
    other = await pledges.other_party(turn, pledge)
    if mine is None or other is None or mine.period is not period or status not in ENDINGS:
        await pledges.present(turn, pledge)
        return
    if changed := mine.status is not status:
        mine.status, mine.at = status, turn.now
        await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
        await turn.session.flush()
        await _refresh(turn, pledge, other)
    if turn.pressed not in await _refresh(turn, pledge, turn.me):
        turn.tell(Result.Payload(pledge.id))
    if changed and status is Status.FAILED:
        await ask_advice(turn, pledge, period)


async def ask_advice(turn: Turn, pledge: Pledge, period: Period) -> None:
    """Ask what I would advise others, unless the words of the pledge are deleted: nothing new is kept beside them."""
    if pledge.text:
        await drafts.await_words(turn, DraftKind.ADVICE, pledge.id, drafts.Details(period=period))
        turn.tell(AdviceAsked.Payload(pledge.id))


async def show_again(turn: Turn, pledge: Pledge) -> None:
    """Show words that were added after the end in both results."""
    if pledge.state is State.ENDED:
        for person_id in pledge.parties:
            await _refresh(turn, pledge, await turn.session.get_one(Person, person_id))
