"""The migrations make the tables of the models, up and down, several at a time, and survive a kill."""

import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, inspect, text

from db.cipher import Cipher
from db.migrate import (
    BrokenReferencesError,
    NewerDatabaseError,
    differences,
    downgrade,
    history,
    opened,
    upgrade,
)
from db.session import drop_copy, open_database, sync_url

UPGRADE = "import sys; from db.migrate import upgrade; upgrade(sys.argv[1])"
# Kills itself before the n-th statement of the migration.
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from db.migrate import upgrade
left = [int(sys.argv[2])]
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
upgrade(sys.argv[1])
"""


def tables(url):
    engine = create_engine(sync_url(url))
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def run(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True)


def test_the_models_match_the_migrations(database_url):
    upgrade(database_url)
    assert differences(database_url) == []


def test_a_missing_migration_would_be_noticed(database_url):
    upgrade(database_url)
    with opened(sync_url(database_url)) as engine, engine.begin() as connection:
        connection.execute(text("ALTER TABLE carrier DROP COLUMN paused_until"))
    assert differences(database_url) != []


def test_each_step_goes_up_and_down_again(database_url):
    for revision in history():
        upgrade(database_url, revision)
        downgrade(database_url, "-1")
        upgrade(database_url, revision)
    downgrade(database_url, "base")
    assert tables(database_url) == {"alembic_version"}
    upgrade(database_url)
    assert differences(database_url) == []


def test_upgrading_again_changes_nothing(database_url):
    upgrade(database_url)
    upgrade(database_url)
    assert differences(database_url) == []


def test_four_that_start_at_once_do_not_disturb_each_other(database_url):
    processes = [run(UPGRADE, database_url) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [""] * 4
    assert [process.returncode for process in processes] == [0] * 4
    assert differences(database_url) == []


@pytest.mark.parametrize("statement", [4, 12, 25])
def test_a_start_after_a_kill_during_the_migration_works(database_url, statement):
    killed = run(KILLED, database_url, str(statement))
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert tables(database_url) == set()
    upgrade(database_url)
    assert differences(database_url) == []


def at_an_older_revision(path):
    """A database file with a row in it, as if made before the first revision."""
    url = f"sqlite:///{path}"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE old (word TEXT)")
        connection.execute("INSERT INTO old VALUES ('kept')")
    connection.close()
    return url


def test_a_database_that_holds_something_is_copied_first(tmp_path):
    path = tmp_path / "m.db"
    upgrade(at_an_older_revision(path))
    copy = tmp_path / "m.db.before-upgrade"
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT word FROM old").fetchall() == [("kept",)]
    connection.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert tables(f"sqlite:///{copy}") == {"old"}


def test_a_new_database_and_one_of_this_version_are_not_copied(tmp_path):
    url = f"sqlite:///{tmp_path}/m.db"
    upgrade(url)
    upgrade(url)
    assert not list(tmp_path.glob("*.before-upgrade*"))


async def test_the_copy_goes_when_somebody_is_erased_and_after_a_day_at_the_latest(tmp_path):
    now = datetime.now(UTC)
    upgrade(f"sqlite:///{tmp_path}/m.db")
    database = open_database(f"sqlite:///{tmp_path}/m.db", Cipher(bytes(32)))
    async with database.writer.begin() as session:
        for made_before, gone in (
            (now - timedelta(days=1), False),
            (now + timedelta(hours=1), True),
            (None, True),
        ):
            for end in ("", ".new"):  # and what a kill during the copy left behind
                (tmp_path / f"m.db.before-upgrade{end}").touch()
            drop_copy(session, made_before)
            assert (not list(tmp_path.glob("*.before-upgrade*"))) is gone
    await database.close()


def test_rows_that_refer_to_nothing_stop_the_migration_and_nothing_is_changed(tmp_path):
    url = at_an_older_revision(tmp_path / "m.db")
    connection = sqlite3.connect(tmp_path / "m.db")
    connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE child (old INTEGER REFERENCES parent (id))")
    connection.execute("INSERT INTO child VALUES (99)")
    connection.commit()
    connection.close()
    with pytest.raises(BrokenReferencesError):
        upgrade(url)
    assert tables(url) == {"old", "parent", "child"}


def test_the_database_of_a_newer_version_is_left_alone(database_url):
    upgrade(database_url)
    with opened(sync_url(database_url)) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError):
        upgrade(database_url)
