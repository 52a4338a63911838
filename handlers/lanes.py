"""Processes the inbox: one lane per chat, in order. An update is finished in the transaction of its effect."""

import asyncio
import itertools
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update

from actions.exchange import outbox
from actions.exchange.addressing import address
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.intake import admission, conversation, inbox, leases
from actions.intake.admission import Sender
from actions.organising import claim_notes
from actions.pledging import hints
from db.models import NOWHERE, Inbox, InboxState
from db.session import TROUBLE, Database, truncate_wal
from domain.error_reports import describe
from handlers.turns import Companion, phone, present, pressed, thread, username, written

log = logging.getLogger(__name__)

IDLE_POLL = 0.5  # seconds: a failed update may be due again, or another process may have stored one
_AT_ONCE = 8
_LONGEST_PAUSE = 5.0  # seconds between tries while the database is in trouble
# Database troubles in a row before the update itself is suspected: some 45 seconds, not counting lock waits.
_PATIENCE = 12


class Fenced(Exception):  # noqa: N818 - control flow
    """The lane has been taken over by another worker, so this turn must be rolled back."""


@dataclass
class Held:
    """A lane as claimed by one worker, and how many times in a row the database has failed it."""

    chat_id: int
    lease_owner: str
    troubles: int = 0


class Lanes:
    """Processes all lanes until told to stop. `now` is the time people live by, `machine` the one for leases. `alone`:
    under the process lock, so that whoever held a lane before is gone.
    """

    def __init__(
        self,
        database: Database,
        application: Companion,
        operator: Operator,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        lease_owner: str,
        *,
        alone: bool = True,
    ) -> None:
        self._database = database
        self._application = application
        self._operator = operator
        self._now = now
        self._machine = machine
        # Each claim has its own lease owner: after a lease has expired, even this process is somebody else.
        self._claims = (f"{lease_owner}:{number}" for number in itertools.count(1))
        self._woken = asyncio.Event()
        self._stored = False  # something may have come in since the last look
        self._looks = 0
        self._stop = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()
        self._begun = not alone
        self._troubles = 0
        self._erased = True  # perhaps somebody was erased just before a crash

    def wake(self) -> None:
        """Look for work. Call it after each commit that stored an update."""
        self._stored = True
        self._woken.set()

    @property
    def are_busy(self) -> bool:
        """Whether there is no worker for another lane just now."""
        return len(self._working) >= _AT_ONCE

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
                self._troubles = 0
            except TROUBLE as error:
                log.warning("lanes: the database is in trouble: %s", type(error).__name__)
                self._troubles += 1
                await self._pause(self._troubles)
                continue
            await self._wait(stop)
        if self._working:
            await asyncio.wait(self._working)

    async def _look_around(self) -> None:
        """Start workers for waiting lanes."""
        if not self._begun:
            async with self._database.writer.begin() as session:
                await leases.free_all(session)
            self._begun = True
        if self._erased:
            self._erased = not await truncate_wal(self._database)
        await self._start_lanes()

    async def _start_lanes(self) -> None:
        self._looks += 1
        room = _AT_ONCE - len(self._working)
        if room <= 0 or not await self._is_work_waiting():
            return
        lease_owner = next(self._claims)
        async with self._database.writer.begin() as session:
            claimed = await leases.claim(session, lease_owner, self._machine(), room)
        for chat_id in claimed:
            task = asyncio.create_task(self._drain(Held(chat_id, lease_owner)))
            self._working.add(task)
            task.add_done_callback(partial(self._done, self._looks))

    async def _is_work_waiting(self) -> bool:
        """Asked before a transaction that writes, unless something has just come in."""
        stored, self._stored = self._stored, False
        if stored:
            return True
        async with self._database.reader() as session:
            return await leases.is_work_waiting(session, self._machine())

    def _done(self, look: int, task: asyncio.Task[None]) -> None:
        """Look again if there was no room for another lane, or if this one could not be had at a look meanwhile."""
        full = self.are_busy
        self._working.discard(task)
        if full or look != self._looks:
            self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a lane worker failed: %s", describe(error))

    async def _wait(self, stop: asyncio.Event) -> None:
        stopped, woken = asyncio.create_task(stop.wait()), asyncio.create_task(self._woken.wait())
        await asyncio.wait((stopped, woken), timeout=IDLE_POLL, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        woken.cancel()

    async def _pause(self, troubles: int) -> None:
        """Wait, longer each time; an order to stop cuts it short."""
        try:
            async with asyncio.timeout(min(0.1 * 2**troubles, _LONGEST_PAUSE)):
                await self._stop.wait()
        except TimeoutError:
            return

    async def _drain(self, lane: Held) -> None:
        """Process the lane until it is empty or it is time to stop, then release it."""
        try:
            while await self._one(lane):
                pass
        except Fenced:
            log.info("a lane was taken over by another worker")

    async def _one(self, lane: Held) -> bool:
        """Process the lane's next update; False once the lane has been released."""
        update_id: int | None = None
        try:
            async with self._database.writer.begin() as session:
                waiting = await self._take(session, lane)
                update_id = None if self._stop.is_set() else waiting.oldest
                row = await session.get_one(Inbox, update_id) if update_id is not None else None
                more = row is not None and not leases.has_to_wait(row.not_before, self._machine())
                if row is not None and more:
                    await self._process(session, row)
                if waiting.number > 1 and not more:
                    await leases.leave(session, lane.chat_id, lane.lease_owner)
                more = more and waiting.number > 1
                erased = session.info.pop("erased", False)
        except Fenced:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the lane must go on
            return await self._after(lane, update_id, error)
        lane.troubles = 0
        if erased:
            self._erased = True
            self._woken.set()
        return more

    async def _take(self, session: AsyncSession, lane: Held) -> leases.Waiting:
        waiting = await leases.take_next(session, lane.chat_id, lane.lease_owner, self._machine())
        if waiting is None:
            raise Fenced
        return waiting

    async def _leave_unless_more(self, session: AsyncSession, lane: Held) -> bool:
        if (
            not self._stop.is_set()
            and await leases.next_in(session, lane.chat_id, self._machine()) is not None
        ):
            return True
        await leases.leave(session, lane.chat_id, lane.lease_owner)
        return False

    async def _process(self, session: AsyncSession, row: Inbox) -> None:
        update = self._read(row)
        if update is None:
            inbox.finish(row, InboxState.POISON)
            return
        match admission.sender_of(row.payload or {}):
            case Sender.PERSON:
                await self._take_turn(session, row.chat_id, update)
            case Sender.GROUP:
                await admission.hint(session, row.chat_id, self._now())
        inbox.finish(row)
        if session.info.get("erased"):
            row.chat_id = NOWHERE  # as in every other row of this chat

    async def _take_turn(self, session: AsyncSession, chat_id: int, update: Update) -> None:
        turn = await conversation.open_turn(
            session,
            chat_id,
            self._now(),
            self._operator,
            pressed=pressed(update),
            telegram_name=username(update),
            thread=thread(update),
            written=written(update),
            phone=phone(update),
        )
        await conversation.refusing(turn, lambda: self._route(turn, update))
        await claim_notes.tell(turn)
        await hints.notice(turn)
        await address(session, turn)
        await outbox.supersede(session, turn.now)

    async def _route(self, turn: Turn, update: Update) -> None:
        token = present.set(turn)
        try:
            await self._application.process_update(update)
        finally:
            present.reset(token)

    def _read(self, row: Inbox) -> Update | None:
        try:
            return Update.de_json(row.payload or {}, self._application.bot)
        except Exception as error:  # noqa: BLE001 - an odd field can make PTB raise anything
            log.warning("update %s cannot be read: %s", row.update_id, type(error).__name__)
            return None

    async def _after(self, lane: Held, update_id: int | None, error: Exception) -> bool:
        """Wait if the database is in trouble, count any other failure. True while the lane is held."""
        if isinstance(error, TROUBLE) and (update_id is None or lane.troubles < _PATIENCE):
            lane.troubles += 1
            log.warning("lane worker: the database is in trouble: %s", type(error).__name__)
            await self._pause(lane.troubles)
            return not self._stop.is_set()
        if update_id is None:
            raise error
        return await self._count(lane, update_id, error)

    async def _count(self, lane: Held, update_id: int, error: Exception) -> bool:
        """Count the failure. After the last try the person is told once, with a number that is also in the log."""
        fault = secrets.randbits(24)
        try:
            async with self._database.writer.begin() as session:
                if not await leases.hold(session, lane.chat_id, lane.lease_owner, self._machine()):
                    raise Fenced
                parked = await inbox.failed(session, update_id, fault, self._now(), self._machine())
                more = await self._leave_unless_more(session, lane)
        except TROUBLE as trouble:
            return await self._after(lane, None, trouble)
        end = ", parked" if parked else ""
        log.error("update %s failed (%06X)%s: %s", update_id, fault, end, describe(error))
        return more
