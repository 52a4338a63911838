"""The bot's process, from taking the lock to the last commit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy.exc
import structlog
from telegram.ext import ExtBot

from actions.exchange.operator import Operator
from bot import client, erasures
from bot.app import Mutmacher, Pulse, assemble, operator_of
from bot.clock import Clock, MachineClock, StageClock
from bot.ending import (
    cannot_listen,
    database_in_use,
    database_taken_over,
    database_trouble,
    wrong_key,
)
from bot.intake import Intake
from bot.settings import Settings
from bot.sharing import Part
from bot.waiting import stopped
from bot.warming import Warming
from bot.watching import Watching, WebhookWatch
from db.cipher import Cipher, KeyFileError
from db.keys import check_key, key_for
from db.lock import InUse, StillHeld, hold
from db.migrate import RefusedUpgradeError, upgrade
from db.session import Database, open_database
from scheduler import meters
from scheduler.ticks import Ticks
from web import server, webhook
from web.health import Health
from web.report import Reports
from web.wall import Walls

log = structlog.get_logger(__name__)

_LOOK_AT_LOCK_EVERY = 1.0  # seconds
_TAKE_LOCK_EVERY = 0.5  # seconds, once it is lost


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until `stop`. Unless it is shared, the database is read and written only while its lock is held.
    Raises CannotGoOn.
    """
    async with AsyncExitStack() as stack:
        watch = None if settings.shares_database else await stack.enter_async_context(_locked(settings))
        database = await stack.enter_async_context(_opened(settings))
        clock = await stack.enter_async_context(_clock(settings, stop))
        journal = await erasures.follow(settings, database, clock.now())
        http_front = HttpFront(settings, database, clock)
        await stack.enter_async_context(http_front.listening())
        bot = client.make(settings)
        stack.push_async_callback(bot.shutdown)
        http_front.username = await client.introduce(bot, stop)
        if http_front.username is None:
            return
        mutmacher = assemble(settings, database, bot, clock, http_front.pulse)
        mutmacher.hold_back_until_ended()
        led = mutmacher.parts if mutmacher.sharing is None else mutmacher.sharing.led
        led += http_front.asking(bot)
        mutmacher.parts += [
            *((watch,) if watch else ()),
            http_front.watching(bot, operator_of(settings, http_front.username)),
            Warming(mutmacher.idle),
            erasures.JournalPruning(journal, clock.now, settings.backup_days),
        ]
        http_front.open(mutmacher)
        log.info("running", bot=http_front.username)
        await mutmacher.run(stop)


@asynccontextmanager
async def _locked(settings: Settings) -> AsyncIterator["LockWatch"]:
    async with AsyncExitStack() as stack:
        try:
            still_held = await stack.enter_async_context(hold(settings.database_url))
        except InUse:
            raise database_in_use() from None
        except (OSError, sqlalchemy.exc.DBAPIError) as error:
            raise database_trouble(error) from None
        yield LockWatch(still_held)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, migrated to this version's tables and opened with the key to its encrypted columns."""
    try:
        await asyncio.to_thread(upgrade, settings.database_url)
        key = await asyncio.to_thread(key_for, settings.database_url, settings.secret_key_file)
    except KeyFileError as error:
        raise wrong_key(error) from None
    except (OSError, sqlalchemy.exc.DBAPIError, RefusedUpgradeError) as error:
        raise database_trouble(error) from error
    database = open_database(settings.database_url, Cipher(key))
    try:
        await check_key(database)
        yield database
    except KeyFileError as error:
        raise wrong_key(error) from None
    finally:
        await database.close()


@asynccontextmanager
async def _clock(settings: Settings, stop: asyncio.Event) -> AsyncIterator[Clock]:
    if not settings.stage_clock_url:
        yield MachineClock()
        return
    clock = StageClock(settings.stage_clock_url)
    try:
        await clock.open(stop)
        yield clock
    finally:
        await clock.close()


@dataclass
class LockWatch:
    """Takes a lost lock again, since PostgreSQL's goes with the connection. The bot stops only if somebody else has it
    by now: what it holds in leases is theirs then.
    """

    still_held: StillHeld

    async def run(self, stop: asyncio.Event) -> None:
        """Raises CannotGoOn if another process has taken the lock over."""
        pause, lost = _LOOK_AT_LOCK_EVERY, False
        while not await stopped(stop, pause):
            held = await self._held()
            if not held and not lost:
                log.warning("the lock on the database is lost with its connection: taking it again")
            elif held and lost:
                log.warning("the lock on the database is held again")
            pause, lost = (_LOOK_AT_LOCK_EVERY, False) if held else (_TAKE_LOCK_EVERY, True)

    async def _held(self) -> bool:
        try:
            return await self.still_held()
        except InUse:
            raise database_taken_over() from None


class HttpFront:
    """What the outside can reach over HTTP, even before the bot runs: pages, health, and the webhook."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._settings = settings
        self.pulse = Pulse(clock.monotonic, clock.monotonic())
        self.username: str | None = None
        self._opened: asyncio.Future[Intake] = asyncio.Future()
        silent_for = (lambda: None) if settings.public_url else self.pulse.silent_for
        self.webhook: WebhookWatch | None = None
        self._database, self._clock = database, clock
        self._ticks: Ticks | None = None
        self._intake: Intake | None = None
        self._leads: Callable[[], bool] = lambda: False
        self._health = Health(
            database,
            clock.now,
            silent_for,
            self._failed_rows,
            self._since_tick,
            self._stores,
            self._clock_jumped,
            failed_steps=lambda: self._ticks.failed_steps if self._ticks is not None and self._leads() else 0,
            jumped_lately=lambda: self._ticks.jumped_lately if self._ticks is not None else 0,
            webhook_fails=lambda: self.webhook.fails if self.webhook is not None else False,
        )

    def watching(self, bot: ExtBot[None], operator: Operator) -> Part:
        """The part that looks after all others."""
        now, monotonic = self._clock.now, self._clock.monotonic
        return Watching(
            self._health.look, self._database, bot, operator, now, monotonic, self._is_leading
        )  # fmt: skip

    def asking(self, bot: ExtBot[None]) -> list[Part]:
        """The part that asks Telegram about the webhook, if there is one."""
        if not self._settings.public_url:
            return []
        self.webhook = WebhookWatch(bot, self._clock.machine)
        return [self.webhook]

    def open(self, mutmacher: Mutmacher) -> None:
        """Take updates from the webhook from now on; those delivered earlier have been waiting."""
        self._opened.set_result(mutmacher.intake)
        self._ticks = mutmacher.ticks
        self._intake = mutmacher.intake
        self._leads = lambda: mutmacher.leads

    def _is_leading(self) -> bool:
        return self._leads()

    def _failed_rows(self) -> int:
        """Where another process leads, they fail there."""
        return self._ticks.failed_rows if self._ticks is not None and self._leads() else 0

    def _clock_jumped(self) -> int:
        return self._ticks.clock_jumped if self._ticks is not None else 0

    def _stores(self) -> bool:
        return self._intake is None or self._intake.stores

    def _since_tick(self) -> float:
        """Where another process leads, the clock ticks there."""
        return self._ticks.seconds_ago if self._ticks is not None and self._leads() else 0.0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Serve HTTP inside the context and yield the port. Raises CannotGoOn if it cannot listen there."""
        delivery = None
        if self._settings.public_url:
            secret = self._settings.webhook_secret.get_secret_value()
            delivery = webhook.route(self._deliver, secret, self._is_full)
        walls = Walls(self._database, self._operator, self._clock.now, self._clock.monotonic)
        reports = Reports(self._database, self._operator, self._clock.now, self._clock.monotonic)
        app = server.create_app(
            self._health, lambda: self.username, delivery, meters.REGISTRY, walls, reports
        )
        async with AsyncExitStack() as stack:
            try:
                port = await stack.enter_async_context(
                    server.listening(app, self._settings.http_host, self._settings.http_port)
                )
            except (OSError, UnicodeError) as error:
                raise cannot_listen(error) from None
            log.info("listening", port=port)
            yield port

    def _operator(self) -> Operator:
        """Whoever runs the bot, whose name is known once Telegram has told it."""
        return operator_of(self._settings, self.username or "")

    async def _deliver(self, updates: Sequence[Any]) -> None:
        intake = await asyncio.shield(self._opened)
        await intake.take(updates)

    async def _is_full(self) -> bool:
        return self._intake is not None and await self._intake.is_full()
