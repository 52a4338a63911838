"""Amendments: either party proposes other words, or another day, for an active pledge, and the other accepts or not.

What waits, and what became of it, follows from the history. Until the other accepts, everything stays as it is.
"""

from datetime import date, datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import changes, drafts, outbox, parties, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.amendments import settling
from actions.pledging.drafting import typed_days
from db import reach
from db.models import DraftKind, Pledge, Priority
from domain.amendments import check_day, may_move_to, open_amendment
from domain.days import Reading, read_day
from domain.history import Event, EventKind
from domain.limits import AMENDMENTS_A_DAY
from domain.nudging import DeadlineOutOfRange
from domain.outcomes.pledging.amendments import (
    AmendmentAsked,
    AmendmentProposed,
    AmendmentSent,
    AmendmentSettled,
    NewDayAsked,
    NewWordsAsked,
)
from domain.outcomes.pledging.days import DayUse
from domain.outcomes.pledging.entered import AmendmentToForward
from domain.pledges import TEXT_LIMIT, NoBecause
from domain.refusal import Reason, Refusal
from domain.words import clean

_DRAFTS = (DraftKind.AMEND_WORDS, DraftKind.AMEND_DAY)


# --- asking what is to change


async def ask(turn: Turn, pledge_id: int) -> None:
    """*Ändern*: what is to change; or the amendment that waits already. Raises Refusal like `pledges.mine`."""
    pledge = await pledges.mine(turn, pledge_id)
    waiting = await open_in(turn, pledge)
    if not pledge.is_amendable:
        await pledges.present(turn, pledge)
    elif waiting is not None:
        _show(turn, pledge, waiting)
    else:
        turn.tell(AmendmentAsked.Payload(pledge.id))


async def ask_words(turn: Turn, pledge_id: int) -> None:
    """The next words are the sentence as I propose it. Raises Refusal(STALE_BUTTON) unless it can be amended."""
    pledge = await amendable(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.AMEND_WORDS, pledge.id)
    turn.tell(NewWordsAsked.Payload(pledge.id))


async def ask_day(turn: Turn, pledge_id: int) -> None:
    """Ask for another day, tapped or typed. Raises Refusal(STALE_BUTTON) unless it can be amended."""
    pledge = await amendable(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.AMEND_DAY, pledge.id)
    turn.tell(NewDayAsked.Payload(pledge.id))


async def receive_words(turn: Turn, pledge_id: int, text: str) -> None:
    """The sentence as I propose it; or another day, if the words are nothing else. Raises Refusal like `propose`."""
    words = clean(text, limit=TEXT_LIMIT)
    reading = read_day(words, turn.today)
    if reading is None:
        await propose(turn, await amendable(turn, pledge_id), words=words)
    else:
        await _take(turn, await amendable(turn, pledge_id), reading)


async def receive_day(turn: Turn, pledge_id: int, text: str) -> None:
    """A typed day, asked about if it is in doubt. Raises Refusal(UNKNOWN_DATE) if it is none, and like `propose`."""
    pledge = await amendable(turn, pledge_id)
    await _take(turn, pledge, typed_days.read(turn, text))


async def _take(turn: Turn, pledge: Pledge, reading: Reading) -> None:
    may_be = partial(may_move_to, _made_on(turn, pledge), turn.today)
    day = typed_days.certain(turn, pledge.id, reading, DayUse.AMENDMENT, may_be)
    if day is not None:
        await propose(turn, pledge, day=day)


async def choose_day(turn: Turn, pledge_id: int, day: date) -> None:
    """The day that a button names. Raises Refusal like `propose`."""
    await propose(turn, await amendable(turn, pledge_id), day=day)


def _made_on(turn: Turn, pledge: Pledge) -> date:
    return pledge.made_on or turn.operator.day(pledge.created_at)


async def amendable(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that can be amended. Raises Refusal(STALE_BUTTON) for any other."""
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.is_amendable:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def open_in(turn: Turn, pledge: Pledge) -> Event | None:
    """The amendment of this pledge that waits for an answer."""
    return open_amendment(await history.events(turn.session, pledge.id))


def _show(turn: Turn, pledge: Pledge, waiting: Event) -> None:
    mine = waiting.party == turn.party.id
    turn.tell(AmendmentSent.Payload(pledge.id) if mine else AmendmentProposed.Payload(pledge.id))


# --- proposing it


async def propose(turn: Turn, pledge: Pledge, *, words: str | None = None, day: date | None = None) -> None:
    """Propose this sentence, or this day; what I proposed before and still waits goes with it.

    It takes the place of one of the other's. What changes nothing shows the pledge as it is. Raises
    Refusal(AMENDMENT_RANGE) for a day that may not be chosen, Refusal(OTHER_PAUSES), and Refusal(ENOUGH_AMENDMENTS).
    """
    if day is not None:
        _check_day(turn, pledge, day)
    words, day = await _with_mine(turn, pledge, words, day)
    await drafts.end_of(turn, pledge.id, *_DRAFTS)
    words = None if words == pledge.text else words
    day = None if day == pledge.deadline else day
    other = await pledges.other_party(turn, pledge)
    if other is None or (words is None and day is None):
        await pledges.present(turn, pledge)
        return
    if reach.is_paused(await parties.reader(turn.session, other, turn.now), turn.now):
        raise Refusal(Reason.OTHER_PAUSES)
    await _check_limit(turn, pledge)
    history.record(turn, pledge, EventKind.AMENDMENT_PROPOSED, text=words, day=day)
    await changes.tell(turn, other, AmendmentProposed.Payload(pledge.id), pledge.id)
    turn.tell(AmendmentSent.Payload(pledge.id))
    if other.is_entered:
        turn.tell(AmendmentToForward.Payload(pledge.id))


def _check_day(turn: Turn, pledge: Pledge, day: date) -> None:
    try:
        check_day(_made_on(turn, pledge), turn.today, day)
    except DeadlineOutOfRange as error:
        raise Refusal(Reason.AMENDMENT_RANGE, day=day) from error


async def _with_mine(
    turn: Turn, pledge: Pledge, words: str | None, day: date | None
) -> tuple[str | None, date | None]:
    waiting = await open_in(turn, pledge)
    before = await history.event(turn.session, waiting.id) if waiting is not None else None
    if before is None or before.party_id != turn.party.id:
        return words, day
    return words or before.text, day or before.day


async def _check_limit(turn: Turn, pledge: Pledge) -> None:
    mine = [
        each
        for each in await history.events(turn.session, pledge.id)
        if each.kind is EventKind.AMENDMENT_PROPOSED and each.party == turn.party.id
    ]
    if sum(turn.operator.day(each.at) == turn.today for each in mine) >= AMENDMENTS_A_DAY:
        raise Refusal(Reason.ENOUGH_AMENDMENTS)


# --- what becomes of it


async def accept(turn: Turn, pledge_id: int, amendment_id: int) -> None:
    """Einverstanden: from now on this sentence, or this day, counts. Any other tap shows what there is.

    A day that has passed meanwhile counts no more, as if the time for an answer were over.
    """
    pledge = await pledges.mine(turn, pledge_id)
    waiting = await _for_me(turn, pledge, amendment_id)
    amended = await history.event(turn.session, waiting.id) if waiting is not None else None
    if waiting is None or amended is None:
        return
    await settling.settle(turn, pledge, amended, await pledges.other_party(turn, pledge), turn.party)


async def decline(
    turn: Turn,
    pledge_id: int,
    amendment_id: int,
    because: NoBecause | None = None,
    reason: str | None = None,
) -> None:
    """So lassen: it stays as it was, and whoever proposed it is told, with the reason if there is one."""
    pledge = await pledges.mine(turn, pledge_id)
    if await _for_me(turn, pledge, amendment_id) is None:
        return
    await drafts.end_of(turn, pledge.id, DraftKind.BECAUSE)
    history.record(turn, pledge, EventKind.AMENDMENT_DECLINED, because=because, note=reason)
    settled = AmendmentSettled.Payload(pledge.id, amendment_id)
    turn.tell(settled, edit=reason is None)
    if because is not None or reason is not None:  # said in another message than the one that asked
        await show_settled(turn.session, pledge, amendment_id, turn.party.id, turn.now)
    if proposer := await pledges.other_party(turn, pledge):
        turn.news(proposer, settled, key=settling.settled_key(amendment_id))


async def withdraw(turn: Turn, pledge_id: int, amendment_id: int) -> None:
    """My amendment is taken back: where the other was asked, that is shown. Any other tap shows what there is."""
    pledge = await pledges.mine(turn, pledge_id)
    waiting = await open_in(turn, pledge)
    if waiting is None or waiting.id != amendment_id or waiting.party != turn.party.id:
        await _show_what_there_is(turn, pledge, waiting)
        return
    history.record(turn, pledge, EventKind.AMENDMENT_WITHDRAWN)
    turn.tell(AmendmentSettled.Payload(pledge.id, amendment_id), edit=True)
    if other := await pledges.other_party(turn, pledge):
        await show_settled(turn.session, pledge, amendment_id, other.id, turn.now)


async def show_settled(
    session: AsyncSession, pledge: Pledge, amendment_id: int, person_id: int, now: datetime
) -> None:
    """Where this party was asked about the amendment, say what became of it; nothing rings for that."""
    asked = await transcript.owed_about(session, person_id, AmendmentProposed.Payload, pledge.id)
    if asked:
        settled, last = AmendmentSettled.Payload(pledge.id, amendment_id), asked[-1]
        outbox.owe(session, settled, last.recipient, now, priority=Priority.NEWS, edits_row=last.row.id)


async def waits_for_me(turn: Turn, pledge: Pledge, amendment_id: int) -> bool:
    """Whether it is this amendment that waits for my answer."""
    waiting = await open_in(turn, pledge)
    return waiting is not None and waiting.id == amendment_id and waiting.party != turn.party.id


async def waiting_id(turn: Turn, pledge: Pledge) -> int:
    """The id of the amendment that waits; of none, one that there never is."""
    waiting = await open_in(turn, pledge)
    return waiting.id if waiting is not None else -1


async def words_for_me(turn: Turn, pledge: Pledge) -> str | None:
    """The sentence that the other proposes instead, while it waits for my answer."""
    waiting = await open_in(turn, pledge)
    if waiting is None or waiting.party == turn.party.id:
        return None
    proposal = await history.event(turn.session, waiting.id)
    return proposal.text if proposal is not None else None


async def _for_me(turn: Turn, pledge: Pledge, amendment_id: int) -> Event | None:
    """The amendment with this id, if it waits for my answer; else what there is, is shown."""
    waiting = await open_in(turn, pledge)
    if waiting is not None and await waits_for_me(turn, pledge, amendment_id):
        return waiting
    await _show_what_there_is(turn, pledge, waiting)
    return None


async def _show_what_there_is(turn: Turn, pledge: Pledge, waiting: Event | None) -> None:
    if waiting is not None and pledge.is_amendable:
        _show(turn, pledge, waiting)
    else:
        await pledges.present(turn, pledge)
