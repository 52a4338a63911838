"""A retrospective: what the two of a pledge that has ended do about its five lines, until it is closed.

It is offered with the result, and nobody is reminded of it. Once one of the two approves, the other is asked; who words
a line after that asks for the other's approval again.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import changes, drafts, outbox, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.entered.entering import can_be_released, entered_party
from actions.pledging.releases.shown_to_others import show_anew
from db.models import DraftKind, Person, Pledge, Priority
from domain import releases
from domain.history import EventKind
from domain.outcomes.choices import Theme
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.retrospectives import (
    RetrospectiveLineAsked,
    RetrospectivePictured,
    RetrospectiveReadersAsked,
    RetrospectiveShown,
    RetrospectiveToForward,
)
from domain.pledges import State
from domain.readers import Readership
from domain.refusal import Reason, Refusal
from domain.retrospectives import KIND_OF, LINE_LIMIT, Line, Retrospective, retrospective
from domain.words import clean, cut


async def of(session: AsyncSession, pledge: Pledge) -> Retrospective:
    """What became of the pledge's retrospective so far."""
    return retrospective(await history.events(session, pledge.id))


def can_be_read(pledge: Pledge, found: Retrospective) -> bool:
    """Whether there is one to read: its pledge has ended and has its words, and both are there, or were when it was
    closed.
    """
    both_there = len(pledge.parties) == 2  # noqa: PLR2004 - a pledge has two parties
    return pledge.state is State.ENDED and bool(pledge.text) and (both_there or found.closed_at is not None)


def can_be_worded(pledge: Pledge, found: Retrospective) -> bool:
    """Whether the two may still change it."""
    return can_be_read(pledge, found) and found.is_open


async def show(turn: Turn, pledge_id: int) -> None:
    """*Bilanz ansehen*. A pledge of mine without one is shown as it is. Raises Refusal(STALE_BUTTON) for any other."""
    pledge, found = await _mine(turn, pledge_id)
    await _present(turn, pledge, found, edit=await _is_in(turn, pledge, RetrospectiveShown.Payload))


async def choose_line(turn: Turn, pledge_id: int) -> None:
    """*Zeile ändern*: which one? Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if can_be_worded(pledge, found):
        turn.tell(RetrospectiveShown.Payload(pledge.id, choosing=True), edit=True)
    else:
        await _present(turn, pledge, found, edit=True)


async def _mine(turn: Turn, pledge_id: int) -> tuple[Pledge, Retrospective]:
    pledge = await pledges.mine(turn, pledge_id)
    return pledge, await of(turn.session, pledge)


async def _present(turn: Turn, pledge: Pledge, found: Retrospective, *, edit: bool = False) -> None:
    if can_be_read(pledge, found):
        turn.tell(RetrospectiveShown.Payload(pledge.id), edit=edit)
    else:
        await pledges.present(turn, pledge)


# --- wording a line


async def ask_words(turn: Turn, pledge_id: int, line: Line) -> None:
    """The next words are mine in this line. What can be worded no more is shown as it is. Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if not can_be_worded(pledge, found):
        await _present(turn, pledge, found)
        return
    await drafts.await_words(turn, DraftKind.RETROSPECTIVE, pledge.id, drafts.DraftDetails(line=line))
    turn.tell(RetrospectiveLineAsked.Payload(pledge.id, line))


async def receive_words(turn: Turn, pledge_id: int, line: Line, text: str) -> None:
    """My words stand in this line. Raises Refusal(GONE) if it can be worded no more."""
    words = clean(text, limit=LINE_LIMIT)
    await _word(turn, await _to_be_worded(turn, pledge_id), line, words)


async def take_advice(turn: Turn, pledge_id: int) -> None:
    """What I would tell others is what I learned. Raises Refusal(STALE_BUTTON) if I gave no advice."""
    pledge = await _to_be_worded(turn, pledge_id)
    advice = await advice_of(turn.session, pledge, turn.party.id)
    if not advice:
        raise Refusal(Reason.STALE_BUTTON)
    await _word(turn, pledge, Line.LEARNED, advice)


async def take_back_words(turn: Turn, pledge_id: int, line: Line) -> None:
    """What I wrote in this line goes, and it reads as before. Raises Refusal(GONE) if it can be worded no more."""
    await _word(turn, await _to_be_worded(turn, pledge_id), line, None)


async def advice_of(session: AsyncSession, pledge: Pledge, person_id: int) -> str:
    """What this party would tell others, as far as it goes into a line; empty if they gave no advice."""
    given = [
        each
        for each in await history.all_of(session, pledge, EventKind.ADVISED)
        if each.party_id == person_id
    ]
    return cut(" ".join(" ".join(given[-1].notes or ()).split()), LINE_LIMIT) if given else ""


async def _to_be_worded(turn: Turn, pledge_id: int) -> Pledge:
    pledge, found = await _mine(turn, pledge_id)
    if not can_be_worded(pledge, found):
        raise Refusal(Reason.GONE)
    return pledge


async def _word(turn: Turn, pledge: Pledge, line: Line, words: str | None) -> None:
    history.record(turn, pledge, KIND_OF[line], note=words)
    await drafts.end_of(turn, pledge.id, DraftKind.RETROSPECTIVE)
    await changed(turn, pledge)
    turn.tell(RetrospectiveShown.Payload(pledge.id))


async def changed(turn: Turn, pledge: Pledge) -> None:
    """I have changed what the lines say, in words of mine or by what else I said of the pledge.

    It rings with the other only if one of us had approved: what they were asked about, or had agreed to, reads
    otherwise now. Else it is shown where they have it.
    """
    found = await of(turn.session, pledge)
    other = await pledges.other_party(turn, pledge)
    if other is None or other.is_entered or not can_be_worded(pledge, found):
        return
    if found.upset:
        await changes.tell(turn, other, RetrospectiveShown.Payload(pledge.id), pledge.id)
    else:
        await _show_again(turn, pledge, other)


async def _show_again(turn: Turn, pledge: Pledge, other: Person) -> None:
    """Where the other has read it last, show it as it is now; nothing rings for that."""
    told = await transcript.owed_about(turn.session, other.id, RetrospectiveShown.Payload, pledge.id)
    if told:
        again, last = RetrospectiveShown.Payload(pledge.id), told[-1]
        outbox.owe(
            turn.session, again, last.recipient, turn.now, priority=Priority.NEWS, edits_row=last.row.id
        )


# --- closing it


async def approve(turn: Turn, pledge_id: int, version: int) -> None:
    """*Bestätigen*: a yes to the lines as I have read them. It closes once both have said so; else the other is asked.

    If they read otherwise by now, I am shown that. For somebody without Telegram there is a text to pass on.
    """
    pledge, found = await _mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    settled = version != found.version or turn.party.id in found.approvals
    if other is None or settled or not can_be_worded(pledge, found):
        await _present(turn, pledge, found, edit=True)
        return
    history.record(turn, pledge, EventKind.RETRO_APPROVED)
    shown = RetrospectiveShown.Payload(pledge.id)
    if other.id in found.approvals:
        history.record_clock(turn.session, pledge, EventKind.RETRO_CLOSED, turn.now)
        turn.news(other, shown, key=closed_key(pledge, other.id))
    elif not other.is_entered:
        await changes.tell(turn, other, shown, pledge.id)
    turn.tell(shown, edit=True)
    if other.is_entered:
        turn.tell(RetrospectiveToForward.Payload(pledge.id))


async def ask_whoever_came(turn: Turn, pledge: Pledge) -> None:
    """Show somebody who has just taken over a side the lines that wait for their word."""
    found = await of(turn.session, pledge)
    if found.approvals and turn.party.id not in found.approvals and can_be_worded(pledge, found):
        turn.tell(RetrospectiveShown.Payload(pledge.id))


async def pass_on(turn: Turn, pledge_id: int) -> None:
    """The text for somebody without Telegram, once more. Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if await entered_party(turn, pledge) is not None and can_be_worded(pledge, found):
        turn.tell(RetrospectiveToForward.Payload(pledge.id))
    else:
        await _present(turn, pledge, found)


async def approve_for_entered(turn: Turn, pledge_id: int, version: int) -> None:
    """*Ist einverstanden*: somebody without Telegram has said yes to the lines that I have approved, and it is closed.

    If they read otherwise by now, I am shown that. Raises like `show`.
    """
    pledge, found = await _mine(turn, pledge_id)
    other = await entered_party(turn, pledge)
    agreed = version == found.version and turn.party.id in found.approvals
    if other is not None and agreed and can_be_worded(pledge, found):
        history.record_for(turn, pledge, EventKind.RETRO_APPROVED, other, reported=True)
        history.record_clock(turn.session, pledge, EventKind.RETRO_CLOSED, turn.now)
    await _present(turn, pledge, found, edit=True)


def closed_key(pledge: Pledge, person_id: int) -> str:
    """The key of what tells this party that it is closed."""
    return f"retrospective:{pledge.id}:{person_id}"


async def decline(turn: Turn, pledge_id: int) -> None:
    """*Ohne Bilanz schließen*. The other hears so if they have had a hand in it, else sees it where they read it."""
    pledge, found = await _mine(turn, pledge_id)
    if can_be_worded(pledge, found):
        history.record(turn, pledge, EventKind.RETRO_DECLINED)
        await drafts.end_of(turn, pledge.id, DraftKind.RETROSPECTIVE)
        other = await pledges.other_party(turn, pledge)
        if other is not None and found.has_contributed(other.id):
            turn.news(other, RetrospectiveShown.Payload(pledge.id))
        elif other is not None:
            await _show_again(turn, pledge, other)
    await _present(turn, pledge, found, edit=True)


async def reopen(turn: Turn, pledge_id: int) -> None:
    """*Doch Bilanz ziehen*: I take back that there is to be none."""
    pledge, found = await _mine(turn, pledge_id)
    if can_be_read(pledge, found) and found.declined_by == turn.party.id:
        history.record(turn, pledge, EventKind.RETRO_REOPENED)
        if other := await pledges.other_party(turn, pledge):
            await _show_again(turn, pledge, other)
    await _present(turn, pledge, found, edit=True)


async def ask_readers(turn: Turn, pledge_id: int) -> None:
    """*Wer darf sie lesen?* A question of its own, once it is closed. Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if found.closed_at is not None and await can_be_released(turn, pledge):
        turn.tell(RetrospectiveReadersAsked.Payload(pledge.id))
    else:
        await _present(turn, pledge, found)


async def let_read(turn: Turn, pledge_id: int, readers: Readership) -> None:
    """Let these read it from now on, as far as the other does. Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if found.closed_at is None or not await can_be_released(turn, pledge):
        await _present(turn, pledge, found)
        return
    said = releases.let_read(await history.events(turn.session, pledge.id), EventKind.RETRO_READERS)
    if said.get(turn.party.id) is not readers:
        history.record(turn, pledge, EventKind.RETRO_READERS, readers=readers)
        await show_anew(turn.session, pledge, turn.now)
        await pledges.show_other(turn, pledge, RetrospectiveReadersAsked.Payload(pledge.id))
    turn.tell(RetrospectiveReadersAsked.Payload(pledge.id), edit=True)


async def draw(turn: Turn, pledge_id: int, theme: Theme) -> None:
    """*Als Bild*: once it is closed; in the picture itself, the other theme takes its place. Raises like `show`."""
    pledge, found = await _mine(turn, pledge_id)
    if not can_be_read(pledge, found) or found.closed_at is None:
        await _present(turn, pledge, found)
        return
    in_picture = await _is_in(turn, pledge, RetrospectivePictured.Payload)
    turn.tell(RetrospectivePictured.Payload(pledge.id, theme), edit=in_picture)


async def _is_in(turn: Turn, pledge: Pledge, kind: type[Payload]) -> bool:
    """Whether the button that was pressed is in a message of this kind about the pledge."""
    told = await transcript.owed_about(turn.session, turn.party.id, kind, pledge.id)
    return any(each.row.chat_id == turn.chat_id and each.is_in(turn.pressed) for each in told)
