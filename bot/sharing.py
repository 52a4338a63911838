"""What a process does that shares its database with others: it may lead, and it wakes them when there is work."""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from sqlalchemy import func, select

from bot.leading import CHANNEL, Leadership
from bot.waiting import unless_stopped
from db.session import TROUBLE, Database
from domain.error_reports import describe
from handlers.lanes import Lanes
from scheduler.delivery import Deliverer

log = structlog.get_logger(__name__)

_OWED, _STORED = "owed", "stored"


class Part(Protocol):
    """Something that runs until it is told to stop, and then finishes its work in flight."""

    async def run(self, stop: asyncio.Event) -> None: ...


@dataclass
class Sharing:
    """Runs the `led` parts while this process leads. Nothing is lost if a call to the others does not get through, as
    the leader and all lanes also look by themselves, twice a second.
    """

    database: Database
    led: list[Part]
    lanes: Lanes
    deliverer: Deliverer
    _me: str = field(default_factory=lambda: secrets.token_hex(8))

    def __post_init__(self) -> None:
        url = self.database.engines[0].url
        self._leadership = Leadership(url, self._lead, self._heard)
        self._calls: set[str] = set()
        self._called = asyncio.Event()

    @property
    def leads(self) -> bool:
        return self._leadership.leads

    def owed(self) -> None:
        """Something is to be sent: by this process, or by the one that leads."""
        if self.leads:
            self.deliverer.wake()
        else:
            self._call(_OWED)

    def stored(self) -> None:
        """An update is in the inbox: for this process, or for the others if all its workers are busy."""
        self.lanes.wake()
        if self.lanes.are_busy:
            self._call(_STORED)

    async def run(self, stop: asyncio.Event) -> None:
        telling = asyncio.create_task(self._tell(stop))
        try:
            await self._leadership.run(stop)
        finally:
            telling.cancel()
            await asyncio.wait((telling,))

    async def _lead(self, stop: asyncio.Event) -> None:
        """Run the led parts until `stop`. If one fails, the others are stopped, and its error is raised."""
        tasks = [asyncio.create_task(part.run(stop)) for part in self.led]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait(tasks)
        for task in tasks:
            task.result()

    def _call(self, what: str) -> None:
        self._calls.add(what)
        self._called.set()

    def _heard(self, call: str) -> None:
        who, _, what = call.partition(" ")
        if who == self._me:
            return
        if what == _STORED:
            self.lanes.wake()
        elif self.leads:
            self.deliverer.wake()

    async def _tell(self, stop: asyncio.Event) -> None:
        """Pass calls on. Those that come while one is on its way go together."""
        while not stop.is_set():
            await unless_stopped(stop, self._called.wait())
            self._called.clear()
            calls, self._calls = self._calls, set()
            try:
                async with self.database.writer.begin() as session:
                    for what in calls:
                        await session.execute(select(func.pg_notify(CHANNEL, f"{self._me} {what}")))
            except TROUBLE as error:
                log.debug("the other processes were not called", error=describe(error))
