"""The watchdogs: what may be wrong with the bot itself, from which value on it is, and what `/health` says of it.

This is the one table of them: `/health`, `/metrics`, the log and the messages to owners follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LATE_SECONDS = 900  # that the oldest message due may be overdue
SILENT_SECONDS = 90  # since Telegram last answered a poll, or since it could not deliver to the webhook
UNPROCESSED_SECONDS = 120  # that the oldest update may wait
TICK_SECONDS = 120  # that a tick may take, or be late
_MAY_PASS = 60.0  # seconds: a database that is locked, or restarted
LOOKED_BACK = timedelta(hours=24)
"""For what went wrong once and is over: an update that was given up, a message that could not be worded."""


class Watchdog(StrEnum):
    """Each has its words in the catalogues: `alarm.<value>`."""

    DATABASE_GONE = "database_gone"
    DATABASE_FAILS = "database_fails"
    WRONG_KEY = "wrong_key"
    MESSAGES_LATE = "messages_late"
    UPDATES_UNSTORED = "updates_unstored"
    UPDATES_WAIT = "updates_wait"
    CLOCK_STANDS = "clock_stands"
    ROWS_FAIL = "rows_fail"
    TELEGRAM_SILENT = "telegram_silent"
    WEBHOOK_FAILS = "webhook_fails"
    TICK_FAILED = "tick_failed"
    UPDATE_UNREADABLE = "update_unreadable"
    UPDATE_GIVEN_UP = "update_given_up"
    MESSAGE_UNWORDED = "message_unworded"
    CLOCK_JUMPED = "clock_jumped"


@dataclass(frozen=True)
class Signs:
    """What the watchdogs look at. `silent_seconds`: since the last successful poll; 0 behind a webhook. `unreadable`
    and `given_up`: updates, and `unworded`: messages, in the last day. `failed_rows`, `failed_steps`: what the latest
    tick could not change, and which of its steps it gave up. `jumped_lately`: by how many seconds the machine's clock
    was set in the last hour.
    """

    database_gone: bool = False
    database_fails: bool = False
    key_fits: bool = True
    stores: bool = True
    webhook_fails: bool = False
    oldest_due_seconds: int = 0
    oldest_update_seconds: int = 0
    last_tick_seconds: int = 0
    silent_seconds: int = 0
    failed_rows: int = 0
    failed_steps: int = 0
    unreadable: int = 0
    given_up: int = 0
    unworded: int = 0
    jumped_lately: int = 0


@dataclass(frozen=True)
class Rule:
    """`said`: by `/health`, as its status if that makes the bot unwell, else among its warnings. `after`: for how many
    seconds it has to last until owners are told.
    """

    watchdog: Watchdog
    said: str
    barks: Callable[[Signs], bool]
    unwell: bool = True
    after: float = 0.0


RULES = (
    Rule(
        Watchdog.DATABASE_GONE, "the database file was removed or replaced", lambda signs: signs.database_gone
    ),
    Rule(Watchdog.DATABASE_FAILS, "the database fails", lambda signs: signs.database_fails, after=_MAY_PASS),
    Rule(Watchdog.WRONG_KEY, "the key does not fit the database", lambda signs: not signs.key_fits),
    Rule(Watchdog.MESSAGES_LATE, "messages are late", lambda signs: signs.oldest_due_seconds > LATE_SECONDS),
    Rule(
        Watchdog.UPDATES_UNSTORED, "updates cannot be stored", lambda signs: not signs.stores, after=_MAY_PASS
    ),
    Rule(
        Watchdog.UPDATES_WAIT,
        "updates are not processed",
        lambda signs: signs.oldest_update_seconds > UNPROCESSED_SECONDS,
    ),
    Rule(
        Watchdog.CLOCK_STANDS,
        "the clock does not tick",
        lambda signs: signs.last_tick_seconds > TICK_SECONDS,
    ),
    Rule(Watchdog.ROWS_FAIL, "rows fail: the log names them", lambda signs: signs.failed_rows > 0),
    Rule(
        Watchdog.TELEGRAM_SILENT,
        "Telegram does not answer",
        lambda signs: signs.silent_seconds > SILENT_SECONDS,
    ),
    Rule(Watchdog.WEBHOOK_FAILS, "Telegram cannot deliver updates", lambda signs: signs.webhook_fails),
    Rule(
        Watchdog.TICK_FAILED,
        "a step of the tick was given up",
        lambda signs: signs.failed_steps > 0,
        unwell=False,
        after=_MAY_PASS,
    ),
    Rule(
        Watchdog.UPDATE_UNREADABLE,
        "an update could not be read",
        lambda signs: signs.unreadable > 0,
        unwell=False,
    ),
    Rule(
        Watchdog.UPDATE_GIVEN_UP,
        "an update was given up",
        lambda signs: signs.given_up > 0,
        unwell=False,
    ),
    Rule(
        Watchdog.MESSAGE_UNWORDED,
        "a message could not be worded",
        lambda signs: signs.unworded > 0,
        unwell=False,
    ),
    Rule(
        Watchdog.CLOCK_JUMPED,
        "the machine's clock was set",
        lambda signs: signs.jumped_lately != 0,
        unwell=False,
    ),
)
"""The first that makes the bot unwell is its status."""


def barking(signs: Signs) -> list[Rule]:
    """The rules that do not hold now, in the order of the table."""
    return [rule for rule in RULES if rule.barks(signs)]
