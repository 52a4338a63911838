"""The disk is full for a moment: nothing is lost, nothing comes twice, nobody has to repair anything."""

import asyncio
import contextlib
import json
import os
import resource

import pytest

from tests.processes.hall import FIRST

HELP = "Das geht hier"


@contextlib.contextmanager
def full_disk(pid):
    """No file of this process can grow or be written to: what a full or read-only disk does to a database."""
    if not hasattr(resource, "prlimit"):
        reason = "no prlimit on this system"
        (pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip)(reason)
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def polls(hall, number):
    async def so_far():
        return [call["method"] for call in await hall.log()].count("getUpdates")

    until = await so_far() + number
    async with asyncio.timeout(180):
        while await so_far() < until:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.1)


async def test_a_full_disk_delays_and_loses_nothing(hall):
    guests = 40
    await hall.fill(guests)
    await hall.start()
    await hall.post("faults", limits=True, latency_ms=50)
    await hall.announce(guests)
    await hall.until_arrived(8)
    with full_disk(hall.bot.process.pid):
        before = sum((await hall.arrived()).values())
        for n in range(3):
            await hall.post(f"users/{FIRST + n}/send", text="/hilfe")
        await polls(hall, 4)  # that bring nothing it could store
        assert sum((await hall.arrived()).values()) - before <= 12, (
            "what cannot be noted is not sent on and on"
        )
        assert await hall.arrived(HELP) == {}
    report = await hall.report()
    guest = await hall.phone("Gast", FIRST)
    await guest.quiet()
    assert await hall.arrived() == {FIRST + n: 1 for n in range(guests)}
    assert await hall.arrived(HELP) == {FIRST + n: 1 for n in range(3)}
    assert report["Zugestellt"] == guests
    status, text = await hall.bot.get("/health")
    assert (status, json.loads(text)["status"]) == (200, "ok")
