"""What owners are told about the bot itself."""

from dataclasses import dataclass

from domain.outcomes import payload
from domain.watchdogs import Watchdog


@dataclass(frozen=True)
class Alarm(payload.Payload):
    """To owners: something is wrong with the bot, or no longer (`is_over`)."""

    what: Watchdog
    is_over: bool = False
