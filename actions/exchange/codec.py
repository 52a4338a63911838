"""Outcomes made of enums, numbers and dates only, to and from an outbox row's `args`. Never people's words."""

from dataclasses import fields
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints


def encode(outcome: Any) -> dict[str, Any]:
    """JSON-ready values by field name. Raises TypeError for a field that holds anything else."""
    return {f.name: _encoded(getattr(outcome, f.name)) for f in fields(outcome)}


def decode(kind: type, args: dict[str, Any]) -> Any:
    """The outcome again. Unknown names are dropped: an older row may hold a field that is gone."""
    hints = get_type_hints(kind)
    return kind(**{f.name: _decoded(hints[f.name], args[f.name]) for f in fields(kind) if f.name in args})


def value(of: object) -> Any:
    """One JSON-ready value for `args`."""
    return _encoded(of)


def _encoded(of: object) -> Any:
    match of:
        case Enum():
            return of.value
        case date():
            return of.isoformat()
        case None | bool() | int():
            return of
        case list() | tuple():
            return [_encoded(one) for one in of]
    raise TypeError(f"{type(of).__name__} does not belong into an outbox row")


def _decoded(hint: Any, raw: Any) -> Any:
    if raw is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(a for a in get_args(hint) if a is not NoneType)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(raw)
    return date.fromisoformat(raw) if hint is date else raw
