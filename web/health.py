"""Is everything well? For whoever watches the process from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy.exc

from actions.exchange import delivery
from actions.intake import inbox
from db.session import Database

LATE_SECONDS = 900  # the oldest message that should have gone out by now
SILENT_SECONDS = 90  # since Telegram last answered a poll
_UNKNOWN = -1  # a number that could not be read


@dataclass(frozen=True)
class Health:
    """`silent_for`: seconds since the last poll that succeeded; None where Telegram delivers by itself."""

    database: Database
    now: Callable[[], datetime]
    silent_for: Callable[[], float | None]

    async def check(self) -> tuple[bool, dict[str, Any]]:
        """Well or not, and the figures: whole seconds, updates not yet worked off, messages due."""
        try:
            figures = await self._figures()
        except (sqlalchemy.exc.SQLAlchemyError, OSError):
            unknown = dict.fromkeys(("oldest_due_seconds", "inbox", "outbox"), _UNKNOWN)
            return False, {"status": "the database fails", **unknown}
        status = self._status(figures["oldest_due_seconds"])
        return status == "ok", {"status": status, **figures}

    async def _figures(self) -> dict[str, int]:
        now = self.now()
        async with self.database.reader() as session:
            # In this order: what leaves the inbox in between is seen in the outbox.
            unprocessed, _ = await inbox.unprocessed(session)
            backlog = await delivery.backlog(session, now)
        late = (now - backlog.oldest).total_seconds() if backlog.oldest else 0
        return {"oldest_due_seconds": int(late), "inbox": unprocessed, "outbox": backlog.due}

    def _status(self, oldest_due_seconds: int) -> str:
        if oldest_due_seconds > LATE_SECONDS:
            return "messages are late"
        silent = self.silent_for()
        if silent is not None and silent > SILENT_SECONDS:
            return "Telegram does not answer"
        return "ok"
