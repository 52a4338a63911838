"""Walls for the tests: served over HTTP from a real database, and a screen that reads their stream."""

import json
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientSession, ClientTimeout
from aiohttp.test_utils import TestServer

from bot.app import operator_of
from bot.settings import Settings
from db.models import Broadcast, BroadcastState, PledgeEvent
from domain.history import EventKind
from domain.readers import Readership
from domain.written import Written
from tests.cast import event_row, member, pledge_row
from tests.web.conftest import NOW
from web.health import Health
from web.server import create_app
from web.wall import Walls

BOT = "mutmacher_bot"
SOON = 0.01  # seconds between two looks


def walls_of(database, *, now=lambda: NOW, monotonic=None, every=SOON, settings=None):
    """All walls, looked at all the time. Without a clock of the test's each request comes a second after the last."""
    operator = operator_of(settings or Settings(_env_file=None), BOT)
    return Walls(database, lambda: operator, now, monotonic or count().__next__, every)


@asynccontextmanager
async def served(database, walls):
    """A client of a server that has them."""
    app = create_app(Health(database, lambda: NOW, lambda: 0.0), lambda: BOT, walls=walls)
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url(""), timeout=ClientTimeout(120)) as http,
    ):
        yield http


async def add(database, *rows):
    async with database.writer.begin() as session:
        session.add_all(rows)


async def join(database, number, first=1):
    """So many more people in the workshop."""
    await add(database, *(member(each, NOW, f"Person {each}") for each in range(first, first + number)))


async def promise(database, number, *, text="Ich rufe an.", on_wall=False):
    """A pledge of the person with this number to the next one; `on_wall`: both and the team have let everybody."""
    async with database.writer.begin() as session:
        pledge = pledge_row(1, number, number + 1, NOW, text=text)
        session.add(pledge)
        await session.flush()
        for party in pledge.parties if on_wall else ():
            said = event_row(pledge.id, party, EventKind.READERS_SET, NOW, readers=Readership.PUBLIC)
            session.add(said)
            await session.flush()
        if on_wall:
            session.add(PledgeEvent(pledge_id=pledge.id, kind=EventKind.WALL_SHOWN, at=NOW))
        return pledge.id


def notice(text, **more):
    """A notice of the day that everybody got at noon."""
    told = {"state": BroadcastState.FINISHED, "confirmed_at": NOW, **more}
    return Broadcast(
        workshop_id=1,
        author_chat_id=1,
        message_id=1,
        notice=True,
        words=Written(text).stored(),
        created_at=NOW,
        **told,
    )


class Screen:
    """Reads a stream as a browser does."""

    def __init__(self, answer):
        self.status, self._answer = answer.status, answer

    async def next(self):
        """The name of the next event and what it says, or None at the end."""
        lines = []
        while line := (await self._answer.content.readline()).decode().rstrip("\n"):
            lines.append(line.partition(": ")[::2])
        said = dict(lines)
        return (said["event"], said["data"] and json.loads(said["data"])) if said else None

    async def wall(self, *, until=lambda _: True):
        """The next wall that it is told, of which this is true."""
        while (event := await self.next()) is not None:
            if event[0] == "wall" and until(event[1]):
                return event[1]
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def screen(http, code="ABCDEF", language="de"):
    async with http.get(f"/wall/{code}/events", params={"lang": language}) as answer:
        yield Screen(answer)
