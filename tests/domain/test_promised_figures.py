"""The figures that people were promised. Elsewhere tests ask that a limit holds; here, that it is the one told."""

from datetime import timedelta
from math import log2

import pytest

from domain import codes, figures, limits, retention, watchdogs

DAY, MINUTE, HOUR = timedelta(days=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("module", "name", "told"),
    [
        (limits, "MESSAGES", 20),
        (limits, "WINDOW", MINUTE),
        (limits, "OPEN_INTRODUCTIONS", 5),
        (limits, "OPEN_PROPOSALS", 5),
        (limits, "PROPOSALS_A_DAY", 3),
        (limits, "RELAYS_A_DAY", 3),
        (limits, "WRONG_CODES", 5),
        (limits, "WRONG_CODES_WITHIN", HOUR),
        (figures, "FEW", 5),
        (retention, "NOTICE", 14 * DAY),
        (retention, "DRAFTS_KEPT", 7 * DAY),
        (retention, "RELAYS_KEPT", 30 * DAY),
        (retention, "CONTACTS_KEPT", 30 * DAY),
        (retention, "GUESTS_KEPT", 30 * DAY),
        (retention, "CODES_KEPT", 30 * DAY),
        (retention, "SENT_KEPT", 90 * DAY),
        (retention, "PROFILE_MONTHS", 9),
        (retention, "AUDIT_MONTHS", 12),
        (watchdogs, "LATE_SECONDS", 15 * 60),
    ],
)
def test_it_is_as_it_was_told(module, name, told):
    assert getattr(module, name) == told


def test_somebody_is_left_alone_for_half_a_year():
    assert 181 * DAY <= retention.STOPS_KEPT <= 184 * DAY


def test_a_personal_code_has_fifty_bits():
    assert codes.PERSONAL_LENGTH * log2(len(set(codes.ALPHABET))) >= 50
