"""PostgreSQL is restarted while the bot runs: it goes on by itself, nothing is lost, and nobody starts it again."""

import asyncio
import json

import pytest
from aiohttp import ClientSession

from tests.postgres import running_postgres
from tests.processes.hall import FIRST, open_hall

HELP = "Das geht hier"
GUESTS = 20


@pytest.fixture
def server(_postgres):
    """Its own, so that no other test finds one that is stopped; where there is none at all, `_postgres` says so."""
    with running_postgres() as server:
        yield server


async def test_the_running_bot_goes_on_after_a_restart_of_postgresql(tmp_path, server):
    async with ClientSession() as http, open_hall(tmp_path, http, server.fresh_url()) as hall:
        await hall.fill(GUESTS)
        await hall.start()
        process = hall.bot.process
        await hall.post("faults", limits=True, latency_ms=50)
        await hall.announce(GUESTS)
        await hall.until_arrived(5)
        await asyncio.to_thread(server.stop)
        for n in range(10):
            await hall.post(f"users/{FIRST + n}/send", text="/hilfe")
        await asyncio.sleep(3)
        assert process.returncode is None
        server.start()
        report = await hall.report()
        assert report["Zugestellt"] + report["Ohne Auskunft von Telegram"] == GUESTS

        async def all_answered():
            return len(await hall.arrived(HELP)) == 10

        await hall.until(all_answered)
        assert set((await hall.arrived(HELP)).values()) == {1}
        arrived = await hall.arrived()
        assert set(arrived) == {FIRST + n for n in range(GUESTS)}
        assert sum(arrived.values()) - GUESTS <= report["Möglicherweise doppelt"]
        assert process.returncode is None
        status, text = await hall.bot.get("/health")
        assert (status, json.loads(text)["status"]) == (200, "ok")
