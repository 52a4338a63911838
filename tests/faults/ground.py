"""A database that one process after the other opens, and that outlives each of them."""

import asyncio
import shutil
from pathlib import Path

import psycopg
from sqlalchemy import event, make_url

from tests.databases import opened


class File:
    """An SQLite database with all tables and no rows."""

    def __init__(self, template, folder):
        self._template, self._path = template, Path(folder) / "mutmacher.db"
        self.database = None

    async def clear(self):
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink()
        shutil.copyfile(self._template, self._path)
        self.open()

    def open(self):
        """As a process opens it."""
        self._opened(f"sqlite:///{self._path}")

    def _opened(self, url):
        self.url = url
        self.database, self._connections = opened(url), []
        for engine in self.database.engines:
            event.listen(engine.sync_engine, "connect", self._note)

    def _note(self, connection, record):
        self._connections.append((connection.driver_connection, record))

    async def cut(self):
        """The process that opened it is dead: what it began and did not commit never was."""
        for connection, _ in self._connections:
            if connection._running:
                await connection.stop()

    def forget(self):
        """Nothing goes back to the pool any more."""
        for engine in self.database.engines:
            engine.sync_engine.dispose(close=False)
        for _, record in self._connections:
            record.fairy_ref = None


class Server(File):
    """The same on PostgreSQL."""

    def __init__(self, url):
        self._url, self.database = url, None

    async def clear(self):
        with psycopg.connect(_plain(self._url), autocommit=True) as server:
            found = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            names = ", ".join(name for (name,) in found if name != "alembic_version")
            server.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        self.open()

    def open(self):
        self._opened(self._url)

    async def cut(self):
        open_ones = [each for each, _ in self._connections if not each.closed]
        theirs = [each.pgconn.backend_pid for each in open_ones]
        for connection in open_ones:
            connection.pgconn.finish()
        with psycopg.connect(_plain(self._url), autocommit=True) as server:
            left = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
            while server.execute(left, (theirs,)).fetchone()[0]:  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.001)


def _plain(url):
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
