"""Processes the inbox: one lane per chat, in order. An update is finished in the transaction of its effect.

Updates of several lanes share a transaction, each in a savepoint of its own: one commit, one wait for the disk. What
goes wrong with one of them takes back that one; if the commit fails, all of them are as they were.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.intake import inbox, lanes
from actions.intake.lanes import WaitingUpdate
from db.beforehand import NotYetDone, Works
from db.models import InboxState
from db.session import TROUBLE, Database, truncate_wal
from domain.error_reports import describe
from handlers.processing import Processing, apart
from handlers.turns import Companion

log = logging.getLogger(__name__)

IDLE_POLL = 0.5  # seconds: a failed update may be due again, or another process may have stored one
TOGETHER = 12  # updates in one transaction: some 30 ms, for which others wait to write
_GROUPS = {"sqlite": 1, "postgresql": 4}  # transactions at the same time: SQLite has one writer
_LONGEST_PAUSE = 5.0  # seconds between tries while the database is in trouble
# Database troubles in a row before the update itself is suspected: some 45 seconds, not counting lock waits.
_PATIENCE = 12


def _loop_time() -> float:
    """Seconds of the loop's own, which nobody can set."""
    return asyncio.get_running_loop().time()


@dataclass
class Group:
    """The updates of one transaction, as far as it has come."""

    at: int | None = None  # the update being worked
    done: list[int] = field(default_factory=list)
    poison: list[int] = field(default_factory=list)
    failed: list[tuple[int, int, bool, Exception]] = field(default_factory=list)
    more: bool = False  # whether any of its lanes may have another update
    erased: bool = False
    began: float = field(default_factory=_loop_time)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many updates ended how."""
        parked = sum(each for _, _, each, _ in self.failed)
        failed = len(self.failed) - parked
        return {"done": len(self.done), "poison": len(self.poison), "failed": failed, "parked": parked}


Counts = Callable[[Mapping[str, int], float], None]


def _uncounted(_outcomes: Mapping[str, int], _seconds: float) -> None:
    """Nobody wants to know."""


class Lanes:
    """Processes all lanes until told to stop. `now` is the time people live by, `machine` the one for waits. `counts`:
    is told of each transaction that was committed, what became of its updates, and how many seconds it took.
    """

    def __init__(
        self,
        database: Database,
        application: Companion,
        operator: Operator,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        counts: Counts = _uncounted,
    ) -> None:
        self._database = database
        self._processing = Processing(application, operator, now)
        self._now = now
        self._machine = machine
        self._counts = counts
        self._woken = asyncio.Event()
        self._stored = False  # something may have come in since the last look
        self._looks = 0
        self._stop = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()
        self._at_once = _GROUPS[database.engines[0].dialect.name]
        self._troubles = 0
        self._suspects: Counter[int] = Counter()  # how many times in a row the database has failed an update
        self._aside: dict[int, float] = {}  # updates that wait for that reason, until this time of the loop
        self._works = Works(self.wake)  # what updates wait for, so that no transaction does
        self._erased = True  # perhaps somebody was erased just before a crash

    def wake(self) -> None:
        """Look for work. Call it after each commit that stored an update."""
        self._stored = True
        self._woken.set()

    @property
    def are_busy(self) -> bool:
        """Whether there is no worker for another lane just now."""
        return len(self._working) >= self._at_once

    async def idle(self) -> bool:
        """Whether no update is waiting or being processed."""
        if self._working:
            return False
        async with self._database.reader() as session:
            return (await inbox.unprocessed(session))[0] == 0

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop`; then updates in flight are finished, and the rest stays in the inbox."""
        self._stop = stop
        while not stop.is_set():
            self._woken.clear()
            try:
                await self._look_around()
            except TROUBLE as error:
                await self._pause_after(error)
            else:
                await self._wait(stop)
        if self._working:
            await asyncio.wait(self._working)
        await self._works.finish()

    async def _look_around(self) -> None:
        """Start a worker if there is work, and room for one."""
        if self._erased:
            self._erased = not await truncate_wal(self._database)
        self._looks += 1
        if self.are_busy or not await self._is_work_waiting():
            return
        task = asyncio.create_task(self._work())
        self._working.add(task)
        task.add_done_callback(partial(self._done, self._looks))

    async def _is_work_waiting(self) -> bool:
        """Asked before a transaction that writes, unless something has just come in."""
        stored, self._stored = self._stored, False
        if stored:
            return True
        async with self._database.reader() as session:
            return await lanes.is_work_waiting(session, self._machine(), self._put_off())

    def _done(self, look: int, task: asyncio.Task[None]) -> None:
        """Look again if there was no room for another worker, or if a look meanwhile has left it to this one."""
        full = self.are_busy
        self._working.discard(task)
        if full and look != self._looks:
            self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a lane worker failed: %s", describe(error))

    async def _wait(self, stop: asyncio.Event) -> None:
        stopped, woken = asyncio.create_task(stop.wait()), asyncio.create_task(self._woken.wait())
        await asyncio.wait((stopped, woken), timeout=IDLE_POLL, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        woken.cancel()

    async def _pause_after(self, error: Exception) -> None:
        """Wait, longer each time; an order to stop cuts it short."""
        if isinstance(error, TROUBLE):
            log.warning("lanes: the database is in trouble: %s", type(error).__name__)
        else:
            log.error("lanes: a transaction failed: %s", describe(error))
        self._troubles += 1
        try:
            async with asyncio.timeout(_pause(self._troubles)):
                await self._stop.wait()
        except TimeoutError:
            return

    async def _work(self) -> None:
        """Work one group after the other until nothing is left or it is time to stop."""
        more = True
        while more and not self._stop.is_set():
            group = Group()
            try:
                await self._together(group)
            except Exception as error:  # noqa: BLE001 - whatever it is, the lanes must go on
                await self._after(group, error)
            else:
                self._committed(group)
                more = group.more

    async def _together(self, group: Group) -> None:
        async with self._database.writer.begin() as session:
            chats = await lanes.lock(session, self._machine(), TOGETHER, self._put_off())
            if full := len(chats) == TOGETHER:
                self.wake()  # there may be more lanes
            waiting = await lanes.oldest(session, chats, self._machine())
            for each in waiting:
                if self._stop.is_set():
                    break
                if each.update_id not in self._put_off():  # since it was asked what may be locked
                    await self._one(session, group, each)
                    group.more |= each.more
            group.at = None
            group.more |= full and bool(group.done or group.poison or group.failed)
            await inbox.finish(session, group.done)
            await inbox.finish(session, group.poison, InboxState.POISON)

    def _put_off(self) -> set[int]:
        """The updates that wait for work to be done before them, or for the database to be well again."""
        now = _loop_time()
        return self._works.under_way | {each for each, until in self._aside.items() if until > now}

    async def _one(self, session: AsyncSession, group: Group, waiting: WaitingUpdate) -> None:
        """Work one update in a savepoint. Whatever is wrong with it, the others go on.

        Raises one of TROUBLE: then nobody knows what is left of the transaction, which SQLite may have ended.
        """
        group.at = waiting.update_id
        self._works.offer(session, waiting.update_id)
        try:
            is_read = await self._processing.update(session, waiting)
        except TROUBLE:
            raise
        except NotYetDone as needed:
            self._works.begin(waiting.update_id, needed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the lanes must go on
            await self._count(session, group, error)
        else:
            (group.done if is_read else group.poison).append(waiting.update_id)
            if session.info.pop("erased", False):
                group.erased = True
                await inbox.forget_chat(session, waiting.update_id)

    def _suspect(self, update_id: int) -> bool:
        """The database failed while it worked on this update. True if it has done so often.

        The update waits for longer than the worker does: so the others of its group go before it.
        """
        self._suspects[update_id] += 1
        number = self._suspects[update_id]
        self._aside[update_id] = _loop_time() + 2 * _pause(number)
        return number > _PATIENCE

    async def _count(self, session: AsyncSession, group: Group, error: Exception) -> None:
        """Count the failure. After the last try the person is told once, with a number that is also in the log."""
        if group.at is not None:
            fault = secrets.randbits(24)
            async with apart(session):
                parked = await inbox.failed(session, group.at, fault, self._now(), self._machine())
            group.failed.append((group.at, fault, parked, error))

    def _committed(self, group: Group) -> None:
        self._troubles = 0
        if any(group.outcomes.values()):
            self._counts(group.outcomes, _loop_time() - group.began)
        for update_id in (*group.done, *group.poison):
            self._suspects.pop(update_id, None)
            self._aside.pop(update_id, None)
            self._works.forget(update_id)
        for update_id, fault, parked, error in group.failed:
            end = ", parked" if parked else ""
            log.error("update %s failed (%06X)%s: %s", update_id, fault, end, describe(error))
        if group.erased:
            self._erased = True
            self._woken.set()

    async def _after(self, group: Group, error: Exception) -> None:
        """Nothing of the group has happened. Wait; if it is always the same update, that one is counted as failing."""
        at = group.at
        if at is not None and self._suspect(at):
            alone = Group(at)
            try:
                async with self._database.writer.begin() as session:
                    await self._count(session, alone, error)
            except TROUBLE as trouble:
                error = trouble
            else:
                self._committed(alone)
                return
        await self._pause_after(error)


def _pause(troubles: int) -> float:
    """Seconds to wait after this many failures in a row."""
    return float(min(0.1 * 2**troubles, _LONGEST_PAUSE))
