"""A backup holds all rows as they were at one moment, and comes back into either database, or not at all."""

import hashlib
import json
import stat
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from db.backup import back_up, restore
from db.backup_file import BackupError, BackupReader, OtherKeyError
from db.cipher import Cipher
from db.migrate import NewerDatabaseError, differences, history, opened, upgrade
from db.session import sync_url
from tests.db.filling import contents, erase_youngest, fill, tables_of
from tests.db.revisions import all_written

NOW = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
CIPHER = Cipher(bytes(32))


@pytest.fixture
def other_url(database_url, request):
    """A database of the other kind."""
    name = "postgres_url" if database_url.startswith("sqlite") else "sqlite_url"
    return request.getfixturevalue(name)


def backup_of(url, folder, cipher=CIPHER):
    back_up(url, folder / "backup", cipher, NOW, replace=False)
    return folder / "backup"


def restored(url, path, cipher=CIPHER):
    with BackupReader(path, cipher) as backup:
        restore(url, backup)


def as_json(rows):
    """Rows of either database alike: instants in UTC."""

    def plain(value):
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        return bytes(value) if isinstance(value, memoryview) else value

    return {
        table: [{name: plain(value) for name, value in row.items()} for row in own]
        for table, own in rows.items()
    }


def execute(url, statement):
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        connection.execute(text(statement))


def test_every_row_comes_back_into_either_database(database_url, other_url, tmp_path):
    fill(database_url, all_written())
    held = as_json(contents(database_url))
    path = backup_of(database_url, tmp_path)
    fill(other_url, all_written(), numbers=range(9))
    for url in (other_url, database_url):
        restored(url, path)
        assert as_json(contents(url)) == held
        assert differences(url) == []


def test_no_id_is_given_out_again(database_url, other_url, tmp_path):
    """Not that of an erased row, nor one that was given out after the backup."""
    rows = fill(database_url, all_written())
    counted = tables_of(database_url).counting()
    given_out = {table: max(row[key] for row in rows[table].values()) for table, key in counted.items()}
    erase_youngest(database_url, rows)
    path = backup_of(database_url, tmp_path)
    for url in (other_url, database_url):
        restored(url, path)
        anew = fill(url, all_written(), numbers=[5])
        assert all(anew[table][5][key] > given_out[table] + 1000 for table, key in counted.items())


def test_a_backup_of_older_tables_is_brought_to_this_version(
    empty_database_url, other_url_of_today, tmp_path
):
    upgrade(empty_database_url, history()[-2])
    path = backup_of(empty_database_url, tmp_path)
    restored(other_url_of_today, path)
    assert differences(other_url_of_today) == []


@pytest.fixture
def other_url_of_today(empty_database_url, request):
    return request.getfixturevalue(
        "postgres_url" if empty_database_url.startswith("sqlite") else "sqlite_url"
    )


def test_neither_a_backup_nor_a_database_of_a_newer_version_is_touched(database_url, tmp_path):
    path = backup_of(database_url, tmp_path)
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match="the database was made by a newer version"):
        restored(database_url, path)
    (tmp_path / "newer").mkdir()
    newer = backup_of(database_url, tmp_path / "newer")
    with pytest.raises(NewerDatabaseError, match="the backup was made by a newer version"):
        restored(database_url, newer)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restore_that_fails_changes_nothing(database_url, tmp_path):
    """Here another's table refers to one of the bot's, and does not let it go."""
    fill(database_url, all_written())
    path = backup_of(database_url, tmp_path)
    execute(database_url, "CREATE TABLE theirs (id integer REFERENCES persons (id))")
    execute(database_url, "UPDATE outbox SET error = 'since the backup'")
    held = contents(database_url)
    with pytest.raises(Exception, match="theirs"):
        restored(database_url, path)
    assert contents(database_url) == held


def test_another_key_is_refused(sqlite_url, tmp_path):
    path = backup_of(sqlite_url, tmp_path)
    with pytest.raises(OtherKeyError):
        BackupReader(path, Cipher(bytes([1] * 32)))


def rows_in(path):
    """All that it would restore; None if it is refused."""
    try:
        with BackupReader(path, CIPHER) as backup:
            return {table: list(backup.rows(table)) for table in backup.manifest.tables}
    except BackupError:
        return None


def test_a_damaged_file_is_refused_or_the_damage_changes_nothing(sqlite_url, tmp_path):
    """As where a date of the zip is damaged, which nobody reads."""
    fill(sqlite_url, all_written())
    path = backup_of(sqlite_url, tmp_path)
    whole, held = path.read_bytes(), rows_in(path)
    read = []
    for place in range(0, len(whole), len(whole) // 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        read.append(rows_in(path))
    assert all(rows in (None, held) for rows in read)
    assert read.count(None) > len(read) / 2


@pytest.mark.parametrize("length", [0, 10, 0.5, 0.99])
def test_half_a_file_is_refused(sqlite_url, tmp_path, length):
    path = backup_of(sqlite_url, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(length * len(content)) if length < 1 else length])
    with pytest.raises(BackupError):
        BackupReader(path, CIPHER)


def test_rows_that_somebody_exchanged_are_refused(sqlite_url, tmp_path):
    """With check sums of their own, but without the key."""
    fill(sqlite_url, all_written())
    path, forged = backup_of(sqlite_url, tmp_path), tmp_path / "forged"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            lines = old.read(name)
            if name == "manifest.json":
                said = json.loads(lines)
                said["tables"]["lanes"] |= {"rows": 0, "sha256": hashlib.sha256().hexdigest()}
                lines = json.dumps(said)
            new.writestr(name, b"" if name == "tables/lanes.jsonl" else lines)
    with pytest.raises(BackupError, match="manifest"):
        BackupReader(forged, CIPHER)


def test_only_its_owner_may_read_the_file_and_nothing_is_overwritten_unasked(sqlite_url, tmp_path):
    path = tmp_path / "backup"
    path.write_text("something else")
    with pytest.raises(BackupError, match="is there already"):
        back_up(sqlite_url, path, CIPHER, NOW, replace=False)
    assert path.read_text() == "something else"
    back_up(sqlite_url, path, CIPHER, NOW + timedelta(days=1), replace=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("backup*")] == ["backup"]


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    url = f"sqlite:///{tmp_path / 'none.db'}"
    with pytest.raises(BackupError, match="there is no database yet"):
        back_up(url, tmp_path / "backup", CIPHER, NOW, replace=False)
    assert not list(tmp_path.iterdir())
