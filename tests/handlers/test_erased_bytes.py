"""After an erasure no byte of it is left in SQLite's files, the log that it writes ahead included."""

import contextlib
import sqlite3

from sqlalchemy import text

from db.cipher import Cipher
from db.session import open_database, truncate_wal
from tests.handlers.rig import eventually, press

CHAT, OTHER = 701, 702
SECRET = "Kanarienvogel"


async def test_after_an_erasure_no_byte_of_it_is_left_in_the_files(file, tmp_path):
    await file.person(CHAT, contact_phone=SECRET * 3, organisation=SECRET)
    await file.person(OTHER, contact_phone="stays")
    words = raw_words(tmp_path, CHAT)
    (tmp_path / "mutmacher.db.before-upgrade").write_bytes(raw_bytes(tmp_path))
    assert len(words) == 4
    assert all(word in raw_bytes(tmp_path) for word in words)
    file.start()
    await file.store(press(CHAT, "erase"), press(CHAT, "erase_yes"))
    await file.settled()
    assert await file.said(CHAT) == ["Erased"]

    async def gone():
        return not any(word in raw_bytes(tmp_path) for word in words)

    await eventually(gone)
    assert all(word in raw_bytes(tmp_path) for word in raw_words(tmp_path, OTHER))


async def test_the_log_is_emptied_when_the_reader_in_the_way_is_gone(file, tmp_path):
    await file.person(CHAT)
    words = raw_words(tmp_path, CHAT)
    file.start()
    async with file.database.reader() as reader:
        await reader.execute(text("SELECT count(*) FROM persons"))
        await file.store(press(CHAT, "erase_yes"))
        await file.settled()
    assert await truncated(file, tmp_path, words)


async def test_a_start_empties_the_log_that_a_crash_left(file, tmp_path):
    await file.person(CHAT)
    words = raw_words(tmp_path, CHAT)
    async with file.database.writer.begin() as session:
        await session.execute(text("DELETE FROM persons"))
    assert any(word in raw_bytes(tmp_path) for word in words)
    file.start()
    assert await truncated(file, tmp_path, words)


async def truncated(rig, folder, words):
    async def gone():
        return not any(word in raw_bytes(folder) for word in words)

    await eventually(gone)
    return True


def raw_bytes(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())


def raw_words(folder, chat_id):
    """A person's encrypted words, as they stand in the file."""
    with contextlib.closing(
        sqlite3.connect(f"file:{folder / 'mutmacher.db'}?mode=ro", uri=True)
    ) as connection:
        columns = "name, place, organisation, contact_phone"
        found = connection.execute(f"SELECT {columns} FROM persons WHERE chat_id = ?", (chat_id,)).fetchone()
    return [word for word in found if word]


async def test_postgresql_has_no_such_log(postgres_url):
    database = open_database(postgres_url, Cipher(bytes(32)))
    assert await truncate_wal(database)
    await database.close()
