"""What is asked from outside, and a database behind it."""

from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer

from db.cipher import Cipher
from db.session import open_database
from web.health import Health
from web.server import create_app

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
async def database(database_url):
    database = open_database(database_url, Cipher(bytes(32)))
    yield database
    await database.close()


@pytest.fixture
async def sqlite_database(sqlite_url):
    """The same on SQLite only, for what does not differ."""
    database = open_database(sqlite_url, Cipher(bytes(32)))
    yield database
    await database.close()


class Silence:
    """Seconds since the last poll."""

    seconds: float | None = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def silence():
    return Silence()


@pytest.fixture
async def client(database, silence):
    app = create_app(Health(database, lambda: NOW, silence), lambda: "mutmacher_bot")
    async with TestClient(TestServer(app)) as client:
        yield client
