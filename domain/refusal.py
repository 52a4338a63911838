"""A rule said no. Raising it undoes what the turn did so far; the edge tells the person why, in words."""

from enum import StrEnum


class Reason(StrEnum):
    STALE_BUTTON = "stale_button"  # old, foreign and missing look alike
    GONE = "gone"  # words for something that ended while they were typed
    TOO_LONG = "too_long"
    EMPTY = "empty"
    TEXT_ONLY = "text_only"  # voice, sticker, picture where words are asked for
    NOT_OWN_WORDS = "not_own_words"  # forwarded, or by way of another bot
    TAP_PLEASE = "tap_please"  # words where a button is asked for
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_DATE = "unknown_date"
    DEADLINE_RANGE = "deadline_range"  # 1 to 12 months ahead
    TALK_RANGE = "talk_range"  # from today until the promise's day
    NOT_YET = "not_yet"  # comes with a later version
    NO_WORKSHOP = "no_workshop"
    NOBODY_FOUND = "nobody_found"
    NOT_A_CONTACT = "not_a_contact"
    WRONG_COUNT = "wrong_count"
    NO_RECIPIENTS = "no_recipients"
    NOT_BROADCASTABLE = "not_broadcastable"
    TOO_MANY_OPEN = "too_many_open"
    UNKNOWN_COMMAND = "unknown_command"


class Refusal(Exception):  # noqa: N818 - the trade's word; it is no error
    """`limit` goes with TOO_LONG: UTF-16 units allowed."""

    def __init__(self, reason: Reason, limit: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.limit = limit
