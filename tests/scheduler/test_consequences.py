"""What becomes of a row, diagnosis by diagnosis."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.exchange.delivery import SendResult
from actions.exchange.outbox import UNREACHABLE
from db.models import Outgoing, SendState
from scheduler import errors
from scheduler.consequences import after, back_off

NOW = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)  # the clock people live by
MACHINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SEND, REPEATED, EDIT = {}, {"repeated": True}, {"edits_message": 7}


def in_seconds(seconds):
    return MACHINE + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("diagnosis", "row", "expected"),
    [
        (errors.Retry(), SEND, SendResult(SendState.PENDING, not_before=in_seconds(4))),
        (errors.Retry(), REPEATED, SendResult(SendState.PENDING, not_before=in_seconds(4))),
        (errors.AnotherPoller(), SEND, SendResult(SendState.PENDING, not_before=in_seconds(4))),
        (errors.Unknown(), SEND, SendResult(SendState.UNKNOWN, not_before=in_seconds(2))),
        (errors.Unknown(), REPEATED, SendResult(SendState.UNDECIDED)),
        (errors.Unknown(), EDIT, SendResult(SendState.PENDING, not_before=in_seconds(4))),
        (errors.Wait(9), SEND, SendResult(SendState.PENDING, not_before=in_seconds(9), counts=False)),
        (errors.RefusedToken(), SEND, SendResult(SendState.PENDING, counts=False)),
        (errors.Unreachable(), SEND, SendResult(SendState.DEAD, error=UNREACHABLE)),
        (errors.Dead("No"), SEND, SendResult(SendState.DEAD, error="No")),
        (errors.Dead("x" * 200), SEND, SendResult(SendState.DEAD, error="x" * 120)),
        (errors.Done(), EDIT, SendResult(SendState.SENT, message_id=7, sent_at=NOW)),
        (errors.Done(), SEND, SendResult(SendState.SENT, sent_at=NOW)),
        (errors.EditGone(), EDIT, SendResult(SendState.PENDING, as_new=True, counts=False)),
        (errors.EditGone(), SEND, SendResult(SendState.DEAD, error="refused as an edit")),
        (errors.Migrated(-9), SEND, SendResult(SendState.PENDING, chat_id=-9, counts=False)),
    ],
)
def test_each_diagnosis_has_its_consequence(diagnosis, row, expected):
    claimed = Outgoing(**{"attempts": 3, "repeated": False, "edits_message": None} | row)
    assert after(diagnosis, claimed, NOW, MACHINE) == expected


def test_the_pauses_grow_to_a_minute():
    pauses = [back_off(attempts).total_seconds() for attempts in (0, 1, 2, 3, 6, 7, 8, 1000)]
    assert pauses == [1, 1, 2, 4, 32, 60, 60, 60]
