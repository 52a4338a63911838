"""Values of any column as JSON has them, and back."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, LargeBinary, Time


def portable(value: Any) -> Any:
    """As JSON has it: bytes in base64, instants in UTC."""
    match value:
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
    return value


def reading(column: Column[Any]) -> Callable[[Any], Any]:
    """How this column's values are read from JSON."""
    to: Callable[[Any], Any] = lambda value: value  # noqa: E731
    match column.type:
        case LargeBinary():
            to = base64.b64decode
        case DateTime(timezone=zoned):
            to = lambda said: datetime.fromisoformat(said).replace(tzinfo=UTC if zoned else None)  # noqa: E731
        case Date():
            to = date.fromisoformat
        case Time():
            to = time.fromisoformat
        case Boolean():
            to = bool
        case JSON():
            column.type = JSON(none_as_null=True)
    return lambda value: None if value is None else to(value)
