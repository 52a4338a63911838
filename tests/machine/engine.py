"""The whole bot in one thread: its own parts on a real database, the stage as Telegram, and a clock that stands still
until somebody moves it.

As nothing goes over HTTP and nobody waits for a real clock, it does in milliseconds what a `World` does in seconds.
"""

import asyncio
import itertools
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from telegram.ext import ExtBot

from actions.exchange.operator import Operator
from bot.intake import Intake
from db.models import Inbox, InboxState, Outgoing
from domain.voice import Voice
from handlers.application import build
from handlers.lanes import Lanes
from messages.joining import labels
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from scheduler.ticks import Ticks
from stage import DEFAULT_TOKEN, phones
from stage.files import Upload
from stage.ledger import Phone
from stage.world import World
from tests.cast import member, workshop_row
from tests.log_lines import LogLines
from tests.people import PIXEL

BERLIN = ZoneInfo("Europe/Berlin")
OPERATOR = Operator(
    (), "Verein", "team@example.org", "mutmacher_stage_bot", BERLIN, Voice.DU, 90, labels=labels.labels
)
BETWEEN_ACTS = timedelta(seconds=7)  # people need time to read
_WAITING = timedelta(seconds=3)  # for a row that is not to be sent at once
_SETTLES_WITHIN = 200  # rounds


class Engine:
    """Everybody acts through it; whatever follows is done when a call returns."""

    line = None
    probe = False

    def __init__(self, ground, starts_at, operator=OPERATOR):
        self._ground, self.database = ground, ground.database
        self.operator = operator
        self.moment = starts_at
        self.unanswered = []  # what a person did that nothing was said about
        self._monotonic = itertools.count(0.0, 5.0)
        self._processes = itertools.count(1)

    # --- assembling

    async def open(self):
        self.log = LogLines()
        self.stage = World(DEFAULT_TOKEN, None, None)
        await self._ground.clear()
        self.database = self._ground.database
        self.database_url = self._ground.url
        self.telegram = self.line(self)
        self.bot = ExtBot(DEFAULT_TOKEN, request=self.telegram, get_updates_request=self.telegram)
        await self.bot.initialize()
        await self.restart()
        async with self.database.writer.begin() as session:
            session.add(workshop_row(self.moment, id=1))

    async def restart(self):
        """A new process: it has nothing but the database."""
        await self._assemble()
        await self.settle()

    async def _assemble(self):
        self.application = build(self.bot)
        await self.application.initialize()
        owner = f"process{next(self._processes)}"
        self.lanes = Lanes(self.database, self.application, self.operator, self.now, self.now)
        self.deliverer = Deliverer(
            self.database, self.bot, self.operator, Pace(25.0), self.now, self.now, self._tells, owner,
            probe=self.probe,
        )  # fmt: skip
        self.ticks = Ticks(self.database, self.operator, self.now, self.now, self._tells)
        self.intake = Intake(self.database, self.bot, self.operator, self.now, lambda: None)

    def _tells(self):
        """Nobody waits for the pace of sending: each look at this clock is seconds after the one before."""
        return next(self._monotonic)

    def close(self):
        self.log.close()

    def now(self):
        return self.moment

    # --- people

    async def guest(self, name, **columns):
        """Somebody who has joined already: their chat, and their id."""
        more = {"seeks": ("ehrenamt",), "announcements": False, **columns}
        return await self.known(member(self.stage.ledger.free_user_id(), self.moment, name, **more), name)

    async def known(self, row, name):
        """Whoever has this row and a phone: their chat, and their id."""
        self.phone(name, row.chat_id)
        async with self.database.writer.begin() as session:
            session.add(row)
        return row.chat_id, row.id

    def phone(self, name, number=None):
        """A phone that has pressed Start once; its chat."""
        ledger = self.stage.ledger
        phone = Phone(id=number or ledger.free_user_id(), first_name=name.split()[0], started=True)
        ledger.add_phone(phone)
        return phone.id

    def shown(self, chat):
        """The bot's messages in this chat, the oldest first: (id, text, data of the buttons)."""
        records = self.stage.ledger.chats[chat].messages.values()
        return [
            (each.id, each.body.get("text") or each.body.get("caption") or "", _buttons(each.body))
            for each in records
            if not each.out and not each.deleted
        ]

    async def says(self, chat, text):
        await self._does(chat, lambda phone: phones.send(self.stage, phone, text))

    async def shows(self, chat, caption):
        """Send a photo; its id."""
        photo = Upload("picture.png", "image/png", PIXEL)
        sent = []
        await self._does(
            chat, lambda phone: sent.append(phones.upload(self.stage, phone, "photo", photo, caption))
        )
        return self.stage.ledger.chats[chat].messages[sent[0]["message_id"]].body["photo"][0]["file_id"]

    async def follows(self, chat, payload):
        await self._does(chat, lambda phone: phones.start(self.stage, phone, payload))

    async def blocks(self, chat, *, blocked):
        await self._does(chat, lambda phone: phones.block(self.stage, phone, blocked=blocked), silently=True)

    async def taps(self, chat, message, data, times=1):
        """Press a button with these data, whether or not the message has one; `times`: a nervous finger."""
        await self._do([(chat, self._pressing(chat, message, data, times))])

    async def at_once(self, *presses):
        """Each of these (chat, message, data), before any of them is worked on."""
        await self._do([(chat, self._pressing(chat, message, data)) for chat, message, data in presses])

    def press(self, chat, message, data):
        """What presses it, once it is called, while something else goes on."""
        return lambda: self._pressing(chat, message, data)(self.stage.ledger.phones[chat])

    def _pressing(self, chat, message, data, times=1):
        record = self.stage.ledger.chats[chat].messages.get(message)
        body = record.body if record is not None else _gone(chat, message)

        def press(phone):
            for _ in range(times):
                phones._callback(self.stage, phone, _Pressed(body), data)

        return press

    async def _does(self, chat, act, *, silently=False):
        await self._do([(chat, act)], silently=silently)

    async def _do(self, acts, *, silently=False):
        self.moment += BETWEEN_ACTS
        self.stage.clock.set(self.moment)
        owed = {chat: await self._owed_to(chat) for chat, _ in acts}
        for chat, act in acts:
            act(self.stage.ledger.phones[chat])
        self.last, self.acted_at = self.stage.updates.pending(), self.moment
        await self.settle()
        for chat, before in owed.items():
            if not silently and await self._owed_to(chat) == before:
                self.unanswered.append((self.moment, chat, self.last))

    async def _owed_to(self, chat):
        """The newest row for them; of somebody erased the newest row for nobody."""
        newest = select(Outgoing.id).where(Outgoing.chat_id == chat).order_by(Outgoing.id.desc()).limit(1)
        async with self.database.reader() as session:
            return await session.scalar(newest)

    async def again(self):
        """Telegram delivers the last updates once more: it has not heard that they were taken."""
        await self.intake.take(self.last)
        await self.settle()

    # --- working

    async def settle(self):
        """Until nothing is left to do now. What has to wait a few seconds is waited for."""
        for _ in range(_SETTLES_WITHIN):
            if not await self._work():
                return
        raise AssertionError(f"at {self.moment} there is always more to do")

    async def _work(self):
        updates = await self._take_in()
        await self.lanes._look_around()
        if working := set(self.lanes._working):
            await asyncio.wait(working)
        await self.deliverer._round()
        if going := list(self.deliverer._on_their_way.values()):
            await asyncio.wait(going)
        elif not updates and not working:
            return await self._waits()
        await asyncio.sleep(0)
        return True

    async def _take_in(self):
        if updates := self.stage.updates.pending():
            await self.intake.take(updates)
            for each in updates:
                self.stage.updates.confirm(each["update_id"])
            await self.intake.finish()
        return updates

    async def _waits(self):
        """Whether anything that is due could not go yet; then time goes on a little."""
        if await self.lanes.idle() and await self.deliverer.idle() and not self.deliverer._breaker.is_open:
            return False
        self.moment += _WAITING
        await asyncio.sleep(0)
        return True

    async def tick(self):
        await self.ticks.run_due()
        await self.settle()

    async def go(self, delta):
        """So far ahead, through every instant at which something falls due."""
        target = self.moment + delta
        while (due := await self.ticks.next_due()) is not None and due < target:
            self.moment = max(self.moment, due)
            await self.tick()
        self.skip(target - self.moment)
        await self.tick()

    def skip(self, delta):
        """So far ahead at once, as while the machine is down."""
        self.moment += max(delta, timedelta())

    # --- looking in

    async def all(self, statement):
        async with self.database.reader() as session:
            return (await session.execute(statement)).all()

    async def rows(self, statement):
        async with self.database.reader() as session:
            return (await session.scalars(statement)).all()

    async def unread(self):
        """Updates that are not processed, or could not be."""
        left = (InboxState.NEW, InboxState.PARKED, InboxState.POISON)
        return await self.rows(select(Inbox.update_id).where(Inbox.state.in_(left)))


@dataclass
class _Pressed:
    body: dict


def _gone(chat, message):
    """A message that the stage does not show (any more)."""
    bot = {"id": 1, "is_bot": True, "first_name": "Mutmacher"}
    about = {"chat": {"id": chat, "type": "private", "first_name": "?"}, "from": bot, "date": 1_800_000_000}
    return {"message_id": message or 1, "text": "?", **about}


def _buttons(body):
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return [each["callback_data"] for row in rows for each in row if "callback_data" in each]
