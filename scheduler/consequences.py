"""What to record about an outbox row after a delivery attempt: pure functions, one rule for each result."""

from datetime import datetime, timedelta
from typing import assert_never

from actions.exchange import outbox
from actions.exchange.delivery import FAULT, SendResult
from db.models import Outgoing, Priority, SendState
from domain.outcomes.rights import Forgotten
from scheduler.errors import (
    AnotherPoller,
    Dead,
    Diagnosis,
    Done,
    EditGone,
    Migrated,
    RefusedToken,
    Retry,
    Unknown,
    Unreachable,
    Wait,
)

BEFORE_REPEAT = timedelta(seconds=2)  # time for a message that arrives late to be seen before it is repeated
_LONGEST_WAIT = 60  # seconds
_LONGEST_ERROR = 120  # characters, the width of the column


def sent(message_id: int | None, now: datetime) -> SendResult:
    return SendResult(SendState.SENT, message_id=message_id, sent_at=now)


def cancelled(reason: str) -> SendResult:
    return SendResult(SendState.CANCELLED, error=reason)


def faulty() -> SendResult:
    return SendResult(SendState.DEAD, error=FAULT)


def after(diagnosis: Diagnosis, row: Outgoing, now: datetime, machine_now: datetime) -> SendResult:  # noqa: C901, PLR0911 - one table
    """What to record for each diagnosis. A claim counts as an attempt; `counts=False` takes that back if the row
    was not at fault.
    """
    later = machine_now + back_off(row.attempts)
    match diagnosis:
        case Retry() | AnotherPoller():
            return SendResult(SendState.PENDING, not_before=later)
        case Unknown():
            return _unclear(row, later, machine_now)
        case Wait(seconds):
            until = machine_now + timedelta(seconds=seconds)
            return SendResult(SendState.PENDING, not_before=until, counts=False)
        case RefusedToken():
            return SendResult(SendState.PENDING, counts=False)
        case Unreachable():
            return SendResult(SendState.DEAD, error=outbox.UNREACHABLE)
        case Dead(reason):
            return SendResult(SendState.DEAD, error=reason[:_LONGEST_ERROR])
        case Done():
            return sent(row.edits_message, now)
        case EditGone() if row.kind == Forgotten.__name__:
            return cancelled(outbox.WITHDRAWN)  # the message is gone, and the words with it
        case EditGone() if is_edit(row):
            return SendResult(SendState.PENDING, as_new=True, counts=False)
        case EditGone():
            return SendResult(SendState.DEAD, error="refused as an edit")
        case Migrated(chat_id):
            return SendResult(SendState.PENDING, chat_id=chat_id, counts=False)
        case _:
            assert_never(diagnosis)


def _unclear(row: Outgoing, later: datetime, machine_now: datetime) -> SendResult:
    """An edit may be repeated for ever, and so may a reply, since somebody waits for it; any other send only once."""
    if is_edit(row):
        return SendResult(SendState.PENDING, not_before=later)
    if not row.repeated or row.known_id is not None:
        return SendResult(SendState.UNKNOWN, not_before=machine_now + BEFORE_REPEAT)
    if row.priority is Priority.REPLY:
        return SendResult(SendState.UNKNOWN, not_before=max(later, machine_now + BEFORE_REPEAT))
    return SendResult(SendState.UNDECIDED)


def is_edit(row: Outgoing) -> bool:
    return row.edits_message is not None


def back_off(attempts: int) -> timedelta:
    """The wait in seconds after this many attempts: 1, 2, 4 … up to 60 seconds."""
    return timedelta(seconds=min(2 ** min(max(attempts - 1, 0), 6), _LONGEST_WAIT))
