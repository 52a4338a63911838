"""The one deliverer: takes due rows from the outbox as fast as Telegram allows, and starts an attempt for each."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from actions.exchange import delivery, order, unclear
from actions.exchange.operator import Operator
from db.models import Outgoing, Priority
from db.session import TROUBLE, Database
from domain.error_reports import describe
from scheduler.attempts import DeliveryAttempts, Worded
from scheduler.circuit_breaker import CircuitBreaker
from scheduler.pace import MEMORY, Pace
from scheduler.probing import Prober

log = logging.getLogger(__name__)

# Seconds after which rows of another process, and rows that fall due by the clock, are seen at the latest.
_POLL = 0.5
_AFTER_TROUBLE = 1.0  # seconds
_RENEW_EVERY = 4.0  # seconds: leases of attempts in flight
_LOOK = 50  # rows looked at in one round
_AT_ONCE = 32  # attempts in flight: enough for 28 a second that take a second each
_BULK_AT_ONCE = 24  # of these, at most; the rest is kept free for replies
# In every third round, rows that have waited come before replies, so that neither starves the other.
_SHARE = 3
_BULK = (Priority.NUDGE, Priority.BROADCAST)
_GRACE = 8.0  # seconds that attempts in flight get at the end


class Deliverer:
    """Sends what is due until told to stop, at most one message per chat at a time.

    `now` is the time that people live by, `machine` the one for leases and pauses, `monotonic` the one for pace.
    `fatal` is set when Telegram refuses the token: then nothing more is sent, and every row is kept. `alone`: under the
    process lock, so that rows already claimed are abandoned; else what others have claimed is theirs until its lease is
    over. `probe`: what is unclear is looked for (`scheduler/probing.py`).
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
        *,
        alone: bool = True,
        probe: bool = False,
    ) -> None:
        self._database = database
        self._pace = pace
        self._now = now
        self._machine = machine
        self._monotonic = monotonic
        self._lease_owner = lease_owner
        self._alone = alone
        self.fatal = asyncio.Event()
        self._woken = asyncio.Event()
        self._begun = False
        self._breaker = CircuitBreaker(bot, self.wake, self.fatal)
        self._attempts = DeliveryAttempts(
            database, bot, operator, pace, self._breaker, now, machine, monotonic, lease_owner, self.fatal
        )
        self._known = self._attempts.known
        self._prober = Prober(
            database,
            bot,
            self._attempts.reword,
            self._known,
            pace,
            self._breaker,
            self.fatal,
            now,
            machine,
            monotonic,
            self.wake,
        )
        self._probe = probe
        self._probing: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._on_their_way: dict[int, asyncio.Task[bool]] = {}  # by chat
        self._unheard: Sequence[int] = ()  # rows that may be claimed: whether the commit arrived is not known
        self._renewed = 0.0  # when leases were last renewed, or nothing was in flight
        self._looks = 0
        self._rounds = 0  # that started something

    def wake(self) -> None:
        """Look for something to send. Call it after each commit that added a row (`db.session.on_commit`)."""
        self._woken.set()

    async def idle(self) -> bool:
        """Whether nothing is due and nothing is in flight."""
        if self._on_their_way:
            return False
        async with self._database.reader() as session:
            return (await delivery.backlog(session, self._now())).due == 0

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` or `fatal`; may be called again. Only one process at a time may do this."""
        self._begun, self._probing = False, None
        self._attempts.begin()
        watching = asyncio.create_task(self._wake_at(stop))
        self._stop = stop
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
        """Take over what the deliverer before has left: its pause, and the pace at which it sent last."""
        async with self._database.writer.begin() as session:
            if self._alone:
                await delivery.give_up_all_leases(session, self._machine())
            until = await delivery.paused_until(session)
            sent = await order.just_sent(session, self._now(), self._machine(), MEMORY)
            if self._probe:
                self._known.highest = await unclear.highest_known(session)
            else:
                await unclear.give_up(session)
        ahead = self._monotonic() - self._machine().timestamp()
        if until is not None:
            self._pace.pause(ahead + until.timestamp())
        for each in sent:
            self._pace.remember(each.chat_id, ahead + each.at.timestamp())
        if self._probe:
            self._probing = asyncio.create_task(self._prober.run(self._stop))
        self._begun = True

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake()

    async def _round(self) -> float:
        """Start what may go now, and return the seconds after which to look again without a wake-up."""
        try:
            await self._give_back()
            await self._renew()
            if self._breaker.is_open:
                return _POLL
            if not self._begun:
                await self._take_over()
            chosen, pause = await self._choose()
            claimed = await self._claim([each.id for each in chosen.values()])
            for row, worded in zip(claimed, self._attempts.word(claimed), strict=True):
                self._start(row, worded, more=chosen[row.chat_id].more)
        except TROUBLE as error:
            log.warning("the outbox cannot be read now: %s", describe(error))
            return _AFTER_TROUBLE
        return pause

    async def _give_back(self) -> None:
        """What was claimed without our hearing of it goes like anything else; its lease would be renewed for ever."""
        if self._unheard:
            async with self._database.writer.begin() as session:
                await delivery.unclaim(session, self._unheard, self._lease_owner)
            self._unheard = ()

    async def _renew(self) -> None:
        moment = self._monotonic()
        if not self._on_their_way:
            self._renewed = moment
        elif moment - self._renewed >= _RENEW_EVERY:
            async with self._database.writer.begin() as session:
                await delivery.renew(session, self._lease_owner, self._machine())
            self._renewed = moment

    async def _choose(self) -> tuple[dict[int, Any], float]:
        """The rows that the pace lets go now, by chat, and the seconds until it may let another go."""
        self._looks += 1
        async with self._database.reader() as session:
            found = await order.candidates(
                session, self._now(), self._machine(), _LOOK, waited_first=self._rounds % _SHARE == 0
            )
        chosen: dict[int, Any] = {}
        pause = _POLL
        for row in found:
            if row.chat_id in self._on_their_way or row.chat_id in chosen:
                continue
            delay = self._delay(row, len(chosen))
            if delay is None:
                chosen[row.chat_id] = row
            else:
                pause = min(pause, delay)
        if chosen:
            self._rounds += 1
        return chosen, pause

    def _delay(self, row: Any, chosen: int) -> float | None:
        """None if the row may go now, which counts it; else the seconds until it is worth another look."""
        bulk = row.priority in _BULK
        at_once = _BULK_AT_ONCE if bulk else _AT_ONCE
        if len(self._on_their_way) + chosen >= at_once:
            return _POLL  # the next attempt to end wakes us
        moment = self._monotonic()
        if delay := self._pace.delay(row.chat_id, bulk, moment):
            return delay
        self._pace.take(row.chat_id, bulk, moment)
        return None

    async def _claim(self, chosen: Sequence[int]) -> Sequence[Outgoing]:
        if not chosen:
            return ()
        known = self._known.highest if self._probe else None
        self._unheard = chosen
        async with self._database.writer.begin() as session:
            claimed = await delivery.claim(
                session, chosen, self._lease_owner, self._now(), self._machine(), known
            )
        self._unheard = ()
        return claimed

    def _start(self, row: Outgoing, worded: Worded, *, more: bool) -> None:
        """Start an attempt. `more`: whether the chat is owed anything else, which may go once this one has ended."""
        chat_id, look = row.chat_id, self._looks

        def arrived(task: asyncio.Task[bool]) -> None:
            full = len(self._on_their_way) >= _BULK_AT_ONCE
            del self._on_their_way[chat_id]
            if not task.cancelled() and (error := task.exception()) is not None:
                log.error("row %s (%s): the attempt failed: %s", row.id, row.kind, describe(error))
            settled = not task.cancelled() and task.exception() is None and task.result()
            # What was owed to the chat meanwhile has caused a look, which passed it by.
            if more or full or not settled or look != self._looks:
                self.wake()

        task = asyncio.create_task(self._attempts.run(row, worded))
        self._on_their_way[chat_id] = task
        task.add_done_callback(arrived)

    async def _finish(self) -> None:
        """Wait for attempts in flight, then cancel their calls, though never a transaction. The next start treats
        rows left open as unclear.
        """
        if tasks := list(self._on_their_way.values()):
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            self._attempts.call_off()
            if late:
                await asyncio.wait(late)
        if self._probing is not None:
            await asyncio.wait((self._probing,))
        await self._breaker.close()
