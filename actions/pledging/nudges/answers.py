"""What the parties answer when they are asked about a pledge: one tap records, another corrects."""

from actions.exchange import drafts, outbox, shown
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import agreement, endings
from actions.pledging.help_calls import calling
from actions.pledging.nudges import hearing, passing_over, questions
from db.models import DraftKind, Nudge, Pledge
from domain.history import Answer, EventKind, sayable
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged, Reported
from domain.outcomes.pledging.pledges import PledgeCard
from domain.pledges import State, Status
from domain.refusal import Reason, Refusal


async def report(turn: Turn, pledge_id: int, period: Period, status: Status) -> None:
    """Record my answer to this question, or correct it.

    Of a pledge that is over, only an answer to how it ended can be changed (`endings.change`). Raises
    Refusal(STALE_BUTTON) for a question that is not mine, for the last question before it is due, and for a status that
    is no answer to the question.
    """
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await questions.of_mine(turn, pledge, period)
    if pledge.state is not State.ACTIVE:
        await endings.change(turn, pledge, period, status)
        return
    if period is Period.DEADLINE and nudge.due_at > turn.now and nudge.asked_at is None:
        raise Refusal(Reason.STALE_BUTTON)
    if status not in sayable(pledge.side_of(turn.party.id), period):
        raise Refusal(Reason.STALE_BUTTON)
    before = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    if before is None or before.status is not status:
        await agreement.take_back(turn, pledge, period)
        await _call_no_more(turn, pledge, before)
    history.record(turn, pledge, EventKind.SAID, period=period, status=status)
    await passing_over.answered(turn, nudge, status)
    await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
    await _show_recorded(turn, pledge, nudge)
    await _follow_up(turn, pledge, period)


async def _call_no_more(turn: Turn, pledge: Pledge, before: Answer | None) -> None:
    """Another answer takes the place of this one: if that was that it is stuck, help is no longer sought."""
    if before is not None and before.status is Status.STUCK:
        await calling.take_back(turn, pledge, before.period)


async def _show_recorded(turn: Turn, pledge: Pledge, nudge: Nudge, *, edit: bool = False) -> None:
    """In the nudge's own message; if the tap was elsewhere, as on the pledge's card, in a new one as well.

    `edit`: in the message with the button, which says already what was recorded.
    """
    pressed = await _show_where_said(turn, pledge, nudge)
    if pressed is not None:
        turn.tell(Nudged.Payload(pressed, at=pledge.id), edit=True)
    else:
        turn.tell(Reported.Payload(pledge.id), edit=edit)


async def _show_where_said(turn: Turn, pledge: Pledge, nudge: Nudge) -> int | None:
    """Bring every other message up to date that shows this answer of mine. Returns the row that asked the question in
    the message with the button; None if the tap was elsewhere.
    """
    pressed = await questions.pressed_in(turn, nudge)
    to = outbox.Recipient.of(turn.party)
    for asked in (nudge.outbox_id, nudge.again_id):
        if asked not in (None, pressed):
            outbox.owe(turn.session, Nudged.Payload(asked, at=pledge.id), to, turn.now, edits_row=asked)
    asked_on = nudge.asked_at or (nudge.due_at if nudge.due_at <= turn.now else None)
    reported = Reported.Payload(pledge.id)
    await shown.say_again(turn.session, reported, pledge.id, turn.now, to=turn.party.id, since=asked_on)
    return pressed


async def show_again(turn: Turn, pledge: Pledge, nudge: Nudge) -> None:
    """My answer as it stands now, where it is shown."""
    await _show_recorded(turn, pledge, nudge, edit=True)


async def _follow_up(turn: Turn, pledge: Pledge, period: Period) -> None:
    """Do what the answer leads to. Advice is asked for last, as it is what waits for words."""
    mine = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    if mine is None:
        return
    await agreement.hear(turn, pledge, mine)
    await hearing.tell(turn, pledge, period)
    if mine.status is Status.FAILED:
        await endings.ask_advice(turn, pledge, period)


async def undo(turn: Turn, pledge_id: int, period: Period) -> None:
    """Take back my answer to this question, which is then open again. Notes are kept: they are words, not a tap.

    Once both have said how it ended, another answer is offered instead. Raises Refusal(STALE_BUTTON) for a question
    that is not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await questions.of_mine(turn, pledge, period)
    if pledge.state is not State.ACTIVE:
        await endings.correct(turn, pledge.id)
        return
    await agreement.take_back(turn, pledge, period)
    mine = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    if mine is not None and mine.status is not None:
        await _call_no_more(turn, pledge, mine)
        history.record(turn, pledge, EventKind.TAKEN_BACK, period=period)
        await hearing.tell(turn, pledge, period)
    await passing_over.answered(turn, nudge, None)
    await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
    if pressed := await _show_where_said(turn, pledge, nudge):
        turn.tell(Nudged.Payload(pressed, at=pledge.id), edit=True)
    else:
        turn.tell(PledgeCard.Payload(pledge.id))


async def show_others(turn: Turn, pledge_id: int, period: Period) -> None:
    """Show the answers behind "Anderes". Raises Refusal(STALE_BUTTON) for a question that is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await questions.of_mine(turn, pledge, period)
    pressed = await questions.pressed_in(turn, nudge)
    if pledge.state is State.ACTIVE and pressed is not None:
        turn.tell(Nudged.Payload(pressed, opened=pledge.id, period=period), edit=True)
    else:
        turn.tell(PledgeCard.Payload(pledge.id, opened=True), edit=pledge.state is State.ACTIVE)
