"""A database that fails at its nth operation: at a statement or a commit, whichever it is, on either database."""

import asyncio
import selectors
import sqlite3
from contextlib import contextmanager

import psycopg
from psycopg import errors

from tests.faults.processes import is_acting

KINDS = ("locked", "full", "i/o", "read-only", "lost answer")
_ON_SQLITE = {
    "locked": "database is locked",
    "full": "database or disk is full",
    "i/o": "disk I/O error",
    "read-only": "attempt to write a readonly database",
}
_ON_POSTGRESQL = {
    "locked": errors.LockNotAvailable,
    "full": errors.DiskFull,
    "i/o": errors.IoError,
    "read-only": errors.ReadOnlySqlTransaction,
}
LASTS = {"transient": 1, "persistent": 40}  # operations that fail, until somebody has made room again
COMMITS = {"transient": 1, "persistent": 5}  # whose answers are lost


class Trouble:
    """`at`: the operation, from 1 on, with which it begins; `lasts`: how many fail in a row.

    "lost answer": of a commit that is carried out nobody hears, and the connection is gone; statements do not fail so.
    """

    def __init__(self, kind, at, lasts):
        self.kind, self.on_sqlite = kind, True
        self.operations = self.failed = 0
        self.begun = False
        self._due = range(at, at + lasts)

    def statement(self, execute, *given):
        if self.kind != "lost answer" and self._strikes():
            raise self._error()
        return execute(*given)

    def commit(self, commit, connection):
        if not self._strikes():
            return commit(connection)
        if self.kind != "lost answer":
            raise self._error()
        commit(connection)
        if self.on_sqlite:
            raise sqlite3.OperationalError(_ON_SQLITE["i/o"])
        connection.driver_connection.pgconn.finish()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    def _strikes(self):
        acts = self.begun and is_acting()
        self.operations += acts
        strikes = acts and self.operations in self._due
        self.failed += strikes
        return strikes

    def _error(self):
        if self.on_sqlite:
            return sqlite3.OperationalError(_ON_SQLITE[self.kind])
        return _ON_POSTGRESQL[self.kind](self.kind)


@contextmanager
def troubled(database, trouble):
    """Operations of this database go through `trouble`. Its dialect is shared, so it is given back as it was."""
    (dialect,) = {engine.sync_engine.dialect for engine in database.engines}
    trouble.on_sqlite = dialect.name == "sqlite"
    seams = {
        "do_execute": trouble.statement,
        "do_executemany": trouble.statement,
        "do_execute_no_params": trouble.statement,
        "do_commit": trouble.commit,
    }
    for name, seam in seams.items():
        setattr(dialect, name, _through(seam, getattr(dialect, name)))
    try:
        yield
    finally:
        for name in seams:
            delattr(dialect, name)


def _through(seam, do):
    return lambda *given, **more: seam(lambda *inner: do(*inner, **more), *given)


class HastyLoop(asyncio.SelectorEventLoop):
    """A loop whose timers run out so many times sooner: nobody waits for pauses between tries."""

    HASTE = 20

    def __init__(self):
        super().__init__(_HastySelector())

    def time(self):
        return super().time() * self.HASTE


class _HastySelector(selectors.DefaultSelector):
    def select(self, timeout=None):
        return super().select(timeout and timeout / HastyLoop.HASTE)
