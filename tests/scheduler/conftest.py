"""A deliverer at work: a real database, the real client, the stage in Telegram's place."""

import pytest

from tests.databases import opened
from tests.scheduler.rig import Rig
from tests.scheduler.ticking import World
from tests.stage.conftest import serve, stage  # noqa: F401 - fixtures


@pytest.fixture
async def rig(database_url, stage):  # noqa: F811 - pytest's way
    rig = Rig(database_url, stage)
    await rig.open()
    yield rig
    await rig.close()


@pytest.fixture
async def world(database_url):
    """Here no bot is needed: only a database, and the ticks that work in it."""
    database = opened(database_url)
    world = World(database)
    await world.populate()
    yield world
    await database.close()
