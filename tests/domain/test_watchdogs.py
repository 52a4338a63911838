"""From when on each watchdog barks, and what keeps the bot from being well."""

import pytest

from domain.watchdogs import RULES, Signs, Watchdog, barking

WELL = {
    "oldest_due_seconds": 900,
    "oldest_update_seconds": 120,
    "last_tick_seconds": 120,
    "silent_seconds": 90,
}


@pytest.mark.parametrize(
    ("sign", "value", "watchdog", "unwell"),
    [
        ("database_gone", True, Watchdog.DATABASE_GONE, True),
        ("database_fails", True, Watchdog.DATABASE_FAILS, True),
        ("key_fits", False, Watchdog.WRONG_KEY, True),
        ("oldest_due_seconds", 901, Watchdog.MESSAGES_LATE, True),
        ("stores", False, Watchdog.UPDATES_UNSTORED, True),
        ("oldest_update_seconds", 121, Watchdog.UPDATES_WAIT, True),
        ("last_tick_seconds", 121, Watchdog.CLOCK_STANDS, True),
        ("failed_rows", 1, Watchdog.ROWS_FAIL, True),
        ("silent_seconds", 91, Watchdog.TELEGRAM_SILENT, True),
        ("webhook_fails", True, Watchdog.WEBHOOK_FAILS, True),
        ("failed_steps", 1, Watchdog.TICK_FAILED, False),
        ("unreadable", 1, Watchdog.UPDATE_UNREADABLE, False),
        ("given_up", 1, Watchdog.UPDATE_GIVEN_UP, False),
        ("unworded", 1, Watchdog.MESSAGE_UNWORDED, False),
        ("jumped_lately", -3600, Watchdog.CLOCK_JUMPED, False),
    ],
)
def test_one_sign_lets_one_watchdog_bark(sign, value, watchdog, unwell):
    rules = barking(Signs(**WELL | {sign: value}))
    assert [(rule.watchdog, rule.unwell) for rule in rules] == [(watchdog, unwell)]


def test_none_barks_while_all_is_well():
    assert barking(Signs(**WELL)) == []


def test_each_has_one_rule():
    assert sorted(rule.watchdog for rule in RULES) == sorted(Watchdog)
