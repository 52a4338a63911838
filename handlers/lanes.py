"""Works the inbox off: one chat, one lane, in order; the update is finished in the transaction of its effect."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update

from actions import conversation, inbox, outbox
from actions.house import House
from actions.turn import Turn
from db.models import Inbox, InboxState
from db.session import Database
from domain.outcomes import Fault
from handlers.turns import Companion, present

log = logging.getLogger(__name__)

IDLE_POLL = 0.5  # seconds; a failed update waits for its next try, another process may have stored one
_AT_ONCE = 8


class Fenced(Exception):  # noqa: N818
    """The lane is somebody else's by now: nothing of this turn may stand."""


class Lanes:
    """Drains all lanes until told to stop. `now` is the clock people live by, `machine` the one leases live by."""

    def __init__(
        self,
        database: Database,
        application: Companion,
        house: House,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        owner: str,
    ) -> None:
        self._database = database
        self._application = application
        self._house = house
        self._now = now
        self._machine = machine
        self._owner = owner
        self._woken = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._woken.set()

    async def idle(self) -> bool:
        """Nothing waits and nothing is being worked on."""
        if self._working:
            return False
        async with self._database.reader() as session:
            return (await inbox.unprocessed(session))[0] == 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; then what is in flight is finished, the rest stays stored."""
        async with self._database.writer.begin() as session:
            await inbox.free_all_lanes(session)
        while not stop.is_set():
            self._woken.clear()
            if not await self._start_lanes():
                await self._wait(stop)
        if self._working:
            await asyncio.wait(self._working)

    async def _start_lanes(self) -> bool:
        room = _AT_ONCE - len(self._working)
        if room <= 0:
            return False
        async with self._database.reader() as session:
            if (await inbox.unprocessed(session))[0] == 0:
                return False
        async with self._database.writer.begin() as session:
            claimed = await inbox.claim_lanes(session, self._owner, self._machine(), room)
        for chat_id in claimed:
            task = asyncio.create_task(self._drain(chat_id))
            self._working.add(task)
            task.add_done_callback(self._done)
        return bool(claimed)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a lane broke off: %s", type(error).__name__)

    async def _wait(self, stop: asyncio.Event) -> None:
        stopped, woken = asyncio.create_task(stop.wait()), asyncio.create_task(self._woken.wait())
        await asyncio.wait((stopped, woken), timeout=IDLE_POLL, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        woken.cancel()

    async def _drain(self, chat_id: int) -> None:
        try:
            while await self._one(chat_id):
                pass
        except Fenced:
            return
        async with self._database.writer.begin() as session:
            await inbox.leave_lane(session, chat_id, self._owner)

    async def _one(self, chat_id: int) -> bool:
        """Work the lane's next update; False if there is none to work now."""
        update_id: int | None = None
        try:
            async with self._database.writer.begin() as session:
                if not await inbox.hold_lane(session, chat_id, self._owner, self._machine()):
                    raise Fenced
                row = await inbox.next_in(session, chat_id, self._machine())
                if row is None:
                    return False
                update_id = row.update_id
                await self._process(session, row)
        except Fenced:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the lane must go on
            await self._failed(chat_id, update_id, error)
        return True

    async def _process(self, session: AsyncSession, row: Inbox) -> None:
        update = self._read(row)
        if update is None:
            inbox.finish(row, InboxState.POISON)
            return
        turn = await conversation.open_turn(
            session,
            row.chat_id,
            self._now(),
            self._house,
            pressed=_pressed(update),
            telegram_name=_name(update),
        )
        await conversation.refusing(turn, lambda: self._route(turn, update))
        inbox.finish(row)

    async def _route(self, turn: Turn, update: Update) -> None:
        token = present.set(turn)
        try:
            await self._application.process_update(update)
        finally:
            present.reset(token)

    def _read(self, row: Inbox) -> Update | None:
        try:
            return Update.de_json(row.payload or {}, self._application.bot)
        except Exception as error:  # noqa: BLE001 - PTB raises whatever the odd field makes it raise
            log.warning("update %s cannot be read: %s", row.update_id, type(error).__name__)
            return None

    async def _failed(self, chat_id: int, update_id: int | None, error: Exception) -> None:
        """Count the failure; after the last try tell the person once, with a number that stands in the log too."""
        if update_id is None:
            log.error("lane worker: %s", type(error).__name__, exc_info=_without_values(error))
            await asyncio.sleep(1)
            return
        ref = secrets.token_hex(3).upper()
        async with self._database.writer.begin() as session:
            parked = await inbox.failed(session, update_id, self._machine())
            if parked:
                turn = await conversation.open_turn(session, chat_id, self._now(), self._house)
                outbox.show(
                    session, Fault, int(ref, 16), chat_id=chat_id, person=turn.person, now=turn.now,
                    key=f"fault:{update_id}",
                )  # fmt: skip
        log.error("update %s failed (%s)%s", update_id, ref, ", parked" if parked else "",
                  exc_info=_without_values(error))  # fmt: skip


def _without_values(error: Exception) -> Exception:
    """The same error without its message, which may quote what somebody wrote."""
    bare = RuntimeError(type(error).__name__)
    return bare.with_traceback(error.__traceback__)


def _pressed(update: Update) -> int | None:
    query = update.callback_query
    return query.message.message_id if query and query.message else None


def _name(update: Update) -> str | None:
    return update.effective_user.username if update.effective_user else None
