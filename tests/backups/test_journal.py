"""The journal of erasures is on the disk before the commit, says what is committed, and forgets it in time."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError

from db.cipher import Cipher
from db.journal import Ended, Journal, JournalError, keep_journal, note
from db.models import Person
from tests.cast import member, workshop_row
from tests.databases import opened

NOW = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
CIPHER = Cipher(bytes(32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "secrets" / "key.erasures"


@pytest.fixture
def journal(path):
    journal = Journal(path, CIPHER)
    journal.begin(NOW)
    return journal


@pytest.fixture
async def database(sqlite_url, journal):
    """With one person in it, and the journal kept."""
    database = opened(sqlite_url)
    async with database.writer.begin() as session:
        workshop = workshop_row(NOW, code="ABC234")
        session.add(workshop)
        await session.flush()
        session.add(member(5001, NOW, "Ana Keller", workshop_id=workshop.id))
    keep_journal(database, journal)
    yield database
    await database.close()


async def end(session, number=1):
    note(session, Ended.PERSON, number, NOW, NOW + timedelta(hours=1))


def named(journal, *numbers):
    return {journal.name(Ended.PERSON, number, NOW) for number in numbers}


async def test_what_is_committed_is_written(database, journal, path):
    async with database.writer.begin() as session:
        await end(session)
    assert journal.read().rows == {named(journal, 1).pop(): NOW + timedelta(hours=1)}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_it_is_on_the_disk_before_the_commit(database, journal, monkeypatch):
    """Whatever happens to the commit after that."""
    async with database.writer() as session:
        await end(session)
        await session.execute(delete(Person))
        monkeypatch.setattr(session.bind.sync_engine.dialect, "do_commit", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await session.commit()
        monkeypatch.undo()
    assert set(journal.read().rows) == named(journal, 1)


async def test_what_is_rolled_back_is_not(database, journal):
    async with database.writer() as session:
        await session.begin()
        await end(session)
        await session.rollback()
        await session.begin()
        await session.commit()
    assert not journal.read().rows


async def test_of_several_savepoints_only_those_that_are_kept_count(database, journal):
    """As when several updates are one transaction."""
    async with database.writer.begin() as session:
        async with session.begin_nested(), session.begin_nested():
            await end(session, 1)
        outer = await session.begin_nested()
        async with session.begin_nested():
            await end(session, 2)
        await outer.rollback()
        async with session.begin_nested():
            await end(session, 3)
    assert set(journal.read().rows) == named(journal, 1, 3)


async def test_nobody_is_erased_while_the_journal_cannot_be_written(database, journal, path):
    """As on a full disk: the database's own trouble, which is tried again."""
    path.unlink()
    path.mkdir()
    async with database.writer() as session:
        await session.execute(delete(Person))
        await end(session)
        with pytest.raises(OperationalError):
            await session.commit()
    async with database.reader() as session:
        assert await session.scalar(select(Person.chat_id)) == 5001


def test_a_line_that_was_cut_off_harms_no_other(journal, path):
    path.write_bytes(path.read_bytes() + b'{"row":"ab')
    journal.append([{"row": "cd", "at": NOW.isoformat()}])
    read = journal.read()
    assert (set(read.rows), read.unreadable) == ({"cd"}, 1)


@pytest.mark.parametrize(
    "line", [b"[]", b'"x"', b"{}", b'{"row":1,"at":"2027-01-01"}', b'{"since":"x"}', b"\xff"]
)
def test_an_odd_line_is_counted_and_passed_over(journal, path, line):
    path.write_bytes(path.read_bytes() + line + b"\n")
    assert journal.read().unreadable == 1


def test_files_of_two_machines_are_one(journal, path, tmp_path):
    other = Journal(tmp_path / "other", CIPHER)
    other.begin(NOW + timedelta(days=1))
    other.append([{"row": "cd", "at": NOW.isoformat()}])
    path.write_bytes(path.read_bytes() + (tmp_path / "other").read_bytes())
    read = journal.read()
    assert (set(read.rows), read.since) == ({"cd"}, NOW + timedelta(days=1))


def test_it_forgets_what_no_backup_can_bring_back(journal, path):
    ends = {name: NOW + timedelta(days=day) for day, name in enumerate(("ab", "cd", "ef"))}
    journal.append([{"row": name, "at": at.isoformat()} for name, at in ends.items()])
    journal.prune(NOW + timedelta(days=1))
    read = journal.read()
    assert (set(read.rows), read.since) == ({"cd", "ef"}, NOW + timedelta(days=1))
    assert b'"ab"' not in path.read_bytes()


def test_one_of_another_key_is_refused(journal, path):
    with pytest.raises(JournalError, match="another key"):
        Journal(path, Cipher(bytes([1] * 32))).begin(NOW)


@pytest.mark.parametrize("content", [b"", b"something else\n"])
def test_a_file_that_is_none_is_refused(journal, path, content):
    path.write_bytes(content)
    with pytest.raises(JournalError, match="no journal"):
        journal.begin(NOW)


def test_nobody_can_tell_without_the_key_who_it_was(journal):
    other = Journal(journal._path, Cipher(bytes([1] * 32)))
    assert journal.name(Ended.PERSON, 1, NOW) != other.name(Ended.PERSON, 1, NOW)
    assert journal.name(Ended.PERSON, 1, NOW) != journal.name(Ended.CONSENT, 1, NOW)
