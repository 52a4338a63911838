"""The one deliverer: takes what is due from the outbox, as fast as Telegram allows, and starts each on its way."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from actions.exchange import delivery
from actions.exchange.operator import Operator
from db.models import Outgoing, Priority
from db.session import TROUBLE, Database
from domain.error_reports import describe
from scheduler.attempts import DeliveryAttempts
from scheduler.circuit_breaker import CircuitBreaker
from scheduler.pace import Pace

log = logging.getLogger(__name__)

_POLL = 0.5  # seconds: what another process owes, and what falls due by the clock, is seen this late at most
_AFTER_TROUBLE = 1.0
_LOOK = 50  # rows looked at in one round
_AT_ONCE = 16  # rows on their way
_BULK_AT_ONCE = 12  # the rest is for replies
_SHARE = (
    3  # each third round news that waited come first: a flood of replies starves nobody, nor they a reply
)
_BULK = (Priority.NUDGE, Priority.BROADCAST)
_GRACE = 8.0  # seconds at the end for what is on its way


class Deliverer:
    """Sends what is due until told to stop. At most one message per chat is on its way.

    `now` is the clock people live by, `machine` the one that leases and pauses live by, `monotonic` the pace's.
    `fatal` is set when Telegram refuses the token: then nothing more is sent and every row is kept.
    """

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        operator: Operator,
        pace: Pace,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        monotonic: Callable[[], float],
        lease_owner: str,
    ) -> None:
        self._database = database
        self._pace = pace
        self._now = now
        self._machine = machine
        self._monotonic = monotonic
        self._lease_owner = lease_owner
        self.fatal = asyncio.Event()
        self._woken = asyncio.Event()
        self._begun = False
        self._breaker = CircuitBreaker(bot, self.wake, self.fatal)
        self._attempts = DeliveryAttempts(
            database, bot, operator, pace, self._breaker, now, machine, monotonic, lease_owner, self.fatal
        )
        self._on_their_way: dict[int, asyncio.Task[None]] = {}  # by chat
        self._rounds = 0  # those that started something

    def wake(self) -> None:
        """There may be something to send: call it after each commit that added a row (`db.session.on_commit`)."""
        self._woken.set()

    async def idle(self) -> bool:
        """Nothing is due that has not been settled, and nothing is on its way."""
        if self._on_their_way:
            return False
        async with self._database.reader() as session:
            return (await delivery.backlog(session, self._now())).due == 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` or `fatal`. Call it under the process lock: rows on their way are taken for abandoned."""
        watching = asyncio.create_task(self._wake_at(stop))
        try:
            while not (stop.is_set() or self.fatal.is_set()):
                self._woken.clear()
                pause = await self._round()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._woken.wait()
        finally:
            watching.cancel()
            await self._finish()

    async def _take_over(self) -> None:
        async with self._database.writer.begin() as session:
            await delivery.give_up_leases(session, self._machine(), all_lease_owners=True)
            until = await delivery.paused_until(session)
        if until is not None:
            self._pace.pause(self._monotonic() + (until - self._machine()).total_seconds())
        self._begun = True

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake()

    async def _round(self) -> float:
        """Start what may go now; seconds after which there may be more without a wake-up."""
        if self._breaker.is_open:
            return _POLL
        try:
            if not self._begun:
                await self._take_over()
            chosen, pause = await self._choose()
            for row in await self._claim(chosen):
                self._start(row)
        except TROUBLE as error:
            log.warning("the outbox cannot be read now: %s", describe(error))
            return _AFTER_TROUBLE
        return pause

    async def _choose(self) -> tuple[Sequence[int], float]:
        """The rows that the pace lets go now, and the seconds until it lets go another."""
        async with self._database.reader() as session:
            found = await delivery.candidates(
                session, self._now(), self._machine(), _LOOK, waited_first=self._rounds % _SHARE == 0
            )
        chosen: dict[int, int] = {}  # row by chat
        pause = _POLL
        for row in found:
            if row.chat_id in self._on_their_way or row.chat_id in chosen:
                continue
            delay = self._delay(row, len(chosen))
            if delay is None:
                chosen[row.chat_id] = row.id
            else:
                pause = min(pause, delay)
        self._rounds += bool(chosen)
        return list(chosen.values()), pause

    def _delay(self, row: Any, chosen: int) -> float | None:
        """None if the row goes now (and is counted), else the seconds until it is worth another look."""
        bulk = row.priority in _BULK
        if len(self._on_their_way) + chosen >= (_BULK_AT_ONCE if bulk else _AT_ONCE):
            return _POLL  # the first to arrive wakes us
        moment = self._monotonic()
        if delay := self._pace.delay(row.chat_id, bulk, moment):
            return delay
        self._pace.take(row.chat_id, bulk, moment)
        return None

    async def _claim(self, chosen: Sequence[int]) -> Sequence[Outgoing]:
        if not chosen:
            return ()
        async with self._database.writer.begin() as session:
            return await delivery.claim(session, chosen, self._lease_owner, self._now(), self._machine())

    def _start(self, row: Outgoing) -> None:
        chat_id = row.chat_id

        def arrived(task: asyncio.Task[None]) -> None:
            del self._on_their_way[chat_id]
            self.wake()
            if not task.cancelled() and (error := task.exception()) is not None:
                log.error("row %s (%s) broke off: %s", row.id, row.kind, describe(error))

        task = asyncio.create_task(self._attempts.run(row))
        self._on_their_way[chat_id] = task
        task.add_done_callback(arrived)

    async def _finish(self) -> None:
        """Wait for what is on its way, then call off the calls, never a transaction; what is open, the next start
        takes for unclear.
        """
        if tasks := list(self._on_their_way.values()):
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            self._attempts.call_off()
            if late:
                await asyncio.wait(late)
        await self._breaker.close()
