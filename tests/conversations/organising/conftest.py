"""Worlds with more than one organiser."""

import pytest

from tests.conversations.organising.announcing import SECOND
from tests.world import OWNER, running_world


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners, both at work."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        world.second = await world.person("Zweite", id=SECOND)
        await world.second.start()
        yield world
