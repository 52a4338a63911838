"""Whether all is well, for whatever monitors the process from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy.exc

from actions.exchange import delivery
from actions.intake import inbox
from db.keys import is_right_key
from db.session import Database

LATE_SECONDS = 900  # that the oldest message due may be overdue
SILENT_SECONDS = 90  # since Telegram last answered a poll; older means trouble
_FIGURES = ("oldest_due_seconds", "inbox", "outbox", "failed_rows")
_UNKNOWN = -1  # a number that could not be read


@dataclass(frozen=True)
class Health:
    """`silent_for`: seconds since the last successful poll, None if Telegram delivers by webhook. `failed_rows`: how
    many things the clock's passes could not change, each of which is in the log.
    """

    database: Database
    now: Callable[[], datetime]
    silent_for: Callable[[], float | None]
    failed_rows: Callable[[], int] = lambda: 0

    async def check(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the figures: whole seconds overdue, updates waiting, messages due, rows failed."""
        try:
            figures, key_fits = await self._figures()
        except (sqlalchemy.exc.SQLAlchemyError, OSError):
            unknown = dict.fromkeys(_FIGURES, _UNKNOWN)
            return False, {"status": "the database fails", **unknown}
        status = self._status(figures) if key_fits else "the key does not fit the database"
        return status == "ok", {"status": status, **figures}

    async def _figures(self) -> tuple[dict[str, int], bool]:
        """The figures, and whether people's words can be read."""
        now = self.now()
        async with self.database.reader() as session:
            # The inbox first: whatever leaves it in between is then seen in the outbox.
            unprocessed, _ = await inbox.unprocessed(session)
            backlog = await delivery.backlog(session, now)
            key_fits = await is_right_key(session)
        late = (now - backlog.oldest).total_seconds() if backlog.oldest else 0
        figures = (int(late), unprocessed, backlog.due, self.failed_rows())
        return dict(zip(_FIGURES, figures, strict=True)), key_fits

    def _status(self, figures: dict[str, int]) -> str:
        if figures["oldest_due_seconds"] > LATE_SECONDS:
            return "messages are late"
        if figures["failed_rows"]:
            return "rows fail: the log names them"
        silent = self.silent_for()
        if silent is not None and silent > SILENT_SECONDS:
            return "Telegram does not answer"
        return "ok"
