"""After an erasure no byte of it is left in SQLite's files, the log that it writes ahead included."""

import contextlib
import sqlite3
from random import Random

from sqlalchemy import delete, insert, text, update

from actions.rights import pruning
from db.cipher import Cipher
from db.models import Lane, Outgoing, Priority, SendState
from db.session import open_database, rewrite, truncate_wal
from tests.handlers.rig import eventually, now, press

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
        await file.store(press(CHAT, "erase"), press(CHAT, "erase_yes"))
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


async def test_no_number_of_an_erased_chat_is_left_in_the_files(file, tmp_path):
    """Not even in the space that a page of the database leaves free when its rows move."""
    chats = [7_340_987_711 + n * 1_000_003 for n in range(40)]
    for chat_id in chats:
        await file.person(chat_id)
    file.start()
    for chat_id in chats:
        await file.store(press(chat_id, "partner"), press(chat_id, "profile"), press(chat_id, "erase"))
    await file.settled()
    assert all(numbers_left(tmp_path, [chat_id]) for chat_id in chats)
    for chat_id in chats:
        await file.store(press(chat_id, "erase_yes"))
    await file.settled()
    async with file.database.writer.begin() as session:
        await session.execute(update(Outgoing).values(state=SendState.SENT))
    async with file.database.writer.begin() as session:
        await pruning.forget_erased(session)
    assert await rewrite(file.database)
    assert not numbers_left(tmp_path, chats)


async def test_the_space_between_rows_keeps_nothing_either(file, tmp_path):
    """Rows that come and go move each other about within the pages of the file; some bytes of theirs stay behind."""
    chance = Random(1)
    chats = [7_340_987_711 + n * 1_000_003 for n in range(400)]
    said = [chance.choice(chats) for _ in range(8_000)]
    async with file.database.writer.begin() as session:
        await session.execute(insert(Lane), [{"chat_id": each} for each in chance.sample(chats, len(chats))])
        await session.execute(insert(Outgoing), [_row(each, "x" * chance.randint(0, 100)) for each in said])
    gone = chance.sample(chats, 100)
    for chat_id in gone:
        async with file.database.writer.begin() as session:
            await session.execute(update(Outgoing).where(Outgoing.chat_id == chat_id).values(chat_id=0))
            await session.execute(delete(Lane).where(Lane.chat_id == chat_id))
    await truncate_wal(file.database)
    assert numbers_left(tmp_path, gone), "deleting alone leaves some"
    assert await rewrite(file.database)
    assert not numbers_left(tmp_path, gone)
    assert len(numbers_left(tmp_path, chats)) == 300


async def test_a_file_in_which_nothing_was_changed_is_not_written_anew(file):
    """Each time that it is written anew, SQLite counts its schema on."""

    async def schema():
        async with file.database.reader() as session:
            return await session.scalar(text("PRAGMA schema_version"))

    await file.person(CHAT)
    schemas = [await schema()]
    coming, going = insert(Lane).values(chat_id=OTHER), delete(Lane).where(Lane.chat_id == OTHER)
    for statements in ((), (), (coming,), (going,)):
        async with file.database.writer.begin() as session:
            for each in statements:
                await session.execute(each)
        assert await rewrite(file.database)
        schemas.append(await schema())
    first = schemas[0]
    assert schemas == [first, first + 1, first + 1, first + 2, first + 3]


def _row(chat_id, key):
    moment = now()
    return {
        "chat_id": chat_id, "priority": Priority.REPLY, "kind": "Ready", "state": SendState.SENT, "due_at": moment,
        "created_at": moment, "error": key,
    }  # fmt: skip


def numbers_left(folder, chats):
    """Those of the chat ids that can be found in the files, as SQLite writes a number of this size, or spelled."""
    raw = raw_bytes(folder)
    return [each for each in chats if each.to_bytes(6, "big") in raw or str(each).encode() in raw]
