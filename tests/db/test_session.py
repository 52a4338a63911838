"""Many writers lose nothing, readers write nothing, a commit wakes, and a second process is refused."""

import asyncio
import contextlib

import pytest
from sqlalchemy import create_engine, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.cipher import Cipher
from db.session import async_url, on_commit, open_database, sync_url


class Base(DeclarativeBase):
    pass


class Counter(Base):
    __tablename__ = "counters"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


@pytest.fixture
async def database(database_url):
    database = open_database(database_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
        session.add(Counter(id=1, value=0))
    yield database
    await database.close()


async def value(database):
    async with database.reader() as session:
        return await session.scalar(select(Counter.value))


async def read_then_write(database):
    async with database.writer.begin() as session:
        counter = await session.scalar(select(Counter).where(Counter.id == 1).with_for_update())
        await asyncio.sleep(0)
        counter.value += 1


async def test_concurrent_increments_lose_none(database):
    await asyncio.gather(*(read_then_write(database) for _ in range(200)))
    assert await value(database) == 200


async def test_every_kind_of_statement_says_what_became_of_it(database):
    async with database.writer.begin() as session:
        assert (await session.scalars(select(Counter.id).where(Counter.value > 7))).all() == []
        session.add_all(Counter(id=number, value=7) for number in (2, 3, 4))
        await session.flush()
        changed = await session.execute(update(Counter).where(Counter.id > 2).values(value=8))
        assert changed.rowcount == 2
        returned = await session.scalars(
            update(Counter).where(Counter.id > 3).values(value=9).returning(Counter.id)
        )
        assert returned.all() == [4]
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                await session.execute(insert(Counter).values(id=4))
        assert (await session.scalars(select(Counter.value).order_by(Counter.id))).all() == [0, 7, 8, 9]


async def test_readers_are_not_held_up_by_a_writer(database):
    async with database.writer.begin() as session:
        await session.execute(update(Counter).values(value=5))
        assert await asyncio.wait_for(value(database), 60) == 0
    assert await value(database) == 5


async def test_a_reader_cannot_write(database):
    async with database.reader() as session:
        with pytest.raises(DBAPIError, match=r"(?i)read-?\s?only"):
            await session.execute(update(Counter).values(value=5))
    await read_then_write(database)
    assert await value(database) == 1


async def test_a_savepoint_rolls_back_alone(database):
    async with database.writer.begin() as session:
        await session.execute(update(Counter).values(value=5))
        with contextlib.suppress(IntegrityError):
            async with session.begin_nested():
                session.add(Counter(id=1))
                await session.flush()
                pytest.fail("a second row with the same id")
        session.add(Counter(id=2, value=0))
    async with database.reader() as session:
        assert (await session.scalars(select(Counter.value).order_by(Counter.id))).all() == [5, 0]


async def test_what_raises_is_rolled_back(database):
    with contextlib.suppress(RuntimeError):
        async with database.writer.begin() as session:
            await session.execute(update(Counter).values(value=5))
            raise RuntimeError
    assert await value(database) == 0


async def test_sqlite_is_set_up_as_documented(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/deep/er/a.db", Cipher(bytes(32)))
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
    for sessions in (database.writer, database.reader):
        async with sessions() as session:
            found = [await session.scalar(text(f"PRAGMA {name}")) for name in names]
        assert found == ["wal", 2, 10000, 1, 1]
    await database.close()


async def test_sqlite_begins_immediately_to_write_and_deferred_to_read(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/a.db", Cipher(bytes(32)))
    executed = []
    for engine in database.engines:
        event.listen(engine.sync_engine, "connect", lambda made, _: _traced(made, executed))
    for sessions in (database.writer, database.reader):
        async with sessions() as session:
            await session.execute(text("SELECT 1"))
            await session.commit()
            await session.connection()  # nothing is executed, so that nothing begins
    await database.close()
    written, read = ([f"BEGIN {how}", "SELECT 1", "COMMIT"] for how in ("IMMEDIATE", "DEFERRED"))
    assert [each for each in executed if not each.startswith("PRAGMA")] == written + read


def _traced(made, executed):
    made.driver_connection._conn.set_trace_callback(executed.append)


@pytest.mark.parametrize(
    ("url", "for_us", "for_alembic"),
    [
        ("sqlite:///data/m.db", "sqlite+aiosqlite:///data/m.db", "sqlite:///data/m.db"),
        ("sqlite+aiosqlite:////var/m.db", "sqlite+aiosqlite:////var/m.db", "sqlite:////var/m.db"),
        (
            "postgresql://u:p@h:5432/d",
            "postgresql+psycopg://u:p@h:5432/d",
            "postgresql+psycopg://u:p@h:5432/d",
        ),
        ("postgresql+asyncpg://h/d", "postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_urls_name_the_driver_that_is_used(url, for_us, for_alembic):
    assert async_url(url).render_as_string(hide_password=False) == for_us
    assert sync_url(url).render_as_string(hide_password=False) == for_alembic


@pytest.mark.parametrize(
    "url", ["", "geheim", "mysql://u:geheim@h/d", "sqlite://", "sqlite:///:memory:", "://geheim"]
)
def test_other_databases_are_refused_without_quoting_the_url(url):
    with pytest.raises(ValueError, match="URL") as caught:
        open_database(url, Cipher(bytes(32)))
    assert "geheim" not in repr(caught.value)


def test_the_synchronous_url_reaches_the_same_database(database_url):
    engine = create_engine(sync_url(database_url))
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.fixture
def woken(database):
    """How often a commit has woken us, each time when others could see the row."""
    calls = []
    on_commit(database, lambda: calls.append(1))
    return calls


async def test_a_commit_wakes_once_if_asked_to(database, woken):
    async with database.writer.begin() as session:
        session.info["wake"] = True
        async with session.begin_nested():
            await session.execute(update(Counter).values(value=1))
        assert woken == []
    assert woken == [1]


async def test_a_commit_that_nobody_asked_to_wake_does_not(database, woken):
    await read_then_write(database)
    assert woken == []


async def test_a_rollback_wakes_nobody_and_forgets(database, woken):
    async with database.writer() as session:
        session.info["wake"] = True
        await session.execute(update(Counter).values(value=1))
        await session.rollback()
        await session.execute(update(Counter).values(value=1))
        await session.commit()
    assert woken == []


async def test_a_rolled_back_savepoint_does_not_forget_the_wake(database, woken):
    async with database.writer.begin() as session:
        session.info["wake"] = True
        async with session.begin_nested() as savepoint:
            await session.execute(update(Counter).values(value=1))
            await savepoint.rollback()
    assert woken == [1]


async def test_a_commit_wakes_only_its_own_database(database, woken, tmp_path):
    other = open_database(f"sqlite:///{tmp_path}/other.db", Cipher(bytes(32)))
    async with other.writer.begin() as session:
        session.info["wake"] = True
        await session.execute(text("SELECT 1"))
    await other.close()
    assert woken == []


async def test_who_is_woken_sees_what_was_committed(database):
    seen = asyncio.get_running_loop().create_future()
    on_commit(database, lambda: seen.set_result(asyncio.ensure_future(value(database))))
    async with database.writer.begin() as session:
        session.info["wake"] = True
        await session.execute(update(Counter).values(value=7))
    assert await (await seen) == 7
