"""Column types: instants in UTC, enums that have an order, and people's words encrypted."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from enum import Enum, IntEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    SmallInteger,
    literal_column,
    type_coerce,
)
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.cipher import Cipher, UndecipherableError

# A key belongs to a database, not to the process, so the cipher is kept on the engine's own dialect.
_CIPHER = "mutmacher_cipher"


class NoCipherError(Exception):
    """An encrypted column was used through an engine without a cipher (see `bind_cipher`)."""


def bind_cipher(engine: AsyncEngine | Engine, cipher: Cipher) -> None:
    """Let encrypted columns be used through this engine, and through engines derived from it by options."""
    setattr(engine.dialect, _CIPHER, cipher)


def _cipher(dialect: Dialect) -> Cipher:
    cipher = getattr(dialect, _CIPHER, None)
    if not isinstance(cipher, Cipher):
        raise NoCipherError("this engine has no cipher")
    return cipher


def cipher_of(session: AsyncSession) -> Cipher:
    """The cipher that this session's columns are encrypted with. Raises NoCipherError without one."""
    return _cipher(session.get_bind().dialect)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: stored in UTC, returned aware in UTC. Raises ValueError for a value without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        # SQLite stores no time zone: the value is UTC.
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class _ComparesWithConstants(TypeEngine.Comparator[Any]):
    """Writes members of an enum into the statement: they are as constant as its other words, while a parameter, above
    all a list of them, is prepared each time the statement is executed.
    """

    def operate(self, op: OperatorType, *other: Any, **more: Any) -> ColumnElement[Any]:
        return super().operate(op, *map(self._constant, other), **more)

    def _constant(self, given: Any) -> Any:
        if isinstance(given, list | tuple | set | frozenset):
            return [self._constant(each) for each in given]
        if not isinstance(given, Enum):
            return given
        return literal_column(str(given.value) if isinstance(self.type, Numbered) else f"'{given.value}'")


class Chosen(EnumColumn):
    """An enum, stored as text: its value. `Chosen(Enum)` in a map of annotations stands for every enum."""

    class Comparator(_ComparesWithConstants, EnumColumn.Comparator):
        pass

    comparator_factory = Comparator

    def _resolve_for_python_type(
        self,
        python_type: type[Any],
        matched_on: Any,  # noqa: ARG002
        matched_on_flattened: type[Any],  # noqa: ARG002
    ) -> "Chosen":
        """SQLAlchemy's own would make its own kind of enum of it."""
        return Chosen(
            python_type, native_enum=False, length=self.length, values_callable=self.values_callable
        )


class Numbered(TypeDecorator[IntEnum]):
    """An enum whose order matters, stored as its number. Raises ValueError for an unknown number."""

    impl = SmallInteger
    cache_ok = True

    class Comparator(_ComparesWithConstants, TypeDecorator.Comparator[Any]):
        pass

    comparator_factory = Comparator

    def __init__(self, members: type[IntEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else self.members(value).value

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:  # noqa: ARG002
        return None if value is None else self.members(value)


class Encrypted(TypeDecorator[str]):
    """Words, encrypted; None stays NULL. Equal words are stored differently, so the database cannot compare them.

    `place`: the table and column, as `persons.name`; a value moved elsewhere cannot be read.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _cipher(dialect).encrypt(value.encode(), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else _cipher(dialect).decrypt(bytes(value), self.place).decode()


def sealed(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bytes]:
    """An encrypted column as it is stored, to be decrypted later (`unsealed`)."""
    return type_coerce(column, LargeBinary)


def unsealed(
    cipher: Cipher, column: InstrumentedAttribute[Any], stored: Iterable[bytes]
) -> Iterator[str | None]:
    """What values of an encrypted column say, each in turn; None if it cannot be read. May be called in any thread."""
    place: str = column.type.place
    for value in stored:
        try:
            yield cipher.decrypt(bytes(value), place).decode()
        except UndecipherableError:
            yield None


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value, encrypted; None is NULL. Changes inside a value are not noticed: assign a new one.

    `place` as for `Encrypted`.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # JSON may hold a lone surrogate, which strict UTF-8 cannot encode.
        return _cipher(dialect).encrypt(text.encode("utf-8", "surrogatepass"), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        plain = _cipher(dialect).decrypt(bytes(value), self.place)
        return json.loads(plain.decode("utf-8", "surrogatepass"))
