"""A lost or a wrong key is noticed before anybody's words are: at the start, by `check`, and by /health."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import LargeBinary, delete, select, type_coerce, update

from bot import check
from bot.ending import CannotGoOn, Code
from bot.process import _opened
from bot.settings import Settings
from db.cipher import Cipher, load_or_create_key
from db.migrate import upgrade
from db.models import KeyCheck, Workshop
from db.session import open_database
from tests.cast import workshop_row
from web.health import Health

NOW = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(
        _env_file=None, bot_token="", database_url=database_url, secret_key_file=tmp_path / "secrets" / "key"
    )


async def started(settings, *, with_words=True):
    """The bot ran once, and somebody left words."""
    async with _opened(settings) as database, database.writer.begin() as session:
        if with_words:
            session.add(workshop_row(NOW, code="ABC234"))


async def refused(settings):
    with pytest.raises(CannotGoOn) as caught:
        async with _opened(settings):
            pass
    assert caught.value.code is Code.WRONG_SETTING
    return caught.value.line


def replace_key(settings):
    settings.secret_key_file.unlink()
    load_or_create_key(settings.secret_key_file)


async def test_the_right_key_opens_the_database_again(settings):
    await started(settings)
    async with _opened(settings) as database, database.reader() as session:
        assert await session.scalar(select(Workshop.title)) == "Werkstatt Berlin"


async def test_no_new_key_is_made_beside_old_words(settings):
    """As when the folder of secrets was not mounted after a move."""
    await started(settings)
    settings.secret_key_file.unlink()
    assert await refused(settings) == (
        "SECRET_KEY_FILE: it is missing, and the database holds words that were written with a key"
    )
    assert not settings.secret_key_file.exists()


@pytest.mark.parametrize("with_words", [True, False])
async def test_another_key_is_refused(settings, with_words):
    await started(settings, with_words=with_words)
    replace_key(settings)
    line = await refused(settings)
    assert line == "SECRET_KEY_FILE: it holds another key than the one that this database was written with"


async def test_a_database_from_before_the_check_is_tried_by_its_words(settings):
    await started(settings)
    async with _opened(settings) as database, database.writer.begin() as session:
        await session.execute(delete(KeyCheck))
    replace_key(settings)
    assert "another key" in await refused(settings)


async def test_one_damaged_value_is_not_taken_for_another_key(settings):
    await started(settings)
    async with _opened(settings) as database, database.writer.begin() as session:
        raw = type_coerce(b"\x02damaged", LargeBinary)
        await session.execute(update(Workshop).values(title=raw))
    async with _opened(settings) as database, database.reader() as session:
        assert await session.scalar(select(KeyCheck.id)) == 1


async def test_check_says_it(settings):
    await started(settings)
    assert await check._database(settings) == "ok"
    replace_key(settings)
    with pytest.raises(check.TroubleError, match="SECRET_KEY_FILE: it holds another key"):
        await check._database(settings)
    settings.secret_key_file.unlink()
    with pytest.raises(check.TroubleError, match="SECRET_KEY_FILE: it is missing"):
        await check._database(settings)


async def test_health_says_it(database_url, settings):
    await started(settings)
    for key, well in ((load_or_create_key(settings.secret_key_file), True), (bytes(32), False)):
        database = open_database(database_url, Cipher(key))
        ok, figures = await Health(database, lambda: NOW, lambda: None).check()
        await database.close()
        assert (ok, figures["status"] == "the key does not fit the database") == (well, not well)


async def test_the_check_waits_for_the_tables(settings):
    """An older version's database has no place for it yet."""
    upgrade(settings.database_url, "0002")
    load_or_create_key(settings.secret_key_file)
    assert await check._database(settings) == "ok"
    await started(settings)
