"""How a promise ends: both say so; for a week either may say it differently, and both see what holds now."""

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
from domain.pledges import CLOSING, ENDINGS, GRACE, NEED_BOTH, State, Status


async def end_or_ask(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
    """Before the day it is over when both say so. What only both can say (erfüllt, gemeinsam beendet) the other is
    asked about, once per question."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    if await questions.last_status(turn.session, pledge, other.id) in CLOSING:
        await _end(turn, pledge, other)
        return
    key = f"agree:{pledge.id}:{turn.me.id}:{period.value}"
    if status in NEED_BOTH and not await transcript.was_owed(turn.session, key):
        turn.news(other, AgreementAsked.Payload(pledge.id), key=key)


async def refresh_agreement(turn: Turn, pledge: Pledge) -> None:
    """Who was asked to see it as I did sees my answer change: nobody is to agree with what was taken back."""
    if other := await pledges.other_party(turn, pledge):
        await _refresh_agreement_of(turn, pledge, other)


async def _refresh_agreement_of(turn: Turn, pledge: Pledge, person: Person) -> None:
    for each in await transcript.owed_about(turn.session, person.id, AgreementAsked.Payload, pledge.id):
        _edit(turn, person, each, AgreementAsked.Payload(pledge.id))


async def agree(turn: Turn, pledge_id: int, status: Status) -> None:
    """The other side sees it so, too: as kept, or as ended together, whichever it was asked about."""
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    period = await nudges.current_period(turn.session, pledge, turn.me, turn.now)
    if other is None or period is None:
        await pledges.present(turn, pledge)
        return
    stands = await questions.last_status(turn.session, pledge, other.id) is status
    if not stands or status not in NEED_BOTH:
        turn.tell(AgreementAsked.Payload(pledge.id), edit=True)
        return
    mine = await questions.my_report(turn, pledge, period)
    mine.status, mine.at = status, turn.now
    await turn.session.flush()
    await _end(turn, pledge, other)


async def disagree(turn: Turn, pledge_id: int) -> None:
    """Not yet, in this one's eyes: the card is there to say how it is. Nothing to deny any more: that is said."""
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    said = await questions.last_status(turn.session, pledge, other.id) if other is not None else None
    if pledge.state is State.ACTIVE and other is not None and said not in NEED_BOTH:
        turn.tell(AgreementAsked.Payload(pledge.id), edit=True)
    else:
        turn.tell(PledgeCard.Payload(pledge.id))


async def end_if_both_said(turn: Turn, pledge: Pledge) -> None:
    """At the deadline both say how it ended; when both have, both get the result."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    said = await questions.answer(turn.session, pledge.id, other.id, Period.DEADLINE)
    if said is not None and said.status is not None:
        await _end(turn, pledge, other)


async def _end(turn: Turn, pledge: Pledge, other: Person) -> None:
    pledge.state, pledge.ended_at = State.ENDED, turn.now
    await nudges.end(turn.session, pledge)
    await _refresh(turn, pledge, other)
    await _refresh_agreement_of(turn, pledge, turn.me)
    turn.tell(Result.Payload(pledge.id))
    turn.news(other, Result.Payload(pledge.id), key=f"result:{pledge.id}:{other.id}")


async def _refresh(turn: Turn, pledge: Pledge, person: Person) -> set[int | None]:
    """Where this person's chat shows how it ended (the last question, each result), it shows what holds now; the
    messages that change."""
    shows = await transcript.owed_about(turn.session, person.id, Result.Payload, pledge.id)
    asked = await _question_asked(turn, pledge, person)
    if asked is not None:
        _edit(turn, person, asked, Nudged.Payload(asked.row.id))
    await _refresh_agreement_of(turn, pledge, person)
    for each in shows:
        _edit(turn, person, each, Result.Payload(pledge.id))
    return {each.message for each in (*shows, asked) if each is not None}


def _edit(turn: Turn, person: Person, said: transcript.Entry, payload: Payload) -> None:
    """What was said is said as it is now, in the same message."""
    outbox.owe(
        turn.session,
        payload,
        said.recipient,
        turn.now,
        priority=Priority.REPLY if person.id == turn.me.id else Priority.NEWS,
        edits_row=said.row.id,
    )


async def _question_asked(turn: Turn, pledge: Pledge, person: Person) -> transcript.Entry | None:
    """The newest question about it that arrived."""
    asked = select(Nudge.outbox_id).where(Nudge.pledge_id == pledge.id, Nudge.person_id == person.id)
    return await transcript.arrived(turn.session, asked)


async def correctable(session: AsyncSession, pledge: Pledge, person_id: int, now: datetime) -> Report | None:
    """This party's answer to how it ended, while it may be changed: for a week, and while both are there.

    The promise stays ended, so nothing is asked again.
    """
    both_there = pledge.other_than(person_id) is not None
    if not both_there or pledge.state is not State.ENDED or pledge.ended_at is None:
        return None
    return (
        await questions.how_it_ended(session, pledge, person_id) if now - pledge.ended_at <= GRACE else None
    )


async def correct(turn: Turn, pledge_id: int) -> None:
    """The other answers, where the tap was: in my question, in a result, or in a result of its own."""
    pledge = await pledges.mine(turn, pledge_id)
    said = await correctable(turn.session, pledge, turn.me.id, turn.now)
    if said is None:
        await pledges.present(turn, pledge)
        return
    nudge = await questions.of_mine(turn, pledge, said.period)
    if await questions.was_pressed(turn, nudge):
        turn.tell(Nudged.Payload(nudge.outbox_id, opened=pledge.id, period=said.period), edit=True)
    else:
        results = await transcript.owed_about(turn.session, turn.me.id, Result.Payload, pledge.id)
        in_result = any(each.is_in(turn.pressed) for each in results)
        turn.tell(Result.Payload(pledge.id, opened=True), edit=in_result)


async def change(turn: Turn, pledge: Pledge, period: Period, status: Status) -> None:
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
        turn.tell(Result.Payload(pledge.id))
    if changed and status is Status.FAILED:
        await ask_advice(turn, pledge, period)


async def ask_advice(turn: Turn, pledge: Pledge, period: Period) -> None:
    if pledge.text:  # else nothing may be noted any more
        await drafts.await_words(turn, DraftKind.ADVICE, pledge.id, drafts.Details(period=period))
        turn.tell(AdviceAsked(pledge.id))


async def show_again(turn: Turn, pledge: Pledge) -> None:
    """Words that came after the end stand in both results."""
    if pledge.state is State.ENDED:
        for person_id in pledge.parties:
            await _refresh(turn, pledge, await turn.session.get_one(Person, person_id))
