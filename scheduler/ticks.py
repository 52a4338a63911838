"""What falls due by the clock: one idempotent pass over everything, and the next instant at which there is more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import broadcasts, introductions, nudges, outbox, retention, rounds, suggestions
from actions.house import House
from db.session import Database
from scheduler import due, tidying
from scheduler.faults import describe

log = logging.getLogger(__name__)

_EVERY_HOUR = timedelta(hours=1)

Step = Callable[[AsyncSession], Awaitable[object]]


class Ticks:
    """`now` is the clock people live by, `machine` the one that leases live by."""

    def __init__(
        self,
        database: Database,
        house: House,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._house = house
        self._now = now
        self._machine = machine
        self._one_at_a_time = asyncio.Lock()
        self._retained: datetime | None = None

    async def run_due(self) -> None:
        """Plan and tidy what is due now. Each step is a transaction; one that fails is logged, the others go on."""
        async with self._one_at_a_time:
            for name, step in self._steps().items():
                await self._step(name, step)

    async def keep_informed(self) -> None:
        """Only the progress of running broadcasts, which people watch."""
        async with self._one_at_a_time:
            await self._step("broadcasts", self._broadcasts)

    async def next_due(self) -> datetime | None:
        """The earliest instant after now at which something falls due; None if nothing is planned."""
        async with self._database.reader() as session:
            return await due.next_due(session, self._now(), self._house)

    def _steps(self) -> dict[str, Step]:
        now = self._now()
        return {
            "resume": lambda s: tidying.resume(s, now),
            "nudges": lambda s: nudges.ask_due(s, now, self._house),
            "introductions": lambda s: introductions.close_expired(s, now),
            "suggestions": lambda s: suggestions.keep_word(s, now, self._house),
            "broadcasts": self._broadcasts,
            "leases": lambda s: outbox.give_up_leases(s, self._machine(), all_owners=False),
            "inbox": lambda s: tidying.prune_inbox(s, now),
            "drafts": lambda s: tidying.prune_drafts(s, now),
            "rounds": lambda s: rounds.drop_old(s, now),
            "strangers": lambda s: tidying.forget_strangers(s, now),
            "retention": lambda s: self._retain(s, now),
        }

    async def _retain(self, session: AsyncSession, now: datetime) -> None:
        """What ends by itself ends within the hour; looking every few seconds would only cost."""
        if self._retained is not None and now - self._retained < _EVERY_HOUR:
            return
        await retention.run(session, now, self._house)
        self._retained = now

    async def _broadcasts(self, session: AsyncSession) -> int:
        return await broadcasts.keep_informed(session, self._now())

    async def _step(self, name: str, step: Step) -> None:
        try:
            async with self._database.writer.begin() as session:
                await step(session)
        except Exception as error:  # noqa: BLE001 - the next pass tries again
            log.error("tick: %s failed: %s", name, describe(error))  # noqa: TRY400
