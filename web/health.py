"""Whether all is well, for whatever monitors the process from outside, and for its own watchdogs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy.exc
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import delivery
from actions.intake import inbox
from db.keys import is_right_key
from db.session import Database, is_in_place
from domain.watchdogs import LOOKED_BACK, Signs, barking

_FIGURES = (
    "oldest_due_seconds",
    "oldest_update_seconds",
    "inbox",
    "outbox",
    "failed_rows",
    "failed_steps",
    "unreadable_updates",
    "updates_given_up",
    "unworded_messages",
    "last_tick_seconds",
    "clock_jumped_seconds",
)
_UNKNOWN = -1  # a number that could not be read


@dataclass(frozen=True)
class Readings:
    """One look at everything. `figures`: whole numbers, -1 for what could not be read."""

    signs: Signs
    figures: dict[str, int]

    @property
    def status(self) -> str:
        """The first thing that makes the bot unwell, or "ok"."""
        return next((rule.said for rule in barking(self.signs) if rule.unwell), "ok")

    @property
    def warnings(self) -> list[str]:
        """What is told, and does not make the bot unwell."""
        return [rule.said for rule in barking(self.signs) if not rule.unwell]


@dataclass(frozen=True)
class Health:
    """`silent_for`: seconds since the last successful poll, None if Telegram delivers by webhook. `failed_rows`: how
    many things the clock's passes could not change, each of which is in the log; `failed_steps`: how many steps of the
    latest tick were given up. `since_tick`: seconds since the clock's last tick was done. `stores`: whether the updates
    that came in last could be stored. `clock_jumped`: by how many seconds the machine's clock was set the last time,
    which is survived, and told; `jumped_lately`: the same, for an hour. `webhook_fails`: Telegram cannot deliver.
    """

    database: Database
    now: Callable[[], datetime]
    silent_for: Callable[[], float | None]
    failed_rows: Callable[[], int] = lambda: 0
    since_tick: Callable[[], float] = lambda: 0.0
    stores: Callable[[], bool] = lambda: True
    clock_jumped: Callable[[], int] = lambda: 0
    failed_steps: Callable[[], int] = lambda: 0
    jumped_lately: Callable[[], int] = lambda: 0
    webhook_fails: Callable[[], bool] = lambda: False

    async def check(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well; and the status, the figures and what else is to be told."""
        look = await self.look()
        return look.status == "ok", {"status": look.status, **look.figures, "warnings": look.warnings}

    async def look(self) -> Readings:
        if not is_in_place(self.database):
            return _unknown(Signs(database_gone=True))
        try:
            async with self.database.reader() as session:
                return await self._look(session)
        except (sqlalchemy.exc.SQLAlchemyError, OSError):
            return _unknown(Signs(database_fails=True))

    async def _look(self, session: AsyncSession) -> Readings:
        now = self.now()
        # The inbox first: whatever leaves it in between is then seen in the outbox.
        unprocessed, waiting_since = await inbox.unprocessed(session)
        backlog = await delivery.backlog(session, now)
        unreadable, given_up = await inbox.set_aside(session, now - LOOKED_BACK)
        signs = Signs(
            key_fits=await is_right_key(session),
            stores=self.stores(),
            webhook_fails=self.webhook_fails(),
            oldest_due_seconds=_seconds(now, backlog.oldest),
            oldest_update_seconds=_seconds(now, waiting_since),
            last_tick_seconds=int(self.since_tick()),
            silent_seconds=int(self.silent_for() or 0),
            failed_rows=self.failed_rows(),
            failed_steps=self.failed_steps(),
            unreadable=unreadable,
            given_up=given_up,
            unworded=await delivery.unworded(session, now - LOOKED_BACK),
            jumped_lately=self.jumped_lately(),
        )
        return Readings(signs, self._figures(signs, unprocessed, backlog.due))

    def _figures(self, signs: Signs, unprocessed: int, due: int) -> dict[str, int]:
        numbers = (
            signs.oldest_due_seconds,
            signs.oldest_update_seconds,
            unprocessed,
            due,
            signs.failed_rows,
            signs.failed_steps,
            signs.unreadable,
            signs.given_up,
            signs.unworded,
            signs.last_tick_seconds,
            self.clock_jumped(),
        )
        return dict(zip(_FIGURES, numbers, strict=True))


def _seconds(now: datetime, since: datetime | None) -> int:
    return int((now - since).total_seconds()) if since is not None else 0


def _unknown(signs: Signs) -> Readings:
    return Readings(signs, dict.fromkeys(_FIGURES, _UNKNOWN))
