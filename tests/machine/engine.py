"""The whole bot in one thread: its own parts on a real database, the stage as Telegram, and a clock that stands still
until somebody moves it.

As nothing goes over HTTP and nobody waits for a real clock, it does in milliseconds what a `World` does in seconds.
"""

import asyncio
import itertools
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from telegram.error import TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from actions.exchange.operator import Operator
from bot.intake import Intake
from db.cipher import Cipher
from db.models import Base, Consent, Inbox, InboxState, Nudge, Outgoing, Person, SendState
from db.session import open_database
from domain.outcomes.choices import Purpose
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
from stage.server import perform
from stage.world import World
from tests.cast import member, workshop_row
from tests.log_lines import LogLines

BERLIN = ZoneInfo("Europe/Berlin")
OPERATOR = Operator(
    (), "Verein", "team@example.org", "mutmacher_stage_bot", BERLIN, Voice.DU, 90, labels=labels.labels()
)
BETWEEN_ACTS = timedelta(seconds=7)  # people need time to read
_WAITING = timedelta(seconds=3)  # for a row that is not to be sent at once
_SETTLES_WITHIN = 200  # rounds
_SECONDS = timedelta(seconds=1)


@dataclass(frozen=True)
class Said:
    """A call that sends or edits a message, as it was when it went out; `arrived` is what Telegram made of it.

    `asks`: the questions that the message asks for the first time.
    """

    at: datetime
    chat: int
    row: int
    kind: str
    priority: int
    key: str | None
    is_edit: bool
    text: str
    agrees: bool
    paused: bool
    asks: frozenset
    arrived: bool


class Telegram(BaseRequest):
    """The stage, called without a network. `lose`: of so many of the next messages no answer comes back."""

    read_timeout = None

    def __init__(self, engine):
        self._engine = engine
        self.lose = 0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, *_, **__):  # noqa: ARG002 - PTB's own signature
        name = url.rpartition("/")[2]
        given = dict(request_data.json_parameters) if request_data else {}
        parts = dict(request_data.multipart_data or {}) if request_data else {}
        files = {part: Upload(part, mime, data) for part, (_, data, mime) in parts.items()}
        row = await self._engine.on_its_way(int(given["chat_id"])) if _says(name) else None
        envelope = await perform(self._engine.stage, name, given, files)
        if row is not None:
            self._engine.note(row, name, given, arrived=envelope["ok"])
            if self.lose:
                self.lose -= 1
                raise TimedOut
        return envelope.get("error_code", 200), json.dumps(envelope).encode()


def _says(name):
    return name.startswith(("send", "edit", "copy"))


class Ground:
    """A database that is opened once and emptied for each search, so that no statement is compiled twice, and the one
    loop in which all of it runs.
    """

    def __init__(self, url):
        self._runner = asyncio.Runner()
        self.database = open_database(url, Cipher(b"k" * 32))

    def run(self, coroutine):
        return self._runner.run(coroutine)

    async def clear(self):
        tables = Base.metadata.sorted_tables
        async with self.database.writer.begin() as session:
            if session.get_bind().dialect.name == "postgresql":
                names = ", ".join(table.name for table in tables)
                await session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
                return
            await session.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in (*map(str, reversed(tables)), "sqlite_sequence"):
                await session.execute(text(f"DELETE FROM {table}"))

    def close(self):
        self.run(self.database.close())
        self._runner.close()


class Engine:
    """Everybody acts through it; whatever follows is done when a call returns."""

    def __init__(self, ground, starts_at):
        self._ground, self.database = ground, ground.database
        self.moment = starts_at
        self.said = []
        self.unanswered = []  # what a person did that nothing was said about
        self._monotonic = itertools.count(0.0, 5.0)
        self._leases = itertools.count(1)

    # --- assembling

    async def open(self):
        self.log = LogLines()
        self.stage = World(DEFAULT_TOKEN, None, None)
        self._telegram = Telegram(self)
        self.bot = ExtBot(
            DEFAULT_TOKEN, request=self._telegram, get_updates_request=self._telegram, local_mode=False
        )
        await self.bot.initialize()
        await self._ground.clear()
        await self.restart()
        async with self.database.writer.begin() as session:
            session.add(workshop_row(self.moment, id=1))

    async def restart(self):
        """A new process: it has nothing but the database."""
        self.application = build(self.bot)
        await self.application.initialize()
        owner = f"process{next(self._leases)}"
        self.lanes = Lanes(self.database, self.application, OPERATOR, self.now, self.now, owner)
        self.deliverer = Deliverer(
            self.database, self.bot, OPERATOR, Pace(25.0), self.now, self.now, self._tells, owner
        )
        self.ticks = Ticks(self.database, OPERATOR, self.now, self.now, self._tells)
        self.intake = Intake(self.database, self.bot, OPERATOR, self.now, lambda: None)

    def _tells(self):
        """Nobody waits for the pace of sending: each look at this clock is seconds after the one before."""
        return next(self._monotonic)

    def close(self):
        self.log.close()

    def now(self):
        return self.moment

    @property
    def today(self):
        return self.moment.astimezone(BERLIN).date()

    # --- people

    async def guest(self, name, **columns):
        """Somebody who has joined already; their id is that of their chat minus the first user's."""
        phone = Phone(id=self.stage.ledger.free_user_id(), first_name=name.split()[0], started=True)
        self.stage.ledger.add_phone(phone)
        row = member(phone.id, self.moment, name, seeks=("ehrenamt",), announcements=False, **columns)
        async with self.database.writer.begin() as session:
            session.add(row)
        return phone.id, row.id

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

    async def follows(self, chat, payload):
        await self._does(chat, lambda phone: phones.start(self.stage, phone, payload))

    async def blocks(self, chat, *, blocked):
        await self._does(chat, lambda phone: phones.block(self.stage, phone, blocked=blocked), silently=True)

    async def taps(self, chat, message, data, times=1):
        """Press a button with these data, whether or not the message has one; `times`: a nervous finger."""
        record = self.stage.ledger.chats[chat].messages.get(message)
        body = record.body if record is not None else _gone(chat, message)

        def press(phone):
            for _ in range(times):
                phones._callback(self.stage, phone, _Pressed(body), data)

        await self._does(chat, press)

    async def _does(self, chat, act, *, silently=False):
        self.moment += BETWEEN_ACTS
        self.stage.clock.set(self.moment)
        owed = await self._owed_to(chat)
        act(self.stage.ledger.phones[chat])
        self.last = self.stage.updates.pending()
        await self.settle()
        if not silently and await self._owed_to(chat) == owed:
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
        if updates := self.stage.updates.pending():
            await self.intake.take(updates)
            for each in updates:
                self.stage.updates.confirm(each["update_id"])
            await self.intake.finish()
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

    # --- what was sent

    async def on_its_way(self, chat):
        """The row that this chat is just being sent, with what its reader has agreed to at this moment."""
        async with self.database.reader() as session:
            row = await session.scalar(
                select(Outgoing).where(Outgoing.chat_id == chat, Outgoing.state == SendState.SENDING)
            )
            assert row is not None, "a message that no row owes"
            person = await session.scalar(select(Person).where(Person.chat_id == chat))
            given = await session.execute(
                select(Consent.purpose, Consent.given, Consent.withdrawn_at)
                .join(Person, Person.id == Consent.person_id)
                .where(Person.chat_id == chat)
                .order_by(Consent.id)
            )
            last = {purpose: yes and withdrawn is None for purpose, yes, withdrawn in given}
            agrees = last.get(Purpose.CORE, False) and last.get(Purpose.CARRIER, False)
            paused = person is not None and person.paused
            paused = paused and (person.paused_until is None or person.paused_until > self.moment)
            asks = frozenset(await session.scalars(select(Nudge.period).where(Nudge.outbox_id == row.id)))
        return row, agrees, paused, asks

    def note(self, found, name, given, *, arrived):
        row, agrees, paused, asks = found
        text = str(given.get("text") or given.get("caption") or "")
        self.said.append(
            Said(
                self.moment, row.chat_id, row.id, row.kind, row.priority, row.key,
                name.startswith("edit"), text, agrees, paused, asks, arrived,
            )
        )  # fmt: skip

    def loses_answers(self, count):
        self._telegram.lose = count

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
