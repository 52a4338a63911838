"""Assembles the bot: its parts are built once, handed down, and run and stopped together."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram.ext import ExtBot

from actions.exchange.operator import Operator
from bot import client
from bot.clock import Clock, StageClock
from bot.ending import token_refused
from bot.intake import Intake
from bot.menus import Menus
from bot.polling import Poller
from bot.settings import Settings
from bot.sharing import Part, Sharing
from bot.waiting import stopped, unless_stopped
from db.session import Database, on_commit
from handlers.application import build
from handlers.lanes import Lanes
from handlers.turns import Companion
from messages.joining import labels
from scheduler import meters, rehearsal
from scheduler.delivery import Deliverer
from scheduler.metronome import Metronome
from scheduler.pace import Pace
from scheduler.ticks import Ticks

log = structlog.get_logger(__name__)

_LOOK_AT_WEBHOOK_EVERY = 60.0  # seconds
_GRACE_SECONDS = 9.0  # for work in flight; the process has ten to stop


@dataclass
class Pulse:
    """When Telegram last answered a poll, in monotonic seconds."""

    monotonic: Callable[[], float]
    last: float

    def beat(self) -> None:
        self.last = self.monotonic()

    def silent_for(self) -> float:
        return self.monotonic() - self.last


@dataclass
class BotWalk:
    """What the stage's clock does at each stop (`bot.clock.Walk`)."""

    ticks: Ticks
    lanes: Lanes
    deliverer: Deliverer

    async def run_due(self) -> None:
        await self.ticks.run_due()
        self.lanes.wake()
        self.deliverer.wake()

    async def next_due(self) -> datetime | None:
        return await self.ticks.next_due()

    async def idle(self) -> bool:
        return await _idle(self.lanes, self.deliverer)


async def _idle(lanes: Lanes, deliverer: Deliverer) -> bool:
    """Whether no work is left. Lanes first: whatever a lane finishes in between is then seen by the deliverer."""
    return await lanes.idle() and await deliverer.idle()


@dataclass
class Mutmacher:
    """Everything that runs, assembled."""

    application: Companion
    intake: Intake
    lanes: Lanes
    deliverer: Deliverer
    ticks: Ticks
    parts: list[Part]
    sharing: Sharing | None = None

    @property
    def leads(self) -> bool:
        """Whether this process delivers, and does what falls due by the clock."""
        return self.sharing is None or self.sharing.leads

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop`, or until a part fails: its error is raised once the others have finished.

        Nothing is cancelled inside a transaction, unless the transaction outlasts the time the process has left.
        """
        await self.application.initialize()
        tasks = [asyncio.create_task(part.run(stop)) for part in self.parts]
        tasks.append(asyncio.create_task(self._watch_token(stop)))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((*tasks, stopping), return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await stopping
        _, late = await asyncio.wait(tasks, timeout=_GRACE_SECONDS)
        if late:
            log.warning("not every part stopped in time", parts=len(late))
        await self.intake.finish()
        for task in tasks:
            if task.done() and (error := task.exception()):
                raise error

    def hold_back_until_ended(self) -> None:
        """Send nothing before what ended while the bot was away, or since a backup, has ended here as well."""
        later = Delayed(self.deliverer, self.ticks.have_ended)
        for parts in (self.parts, self.sharing.led if self.sharing else []):
            parts[:] = [later if part is self.deliverer else part for part in parts]

    async def idle(self) -> bool:
        return await _idle(self.lanes, self.deliverer)

    async def _watch_token(self, stop: asyncio.Event) -> None:
        """Raise CannotGoOn if the deliverer is the first to learn that the token is refused."""
        fatal, stopping = (asyncio.create_task(each.wait()) for each in (self.deliverer.fatal, stop))
        await asyncio.wait((fatal, stopping), return_when=asyncio.FIRST_COMPLETED)
        for task in (fatal, stopping):
            task.cancel()
        if self.deliverer.fatal.is_set():
            raise token_refused()


def operator_of(settings: Settings, username: str) -> Operator:
    return Operator(
        owners=settings.owners,
        controller=settings.controller,
        contact=settings.controller_contact,
        bot=username,
        zone=settings.default_timezone,
        voice=settings.voice,
        retention_days=settings.retention_days,
        labels=labels.labels,
        web=settings.web,
        rehearse=rehearsal.play,
    )


def assemble(
    settings: Settings, database: Database, bot: ExtBot[None], clock: Clock, pulse: Pulse
) -> Mutmacher:
    """Build all parts for this bot, whose user name is known by now; nothing runs yet."""
    operator, lease_owner = operator_of(settings, bot.username), secrets.token_hex(8)
    alone = not settings.shares_database
    application = build(bot)
    lanes = Lanes(database, application, operator, clock.now, clock.machine, meters.group)
    pace = Pace(settings.messages_per_second)
    deliverer = Deliverer(
        database, bot, operator, pace, clock.now, clock.machine, clock.monotonic, lease_owner,
        alone=alone, probe=settings.delivery_probe,
    )  # fmt: skip
    ticks = Ticks(database, operator, clock.now, clock.machine, clock.monotonic)
    led: list[Part] = [
        deliverer,
        Metronome(ticks, clock.machine, clock.monotonic),
        Menus(bot, database, operator),
    ]
    sharing = None if alone else Sharing(database, led, lanes, deliverer)
    on_commit(database, sharing.owed if sharing else deliverer.wake)
    intake = Intake(database, bot, operator, clock.now, sharing.stored if sharing else lanes.wake)
    led.append(
        Webhook(bot, settings)
        if settings.public_url
        else Poller(bot, intake.take, pulse.beat, clock.monotonic)
    )
    parts: list[Part] = [lanes, *(led if sharing is None else (sharing,))]
    if isinstance(clock, StageClock):
        led.append(Walker(clock, BotWalk(ticks, lanes, deliverer)))
        parts.append(Follower(clock) if sharing else led[-1])
    return Mutmacher(application, intake, lanes, deliverer, ticks, parts, sharing)


@dataclass
class Delayed:
    """A part that begins only after something has happened."""

    part: Part
    event: asyncio.Event

    async def run(self, stop: asyncio.Event) -> None:
        await unless_stopped(stop, self.event.wait())
        await self.part.run(stop)


@dataclass
class Walker:
    """Moves the stage's clock on."""

    clock: StageClock
    walk: BotWalk

    async def run(self, stop: asyncio.Event) -> None:
        await self.clock.run(self.walk, stop)


@dataclass
class Follower:
    """Follows the stage's clock, which another process may be moving."""

    clock: StageClock

    async def run(self, stop: asyncio.Event) -> None:
        await self.clock.follow(stop)


@dataclass
class Webhook:
    """Has Telegram deliver to this bot, and looks now and then whether somebody has changed that."""

    bot: ExtBot[None]
    settings: Settings

    async def run(self, stop: asyncio.Event) -> None:
        await client.set_webhook(self.bot, self.settings, stop)
        while not await stopped(stop, _LOOK_AT_WEBHOOK_EVERY):
            if await client.is_webhook_lost(self.bot, self.settings):
                await client.set_webhook(self.bot, self.settings, stop)
