"""Payloads, and the details of drafts, as the database keeps them: an object's id and JSON, never people's words."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from domain.outcomes.payload import KindName

Json: TypeAlias = "bool | int | str | list[Json] | None"


class Dataclass(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


D = TypeVar("D", bound=Dataclass)


def encode(payload: Dataclass) -> tuple[int | None, dict[str, Json]]:
    """The id of the object, if a field names one, and everything that differs from its default, by stored name.

    Raises TypeError for a field that holds anything but enums, numbers, dates, times and sequences of them.
    """
    object_id, args = None, {}
    for each in fields(payload):
        value = getattr(payload, each.name)
        if each.metadata.get("object"):
            object_id = value
        elif value != each.default:
            args[_stored(each)] = _encoded(value)
    return object_id, args


def decode(kind: type[D], object_id: int | None, args: Mapping[str, Json] | None) -> D:
    """The value again. Unknown names are dropped: an older row may hold a field that is gone.

    Raises ValueError where the object or an argument without a default is missing.
    """
    hints, given = _hints(kind), args or {}
    values: dict[str, Any] = {}
    for each in fields(kind):
        if each.metadata.get("object"):
            values[each.name] = object_id
        elif _stored(each) in given:
            values[each.name] = _decoded(hints[each.name], given[_stored(each)])
        elif each.default is MISSING:
            raise ValueError(f"{kind.__qualname__} lacks {each.name}")
    if any(value is None and not _optional(hints[name]) for name, value in values.items()):
        raise ValueError(f"{kind.__qualname__} names no object")
    return kind(**values)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """The types of its fields. Python evaluates them again each time, which takes longer than everything else here."""
    return get_type_hints(kind)


def _stored(field: Field[Any]) -> str:
    return str(field.metadata.get("stored", field.name))


def _encoded(value: object) -> Json:
    match value:
        case Enum():
            return value.value  # type: ignore[no-any-return] # the enums stored here are of str and int
        case date() | time():
            return value.isoformat()
        case KindName():
            return str(value)
        case None | bool() | int():
            return value
        case list() | tuple():
            return [_encoded(one) for one in value]
    raise TypeError(f"{type(value).__name__} does not belong in the database as a choice")


def _decoded(hint: Any, raw: Json) -> object:
    if raw is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(a for a in get_args(hint) if a is not NoneType)
    if get_origin(hint) is tuple and isinstance(raw, list):
        return tuple(_decoded(get_args(hint)[0], one) for one in raw)
    if isinstance(hint, type) and issubclass(hint, Enum | KindName):
        return hint(raw)
    return hint.fromisoformat(str(raw)) if hint in (date, time) else raw


def _optional(hint: Any) -> bool:
    return isinstance(hint, UnionType) and NoneType in get_args(hint)
