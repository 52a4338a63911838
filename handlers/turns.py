"""A handler's context: the turn, which the lane worker opens before PTB routes the update to a handler."""

from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from actions.exchange.turn import Turn
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
