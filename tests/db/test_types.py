"""The database holds ciphertext, UTC and values of enums, and we read back what we wrote."""

import datetime as dt
import enum
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, LargeBinary, String, column, insert, select, table, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db import models
from db.cipher import Cipher, UndecipherableError
from db.session import async_url, open_database
from db.types import Chosen, Encrypted, EncryptedJson, NoCipherError, Numbered, UtcDateTime

CANARY = "Kanarienvogel äöü 🐤"
KEY = bytes(range(32))
CIPHER = Cipher(KEY)
PLACE = "notes.words"


class Size(enum.IntEnum):
    SMALL = 2
    LARGE = 10


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str | None] = mapped_column(Encrypted("notes.words"))
    data: Mapped[dict | None] = mapped_column(EncryptedJson("notes.data"))
    size: Mapped[Size | None] = mapped_column(Numbered(Size))


STORED = table("notes", column("id"), column("words", LargeBinary), column("data", LargeBinary))


@pytest.fixture
async def database(database_url):
    database = open_database(database_url, CIPHER)
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    yield database
    await database.close()


async def add(database, **values):
    async with database.writer.begin() as session:
        session.add(Note(**values))


async def only(sessions):
    async with sessions() as session:
        return (await session.scalars(select(Note))).one()


async def test_words_and_values_come_back_from_both_engines(database):
    value = {"text": CANARY, "list": [1, 2.5, None, True], "half": "\ud83d"}
    await add(database, words=CANARY, data=value)
    for sessions in (database.writer, database.reader):
        note = await only(sessions)
        assert (note.words, note.data) == (CANARY, value)


async def test_none_stays_null(database):
    await add(database)
    async with database.reader() as session:
        stored = (await session.execute(select(STORED.c.words, STORED.c.data))).one()
    assert stored == (None, None)
    note = await only(database.reader)
    assert (note.at, note.words, note.data) == (None, None, None)


async def test_equal_words_are_stored_differently_and_unreadably(database):
    await add(database, words=CANARY, data={"text": CANARY})
    await add(database, words=CANARY)
    async with database.reader() as session:
        first, second = (await session.scalars(select(STORED.c.words).order_by(STORED.c.id))).all()
        data = await session.scalar(select(STORED.c.data).order_by(STORED.c.id).limit(1))
    assert bytes(first) != bytes(second)
    assert first[:5] == second[:5] == data[:5]
    assert not any(b"Kanarienvogel" in bytes(stored) for stored in (first, second, data))


async def test_no_word_is_in_the_files_of_sqlite(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/a.db", CIPHER)
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    await add(database, words=CANARY, data={"text": CANARY})
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    await database.close()
    assert {"a.db", "a.db-wal"} <= files.keys()
    assert b"notes" in files["a.db"] + files["a.db-wal"]
    assert not any(b"Kanarienvogel" in content or b"\\ud83d" in content for content in files.values())


@pytest.mark.parametrize("place", [0, 1, 5, 17, -1])
async def test_altered_ciphertext_is_refused(database, place):
    await add(database, words=CANARY)
    async with database.writer.begin() as session:
        stored = bytearray(await session.scalar(select(STORED.c.words)))
        stored[place] ^= 1
        await session.execute(update(STORED).values(words=bytes(stored)))
    with pytest.raises(UndecipherableError):
        await only(database.reader)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\x01",
        b"\x01" + bytes(12),
        b"\x01" + bytes(27),
        b"\x02",
        b"\x02" + bytes(27),
        b"\x03" + bytes(40),
    ],
)
def test_too_little_ciphertext_is_refused(stored):
    with pytest.raises(UndecipherableError):
        CIPHER.decrypt(stored, PLACE)


async def test_another_key_reads_nothing(database, database_url):
    await add(database, words=CANARY)
    other = open_database(database_url, Cipher(bytes(32)))
    with pytest.raises(UndecipherableError):
        await only(other.reader)
    await other.close()


async def test_two_databases_with_two_keys_do_not_meet(database, tmp_path):
    other = open_database(f"sqlite:///{tmp_path}/other.db", Cipher(bytes(32)))
    async with other.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    for each in (database, other):
        await add(each, words=CANARY)
    for each in (database, other):
        assert (await only(each.reader)).words == CANARY
    await other.close()


async def test_an_engine_without_a_cipher_writes_no_words(database, database_url):
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        with pytest.raises(StatementError, match="no cipher") as caught:
            await connection.execute(insert(Note).values(words=CANARY))
    await engine.dispose()
    assert isinstance(caught.value.orig, NoCipherError)


async def test_an_error_shows_no_words(database):
    async with database.writer() as session:
        with pytest.raises(Exception) as caught:
            await session.execute(insert(table("missing", column("words", String))).values(words=CANARY))
    assert "Kanarienvogel" not in str(caught.value)


async def test_an_instant_comes_back_in_utc(database):
    await add(database, at=dt.datetime(2026, 3, 29, 3, 30, 0, 123456, ZoneInfo("Europe/Berlin")))
    at = (await only(database.reader)).at
    assert at == dt.datetime(2026, 3, 29, 1, 30, 0, 123456, dt.UTC)
    assert at.tzinfo is dt.UTC


async def test_instants_are_compared_as_instants(database):
    await add(database, at=dt.datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    async with database.reader() as session:
        new_year = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        assert (await session.scalars(select(Note).where(Note.at < new_year))).one_or_none()


async def test_an_instant_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="time zone"):
        await add(database, at=dt.datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_value_of_the_first_version_is_read():
    nonce = bytes(12)
    old = b"\x01" + nonce + AESGCM(KEY).encrypt(nonce, CANARY.encode(), b"\x01")
    assert CIPHER.decrypt(old, PLACE).decode() == CANARY


def test_a_value_moved_to_another_column_is_refused():
    stored = CIPHER.encrypt(b"words", "persons.name")
    with pytest.raises(UndecipherableError):
        CIPHER.decrypt(stored, "persons.place")


def test_each_encrypted_column_is_bound_to_its_own_place():
    columns = [column for table in models.Base.metadata.sorted_tables for column in table.columns]
    sealed = [column for column in columns if isinstance(column.type, Encrypted | EncryptedJson)]
    assert sealed
    places = {f"{column.table.name}.{column.name}": column.type.place for column in sealed}
    carried = {
        "pledge_events.text": "wordings.text",
        "pledge_events.notes": "reports.notes",
    }  # as 0010 found them
    assert places == {own: carried.get(own, own) for own in places}
    assert len(set(places.values())) == len(places)


IN_THE_CLEAR = {
    "codes of ours": """workshops.code workshops.report_code handshakes.code personal_codes.selector
        personal_codes.salt personal_codes.digest consents.sha256""",
    "a Land": "persons.land workshops.land guests.land",
    "topics of the catalogue, by their ids": """interests.topic interests.candidates suggestions.topic
        suggestions.theirs round_lines.topic round_lines.theirs roundtables.topic pledges.topic help_calls.topic""",
    "ids, enums, numbers and days": """broadcasts.audience drafts.args outbox.args calendar_uploads.terms
        calendar_uploads.problems""",
    "what we call things": "outbox.kind outbox.key outbox.lease_owner outbox.error audits.action",
}
"""What could hold people's words by its type, and holds none."""


def test_whatever_could_hold_words_is_encrypted_or_listed_with_a_reason():
    columns = [column for table in models.Base.metadata.sorted_tables for column in table.columns]
    wide = [
        c
        for c in columns
        if isinstance(c.type, String | JSON | LargeBinary) and not isinstance(c.type, Chosen)
    ]
    clear = {f"{each.table.name}.{each.name}" for each in wide}
    assert clear == {each for listed in IN_THE_CLEAR.values() for each in listed.split()}


@given(st.text().filter(lambda text: text.isprintable()) | st.just(""))
def test_every_text_survives(text):
    assert CIPHER.decrypt(CIPHER.encrypt(text.encode(), PLACE), PLACE).decode() == text


@pytest.mark.parametrize("size", [None, *Size])
async def test_a_member_is_stored_as_its_number_and_comes_back(database, size):
    await add(database, size=size)
    assert (await only(database.reader)).size is size
    async with database.reader() as session:
        assert (
            await session.execute(select(column("size")).select_from(table("notes")))
        ).scalar_one() == size


async def test_members_are_ordered_by_number_not_by_digit(database):
    for size in (Size.LARGE, Size.SMALL):
        await add(database, size=size)
    async with database.reader() as session:
        assert (await session.scalars(select(Note.size).order_by(Note.size))).all() == [
            Size.SMALL,
            Size.LARGE,
        ]
        assert (await session.scalars(select(Note.size).where(Note.size > Size.SMALL))).all() == [Size.LARGE]


async def test_a_number_that_is_no_member_is_neither_written_nor_read(database):
    with pytest.raises(StatementError, match="7 is not a valid Size"):
        await add(database, size=7)
    async with database.writer.begin() as session:
        await session.execute(insert(table("notes", column("size"))).values(size=7))
    with pytest.raises(ValueError, match="7 is not a valid Size"):
        await only(database.reader)


def test_members_of_an_enum_are_words_of_a_statement():
    """A parameter, above all a list of them, would be prepared anew each time."""
    asked = select(models.Outgoing.id).where(
        models.Outgoing.state.in_((models.SendState.PENDING, models.SendState.SENT)),
        models.Outgoing.priority != models.Priority.NEWS,
    )
    assert asked.compile().params == {}
    assert "state IN ('pending', 'sent')" in str(asked)
    assert "priority != 1" in str(asked)
