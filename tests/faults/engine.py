"""The bot in one thread, whose process may die at any wait and is followed by another one on the same database."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.polling import Poller
from db.session import TROUBLE
from domain.button_data import unmarked
from tests.faults.line import Line
from tests.faults.processes import Fate, Killed, Process
from tests.machine.engine import OPERATOR, Engine
from tests.world import OWNER, STARTS_AT

_LATER = timedelta(seconds=1)


class MortalEngine(Engine):
    """`fate` says when a process dies. Nobody acts while there is none, so whoever acts never notices."""

    def __init__(self, ground, fate=None, starts_at=STARTS_AT):
        super().__init__(ground, starts_at, replace(OPERATOR, owners=(OWNER,)))
        self.fate = fate or Fate()
        self.on_begin = lambda: None

    line = Line

    async def open(self):
        self._process = Process(self.fate, self._dies)
        await super().open()

    def begins(self):
        """From here on anything may go wrong."""
        self.fate.begun = True
        self.on_begin()

    async def close(self):
        await self._process.end()
        await self._ground.cut()
        await self._ground.database.close()
        super().close()

    async def _assemble(self):
        await super()._assemble()
        self._poller = Poller(self.bot, self.intake.take, lambda: None, self._tells)

    async def _take_in(self):
        """As the poller does: what it has stored is confirmed by its next call, which may never come."""
        taken = self._poller._offset or 0
        if not any(each["update_id"] >= taken for each in self.stage.updates.pending()):
            await asyncio.sleep(0)
            self.stage.updates._confirm_below(taken)  # by the next poll, which brings nothing
            return []
        updates = await self._poller._fetch()
        await self._poller._keep(updates)
        await self.intake.finish()
        return updates

    async def chooses(self, chat, start, end=""):
        """Tap the newest button whose data begin and end so."""
        for message, _, buttons in reversed(self.shown(chat)):
            for data in buttons:
                if data.startswith(start) and unmarked(data)[0].endswith(end):
                    return await self.taps(chat, message, data)
        shown = [(text, buttons) for _, text, buttons in self.shown(chat)[-2:]]
        raise AssertionError(f"no button {start}…{end} in {shown}")

    async def settle(self):
        await self._lives(super().settle)

    async def _work(self):
        """What a part cannot do because of the database, it tries again a little later."""
        try:
            if self.probe and self.deliverer._begun and not self.deliverer._breaker.is_open:
                await self.deliverer._prober._look()
            return await super()._work()
        except TROUBLE:
            self.moment += _LATER
            await asyncio.sleep(0)
            return True

    async def tick(self):
        await self._lives(lambda: self.ticks.run_due())  # noqa: PLW0108 - of whichever process
        await self.settle()

    async def _lives(self, work):
        """Do it, however many processes it takes; each new one begins with a tick, as the metronome does."""
        again = False
        while True:
            try:
                if again:
                    await self._process.run(self.ticks.run_due())
                return await self._process.run(work())
            except Killed:
                await self._comes_back()
                again = True

    def _dies(self):
        self.fate.in_doubt += len(self.deliverer._on_their_way)
        self._ground.forget()

    async def _comes_back(self):
        await self._ground.cut()
        self._ground.open()
        self.database = self._ground.database
        self._process = Process(self.fate, self._dies)
        await self._assemble()
