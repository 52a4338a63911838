"""Looks at the watchdogs, logs what barks, and tells the owners: once when it begins, and once when it is over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

import messages
from actions.exchange.operator import Operator
from actions.organising import alarms
from bot.waiting import stopped
from db.session import TROUBLE, Database
from domain.error_reports import describe
from domain.outcomes.organising.alarms import Alarm
from domain.watchdogs import SILENT_SECONDS, Rule, Watchdog, barking
from scheduler import sending
from scheduler.errors import reason_of
from web.health import Readings

log = structlog.get_logger(__name__)

_LOOK_EVERY = 10.0  # seconds
_QUIET_FOR = 300.0  # seconds without barking, after which an incident is over
_ASK_EVERY = 60.0  # seconds, about the webhook


@dataclass
class Watching:
    """`look`: one look at everything. What is told goes through the outbox; while the database is the trouble, it goes
    to the owners directly, as far as Telegram takes it.

    Of several processes the one that leads looks. While the database is away none does: then it is the one that led
    last.
    """

    look: Callable[[], Awaitable[Readings]]
    database: Database
    bot: ExtBot[None]
    operator: Operator
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    leads: Callable[[], bool] = lambda: True
    _led: bool = False
    _barked_at: dict[Watchdog, float] = field(default_factory=dict)
    _since: dict[Watchdog, float] = field(default_factory=dict)
    _told: set[Watchdog] = field(default_factory=set)

    async def run(self, stop: asyncio.Event) -> None:
        while not await stopped(stop, _LOOK_EVERY):
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001 - a watchdog that fails must not end the bot
                log.error("the watchdogs failed", error=describe(error))  # noqa: TRY400

    async def round(self) -> None:
        """Look once, and tell what has changed since."""
        if not (self.leads() or self._led):
            return
        signs = (await self.look()).signs
        self._led = self.leads() or signs.database_fails
        if not self._led:
            self._forget()
            return
        rules = self._lasting(barking(signs))
        for rule in rules:
            if rule.watchdog not in self._barked_at:
                log.error("watchdog", watchdog=rule.watchdog.value, said=rule.said)
            self._barked_at[rule.watchdog] = self.monotonic()
        over = [each for each, at in self._barked_at.items() if self.monotonic() - at >= _QUIET_FOR]
        await self._tell(rules, over)
        for each in over:
            log.warning("watchdog: over", watchdog=each.value)
            del self._barked_at[each]

    def _forget(self) -> None:
        """Another process looks from now on, and tells."""
        for known in (self._barked_at, self._since, self._told):
            known.clear()

    def _lasting(self, rules: list[Rule]) -> list[Rule]:
        """Those that have barked for as long as their rule says."""
        moment = self.monotonic()
        self._since = {each.watchdog: self._since.get(each.watchdog, moment) for each in rules}
        return [each for each in rules if moment - self._since[each.watchdog] >= each.after]

    async def _tell(self, rules: list[Rule], over: list[Watchdog]) -> None:
        begun = [rule.watchdog for rule in rules]
        try:
            async with self.database.reader() as session:
                open_ones = {
                    each for each, last in (await alarms.told_last(session)).items() if not last.is_over
                }
            for each in open_ones:  # also what the last process told, and is perhaps not seen yet by this one
                self._barked_at.setdefault(each, self.monotonic())
            if set(begun) - open_ones - self._told or set(over) & open_ones:
                await self._owe(begun, over)
        except (*TROUBLE, OSError):
            await self._say([each for each in begun if each not in self._told])
        self._told = (self._told | set(begun)) - set(over)

    async def _owe(self, begun: list[Watchdog], over: list[Watchdog]) -> None:
        async with self.database.writer.begin() as session:
            reached = await alarms.tell(session, self.operator, self.now(), begun, over)
        if reached < len(self.operator.owners):
            log.warning(
                "owners who never wrote to the bot, or blocked it", number=len(self.operator.owners) - reached
            )

    async def _say(self, begun: list[Watchdog]) -> None:
        today = self.operator.day(self.now())
        for alarm in map(Alarm, begun):
            for owner in self.operator.owners:
                try:
                    await sending.send(self.bot, owner, messages.of(alarm, self.operator.voice, today))
                except TelegramError as error:
                    log.warning("an owner cannot be told", watchdog=alarm.what.value, reason=reason_of(error))


@dataclass
class WebhookWatch:
    """Asks Telegram whether it can deliver, while this process leads; without a webhook, the polls tell."""

    bot: ExtBot[None]
    now: Callable[[], datetime]
    fails: bool = False

    async def run(self, stop: asyncio.Event) -> None:
        try:
            while not await stopped(stop, _ASK_EVERY):
                try:
                    await self.ask()
                except TelegramError as error:
                    log.warning("Telegram does not say how the webhook is", reason=reason_of(error))
        finally:
            self.fails = False

    async def ask(self) -> None:
        """Failing: updates wait, and the last delivery that failed was not long ago."""
        info = await self.bot.get_webhook_info()
        lately = self.now() - timedelta(seconds=_ASK_EVERY + SILENT_SECONDS)
        self.fails = bool(
            info.pending_update_count and info.last_error_date is not None and info.last_error_date >= lately
        )
