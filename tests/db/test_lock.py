"""One process for one database: the lock, however the file is reached and whatever becomes of the connection."""

import asyncio
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from db.lock import InUse, hold
from db.session import sync_url

HOLDER = """
import asyncio, sys
from db.lock import InUse, hold

async def main():
    try:
        async with hold(sys.argv[1]):
            print("held", flush=True)
            await asyncio.sleep(3600)
    except InUse:
        print("in use", flush=True)

asyncio.run(main())
"""


def holder(url):
    """A process that holds the lock until it is killed, and what it printed."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


async def test_a_second_process_is_refused_until_the_first_is_gone(database_url):
    first, said = holder(database_url)
    try:
        assert said == "held"
        second, said = holder(database_url)
        second.communicate()
        assert said == "in use"
        with pytest.raises(InUse):
            async with hold(database_url):
                pass
    finally:
        first.kill()
        first.communicate()
    await taken(database_url)


async def taken(url):
    """Take the lock once; PostgreSQL needs a moment to notice that its holder is gone."""
    async with asyncio.timeout(60):
        while not await is_free(url):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.05)


async def test_a_lock_is_free_again_after_its_block(database_url):
    async with hold(database_url) as still_held:
        assert await still_held()
        with pytest.raises(InUse):
            async with hold(database_url):
                pass
    await taken(database_url)


async def is_free(url):
    try:
        async with hold(url) as still_held:
            return await still_held()
    except InUse:
        return False


def kill_lock(url):
    """End the connection that holds the lock, as a restart of the server does."""
    end = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    engine = create_engine(sync_url(url))
    with engine.begin() as connection:
        connection.execute(end)
    engine.dispose()


async def test_a_lock_whose_connection_is_lost_is_taken_again(postgres_url):
    async with hold(postgres_url) as still_held:
        kill_lock(postgres_url)
        assert not await still_held()
        assert await still_held()
        with pytest.raises(InUse):
            async with hold(postgres_url):
                pass


async def test_a_lost_lock_that_somebody_else_has_taken_is_not_taken_again(postgres_url):
    async with hold(postgres_url) as still_held:
        kill_lock(postgres_url)
        assert not await still_held()
        async with hold(postgres_url):
            with pytest.raises(InUse):
                await still_held()
        assert await still_held()


async def test_a_file_reached_through_a_link_has_the_same_lock(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    async with hold(f"sqlite:///{tmp_path}/there/m.db"):
        with pytest.raises(InUse):
            async with hold(f"sqlite:///{tmp_path}/link/m.db"):
                pass
