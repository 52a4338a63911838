"""What `backup` and `restore` say when they cannot do their work: one line, which names what to change."""

import asyncio

import pytest
from sqlalchemy import text

from bot.backups import _back_up, _told
from bot.ending import CannotGoOn, Code
from bot.restoring import _restore
from bot.settings import Settings
from db.cipher import Cipher, load_key, load_or_create_key
from db.migrate import opened
from db.session import open_database, sync_url
from tests.cast import member, workshop_row
from tests.world import STARTS_AT


@pytest.fixture
def settings(sqlite_url, tmp_path):
    """Of a bot whose database was just backed up."""
    settings = Settings(
        _env_file=None, bot_token="", database_url=sqlite_url, secret_key_file=tmp_path / "secrets" / "key"
    )
    load_or_create_key(settings.secret_key_file)
    assert _told(_back_up, settings, tmp_path / "backup", flag=False).startswith("backup: ")
    return settings


@pytest.fixture
def refused(settings, tmp_path):
    """The exit code and the line of a command on this file."""

    def run(job, name="backup"):
        with pytest.raises(CannotGoOn) as caught:
            _told(job, settings, tmp_path / name, flag=False)
        return caught.value.code, caught.value.line

    return run


def test_no_file_is_overwritten_unasked(refused):
    assert refused(_back_up) == (Code.FAILED, "backup: is there already; --replace overwrites it")


def test_a_file_that_is_missing_or_none(refused, tmp_path):
    (tmp_path / "none").write_text("no zip")
    assert refused(_restore, "missing") == (
        Code.FAILED,
        "missing: cannot be read (No such file or directory)",
    )
    assert refused(_restore, "none") == (Code.FAILED, "none: is no backup, or a damaged one")


def test_a_folder_that_is_missing(refused):
    assert refused(_back_up, "missing/backup") == (Code.FAILED, "backup.part: No such file or directory")


def test_another_key_and_none(refused, settings):
    settings.secret_key_file.unlink()
    assert refused(_restore) == (Code.WRONG_SETTING, "SECRET_KEY_FILE: it is missing")
    settings.journal_file.unlink()
    load_or_create_key(settings.secret_key_file)
    assert refused(_restore) == (
        Code.WRONG_SETTING,
        "SECRET_KEY_FILE: it holds another key than the one that this backup was made with",
    )


def test_a_backup_that_is_older_than_the_journal(refused, settings, tmp_path):
    """Nobody knows who was erased in between; the operator may decide to restore it all the same."""
    settings.journal_file.unlink()
    code, line = refused(_restore)
    assert (code, line.partition(";")[0]) == (
        Code.FAILED,
        "backup: is older than the journal of erasures reaches back",
    )
    assert _told(_restore, settings, tmp_path / "backup", flag=True).startswith("restored: ")


def test_a_journal_that_is_none(refused, settings):
    settings.journal_file.write_text("something else")
    assert refused(_restore) == (Code.WRONG_SETTING, "ERASURE_JOURNAL: it is no journal of erasures")


@pytest.mark.parametrize(
    ("table", "column", "kind"), [("persons", "created_at", "DATETIME"), ("consents", "at", "DATETIME")]
)
def test_a_damaged_value_is_named_and_not_shown(settings, refused, table, column, kind):
    """As a disk, or a hand, may leave it: SQLite keeps anything in any column."""
    damage(settings, table, column, "gestern")
    assert refused(_back_up, "again") == (
        Code.FAILED,
        f"again: cannot be made: {table}.{column} of 3 is no {kind}",
    )


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("consents", "purpose", "X"), ("persons", "paused", "ja"), ("persons", "chat_id", "y")],
)
def test_one_that_only_the_bot_cannot_read_is_kept_as_it_is(settings, tmp_path, table, column, value):
    damage(settings, table, column, value)
    assert _told(_back_up, settings, tmp_path / "again", flag=False).startswith("backup: ")
    assert _told(_restore, settings, tmp_path / "again", flag=False).startswith("restored: ")


def damage(settings, table, column, value):
    asyncio.run(_store(settings, *(member(number, STARTS_AT) for number in (1, 2, 3))))
    with opened(sync_url(settings.database_url)) as engine, engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = '{value}' WHERE id = 3"))


async def _store(settings, *rows):
    database = open_database(settings.database_url, Cipher(load_key(settings.secret_key_file)))
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT, id=1))
        await session.flush()
        session.add_all(rows)
    await database.close()
