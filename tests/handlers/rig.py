"""Lanes at work on a real database, with an application whose Telegram answers nothing but getMe."""

import asyncio
import itertools
import json
import os
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from telegram import Update
from telegram.ext import ExtBot, TypeHandler
from telegram.request import BaseRequest

from actions.exchange.operator import Operator
from actions.intake import inbox
from db.models import Inbox, InboxState, Outgoing
from domain.outcomes.small import Fault
from domain.voice import Voice
from handlers import lanes as lanes_module
from handlers.application import build
from handlers.lanes import Lanes
from tests.cast import CORE, member, workshop_row
from tests.databases import opened

OWNER = 900


async def _nothing_said(*_):
    """A rehearsal takes seconds, and who may have one played does not depend on it : see `test_rehearsal`."""
    return []


OPERATOR = Operator(
    (OWNER,), "Verein", "a@example.org", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90,
    rehearse=_nothing_said,
)  # fmt: skip
CODE = "ABC234"
_numbers = itertools.count(1)


# A Monday at nine in Berlin, whenever tests run: what happens must not depend on the hour, nor on a day that ends
# meanwhile. Processes that they start live in the same time.
BEGINS = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
_AHEAD = timedelta(seconds=float(os.environ.setdefault("TESTS_AHEAD", str(BEGINS.timestamp() - time.time()))))


def now():
    return datetime.now(UTC) + _AHEAD


class NoTelegram(BaseRequest):
    """Knows who the bot is; whoever calls anything else learns that lanes do not talk to Telegram."""

    read_timeout = None

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, *_, **__):
        assert url.endswith("/getMe"), "a lane spoke to Telegram"
        me = {"id": 1, "is_bot": True, "first_name": "Mutmacher", "username": "stage_bot"}
        return 200, json.dumps({"ok": True, "result": me}).encode()


async def new_application():
    bot = ExtBot("1:token", request=NoTelegram(), get_updates_request=NoTelegram())
    application = build(bot)
    await application.initialize()
    return application


class Rig:
    def __init__(self, url):
        self.database = opened(url)
        self.later = timedelta()
        self.running = []
        self.counted = Counter()  # what became of updates

    async def open(self):
        async with self.database.writer.begin() as session:
            session.add(workshop_row(now(), id=1, code=CODE, title="Werkstatt"))
        self.application = await new_application()

    async def close(self):
        await self.halt()
        await self.application.shutdown()
        await self.database.close()

    def machine(self):
        return now() + self.later

    def lanes(self, database=None):
        counts = lambda outcomes, _: self.counted.update(outcomes)  # noqa: E731
        return Lanes(database or self.database, self.application, OPERATOR, now, self.machine, counts)

    def start(self, lanes=None):
        lanes, stop = lanes or self.lanes(), asyncio.Event()
        self.running.append((lanes, stop, asyncio.create_task(lanes.run(stop))))
        return lanes

    async def halt(self):
        for _, stop, task in self.running:
            stop.set()
            await task
        self.running.clear()

    async def store(self, *updates):
        async with self.database.writer.begin() as session:
            answered = await inbox.store(session, updates, OPERATOR, now())
        for lanes, *_ in self.running:
            lanes.wake()
        return answered

    async def person(self, chat_id, yes=CORE, **columns):
        """A member of workshop 1 who has said yes to these purposes."""
        return await self.add(member(chat_id, now(), yes=yes, **columns))

    async def add(self, row):
        async with self.database.writer.begin() as session:
            session.add(row)
        return row

    async def all(self, table, *which):
        async with self.database.reader() as session:
            return (await session.scalars(select(table).where(*which))).all()

    async def states(self):
        return {row.update_id: row.state for row in await self.all(Inbox)}

    async def said(self, chat_id):
        rows = await self.all(Outgoing, Outgoing.chat_id == chat_id)
        return [row.kind for row in sorted(rows, key=lambda row: row.id)]

    async def settled(self, within=60):
        async with asyncio.timeout(within):
            while await self.count(Inbox, Inbox.state == InboxState.NEW):  # noqa: ASYNC110 - nothing to wait on
                await asyncio.sleep(0.01)

    async def count(self, table, *which):
        async with self.database.reader() as session:
            return await session.scalar(select(func.count()).select_from(table).where(*which))


def message(chat_id, text=None, update_id=None, chat=None, **fields):
    number = update_id or next(_numbers)
    body = {
        "message_id": number,
        "date": int(BEGINS.timestamp()),
        "chat": {"id": chat_id, "type": "private", "first_name": "N"} | (chat or {}),
        "from": {"id": abs(chat_id), "is_bot": False, "first_name": "N"},
    } | fields
    if text is not None:
        body["text"] = text
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"update_id": number, "message": body}


def press(chat_id, data, update_id=None, **fields):
    number = update_id or next(_numbers)
    query = {
        "id": str(number),
        "from": {"id": chat_id, "is_bot": False, "first_name": "N"},
        "chat_instance": "1",
        "data": data,
        "message": message(chat_id, "from the bot", number)["message"],
    }
    return {"update_id": number, "callback_query": query | fields}


async def eventually(check, within=60):
    async with asyncio.timeout(within):
        while not await check():  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(0.01)


def first(rig, act):
    """Let `act(turn, text)` run before the bot's own handlers."""

    async def handle(update, context):
        await act(context.turn, (update.message and update.message.text) or "")

    rig.application.add_handler(TypeHandler(Update, handle), group=-1)


def hurry(monkeypatch):
    """Tries of a failing update follow at once."""
    monkeypatch.setattr(lanes_module, "IDLE_POLL", 0.01)


async def tried_out(rig):
    """Until nothing waits; the machine's clock runs ahead, so that no try has to be waited for."""

    async def done():
        rig.later += timedelta(seconds=1)
        return not await rig.count(Inbox, Inbox.state == InboxState.NEW)

    await eventually(done)


async def effects(rig):
    """By chat, the updates that had an effect, in the order they had it."""
    rows = await rig.all(Outgoing, Outgoing.kind == Fault.__name__, Outgoing.object_id.is_not(None))
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.id):
        found[row.chat_id].append(row.object_id)
    return dict(found)
