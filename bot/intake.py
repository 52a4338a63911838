"""Where updates come in, by polling or webhook: they are stored and committed before anything else happens."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from actions.exchange.operator import Operator
from actions.intake import arrivals, inbox
from db.session import TROUBLE, Database
from domain.error_reports import describe
from scheduler import meters

log = structlog.get_logger(__name__)

FULL = 2000  # updates waiting: some twenty seconds' work
_LOOK_EVERY = 1.0  # seconds
_LAST_ANSWERS = 1.0  # seconds at the end for the presses still being answered


class Intake:
    """Stores updates. `take` returns after the commit: only then may Telegram forget them."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        operator: Operator,
        now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._bot = bot
        self._operator = operator
        self._now = now
        self._wake = wake
        self._answers: set[asyncio.Task[None]] = set()
        self._looked_at = -_LOOK_EVERY
        self._is_full = False
        self.stores = True  # whether what came in last could be stored

    async def take(self, updates: Sequence[Any]) -> None:
        """Store these updates, each once. Raises one of TROUBLE if none of them was stored.

        An update that cannot be stored must not hold up the others: it is stored without its contents, or skipped.
        """
        readable = [update for update in updates if isinstance(update, dict)]
        try:
            queries = await self._store(readable)
        except TROUBLE:
            raise
        except Exception as error:  # noqa: BLE001 - one of them is odd, in whatever way
            log.error("updates cannot be stored together", error=describe(error))  # noqa: TRY400
            queries = [query for update in readable for query in await self._store_alone(update)]
        meters.UPDATES.inc(len(readable))
        self._wake()
        for query in queries:
            self._start_answer(query)

    async def is_full(self) -> bool:
        """Whether so much waits that more had better come later. The database is asked once a second."""
        moment = asyncio.get_running_loop().time()
        if moment - self._looked_at >= _LOOK_EVERY:
            self._looked_at = moment
            async with self._database.reader() as session:
                self._is_full = (await inbox.unprocessed(session))[0] >= FULL
        return self._is_full

    async def finish(self) -> None:
        """Wait briefly for the presses that are being answered."""
        if self._answers:
            _, late = await asyncio.wait(self._answers, timeout=_LAST_ANSWERS)
            for task in late:
                task.cancel()

    async def _store(self, updates: Sequence[dict[str, Any]]) -> list[str]:
        try:
            async with self._database.writer.begin() as session:
                meant = [arrivals.read(update) for update in updates]
                await arrivals.note(session, (arrived for _, arrived in meant), self._now())
                queries = await inbox.store(
                    session, [update for update, _ in meant], self._operator, self._now()
                )
        except TROUBLE:
            self.stores = False
            raise
        self.stores = True
        return queries

    async def _store_alone(self, update: dict[str, Any]) -> list[str]:
        for version in (update, {"update_id": update.get("update_id")}):
            try:
                return await self._store([version])
            except TROUBLE:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                log.error("update cannot be stored", error=describe(error))  # noqa: TRY400
        return []

    def _start_answer(self, query: str) -> None:
        task = asyncio.create_task(self._answer(query))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, query: str) -> None:
        """Stop the progress spinner on the pressed button. Anything to say comes as a message."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("a press was not answered", error=type(error).__name__)
