"""Which of several processes leads: one at a time, whatever becomes of its connection; and how they call each other."""

import asyncio
import time
from contextlib import asynccontextmanager

import psycopg
import pytest

from bot.leading import LEASE, Leadership
from db.session import async_url

TAKES_OVER_WITHIN = 15.0


async def until(done):
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110 - the database rings no bell here
            await asyncio.sleep(0.005)


class Candidate:
    """Notes when it begins and ends to lead."""

    def __init__(self, name, url, events):
        self.name, self._events, self.heard = name, events, []
        self.stop = asyncio.Event()
        self.leadership = Leadership(async_url(url), self._lead, self.heard.append)
        self.running = asyncio.create_task(self.leadership.run(self.stop))

    async def _lead(self, stop):
        self._events.append((self.name, "begins"))
        await stop.wait()
        self._events.append((self.name, "ends"))

    async def ends(self):
        self.stop.set()
        await self.running

    async def leads(self):
        await until(lambda: self.leadership.leads)


@asynccontextmanager
async def candidates(url):
    """One that leads, one that stands by, and what happens to them in its order."""
    events = []
    first = Candidate("first", url, events)
    await first.leads()
    second = Candidate("second", url, events)
    yield first, second, events
    for each in (first, second):
        await each.ends()


def query(url, statement):
    with psycopg.connect(url, autocommit=True) as server:
        found = server.execute(statement)
        return found.fetchall() if found.description else []


async def test_who_ends_in_order_hands_over_at_once(postgres_url, monkeypatch):
    """There is no lease to wait for, else it would last an hour."""
    monkeypatch.setattr("bot.leading.LEASE", 3600)
    async with candidates(postgres_url) as (first, second, events):
        await asyncio.sleep(1)
        assert not second.leadership.leads
        await first.ends()
        await until(lambda: len(events) > 2)
        assert events == [("first", "begins"), ("first", "ends"), ("second", "begins")]


async def test_a_leader_whose_connection_is_ended_stops_before_another_begins(postgres_url):
    """Both may lead afterwards, but never at the same time; and nobody begins before the lease is over."""
    async with candidates(postgres_url) as (first, _, events):
        killed = time.monotonic()
        query(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted",
        )
        await until(lambda: not first.leadership.leads)
        stopped = time.monotonic() - killed
        await until(lambda: len(events) > 2)
        again = time.monotonic() - killed
        assert stopped < LEASE / 2, "a connection that ends is noticed at once"
        assert LEASE - 1 < again < TAKES_OVER_WITHIN
        assert [what for _, what in events] == ["begins", "ends", "begins"]


async def test_a_leader_without_an_answer_stops_before_its_lease_is_over(postgres_url):
    """The server is there, but does not answer; then it does."""
    async with candidates(postgres_url) as (first, _, events):
        async with await psycopg.AsyncConnection.connect(postgres_url) as other:
            await other.execute("SELECT * FROM carrier FOR UPDATE")
            held = time.monotonic()
            await until(lambda: not first.leadership.leads)
            assert time.monotonic() - held < LEASE
            await asyncio.sleep(0.1)
            assert events[-1] == ("first", "ends")
        await until(lambda: events[-1][1] == "begins")


async def test_what_fails_while_leading_is_raised(postgres_url):
    async def fail(_stop):
        raise ValueError("led badly")

    with pytest.raises(ValueError, match="led badly"):
        await Leadership(async_url(postgres_url), fail, print).run(asyncio.Event())


async def test_all_hear_what_one_tells(postgres_url):
    async with candidates(postgres_url) as (first, second, _):
        while not (first.heard and second.heard):  # the second may not listen yet
            query(postgres_url, "NOTIFY mutmacher, 'words'")
            await asyncio.sleep(0.1)
        assert {*first.heard} == {*second.heard} == {"words"}
