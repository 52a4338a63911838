"""The journal of erasures in the bot's process: followed at the start, and kept as long as backups are."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from actions.rights.replaying import replay
from bot.app import operator_of
from bot.ending import cannot_use_journal, database_trouble
from bot.settings import Settings
from bot.waiting import stopped
from db.journal import Journal, JournalError, keep_journal
from db.session import TROUBLE, Database
from db.types import cipher_of

log = structlog.get_logger(__name__)

_PRUNE_EVERY = 3600.0  # seconds


async def follow(settings: Settings, database: Database, now: datetime) -> Journal:
    """Let the database be as its journal says, before anybody is told anything, and keep the journal from now on.

    Raises CannotGoOn if one of the two cannot be used.
    """
    async with database.writer() as session:
        journal = Journal(settings.journal_file, cipher_of(session))
    try:
        journal.begin(now)
        keep_journal(database, journal)
        done = await replay(database, journal, now, operator_of(settings, username=""))
    except JournalError as error:
        raise cannot_use_journal(error) from None
    except TROUBLE as error:
        raise database_trouble(error) from error
    if done.erased or done.withdrawn or done.ended:
        log.warning(
            "followed the journal of erasures",
            erased=done.erased,
            withdrawn=done.withdrawn,
            roles=done.ended,
        )
    return journal


@dataclass
class JournalPruning:
    """Drops entries that are older than any backup that may still be restored."""

    journal: Journal
    now: Callable[[], datetime]
    days: int

    async def run(self, stop: asyncio.Event) -> None:
        while not await stopped(stop, _PRUNE_EVERY):
            try:
                await asyncio.to_thread(self.journal.prune, self.now() - timedelta(days=self.days))
            except (OSError, JournalError) as error:
                log.error("the journal of erasures cannot be shortened", error=type(error).__name__)  # noqa: TRY400
