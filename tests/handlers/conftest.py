import pytest

from tests.handlers.rig import Rig


@pytest.fixture
async def rig(database_url):
    rig = Rig(database_url)
    await rig.open()
    yield rig
    await rig.close()
