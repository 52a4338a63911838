"""How long things are kept, and when they end. The days for a pledge's words are the operator's setting."""

from datetime import date, timedelta

NOTICE = timedelta(days=14)
"""How long before its words end the parties of a pledge are told."""
DRAFTS_KEPT = timedelta(days=7)
"""What was never made: from when it was begun, declined or taken back."""
WITHDRAWN_KEPT = timedelta(days=7)
"""Everything of somebody who took the core consent back: from their last word on it."""
PROFILE_MONTHS = 9
"""A profile: from the last workshop, for somebody without a pledge whose words are still kept."""
SENT_KEPT = timedelta(days=90)
"""An outbox row: key and state, never words."""
AUDIT_MONTHS = 12
"""The trail of the organisers' looks."""
UPDATES_KEPT = timedelta(hours=48)
"""The number of an update. Telegram repeats one for a day at most; until then its number tells that it is known."""
VISITORS_KEPT = timedelta(days=1)
"""The number of the chat of somebody who looked in and did not stay."""
COPY_KEPT = timedelta(days=1)
"""The copy of the database from before an upgrade."""

_A_DAY = timedelta(days=1)


def words_end_on(deadline: date, kept_days: int) -> date:
    """The first day on which a pledge's words are gone: they are kept for `kept_days` days after its deadline."""
    return deadline + timedelta(days=kept_days) + _A_DAY


def notice_on(deadline: date, kept_days: int) -> date:
    """The day on which both parties are told that the words will end."""
    return deadline + timedelta(days=kept_days) - NOTICE


def latest_ended(today: date, kept_days: int) -> date:
    """The latest deadline of a pledge whose words are to be gone today (`words_end_on`, the other way round)."""
    return today - timedelta(days=kept_days) - _A_DAY


def latest_noticed(today: date, kept_days: int) -> date:
    """The latest deadline of a pledge whose notice is due today (`notice_on`, the other way round)."""
    return today - timedelta(days=kept_days) + NOTICE
