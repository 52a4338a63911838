"""What people send besides words: a picture, an album, a contact card, anything that is never an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from actions.exchange import drafts, transcript
from actions.exchange.entries import Entry
from actions.exchange.turn import Turn
from actions.intake import awaited_words, conversation, replies
from actions.matching import sharing
from actions.organising.broadcasts import broadcasts
from actions.organising.guests import guest_lists
from actions.organising.papers import papers
from actions.organising.programme import programme_lists
from actions.organising.workshops import calendars
from actions.pledging import evidence
from db import beforehand
from db.models import Draft, DraftKind
from domain import calendar_files, programme
from domain.contacts import dialled
from domain.guest_lists import LARGEST
from domain.outcomes.choices import ContactKind
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal

_INSTEAD = {
    DraftKind.BROADCAST_CONTENT: Reason.NOT_BROADCASTABLE,
    DraftKind.EVIDENCE: Reason.EVIDENCE_NEEDED,
}
"""Where a picture may be an answer, what is said to anything else, and to several at once."""


_LISTS = {
    DraftKind.GUEST_FILE: (guest_lists.receive, LARGEST),
    DraftKind.PAPER_FILE: (papers.receive, LARGEST),
    DraftKind.PROGRAMME: (programme_lists.receive, programme.LARGEST),
}
"""The lists of a workshop that come as files: who takes them, and how large they may be."""


@dataclass(frozen=True)
class Picture:
    """A photo in a message of its sender's. `photo`: Telegram's id of it; `content`: what tells a change of it."""

    photo: str
    caption: str
    content: str
    message_id: int


async def receive_photo(turn: Turn, picture: Picture, asked: Entry | None = None) -> None:
    """Take a picture as a broadcast if one is being written, or as evidence. In reply to a message of ours it is for
    what that message asks, and for nothing else.

    Raises Refusal like `not_words` where no picture is asked for.
    """
    if asked is None:
        await _take(turn, picture, await awaited_words.awaiting(turn))
    elif (draft := await awaited_words.asked_by(turn, asked.payload)) is not None:
        await replies.receive_for(turn, draft, partial(_take, turn, picture, draft))
    else:
        raise Refusal(Reason.TEXT_ONLY)


async def _take(turn: Turn, picture: Picture, draft: Draft | None) -> None:
    if draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT:
        await conversation.receive_for(turn, draft, picture.content, picture.message_id)
    elif draft is not None and draft.kind is DraftKind.EVIDENCE:
        await evidence.receive_photo(turn, draft, picture.photo, picture.caption, picture.message_id)
    elif draft is not None or not await broadcasts.receive_early(turn, picture.content, picture.message_id):
        await not_words(turn)


async def receive_file(
    turn: Turn, name: str, size: int | None, fetch: Callable[[], Awaitable[bytes | None]]
) -> None:
    """Take a list of a workshop's or a calendar; one that is too large is not even fetched. Raises Refusal like
    `not_words` for other files.
    """

    async def content(largest: int) -> bytes | None:
        too_large = size is not None and size > largest
        return bytes(largest + 1) if too_large else await beforehand.done(turn.session, "file", fetch)

    draft = await awaited_words.awaiting(turn)
    if draft is not None and draft.kind in _LISTS:
        if not await awaited_words.may_receive(turn, draft):
            raise Refusal(Reason.OFF_TEAM)
        receive, largest = _LISTS[draft.kind]
        await receive(turn, draft.object_id or 0, await content(largest))
    elif await calendars.takes(turn, name):
        await calendars.receive(turn, name, await content(calendar_files.LARGEST))
    else:
        await not_words(turn)


async def receive_media(turn: Turn, content: str, message_id: int) -> bool:
    """Take a video, a file or a voice message where a broadcast is written; returns False where none is.

    `content`: what tells a change of it. Raises TooLong if its caption leaves no room for who it is from.
    """
    draft = await awaited_words.awaiting(turn) if turn.written is not None and turn.written.media else None
    if draft is None or draft.kind is not DraftKind.BROADCAST_CONTENT:
        return False
    await conversation.receive_for(turn, draft, content, message_id)
    return True


async def receive_album(turn: Turn, album: str, message_id: int, reason: Reason = Reason.TEXT_ONLY) -> None:
    """Several messages that belong together: all of them are one broadcast where that is written. Anywhere else they
    are refused once, and never taken, not even the one with the words.
    """
    if reason is Reason.TEXT_ONLY and turn.written is not None and turn.written.album:
        taken = await broadcasts.receive_next(turn)
        if taken or await receive_media(turn, album, message_id):
            return
    key = f"album:{turn.chat_id}:{album}"
    if await transcript.was_owed(turn.session, key):
        return
    draft = await awaited_words.awaiting(turn)
    if draft is not None and reason is Reason.TEXT_ONLY:
        reason = _INSTEAD.get(draft.kind, reason)
    turn.tell(Refused(reason, organiser=turn.on_team, joined=not turn.lacks_consent), key=key)
    await conversation.show_open(turn)


async def receive_card(turn: Turn, number: str, owner: int | None) -> None:
    """Take a contact card where a telephone number is asked for, if it is the sender's own.

    `owner`: whose card it is, by Telegram's number; None if it does not say, which is asked. Raises
    Refusal(NOT_YOUR_NUMBER) for somebody else's, and Refusal like `not_words` anywhere else.
    """
    draft = await awaited_words.awaiting(turn)
    asked = draft is not None and drafts.details_of(draft).contact is ContactKind.PHONE
    if draft is None or not asked:
        await not_words(turn)
    elif owner is None:
        await sharing.ask_whose(turn, draft, dialled(number))
    elif owner == turn.chat_id:
        kind = ContactKind.PHONE
        await sharing.receive_contact(turn, draft.object_id or 0, kind, dialled(number))
    else:
        raise Refusal(Reason.NOT_YOUR_NUMBER)


async def not_words(turn: Turn, reason: Reason = Reason.TEXT_ONLY) -> None:
    """A voice message, a sticker, a forwarded message and the like are never an answer.

    Raises Refusal(NOT_BROADCASTABLE) where a broadcast is awaited, Refusal(EVIDENCE_NEEDED) where evidence is, else
    Refusal(reason); a newcomer is shown the open question instead.
    """
    draft = await awaited_words.awaiting(turn)
    if draft is None and turn.lacks_consent:
        await conversation.show_open(turn)  # perhaps words that overtook the consent tap
    elif draft is not None and reason is Reason.TEXT_ONLY:
        raise Refusal(_INSTEAD.get(draft.kind, reason))
    else:
        raise Refusal(reason)
