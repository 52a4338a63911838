"""Until when: a deadline by tap, typed, or as the sentence names it.

The author sets it while drafting. Whoever's yes is missing may name another day, which is a counter-proposal.
Each raises Refusal(STALE_BUTTON) in any other state, and Refusal(DEADLINE_RANGE) for a day too near or too far off.
"""

from datetime import date
from functools import partial

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.agreeing import agreeing
from actions.pledging.drafting import handshakes, typed_days
from actions.pledging.pledges import must_agree
from db.models import DraftKind, Pledge
from domain.days import Reading, read_day
from domain.deadlines import possible
from domain.nudging import DeadlineOutOfRange, check_deadline, deadline_for, may_be_deadline
from domain.outcomes.pledging.days import DayUse
from domain.outcomes.pledging.pledges import DeadlineAsked, PledgePreview, ProposalSent
from domain.outcomes.small import Refused
from domain.pledges import NOTE_LIMIT, TEXT_LIMIT, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def ask(turn: Turn, pledge_id: int) -> None:
    """Ask for a day, which may be tapped or, as with any question, typed."""
    pledge = await _open_to_me(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id))


async def ask_typed(turn: Turn, pledge_id: int) -> None:
    """Ask for a day in words."""
    pledge = await _open_to_me(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id, typed=True))


async def receive(turn: Turn, pledge_id: int, text: str) -> None:
    """A typed day, asked about if it is in doubt. Raises Refusal(UNKNOWN_DATE) if none can be made out."""
    pledge = await _open_to_me(turn, pledge_id)
    await _take(turn, pledge, typed_days.read(turn, text))


async def receive_unasked(turn: Turn, text: str) -> bool:
    """Take a day that was typed right below the preview, without a tap on "another day". False for any other words."""
    reading = read_day(clean(text, limit=NOTE_LIMIT, lines=True), turn.today)
    shown = await transcript.shown(turn.session, turn.chat_id, 1) if reading else []
    preview = shown[0].payload if shown else None
    if reading is None or not isinstance(preview, PledgePreview.Payload):
        return False
    pledge = await pledges.mine(turn, preview.pledge_id)
    if pledge.state is not State.DRAFT:
        return False
    if possible(reading, partial(may_be_deadline, turn.today)):
        await _take(turn, pledge, reading)
    else:
        await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
        turn.tell(Refused(Reason.DEADLINE_RANGE, organiser=turn.on_team, day=reading.day))
    return True


async def receive_again(turn: Turn, pledge_id: int, text: str) -> None:
    """The message with the day was edited: take it as `receive` does, if it names another day."""
    pledge = await _open_to_me(turn, pledge_id)
    reading = typed_days.read(turn, text)
    if reading.doubt is not None or reading.day != pledge.deadline:
        await _take(turn, pledge, reading)


async def receive_other_words(turn: Turn, pledge_id: int, text: str) -> None:
    """The answer to "how should the sentence read?": another day if the words are nothing else, or another sentence."""
    reading = read_day(clean(text, limit=TEXT_LIMIT), turn.today)
    if reading is None:
        await agreeing.receive_other_words(turn, pledge_id, text)
    else:
        await _take(turn, await _open_to_me(turn, pledge_id), reading)


async def _take(turn: Turn, pledge: Pledge, reading: Reading) -> None:
    may_be = partial(may_be_deadline, turn.today)
    day = typed_days.certain(turn, pledge.id, reading, DayUse.DEADLINE, may_be)
    if day is not None:
        await _choose(turn, pledge, day)


async def choose_months(turn: Turn, pledge_id: int, months: int) -> None:
    """The day that many months from today."""
    await _choose(turn, await _open_to_me(turn, pledge_id), deadline_for(turn.today, months))


async def choose_day(turn: Turn, pledge_id: int, day: date) -> None:
    """The day that a button names; its message changes to show what came of it.

    Possible, too, in changed words of mine that wait for the other's yes: then that yes is to the new day.
    """
    pledge = await pledges.mine(turn, pledge_id)
    changed = pledges.waits_for_other(turn, pledge) and pledge.revision > 1
    await _choose(turn, pledge if changed else await _open_to_me(turn, pledge_id), day, edit=True)


async def _open_to_me(turn: Turn, pledge_id: int) -> Pledge:
    """A draft of mine, or a proposal that waits for my yes. Raises Refusal(STALE_BUTTON) for anything else."""
    pledge = await pledges.mine(turn, pledge_id)
    proposed_to_me = pledge.state is State.PROPOSED and must_agree(pledge) == turn.party.id
    if pledge.state is not State.DRAFT and not proposed_to_me:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def _choose(turn: Turn, pledge: Pledge, day: date, *, edit: bool = False) -> None:
    """Set the day. In a proposal another day asks the other person again; the same day only shows the pledge again."""
    changed = pledge.deadline != day
    _check(turn.today, day)
    await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE, DraftKind.ADJUST)
    if pledge.state is State.DRAFT:
        pledge.deadline = day
        await handshakes.take_back(turn, pledge)
        turn.tell(PledgePreview.Payload(pledge.id), edit=edit)
    elif changed:
        await agreeing.counter(turn, pledge, day=day, edit=edit)
    elif pledges.waits_for_other(turn, pledge):
        turn.tell(ProposalSent.Payload(pledge.id), edit=edit)
    else:
        await pledges.present(turn, pledge)


def _check(today: date, day: date) -> None:
    try:
        check_deadline(today, day)
    except DeadlineOutOfRange as error:
        raise Refusal(Reason.DEADLINE_RANGE, day=day) from error
