"""Every test has a database of its own; what SQLAlchemy compiled for one of them serves all."""

import sqlite3
from contextlib import closing

from db.cipher import Cipher
from db.session import open_database

KEY = bytes(32)
_DIALECTS = {}  # the first database's, by name
_COMPILED = {}


def opened(url):
    """As `open_database`, with the key that all tests share: the cipher is bound to the dialect, and that is shared."""
    database = open_database(url, Cipher(KEY))
    for each in database.engines:
        engine = each.sync_engine
        engine.dialect = _DIALECTS.setdefault(engine.dialect.name, engine.dialect)
        engine.update_execution_options(compiled_cache=_COMPILED)
    return database


def forget_compiled():
    """For a test that replaces how a type stores its values, before and after it: what was compiled stays as it was."""
    _COMPILED.clear()
    for dialect in _DIALECTS.values():
        dialect._type_memos.clear()


def make_sure_others_may_write(folder):
    """Raises sqlite3.OperationalError if whoever writes to a test's SQLite file waits until this returns."""
    with closing(sqlite3.connect(folder / "mutmacher.db", timeout=20)) as connection:
        connection.execute("BEGIN IMMEDIATE")
