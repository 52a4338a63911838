"""Databases where nobody is yet."""

import pytest

from tests.databases import opened


@pytest.fixture
async def sqlite(sqlite_url):
    async for found in _opened(sqlite_url):
        yield found


@pytest.fixture
async def database(database_url):
    """Where nobody is yet."""
    async for found in _opened(database_url):
        yield found


async def _opened(url):
    found = opened(url)
    yield found
    await found.close()
