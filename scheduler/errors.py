"""What a failed call to Telegram means for the row that was being sent. No other module tells errors apart."""

import datetime as dt
import re
from dataclasses import dataclass

from telegram import error as tg


class NotSent(tg.NetworkError):
    """Nothing left this machine (no connection, unknown host, full pool), so sending again is safe."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Surely not delivered, but not refused either: send again later."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have arrived: try once more, marked as a possible repeat."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not delivered: nothing at all may be sent for this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot, deleted their account, or never wrote to it."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Refused for good. `reason` is Telegram's, without anything it quoted from the message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What the call should have done is already done."""


@dataclass(frozen=True, slots=True)
class EditGone:
    """The message to edit is gone or cannot be edited: send a new one."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The chat has moved to another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class AnotherPoller:
    """Another process fetches this bot's updates, or a webhook is set."""


@dataclass(frozen=True, slots=True)
class RefusedToken:
    """Telegram does not know this token."""


Diagnosis = (
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

# Telegram's descriptions, in lower case: python-telegram-bot changes the case of what follows "Bad Request: ".
_DONE = ("message is not modified", "query is too old", "query id is invalid", "message to delete not found")
_EDIT_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "there is no media in the message to edit",
)
_THREAD_GONE = ("message thread not found", "topic_deleted", "topic_closed")
_UNREACHABLE = ("chat not found", "user is deactivated", "user_is_blocked", "peer_id_invalid")
# A 413 arrives as a bare NetworkError. Python 3.13 renamed the phrase that replaces a missing description.
_TOO_LARGE = ("request entity too large", "content too large (413)")
# python-telegram-bot appends this if an answer is not Telegram's JSON: some proxy answered instead.
_NOT_TELEGRAM = "parsing the server response"
_FLOOD = re.compile(r"too many requests: retry after (\d+)")
_QUOTED = re.compile(r"""(?<!\w)(["']).*\1""", re.DOTALL)
_LONGEST_REASON = 200


def classify(error: BaseException) -> Diagnosis:  # noqa: C901, PLR0911 - one table, read from the top
    """What follows from `error`, which a call of the Bot API raised.

    Anything not proven undelivered is `Unknown`: timeouts, resets, 5xx, answers that are not Telegram's, and
    errors that are not Telegram's at all.
    """
    if isinstance(error.__cause__, tg.InvalidToken):
        # `Bot.initialize` and `Bot.do_api_request` wrap Telegram's error in a guess of their own.
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


def classify_copy(error: BaseException) -> Diagnosis:
    """As `classify`, for copying a message: only a 403 is surely about its receiver, the rest may be its source."""
    diagnosis = classify(error)
    doubtful = isinstance(diagnosis, Unreachable) and isinstance(error, tg.BadRequest)
    return Dead(reason_of(error)) if doubtful else diagnosis


def is_thread_gone(error: tg.BadRequest) -> bool:
    """Whether the thread to send to is no longer there, so that nothing was sent."""
    words = str(error).lower()
    return any(known in words for known in _THREAD_GONE)


def reason_of(error: BaseException) -> str:
    """Telegram's description on one line, without quotations, which may be a person's words."""
    said = _QUOTED.sub("…", str(error))
    return " ".join(said.split())[:_LONGEST_REASON]


def _bad_request(words: str, error: tg.BadRequest) -> Diagnosis:
    if any(known in words for known in _DONE):
        return Done()
    if any(known in words for known in _EDIT_GONE):
        return EditGone()
    if any(known in words for known in _UNREACHABLE):
        return Unreachable()
    return Dead(reason_of(error))


def _network_error(words: str, error: tg.NetworkError) -> Diagnosis:
    if any(known in words for known in _TOO_LARGE):
        return Dead(reason_of(error))
    # A 429 arrives as a bare NetworkError if its `retry_after` is missing or 0.
    if flood := _FLOOD.search(words):
        return Wait(max(1.0, float(flood[1])))
    return Retry() if words.startswith("too many requests") else Unknown()


def _seconds(period: int | dt.timedelta) -> float:
    return period.total_seconds() if isinstance(period, dt.timedelta) else float(period)
