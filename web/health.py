"""Whether all is well, for whatever monitors the process from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy.exc

from actions.exchange import delivery
from actions.intake import inbox
from db.keys import is_right_key
from db.session import Database, is_in_place

LATE_SECONDS = 900  # that the oldest message due may be overdue
SILENT_SECONDS = 90  # since Telegram last answered a poll; older means trouble
UNPROCESSED_SECONDS = 120  # that the oldest update may wait
TICK_SECONDS = 120  # that a tick may take, or be late
_FIGURES = (
    "oldest_due_seconds",
    "oldest_update_seconds",
    "inbox",
    "outbox",
    "failed_rows",
    "last_tick_seconds",
    "clock_jumped_seconds",
)
_UNKNOWN = -1  # a number that could not be read


@dataclass(frozen=True)
class Health:
    """`silent_for`: seconds since the last successful poll, None if Telegram delivers by webhook. `failed_rows`: how
    many things the clock's passes could not change, each of which is in the log. `since_tick`: seconds since the
    clock's last tick was done. `stores`: whether the updates that came in last could be stored. `clock_jumped`: by how
    many seconds the machine's clock was set the last time, which is survived, and told.
    """

    database: Database
    now: Callable[[], datetime]
    silent_for: Callable[[], float | None]
    failed_rows: Callable[[], int] = lambda: 0
    since_tick: Callable[[], float] = lambda: 0.0
    stores: Callable[[], bool] = lambda: True
    clock_jumped: Callable[[], int] = lambda: 0

    async def check(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the figures: whole seconds overdue, updates waiting, messages due, rows failed."""
        if not is_in_place(self.database):
            return _unknown("the database file was removed or replaced")
        try:
            figures, key_fits = await self._figures()
        except (sqlalchemy.exc.SQLAlchemyError, OSError):
            return _unknown("the database fails")
        status = self._status(figures) if key_fits else "the key does not fit the database"
        return status == "ok", {"status": status, **figures}

    async def _figures(self) -> tuple[dict[str, int], bool]:
        """The figures, and whether people's words can be read."""
        now = self.now()
        async with self.database.reader() as session:
            # The inbox first: whatever leaves it in between is then seen in the outbox.
            unprocessed, waiting_since = await inbox.unprocessed(session)
            backlog = await delivery.backlog(session, now)
            key_fits = await is_right_key(session)
        late = (now - backlog.oldest).total_seconds() if backlog.oldest else 0
        waits = (now - waiting_since).total_seconds() if waiting_since else 0
        since_tick = int(self.since_tick())
        working = (self.failed_rows(), since_tick, self.clock_jumped())
        figures = (int(late), int(waits), unprocessed, backlog.due, *working)
        return dict(zip(_FIGURES, figures, strict=True)), key_fits

    def _status(self, figures: dict[str, int]) -> str:
        """The first thing that is wrong, or "ok"."""
        silent = self.silent_for()
        wrong = {
            "messages are late": figures["oldest_due_seconds"] > LATE_SECONDS,
            "updates cannot be stored": not self.stores(),
            "updates are not processed": figures["oldest_update_seconds"] > UNPROCESSED_SECONDS,
            "the clock does not tick": figures["last_tick_seconds"] > TICK_SECONDS,
            "rows fail: the log names them": figures["failed_rows"] > 0,
            "Telegram does not answer": silent is not None and silent > SILENT_SECONDS,
        }
        return next((said for said, is_so in wrong.items() if is_so), "ok")


def _unknown(status: str) -> tuple[bool, dict[str, Any]]:
    return False, {"status": status, **dict.fromkeys(_FIGURES, _UNKNOWN)}
