import pytest

from db.cipher import Cipher
from db.session import open_database
from tests.actions.rights import retaining
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
    opened = open_database(database_url, Cipher(b"k" * 32))
    async with opened.writer.begin() as session:
        await retaining.populate(session)
    yield opened
    await opened.close()
