"""What the tests of delivering have in their hands."""

import asyncio
import contextlib
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from telegram.ext import ExtBot

from actions.exchange import outbox
from actions.exchange.operator import Operator
from bot.request import AiohttpRequest
from db.models import Outgoing, Priority, SendState
from db.session import on_commit
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import Paused
from domain.voice import Voice
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from stage import DEFAULT_TOKEN
from tests.cast import agreed
from tests.databases import opened

FIRST = date(2027, 1, 1)
SETTLED_WITHIN = 60  # seconds
_ANSWERED_WITHIN = (
    30  # seconds: more than the slowest machine takes to answer, else it would make answers unclear
)


def machine():
    return datetime.now(UTC)


class Line(AiohttpRequest):
    """To Telegram. It keeps each answer until `through` is set, so that a test may act while a message is on its way;
    `held` are those that it keeps now.
    """

    def __init__(self):
        super().__init__(read_timeout=_ANSWERED_WITHIN)
        self.through = asyncio.Event()
        self.through.set()
        self.held = 0

    async def do_request(self, *given, **more):
        answer = await super().do_request(*given, **more)
        self.held += 1
        try:
            await self.through.wait()
        finally:
            self.held -= 1
        return answer


class Rig:
    """`days` moves the clock that people live by; each row says another date, so that texts can be told apart."""

    def __init__(self, url, stage):
        self.stage = stage
        self.days = timedelta()
        self.database = opened(url)
        self.operator = Operator(
            (), "Verein", "a@example.org", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90
        )
        self.line = Line()
        self.bot = ExtBot(
            DEFAULT_TOKEN,
            base_url=f"{stage.url}/bot",
            request=self.line,
            get_updates_request=AiohttpRequest(),
        )
        self.deliverer = None
        self.stop = asyncio.Event()
        self.running = None
        self.wakers = []
        self.said = 0

    async def open(self):
        on_commit(self.database, lambda: [wake() for wake in self.wakers])
        await self.bot.initialize()

    async def close(self):
        await self.halt()
        await self.bot.shutdown()
        await self.database.close()

    def now(self):
        return machine() + self.days

    def start(self, lease_owner="first", per_second=25.0, **more):
        self.stop = asyncio.Event()
        self.deliverer = Deliverer(
            self.database,
            self.bot,
            self.operator,
            Pace(per_second),
            self.now,
            machine,
            time.monotonic,
            lease_owner,
            **more,
        )
        self.wakers[:] = [self.deliverer.wake]
        self.running = asyncio.create_task(self.deliverer.run(self.stop))

    async def halt(self):
        self.stop.set()
        if self.running is not None:
            await self.running
            self.running = None

    async def abandon(self):
        """As a SIGKILL would: the process is gone in the middle of its calls, nothing is written down."""
        attempts, self.running = self.deliverer._attempts, None
        for task in (*self.deliverer._on_their_way.values(), *attempts._calls):
            task.cancel()
        self.stop.set()
        self.wakers.clear()
        await asyncio.sleep(0.05)

    async def held(self, count=1):
        """Until the answers to so many messages are on their way."""

        async def arrived():
            return self.line.held >= count

        await eventually(arrived)

    async def settled(self, within=SETTLED_WITHIN):
        await eventually(self.deliverer.idle, within)

    async def people(self, count, consents=tuple(Purpose)):
        chats = [await self.stage.person(f"P{n}") for n in range(count)]
        async with self.database.writer.begin() as session:
            people = [agreed(chat, self.now(), yes=consents) for chat in chats]
            session.add_all(people)
        return people

    async def person(self):
        return (await self.people(1))[0]

    def paused(self):
        """The next outcome, and how its date reads."""
        day = FIRST + timedelta(days=self.said)
        self.said += 1
        return Paused(day)

    async def tell(self, *people, priority=Priority.REPLY, **columns):
        """One row for each, in one transaction."""
        async with self.database.writer.begin() as session:
            rows = []
            for person in people:
                chat_id = columns.pop("chat_id", None) or person.chat_id
                to = outbox.Recipient(chat_id, person.id if person else None)
                row = outbox.owe(session, self.paused(), to, self.now(), priority=priority)
                for name, value in columns.items():
                    setattr(row, name, value)
                rows.append(row)
            await session.flush()
        return rows[0] if len(rows) == 1 else rows

    async def row(self, row):
        async with self.database.reader() as session:
            return await session.get_one(Outgoing, row.id)

    async def rows(self):
        async with self.database.reader() as session:
            return (await session.scalars(select(Outgoing).order_by(Outgoing.id))).all()

    async def states(self):
        return [row.state for row in await self.rows()]

    async def until(self, row, *states):
        async def reached():
            return (await self.row(row)).state in states

        await eventually(reached)
        return await self.row(row)

    async def ledger(self):
        return (await self.stage.get("ledger"))["sent"]

    async def arrived(self, person):
        return [sent for sent in await self.ledger() if sent["chat_id"] == person.chat_id]

    async def calls(self):
        calls = (await self.stage.get("log?after=0&limit=1000"))["calls"]
        return [call for call in calls if call["method"].startswith(("send", "edit", "copy"))]


async def eventually(check, within=SETTLED_WITHIN, every=0.02):
    """Until the awaited `check` holds."""
    async with asyncio.timeout(within):
        while not await check():  # noqa: ASYNC110 - the database and the stage have no event to wait for
            await asyncio.sleep(every)


def text_of(row):
    """What its message says of the date."""
    day = date.fromisoformat(row.args["until"])
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober")
    return f"Bis {day.day}. {months[day.month - 1]}"


async def brief(seconds=0.3):
    """Long enough for what must not happen."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


SENT, DEAD, PENDING = SendState.SENT, SendState.DEAD, SendState.PENDING
UNKNOWN, UNDECIDED, CANCELLED = SendState.UNKNOWN, SendState.UNDECIDED, SendState.CANCELLED


async def fault(rig, *steps, **switches):
    await rig.stage.post("faults", **({"next": list(steps)} if steps else {}), **switches)
