"""What a database is told about its indexes where it would choose a worse one."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, literal_column, true, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T", bound=str | None)


def unindexed(column: InstrumentedAttribute[T]) -> ColumnElement[T]:
    """The column in a condition that nothing is to be found by: nearly all rows meet it. A database that has not
    counted them takes any index on it for as good as another.
    """
    return type_coerce(column.concat(literal_column("''")), column.type)


def unindexed_number(column: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    """The same of a number."""
    return column + literal_column("0")


def looked_at(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same of a condition that is never unknown."""
    return condition.is_(true())
