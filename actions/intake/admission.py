"""What may enter at all: what one person says or presses in their private chat with the bot.

Nothing of joining, rights or pledges exists anywhere else, whatever arrives: this is decided here, before an update
reaches a handler. What no person said gets no answer either: a bot's message, a channel's post, a notice of Telegram's.
"""

from datetime import datetime
from enum import Enum, auto

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.intake.redaction import KINDS, Raw, chat_in
from domain.outcomes.small import GroupHint

_GROUPS = ("group", "supergroup")
# All that a person can put into a message. Whatever has none of these is a notice: something was pinned, a timer set,
# a title changed. Telegram keeps adding notices, so they are told by what they lack.
_CONTENTS = (
    "text", "animation", "audio", "checklist", "contact", "dice", "document", "game", "invoice", "location",
    "paid_media", "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip


class Sender(Enum):
    """Who is behind an update, which decides what becomes of it."""

    PERSON = auto()  # in their private chat: it goes to the handlers
    GROUP = auto()  # somebody in a group: the group gets one hint
    NOBODY = auto()  # nothing is done


def entering(raw: Raw) -> Sender:
    """Whose update has come in. Never raises, however odd it is."""
    sender = sender_of(raw)
    if sender is Sender.PERSON and _is_empty(raw):
        return Sender.NOBODY
    return sender


def sender_of(raw: Raw) -> Sender:
    """The same for a stored update, of whose contents nothing may be left."""
    found = [kind for kind in KINDS if kind in raw]
    if len(found) != 1 or not isinstance(part := raw[found[0]], dict):
        return Sender.NOBODY
    match found[0]:
        case "message" | "callback_query":
            return _speaker(part)
        case "edited_message" | "my_chat_member":
            speaker = _speaker(part)
            return speaker if speaker is Sender.PERSON else Sender.NOBODY
        case _:
            return Sender.NOBODY


def _speaker(part: Raw) -> Sender:
    """A private chat has its person's number, so whoever else is named as the sender there is nobody."""
    chat, user = chat_in(part), part.get("from")
    if isinstance(user, dict) and user.get("is_bot"):
        return Sender.NOBODY
    if chat.get("type") in _GROUPS:
        return Sender.GROUP
    own = not isinstance(user, dict) or user.get("id") == chat.get("id")
    return Sender.PERSON if chat.get("type") == "private" and own else Sender.NOBODY


def _is_empty(raw: Raw) -> bool:
    message = raw.get("message", raw.get("edited_message"))
    return isinstance(message, dict) and not any(message.get(kind) for kind in _CONTENTS)


async def hint(session: AsyncSession, group: int, now: datetime) -> None:
    """Tell a group once that the bot speaks only in private, and never answer there again."""
    key = f"group:{group}"
    if not await transcript.was_owed(session, key):
        outbox.owe(session, GroupHint.Payload(), outbox.Recipient(group, None), now, key=key)
