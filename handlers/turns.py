"""A handler's context: the turn, which the lane worker opens before PTB routes the update to a handler."""

from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from actions.exchange.turn import Turn
from domain.voice import Voice, is_english
from domain.written import Written, formats_of

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
    """A message with its formatting, as it reads now; None if it has neither text nor a photo."""
    message = update.message or update.edited_message
    if message is None or not (message.text or message.photo):
        return None
    found = [(e.type, e.offset, e.length, e.url or "") for e in message.entities or message.caption_entities]
    return Written(message.text or message.caption or "", formats_of(found), photo=bool(message.photo))


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
