"""Several processes on one PostgreSQL database: one of them leads, and each wakes the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import URL, TextClause, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.waiting import stopped
from db.lock import ADVISORY_KEY
from domain.error_reports import describe

log = structlog.get_logger(__name__)

CHANNEL = "mutmacher"  # of PostgreSQL's LISTEN and NOTIFY
# All in seconds.
_BEAT = 0.5
_ANSWER_WITHIN = 3  # else the connection counts as lost
_LEADS_FOR = 3.5  # after the question that was last answered; then a leader stops, whatever hangs
LEASE = 5  # by the server's clock: the rest is the time that stopping takes
_TRY_AGAIN = 0.5

_LOCK = text(f"SELECT pg_try_advisory_lock({ADVISORY_KEY})")
# One statement begins to lead and goes on leading. Without the row there was no leader yet.
_LEASE = text(
    "INSERT INTO carrier (id, led_until) VALUES (1, clock_timestamp() + make_interval(secs => :lease))"
    " ON CONFLICT (id) DO UPDATE SET led_until = excluded.led_until"
    " WHERE :leads OR carrier.led_until IS NULL OR carrier.led_until < clock_timestamp() RETURNING true"
)
_HAND_OVER = text("UPDATE carrier SET led_until = NULL WHERE id = 1 RETURNING true")
# The server ends the session, and frees the lock, of a process that stands still.
_PREPARE = (
    text(f"LISTEN {CHANNEL}"),
    # Not known before PostgreSQL 14; then it is the network that tells the server.
    text("SELECT set_config(name, '10s', false) FROM pg_settings WHERE name = 'idle_session_timeout'"),
)

Lead = Callable[[asyncio.Event], Awaitable[None]]


class Leadership:
    """`lead` runs as long as this process leads, until the event that it is given; `heard` is called with whatever the
    processes tell each other. Both go through one connection of its own.

    Whoever leads has an advisory lock, which PostgreSQL frees when its connection ends, and a lease in the database.
    Nobody else may begin before the lease is over or handed over, and a leader without an answer from the server
    stops before that: also one whose connection was ended, and who could not know that the lock is free.
    """

    def __init__(self, url: URL, lead: Lead, heard: Callable[[str], None]) -> None:
        self._url = url
        self._lead = lead
        self._heard = heard
        self._term: _Term | None = None
        self._failure: BaseException | None = None

    @property
    def leads(self) -> bool:
        return self._term is not None and not self._term.stop.is_set()

    async def run(self, stop: asyncio.Event) -> None:
        """Lead whenever nobody else does, until `stop`. Raises what `lead` raises."""
        import psycopg  # noqa: PLC0415 - 9 MB, for those who share PostgreSQL

        lost = (SQLAlchemyError, psycopg.Error, OSError, TimeoutError)
        while not stop.is_set():
            try:
                async with self._connected() as connection:
                    await self._serve(connection, stop)
            except lost as error:
                log.warning("the connection to the other processes is lost", error=describe(error))
                await stopped(stop, _TRY_AGAIN)
            if self._failure is not None:
                raise self._failure

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        engine = create_async_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={"connect_timeout": _ANSWER_WITHIN},
        )
        connection = await engine.connect()
        try:
            for statement in _PREPARE:
                await connection.execute(statement)
            yield connection
        finally:
            await connection.invalidate()
            await connection.close()

    async def _serve(self, connection: AsyncConnection, stop: asyncio.Event) -> None:
        locked = False
        try:
            while not stop.is_set():
                asked = asyncio.get_running_loop().time()
                locked = locked or bool(await _ask(connection, _LOCK))
                if locked and await _ask(connection, _LEASE, leads=self.leads, lease=LEASE):
                    self._go_on(asked + _LEADS_FOR)
                if self._term is not None and self._term.stop.is_set():
                    log.warning("the leader had no answer from the database in time")
                    break
                await self._listen(connection, stop)
        finally:
            await self._step_down()
        if locked:
            await _ask(connection, _HAND_OVER)

    def _go_on(self, until: float) -> None:
        if self._term is None:
            log.info("this process leads now")
            self._term = _Term(self._lead)
        self._term.goes_on(until)

    async def _step_down(self) -> None:
        term, self._term = self._term, None
        if term is not None:
            log.info("this process stops leading")
            self._failure = await term.end()

    async def _listen(self, connection: AsyncConnection, stop: asyncio.Event) -> None:
        """Until the next beat, or until something ends. A connection that breaks is noticed at once."""
        hearing = asyncio.create_task(self._hear(connection))
        waiting = {hearing, asyncio.create_task(stop.wait())}
        if self._term is not None:
            waiting.add(asyncio.create_task(self._term.stop.wait()))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()
            await asyncio.wait(waiting)
        if not hearing.cancelled():
            hearing.result()

    async def _hear(self, connection: AsyncConnection) -> None:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        async for notice in driver.notifies(timeout=_BEAT):
            self._heard(notice.payload)


class _Term:
    """One time of leading: ends by `stop`, which also comes by itself unless the term is renewed."""

    def __init__(self, lead: Lead) -> None:
        self.stop = asyncio.Event()
        self._task = asyncio.ensure_future(lead(self.stop))
        self._task.add_done_callback(lambda _: self.stop.set())
        self._timer: asyncio.TimerHandle | None = None

    def goes_on(self, until: float) -> None:
        """`until`: seconds of the event loop's clock."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(until, self.stop.set)

    async def end(self) -> BaseException | None:
        """Wait until everything that was led has stopped. Returns what it failed with."""
        self.stop.set()
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.wait((self._task,))
        return self._task.exception()


async def _ask(connection: AsyncConnection, statement: TextClause, **given: float) -> Any:
    async with asyncio.timeout(_ANSWER_WITHIN):
        return await connection.scalar(statement, given)
