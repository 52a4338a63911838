"""The whole bot at work in a test: assembled as in production, with a real database, and the stage as Telegram."""

import asyncio
import itertools
import re
import time
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import SystemRandom

from aiohttp import ClientSession, web
from sqlalchemy import event, func, select

from bot import client
from bot.app import BotWalk, Menus, Pulse, assemble
from bot.settings import Settings
from db.models import Base, Inbox, InboxState, Outgoing, SendState
from domain.codes import new_code
from domain.outcomes.organising.desk import OrgaMenu
from domain.retention import SENT_KEPT
from scheduler.metronome import Metronome
from stage import DEFAULT_TOKEN, create_app
from stage.server import WORLD
from tests import cast
from tests.clock import TestClock
from tests.databases import opened
from tests.log_lines import LogLines
from tests.people import TestPerson

OWNER = 9001
STARTS_AT = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)  # a Monday, nine in the morning in Berlin
_QUIET_WITHIN = 120.0  # seconds
_LOOK_EVERY = 0.004
_ASK_EVERY = 0.2  # seconds, even if nothing is committed
_LINK = re.compile(r"start=w_(\w+)")


class World:
    """`person` brings somebody in, `quiet` waits until nothing is left to do, `restart` is another process."""

    def __init__(self, database_url, starts_at=STARTS_AT, *, haste=1_000_000.0, **settings):
        self.clock = TestClock(starts_at, haste)
        self.people = {}
        self.code = None  # of the latest workshop made in the chat
        self.forgotten = set()  # chats whose rows are gone, because they were erased
        self.expected_errors = False
        self.parked_or_poison = 0
        self._database_url = database_url
        self._given = settings
        self._numbers = itertools.count(1)
        self._stop = self._running = None
        self._commits, self._busy_since, self._asked_at = 0, None, 0.0

    # --- assembling

    async def open(self):
        self._log = LogLines()
        app = create_app()
        self.stage = app[WORLD]
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = ClientSession()
        self.settings = Settings(
            _env_file=None,
            bot_token=DEFAULT_TOKEN,
            telegram_api_url=self.url,
            database_url=self._database_url,
            **{"owners": frozenset({OWNER}), "controller_contact": "team@example.org", **self._given},
        )
        self.clock.walks(self)
        await self.run()

    async def run(self):
        """Start the bot: a new process would have nothing but the database and the key."""
        self.database = opened(self._database_url)
        event.listen(self.database.engines[0].sync_engine, "commit", self._note_commit)
        self.bot = client.make(self.settings)
        self._stop = asyncio.Event()
        await client.introduce(self.bot, self._stop)
        pulse = Pulse(self.clock.monotonic, self.clock.monotonic())
        self.mutmacher = assemble(self.settings, self.database, self.bot, self.clock, pulse)
        # Here only the test's clock beats: what is due is done when the test says that time has passed. And nobody
        # looks at the menus, which tests/bot/test_menus.py sets.
        self.mutmacher.parts[:] = [
            part for part in self.mutmacher.parts if not isinstance(part, (Metronome, Menus))
        ]
        self.walk = BotWalk(self.mutmacher.ticks, self.mutmacher.lanes, self.mutmacher.deliverer)
        self._running = asyncio.create_task(self.mutmacher.run(self._stop))

    def _note_commit(self, _connection):
        self._commits += 1

    async def halt(self):
        """As SIGTERM does."""
        self._stop.set()
        await self._running
        await self.bot.shutdown()
        await self.database.close()
        self._running = None

    async def restart(self):
        await self.halt()
        await self.run()
        await self.walk.run_due()  # as the metronome does first
        await self.quiet()

    async def close(self):
        if self._running is not None:
            await self.halt()
        await self._http.close()
        await self._runner.cleanup()
        self._log.close()

    # --- waiting

    async def idle(self):
        """Every update is fetched and processed, and what follows is sent. In this order: work flows one way."""
        if not self._at_rest():
            return False
        commits, self._asked_at = self._commits, time.monotonic()
        is_idle = await self.walk.idle()
        self._busy_since = None if is_idle else commits
        return is_idle

    def _at_rest(self):
        """Seen without asking the database, which would keep the bot from its work: only then is it worth asking. If
        work was left, it still is until something is committed.
        """
        in_use = any(engine.pool.checkedout() for engine in self.database.engines)
        at_work = self.mutmacher.lanes._working or self.mutmacher.deliverer._on_their_way
        unchanged = self._busy_since == self._commits and time.monotonic() - self._asked_at < _ASK_EVERY
        return not (self.stage.updates.count or in_use or at_work or unchanged)

    async def quiet(self):
        """Until nothing is left to do. Fails if the bot has ended, or if it takes too long."""
        async with asyncio.timeout(_QUIET_WITHIN):
            while not await self.idle():
                if self._running.done():
                    self._running.result()
                    raise AssertionError("the bot has ended")
                self._check_errors()
                await asyncio.sleep(_LOOK_EVERY)

    # --- people

    async def person(self, name, **more):
        """A phone with this first name; also last_name, username, language_code, id."""
        user = await self.post("users", json={"first_name": name, **more})
        person = self.people[user["id"]] = TestPerson(self, user["id"], name)
        return person

    async def organiser(self):
        """The one owner, who has pressed Start before, and agreed to nothing."""
        if OWNER not in self.people:
            await self.person("Orga", id=OWNER)
            row = cast.agreed(OWNER, self.clock.now(), yes=())
            await self.add(row)
            await cast.greet(self, row, OrgaMenu((), 0, to_confirm=0, pledges=None))
        return self.people[OWNER]

    async def workshop(self, title="Werkstatt Berlin"):
        """One of today's, with an organiser who has written to the bot; its code."""
        await self.organiser()
        self.code = new_code(SystemRandom())
        await cast.open_workshop(self, title=title, code=self.code)
        return self.code

    async def makes_workshop(self, title="Werkstatt Berlin", day=None):
        """The organiser makes one in the chat, today unless another day is typed; its code."""
        orga = await self.organiser()
        await orga.says("/werkstatt")
        await orga.says(title)
        await (orga.taps("Heute") if day is None else orga.says(day))
        await orga.taps("Überspringen")
        codes = [found[1] for each in orga.new if (found := _LINK.search(str(each.body)))]
        assert codes, f"no link in what the organiser got:\n{orga.screen()}"
        self.code = codes[-1]
        return self.code

    async def joined(self, name, **answers):
        """Somebody who joins in the chat (`cast.joined`)."""
        return await cast.joined(self, name, **answers)

    async def joined_already(self, name, **answers):
        """Somebody who has joined before the test begins (`cast.joined_already`)."""
        return await cast.joined_already(self, name, **answers)

    # --- looking in

    def messages(self, chat_id):
        """Everything in a chat, as the stage's page shows it."""
        return [record.shown() for record in self.stage.ledger.chats[chat_id].messages.values()]

    async def rows(self, *which):
        """All there are of a table's rows, or of a column's values."""
        return await self.chosen(select(*which))

    async def chosen(self, statement):
        """What a select gives; read-only."""
        async with self.database.reader() as session:
            return (await session.scalars(statement)).all()

    async def add(self, *rows):
        async with self.database.writer.begin() as session:
            session.add_all(rows)

    async def stored(self):
        """Every value of every table as one text, words decrypted: to look for what must not be there."""
        async with self.database.reader() as session:
            tables = [await session.execute(select(table)) for table in Base.metadata.sorted_tables]
            return "\n".join(str(tuple(row)) for rows in tables for row in rows)

    async def count(self, table):
        async with self.database.reader() as session:
            return await session.scalar(select(func.count()).select_from(table))

    def number(self):
        return next(self._numbers)

    async def get(self, path):
        async with self._http.get(f"{self.url}/stage/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path, **body):
        async with self._http.post(f"{self.url}/stage/{path}", **body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    # --- what holds at the end of every test

    async def check(self):
        await self.quiet()
        assert await self.get("violations") == [], "calls that Telegram's table of methods refuses"
        self._check_errors()
        await self._check_inbox()
        await self._check_ledger()
        self._check_log_for_words()

    def _check_errors(self):
        assert self.expected_errors or not self._log.errors, "\n".join(self._log.errors)

    async def _check_inbox(self):
        states = Counter(await self.rows(Inbox.state))
        assert not states[InboxState.NEW], "updates were not processed"
        assert states[InboxState.PARKED] + states[InboxState.POISON] == self.parked_or_poison, states

    async def _check_ledger(self):
        """What arrived is what the outbox says was sent: once each, nothing more, nothing less. Of what is old
        some rows are gone.
        """
        sent = await self.rows_of_sent()
        seen = [each for each in (await self.get("ledger"))["sent"] if each["chat_id"] not in self.forgotten]
        arrived = Counter((each["chat_id"], each["message_id"]) for each in seen)
        old = (self.clock.now() - SENT_KEPT).timestamp()
        lately = Counter((each["chat_id"], each["message_id"]) for each in seen if each["at"] >= old)
        assert lately <= sent <= arrived, f"not arrived: {sent - arrived}; not sent: {lately - sent}"

    async def rows_of_sent(self):
        async with self.database.reader() as session:
            rows = await session.execute(
                select(Outgoing.chat_id, Outgoing.message_id).where(
                    Outgoing.state == SendState.SENT, Outgoing.edits_message.is_(None)
                )
            )
            return Counter(tuple(row) for row in rows if row[0] and row[0] not in self.forgotten)

    def _check_log_for_words(self):
        typed = {
            words
            for each in self.people.values()
            for words in each.typed
            if len(words) > 6 and words[0] != "/"
        }
        lines = "\n".join(self._log.lines)
        assert not (found := [words for words in typed if words in lines]), f"words in the log: {found}"


@asynccontextmanager
async def running_world(database_url, starts_at=STARTS_AT, **settings):
    """A world for one test; what has to hold at the end is checked if the test itself has not failed."""
    world = World(database_url, starts_at, **settings)
    await world.open()
    try:
        yield world
        await world.check()
    finally:
        await world.close()
