"""What a failed call to Telegram means for the row that was being sent; nowhere else tells errors apart."""

import datetime as dt
import re
from dataclasses import dataclass

from telegram import error as tg


class NotSent(tg.NetworkError):
    """Nothing left this machine: no connection, no name, no free place in the pool. Sending again is safe."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Surely not delivered, and nobody refused it: send again later."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have arrived: one more try, marked as a possible repeat."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not delivered; every sender is to be silent for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot, is gone, or never wrote to it."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Refused for good; the reason is Telegram's, without what it quoted from the message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked for is already so."""


@dataclass(frozen=True, slots=True)
class EditGone:
    """The message to edit is gone or cannot be edited: send it anew."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The chat lives on under another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class AnotherPoller:
    """Somebody else fetches this bot's updates, or a webhook is set."""


@dataclass(frozen=True, slots=True)
class RefusedToken:
    """Telegram does not know this token."""


Verdict = (
    Retry
    | Unknown
    | Wait
    | Unreachable
    | Dead
    | Done
    | EditGone
    | Migrated
    | AnotherPoller
    | RefusedToken
)  # fmt: skip

# Telegram's words, in lower case: python-telegram-bot changes the case of what follows "Bad Request: ".
_DONE = ("message is not modified", "query is too old", "query id is invalid", "message to delete not found")
_EDIT_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "there is no media in the message to edit",
)
_UNREACHABLE = ("chat not found", "user is deactivated", "user_is_blocked", "peer_id_invalid")
# 413 arrives as a bare NetworkError; Python 3.13 renamed the phrase standing in for a missing description.
_TOO_LARGE = ("request entity too large", "content too large (413)")
# python-telegram-bot appends this when an answer is not Telegram's JSON: some proxy spoke in its place.
_NOT_TELEGRAM = "parsing the server response"
_FLOOD = re.compile(r"too many requests: retry after (\d+)")
_QUOTED = re.compile(r"""(?<!\w)(["']).*\1""", re.DOTALL)
_LONGEST_REASON = 200


def classify(error: BaseException) -> Verdict:  # noqa: C901, PLR0911 - one table, read from the top
    """What follows from `error`, raised by one call of the Bot API.

    Whatever is not proven undelivered is `Unknown`: timeouts, resets, 5xx, answers that are not Telegram's,
    and anything that is no Telegram error at all.
    """
    if isinstance(error.__cause__, tg.InvalidToken):
        # `Bot.initialize` and `Bot.do_api_request` put their own guess around what Telegram said.
        return classify(error.__cause__)
    words = str(error).lower()
    match error:
        case NotSent():
            return Retry()
        case tg.TelegramError() if _NOT_TELEGRAM in words:
            return Retry() if "(429)" in words else Unknown()
        case tg.RetryAfter():
            return Wait(_seconds(error.retry_after))
        case tg.ChatMigrated():
            return Migrated(error.new_chat_id)
        case tg.Forbidden():
            return Unreachable()
        case tg.Conflict():
            return AnotherPoller()
        case tg.BadRequest():
            return _bad_request(words, error)
        case tg.EndPointNotFound():
            return Dead(reason_of(error))
        case tg.InvalidToken():
            return Dead(reason_of(error)) if "method not found" in words else RefusedToken()
        case tg.NetworkError():
            return _network_error(words, error)
        case _:
            return Unknown()


def classify_copy(error: BaseException) -> Verdict:
    """The same for a copy of a message. Only a 403 is surely about who gets it: the rest may be about its source."""
    verdict = classify(error)
    doubtful = isinstance(verdict, Unreachable) and isinstance(error, tg.BadRequest)
    return Dead(reason_of(error)) if doubtful else verdict


def reason_of(error: BaseException) -> str:
    """Telegram's words in one line, without what they quote: a quotation may be a person's."""
    said = _QUOTED.sub("…", str(error))
    return " ".join(said.split())[:_LONGEST_REASON]


def _bad_request(words: str, error: tg.BadRequest) -> Verdict:
    if any(known in words for known in _DONE):
        return Done()
    if any(known in words for known in _EDIT_GONE):
        return EditGone()
    if any(known in words for known in _UNREACHABLE):
        return Unreachable()
    return Dead(reason_of(error))


def _network_error(words: str, error: tg.NetworkError) -> Verdict:
    if any(known in words for known in _TOO_LARGE):
        return Dead(reason_of(error))
    # A 429 reaches us bare when its `retry_after` is missing or 0.
    if flood := _FLOOD.search(words):
        return Wait(max(1.0, float(flood[1])))
    return Retry() if words.startswith("too many requests") else Unknown()


def _seconds(period: int | dt.timedelta) -> float:
    return period.total_seconds() if isinstance(period, dt.timedelta) else float(period)
