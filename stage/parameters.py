"""Reads a call's parameters by the table of methods into typed values, or raises Telegram's 400."""

import json
import re
from typing import Any

from stage.errors import Json, bad
from stage.files import Upload
from stage.methods import Method, Param

UNPARSABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "entities": "can't parse MessageEntities JSON object",
    "caption_entities": "can't parse MessageEntities JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "commands": "can't parse commands JSON object",
    "media": "can't parse InputMedia JSON object",
}
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, as JSON can hold it
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


class Wrong(Exception):  # noqa: N818 - control flow, raised and caught in this module
    """A value that is not of its declared type."""


def checked(method: Method, given: Json, files: dict[str, Upload], problems: list[str]) -> Json:
    """Typed values of the known parameters; every breach of the table is added to `problems`.

    Raises Telegram's 400 for a parameter that is missing, mistyped or too long, and ignores unknown ones.
    """
    problems += [
        f"unknown parameter {name}" for name in given if name not in method.params and name not in files
    ]
    values: Json = {}
    for param in method.params.values():
        value = _value(param, given, files, problems)
        if value is not None:
            values[param.name] = value
    return values


def _value(param: Param, given: Json, files: dict[str, Upload], problems: list[str]) -> Any:
    raw = files[param.name] if param.kind == "file" and param.name in files else given.get(param.name)
    if raw is None or (raw == "" and (param.missing or param.kind in ("integer", "chat"))):
        if param.missing:
            problems.append(f"missing {param.name}")
            raise bad(param.missing)
        return None
    try:
        value = READERS[param.kind](raw)
    except Wrong:
        problems.append(f"wrong type: {param.name} is no {param.kind}")
        text = (
            UNPARSABLE.get(param.name) or param.missing or f"can't parse {param.name}: expected {param.kind}"
        )
        raise bad(text) from None
    if param.longest is not None and isinstance(value, str) and len(value) > param.longest:
        problems.append(f"too long: {param.name} has {len(value)} characters, at most {param.longest}")
        raise bad(param.too_long)
    return value


def _integer(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and re.fullmatch(r"\s*-?\d{1,19}\s*", raw):
        return int(raw)
    raise Wrong


def _chat(raw: Any) -> int | str:
    if isinstance(raw, str) and not re.fullmatch(r"-?\d{1,19}", raw):
        return raw
    return _integer(raw)


def _string(raw: Any) -> str:
    if isinstance(raw, str):
        if SURROGATE.search(raw):
            raise bad("strings must be encoded in UTF-8")
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    raise Wrong


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str | int) and str(raw).lower() in FLAGS:
        return FLAGS[str(raw).lower()]
    raise Wrong


def _json(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        raise Wrong from None


def _object(raw: Any) -> Json | None:
    value = _json(raw)
    if value is not None and not isinstance(value, dict):
        raise Wrong
    return value


def _array(raw: Any) -> list[Any] | None:
    value = _json(raw)
    if value is not None and not isinstance(value, list):
        raise Wrong
    return value


def _file(raw: Any) -> Upload | str:
    if isinstance(raw, Upload | str):
        return raw
    raise Wrong


READERS = {
    "integer": _integer,
    "chat": _chat,
    "string": _string,
    "boolean": _boolean,
    "object": _object,
    "array": _array,
    "file": _file,
}
