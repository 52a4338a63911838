"""When the report of a workshop can be had, and who is told of it until when."""

from datetime import date, timedelta

from domain.calendar import months_after

MONTHS = 6
"""How long a pledge of the day runs, unless its two want it otherwise."""
SETTLED_AFTER = timedelta(days=28)
"""Fourteen days in which one party may object to how a pledge ended, and fourteen for the retrospective after that."""
TOLD_WITHIN = timedelta(days=60)
"""How long organisers who paused, or joined the team later, are still told: less than rows of the outbox are kept."""
MOST = 60
"""How many retrospectives, and how many sentences, a report has at most: the latest."""


def report_on(day: date, kept_days: int) -> date:
    """The day on which the report of a workshop of that day is announced: its pledges have ended, nobody can object any
    more, and their words are still there, which are kept for `kept_days` days after their deadline.
    """
    return months_after(day, MONTHS) + min(SETTLED_AFTER, timedelta(days=kept_days))
