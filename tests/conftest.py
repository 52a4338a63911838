"""What every test may ask for."""

import gc
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from db.migrate import upgrade
from tests import memory
from tests.postgres import UnavailableError, name_in, running_postgres
from tests.world import STARTS_AT, running_world

# The same examples each time, so that what they find is about the change that is tried; however busy the machine is.
# Others are tried by `make soak-properties`.
settings.register_profile(
    "same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("others", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")
# Durations from python-telegram-bot come as timedelta; the old numbers warn, and warnings are errors here.
os.environ["PTB_TIMEDELTA"] = "1"
# What one process of the tests has compiled, the others read: of the migrations, each of hundreds of upgrades would
# compile all anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Before the first `tmp_path`.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory.root()))

# What mostly waits: for processes of its own, or for the machine's time to pass. One worker begins with it and does
# little else, so that the others have the cores; begun last, they would wait for it.
WAITING = tuple(
    Path(__file__).parent / name
    for name in (
        *("processes", "bot/test_stage_mode.py", "bot/test_process.py", "scheduler"),
        *("handlers/test_lanes.py", "handlers/test_troubled_database.py", "faults/test_database_faults.py"),
    )
)


def pytest_xdist_auto_num_workers(config):
    """`-n auto`: one more than there are cores, which has what mostly waits. `-n logical`: as many, if nothing does."""
    return (os.cpu_count() or 1) + (config.option.numprocesses == "auto")


def pytest_collection_modifyitems(items):
    """What mostly waits comes first: that share goes to one worker (`--dist worksteal` deals them out in order)."""
    items.sort(key=lambda item: not _waits(item.path))


@cache
def _waits(path):
    return any(path.is_relative_to(each) for each in WAITING)


# Collecting ten thousand tests leaves nothing that it would find.
gc.disable()


def pytest_collection_finish():
    """What was imported and collected stays; searching it for garbage again and again took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def pytest_terminal_summary(terminalreporter):
    """What searches have measured, with the seeds that repeat them."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    found = {each.nodeid: each.user_properties for each in reports if each.user_properties}
    if found:
        terminalreporter.section("figures")
    for test, figures in sorted(found.items()):
        terminalreporter.line(f"{test}: {', '.join(f'{name}={value}' for name, value in figures)}")


# --- databases: each test has its own


@pytest.fixture(scope="session")
def _postgres():
    """The server, or the reason why there is none; started by the first test that needs it."""
    try:
        with running_postgres() as postgres:
            yield postgres
    except UnavailableError as error:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"no PostgreSQL: {error}")
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture(scope="session")
def _postgres_template(_postgres):
    """Migrated once, copied for each test."""
    url = _postgres.fresh_url()
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory):
    """The same as a file."""
    path = tmp_path_factory.mktemp("template") / "mutmacher.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(_postgres, _postgres_template):
    """A PostgreSQL database with all tables and no rows, gone after the test."""
    url = _postgres.fresh_url(_postgres_template)
    yield url
    _postgres.drop(url)


@pytest.fixture
def empty_postgres_url(_postgres):
    """One without tables."""
    url = _postgres.fresh_url()
    yield url
    _postgres.drop(url)


@pytest.fixture
def sqlite_url(_sqlite_template, tmp_path):
    """An SQLite database with all tables and no rows: `mutmacher.db` in the test's folder."""
    shutil.copyfile(_sqlite_template, tmp_path / "mutmacher.db")
    return f"sqlite:///{tmp_path / 'mutmacher.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """The test runs twice: once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request, tmp_path):
    """The same without tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("empty_postgres_url")
    return f"sqlite:///{tmp_path / 'mutmacher.db'}"


@pytest.fixture
def takes_writes(postgres_url):
    """Tell the PostgreSQL database whether it takes writes, as after a failover or on a provider's full disk.

    Connections that there are end with the no, and not with the yes: one made in between stays read-only.
    """
    name = name_in(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("SET default_transaction_read_only = off")

        def tell(yes):
            server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {not yes}")
            if not yes:
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

        yield tell


# --- worlds


@pytest.fixture
def starts_at():
    """The moment at which a test's world begins; a module with another calendar defines its own."""
    return STARTS_AT


@pytest.fixture
async def world(database_url, starts_at):
    """The whole bot on the stage, once on SQLite and once on PostgreSQL; checked at the end."""
    async with running_world(database_url, starts_at) as world:
        yield world


@pytest.fixture
async def sqlite_world(sqlite_url, starts_at):
    """The same on SQLite only, for tests that take long."""
    async with running_world(sqlite_url, starts_at) as world:
        yield world


@pytest.fixture
def clock(request):
    """The clock of the test's world."""
    name = "world" if "world" in request.fixturenames else "sqlite_world"
    return request.getfixturevalue(name).clock
