"""Where a search takes place: a database and a loop, made once."""

import asyncio

from sqlalchemy import text

from db.cipher import Cipher
from db.models import Base
from db.session import open_database


class Ground:
    """A database that is opened once and emptied for each search, so that no statement is compiled twice, and the one
    loop in which all of it runs.
    """

    def __init__(self, url):
        self._runner = asyncio.Runner()
        self.database = open_database(url, Cipher(b"k" * 32))

    def run(self, coroutine):
        return self._runner.run(coroutine)

    async def clear(self):
        tables = Base.metadata.sorted_tables
        async with self.database.writer.begin() as session:
            if session.get_bind().dialect.name == "postgresql":
                names = ", ".join(table.name for table in tables)
                await session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
                return
            await session.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in (*map(str, reversed(tables)), "sqlite_sequence"):
                await session.execute(text(f"DELETE FROM {table}"))

    def close(self):
        self.run(self.database.close())
        self._runner.close()
