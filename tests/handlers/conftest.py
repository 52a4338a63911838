import pytest

from tests.handlers.rig import Rig


@pytest.fixture
async def rig(database_url):
    rig = Rig(database_url)
    await rig.open()
    yield rig
    await rig.close()


@pytest.fixture
async def file(sqlite_url):
    """Lanes on an SQLite file that another process can lock."""
    rig = Rig(sqlite_url)
    await rig.open()
    yield rig
    await rig.close()
