"""A stage and bots as processes of their own."""

import pytest
from aiohttp import ClientSession

from tests.processes.hall import open_hall


@pytest.fixture
async def hall(tmp_path):
    async with ClientSession() as http, open_hall(tmp_path, http) as hall:
        yield hall
