"""A deliverer at work: a real database, the real client, the stage in Telegram's place."""

import pytest

from tests.scheduler.rig import Rig
from tests.stage.conftest import serve, stage  # noqa: F401 - fixtures


@pytest.fixture
async def rig(database_url, stage):  # noqa: F811 - pytest's way
    rig = Rig(database_url, stage)
    await rig.open()
    yield rig
    await rig.close()
