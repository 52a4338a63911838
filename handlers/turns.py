"""A handler's context: the turn, which the lane worker opens before PTB routes the update to a handler."""

from contextvars import ContextVar
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from actions.exchange.turn import Turn
from domain.voice import Voice, is_english
from domain.written import Medium, MediumKind, Written, formats_of

present: ContextVar[Turn] = ContextVar("present")
"""The turn of the update being processed in this task, with its open transaction."""

Data = dict[Any, Any]


class Context(CallbackContext[ExtBot[None], Data, Data, Data]):
    @property
    def turn(self) -> Turn:
        return present.get()


class Companion(Application[ExtBot[None], Context, Data, Data, Data, Any]):
    """PTB's routing, but errors are raised, not swallowed: they must roll the transaction back."""

    async def process_error(
        self, update: object, error: Exception, job: object = None, coroutine: object = None
    ) -> bool:
        del update, job, coroutine
        raise error


def said(update: Update) -> str:
    """The text of a private message, empty if it has none."""
    return (update.message and update.message.text) or ""


def written(update: Update) -> Written | None:
    """A message with its formatting, as it reads now; None if it can say nothing, as a sticker cannot."""
    message = update.message or update.edited_message
    media = medium(message) if message is not None else None
    if message is None or not (message.text or media):
        return None
    found = [(e.type, e.offset, e.length, e.url or "") for e in message.entities or message.caption_entities]
    text, formats = message.text or message.caption or "", formats_of(found)
    group = message.media_group_id or ""
    if media is None or not group or media[0] not in set(MediumKind):
        return Written(text, formats, media=media is not None)
    return Written(text, formats, media=True, group=group, album=(Medium(MediumKind(media[0]), media[1]),))


def medium(message: Message) -> tuple[str, str, str] | None:
    """The kind of what a message has a caption for, and Telegram's two ids of it: to send it, and to know it again."""
    if message.photo:
        photo = message.photo[-1]
        return "photo", photo.file_id, photo.file_unique_id
    # An animation is a document, too.
    for kind in ("animation", "video", "audio", "voice", "document"):
        if (file := getattr(message, kind)) is not None:
            return kind, file.file_id, file.file_unique_id
    return None


def pressed(update: Update) -> int | None:
    """The id of the message whose button was pressed."""
    query = update.callback_query
    return query.message.message_id if query and query.message else None


def username(update: Update) -> str | None:
    """The sender's @name at Telegram."""
    return update.effective_user.username if update.effective_user else None


def phone(update: Update) -> Voice | None:
    """How the sender's phone speaks, if not German."""
    user = update.effective_user
    return Voice.EN if user is not None and is_english(user.language_code) else None


def thread(update: Update) -> int | None:
    """The thread that it was said or pressed in; None outside of any."""
    message = update.effective_message
    return message.message_thread_id if message is not None and message.is_topic_message else None
