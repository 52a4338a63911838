"""What a partner without Telegram says, as the party who entered them reports it: a yes, and answers to questions.

An event of theirs has the reporter as its actor. What it leads to is the same as if they had tapped. All that a button
does here raises Refusal(STALE_BUTTON) if the pledge is not mine.
"""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.agreeing import agreeing
from actions.pledging.amendments import amending, settling
from actions.pledging.endings import endings
from actions.pledging.entered.entering import entered_party
from actions.pledging.nudges import nudges, passing_over
from actions.pledging.pledges import must_agree
from db.models import DraftKind, Person, Pledge, Priority
from domain.history import Answer, EventKind, Follows, sayable, what_follows
from domain.nudging import Period
from domain.outcomes.pledging.entered import EnteredAsked
from domain.outcomes.pledging.nudges import AgreementAsked, SeenDifferently
from domain.outcomes.pledging.talks import CalendarFile
from domain.pledges import State, Status
from domain.refusal import Reason, Refusal


async def accept(turn: Turn, pledge_id: int) -> None:
    """*Ist dabei*: the other has agreed to my words. A pledge that does not wait for that is shown as it is.

    If its day is too near meanwhile, there is another text to pass on, with another day.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await entered_party(turn, pledge)
    if other is None or pledge.state is not State.PROPOSED or must_agree(pledge) != other.id:
        await pledges.present(turn, pledge)
    elif agreeing.comes_too_late(turn, pledge):
        await agreeing.counter(turn, pledge)
    else:
        await agreeing.seal(turn, pledge, other)


async def agree(turn: Turn, pledge_id: int, amendment_id: int) -> None:
    """*Ist einverstanden*: the other has accepted my amendment. Any other tap shows what there is."""
    pledge = await pledges.mine(turn, pledge_id)
    other, waiting = await entered_party(turn, pledge), await amending.open_in(turn, pledge)
    mine = waiting is not None and (waiting.id, waiting.party) == (amendment_id, turn.party.id)
    amended = await history.event(turn.session, amendment_id) if mine else None
    if other is None or amended is None:
        await amending.ask(turn, pledge_id)
    else:
        await settling.settle(turn, pledge, amended, turn.party, other)


async def ask(turn: Turn, pledge_id: int) -> None:
    """The text to pass on: the invitation until the other has agreed, then the question, with the days as a file.

    A pledge with anybody else, or that is over, is shown as it is.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await entered_party(turn, pledge)
    if other is not None and pledge.state is State.PROPOSED:
        agreeing.tell_sent(turn, pledge, other)
    elif other is not None and pledge.state is State.ACTIVE:
        turn.tell(EnteredAsked.Payload(pledge.id))
        turn.tell(CalendarFile.Payload(pledge.id, to_forward=True))
    else:
        await pledges.present(turn, pledge)


async def show_others(turn: Turn, pledge_id: int) -> None:
    """*Anderes*: all that the other may have answered."""
    pledge = await pledges.mine(turn, pledge_id)
    if await entered_party(turn, pledge) is not None and pledge.state is State.ACTIVE:
        turn.tell(EnteredAsked.Payload(pledge.id, opened=True), edit=True)
    else:
        await pledges.present(turn, pledge)


async def report(turn: Turn, pledge_id: int, period: Period, status: Status) -> None:
    """Record what the other answered, or correct it. An answer to an earlier question shows the one that is asked now.

    Raises Refusal(STALE_BUTTON) for a status that is no answer to the question, and for the last question before its
    day.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await entered_party(turn, pledge)
    if other is None or pledge.state is not State.ACTIVE:
        await pledges.present(turn, pledge)
        return
    if period is not await nudges.current_period(turn.session, pledge, other, turn.now):
        turn.tell(EnteredAsked.Payload(pledge.id))
        return
    if status not in sayable(pledge.side_of(other.id), period) or not await _may_be_said(
        turn, pledge, period
    ):
        raise Refusal(Reason.STALE_BUTTON)
    await _record(turn, pledge, other, period, status)


async def _may_be_said(turn: Turn, pledge: Pledge, period: Period) -> bool:
    return period is not Period.DEADLINE or (pledge.deadline or turn.today) <= turn.today


async def _record(turn: Turn, pledge: Pledge, other: Person, period: Period, status: Status) -> None:
    history.record_for(turn, pledge, EventKind.SAID, other, period=period, status=status, reported=True)
    await endings.refresh_agreement_of(turn.session, pledge, turn.party.id, turn.now, Priority.REPLY)
    turn.tell(EnteredAsked.Payload(pledge.id), edit=True)
    theirs = (await history.answers(turn.session, pledge, other.id)).to(period)
    if theirs is not None:
        await _follow_up(turn, pledge, other, theirs)


async def _follow_up(turn: Turn, pledge: Pledge, other: Person, theirs: Answer) -> None:
    """What their answer leads to (`domain.history.what_follows`), as if they had tapped it."""
    mine = await history.answers(turn.session, pledge, turn.party.id)
    match what_follows(theirs, mine):
        case Follows.END:
            await drafts.end_of(turn, pledge.id, DraftKind.ADVICE)
            await endings.end(turn, pledge, other)
        case Follows.DISAGREEMENT:
            history.record_for(turn, pledge, EventKind.DISAGREED, other, reported=True)
            await passing_over.due(turn, pledge)
            turn.tell(SeenDifferently.Payload(pledge.id))
        case Follows.AGREEMENT_ASKED:
            asks = EventKind.ASKED
            history.record_for(
                turn, pledge, asks, other, period=theirs.period, status=theirs.status, reported=True
            )
            turn.tell(AgreementAsked.Payload(pledge.id))
