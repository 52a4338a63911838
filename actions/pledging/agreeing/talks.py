"""When the two parties talk again: whoever answers first settles it for both; later either may name another day."""

from datetime import date, time
from functools import partial

from actions.exchange import changes, drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.drafting import typed_days
from db.models import DraftKind, Pledge
from domain.days import Reading, read_day, time_of_day
from domain.deadlines import possible
from domain.history import EventKind
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.days import DayUse
from domain.outcomes.pledging.talks import CalendarFile, Sealed, TalkAsked, TalkMoved
from domain.outcomes.small import Refused
from domain.pledges import NOTE_LIMIT, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def ask(turn: Turn, pledge_id: int) -> None:
    """Ask for another day: the answer to this question counts, whatever was agreed before."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is State.ACTIVE:
        turn.tell(TalkAsked.Payload(pledge.id, change=True))
    else:
        await pledges.present(turn, pledge)


async def settle(
    turn: Turn, pledge_id: int, day: date | None, at: time | None = None, *, change: bool
) -> None:
    """Set the day on which they talk again; None is "still open", and leaves it to the other party to name a day.

    `at`: the time, by the operator's clock, if they name one. `change`: whether the question was for another day. If
    not, it was asked before any day was agreed, and whoever answers it after the other is shown the day agreed instead.
    """
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is not State.ACTIVE:
        await pledges.present(turn, pledge)
        return
    await drafts.end_of(turn, pledge.id, DraftKind.TALK)
    same = pledge.talk_settled and (pledge.talk_on, pledge.talk_time) == (day, at)
    already = not same and not change and _has_day_to_come(turn, pledge)
    turn.tell(Sealed.Payload(pledge.id, already=already), edit=True)
    if not same and not already:
        await _set(turn, pledge, day, at)


def _has_day_to_come(turn: Turn, pledge: Pledge) -> bool:
    return pledge.talk_on is not None and pledge.talk_on >= turn.today


async def _set(turn: Turn, pledge: Pledge, day: date | None, at: time | None) -> None:
    """Tell the other party: of the first day as settled, of another one so that they can name yet another.

    A day comes to both for their calendars as well.
    """
    news = Sealed.Payload(pledge.id) if pledge.talk_on is None else TalkMoved.Payload(pledge.id)
    pledge.talk_on, pledge.talk_time, pledge.talk_settled = day, at, True
    kind = EventKind.TALK_LEFT_OPEN if day is None else EventKind.TALK_SET
    history.record(turn, pledge, kind, day=day, talk_time=at)
    pledge.talk_changes += 1
    other, file = await pledges.other_party(turn, pledge), CalendarFile.Payload(pledge.id)
    if other is not None:
        await changes.tell(turn, other, news, pledge.id)
    if other is not None and day is not None:
        await changes.tell(turn, other, file, pledge.id, editable=False)
    if day is not None:
        turn.tell(file, shared=True)


async def give_file(turn: Turn, pledge_id: int) -> None:
    """The days of my pledge for my calendar, once more; one that is over, or not made yet, is shown instead."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is State.ACTIVE:
        turn.tell(CalendarFile.Payload(pledge.id))
    else:
        await pledges.present(turn, pledge)


async def ask_typed(turn: Turn, pledge_id: int, *, change: bool) -> None:
    """Ask for a day in words. `change`: see `settle`."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is not State.ACTIVE:
        await pledges.present(turn, pledge)
    elif not change and _has_day_to_come(turn, pledge):
        turn.tell(Sealed.Payload(pledge.id, already=True), edit=True)
    else:
        await _await_day(turn, pledge, change=change)
        turn.tell(TalkAsked.Payload(pledge.id, typed=True))


async def choose_day(turn: Turn, pledge_id: int, day: date, at: time | None, *, change: bool) -> None:
    """The day, and perhaps time, that a button names. `change`: see `settle`.

    Raises Refusal(TALK_RANGE) if by now it is past or after the deadline.
    """
    if not _in_range(turn, await pledges.mine(turn, pledge_id), day):
        raise Refusal(Reason.TALK_RANGE, day=day)
    await settle(turn, pledge_id, day, at, change=change)


async def receive(turn: Turn, pledge_id: int, text: str, *, change: bool) -> None:
    """A typed day, perhaps with a time, asked about if it is in doubt. `change`: see `settle`.

    Raises Refusal(UNKNOWN_DATE) if no day can be made out, Refusal(TALK_RANGE) if it is past or after the deadline.
    """
    pledge = await pledges.mine(turn, pledge_id)
    await _take(turn, pledge, typed_days.read(turn, text), time_of_day(text), change=change)


async def receive_unasked(turn: Turn, text: str) -> bool:
    """Take a day that was typed right below the question, without a tap on "another day".

    Returns whether it was one; any other words are left to whoever asks next. After a day that cannot be chosen, words
    are awaited as after the tap.
    """
    reading = read_day(clean(text, limit=NOTE_LIMIT, lines=True), turn.today)
    asked = await _lowest(turn) if reading else None
    if reading is None or not isinstance(asked, TalkAsked.Payload):
        return False
    pledge = await pledges.mine(turn, asked.pledge_id)
    if pledge.state is not State.ACTIVE:
        return False
    if possible(reading, partial(_in_range, turn, pledge)):
        await _take(turn, pledge, reading, time_of_day(text), change=asked.change)
    else:
        await _await_day(turn, pledge, change=asked.change)
        turn.tell(Refused(Reason.TALK_RANGE, organiser=turn.on_team, day=reading.day))
    return True


async def _take(turn: Turn, pledge: Pledge, reading: Reading, at: time | None, *, change: bool) -> None:
    use = DayUse.TALK_MOVE if change else DayUse.TALK
    day = typed_days.certain(turn, pledge.id, reading, use, partial(_in_range, turn, pledge), at)
    if day is not None:
        await settle(turn, pledge.id, day, at, change=change)
    else:
        await _await_day(turn, pledge, change=change)


async def _await_day(turn: Turn, pledge: Pledge, *, change: bool) -> None:
    await drafts.await_words(turn, DraftKind.TALK, pledge.id, drafts.DraftDetails(change=change))


def _in_range(turn: Turn, pledge: Pledge, day: date) -> bool:
    """From today until the deadline: they talk to keep the pledge, so a day farther off was hardly meant."""
    return turn.today <= day <= max(pledge.deadline or turn.today, turn.today)


async def _lowest(turn: Turn) -> Payload | None:
    """The bot's lowest message in the chat, as it was changed last."""
    shown = await transcript.shown(turn.session, turn.chat_id, 1)
    return shown[0].payload if shown else None
