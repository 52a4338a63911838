"""Why somebody hears nothing from us for now, as far as others may know."""

from datetime import timedelta
from enum import StrEnum

TOLD_AFTER = timedelta(days=1)
"""How long Telegram has not delivered to somebody before the other party of a pledge is told."""


class Absence(StrEnum):
    """`UNREACHABLE`: nothing gets to them. Whether they blocked the bot, left or withdrew a consent, nobody is told."""

    PAUSED = "paused"
    UNREACHABLE = "unreachable"
