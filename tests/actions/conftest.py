import pytest

from tests.actions.rights import retaining
from tests.databases import opened
from tests.handlers.rig import Rig


@pytest.fixture
async def rig(database_url):
    rig = Rig(database_url)
    await rig.open()
    yield rig
    await rig.close()


@pytest.fixture
async def database(database_url):
    """Two people with a pledge and a note to it (`retaining`)."""
    database = opened(database_url)
    async with database.writer.begin() as session:
        await retaining.populate(session)
    yield database
    await database.close()
