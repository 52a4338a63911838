"""What Telegram makes of a text: cleans and trims it, finds commands and links, counts in UTF-16."""

import re
from itertools import accumulate
from typing import Any

from stage.errors import Json, bad
from stage.formatting import parse_html

MAX_RAW_BYTES = 32_768
MAX_TEXT, MAX_CAPTION = 4096, 1024
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
REMOVED = re.compile(r"[\r\u2028-\u202e]")
BLANK = (
    " \t\n\v\f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
MERGED = {"bold", "italic", "underline", "strikethrough", "spoiler"}
CLOSED = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
TOP_DOMAINS = (
    "com|org|net|de|at|ch|eu|me|io|info|app|dev|uk|fr|it|es|nl|pl|gov|edu|biz|online|site|social|berlin"
)
FINDERS = (
    (
        "url",
        re.compile(
            r"(?<![\w@.\-])(?:(?:https?|ftp|tg|ton)://[^\s<>\"'«»]+"
            rf"|(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+(?:{TOP_DOMAINS})(?![\w\-@])(?::\d+)?(?:[/?#][^\s<>\"'«»]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@(?:[a-z0-9\-]+\.)+[a-z]{2,}(?!\w)", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
)
AFTER_URL = ".,:;?!()[]{}'\"…"


def from_html(raw: str) -> tuple[str, list[Json]]:
    """The plain text and entities (in UTF-16 units) of a text in Telegram's HTML; raises its 400."""
    return finished(*parse_html(raw))


def finished(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Clean and trim a text and find more entities in it.

    The entities passed in count in code points; the returned ones are sorted and count in UTF-16 units.
    """
    text, entities = _cleaned(text, entities)
    entities = _merged(entities)
    entities += _found(text, [each for each in entities if each["type"] in CLOSED])
    entities.sort(key=lambda each: (each["offset"], -each["length"]))
    return text, _in_utf16(text, entities)


def utf16_length(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def given(text: str, entities: Any) -> tuple[str, list[Json]]:
    """Convert the `entities` parameter from UTF-16 units to code points; raises Telegram's 400."""
    if not isinstance(entities, list) or not all(isinstance(each, dict) for each in entities):
        raise bad("can't parse MessageEntities JSON object")
    back = {unit: point for point, unit in enumerate(_units(text))}
    result = []
    for each in entities:
        offset, length = each.get("offset"), each.get("length")
        if not (isinstance(offset, int) and isinstance(length, int) and isinstance(each.get("type"), str)):
            raise bad("can't parse MessageEntities JSON object")
        start, end = back.get(offset), back.get(offset + length)
        if start is None or end is None:
            raise bad("entity bounds are wrong")
        result.append({**each, "offset": start, "length": end - start})
    return text, result


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    text = CONTROL.sub(" ", text)
    kept = [not REMOVED.match(char) for char in text] if REMOVED.search(text) else []
    shift = list(accumulate(kept, initial=0)) if kept else range(len(text) + 1)
    text = REMOVED.sub("", text)
    cut = len(text) - len(text.lstrip(BLANK))
    text = text.strip(BLANK)
    result = []
    for each in entities:
        start = min(max(shift[each["offset"]] - cut, 0), len(text))
        end = min(max(shift[each["offset"] + each["length"]] - cut, 0), len(text))
        if end > start:
            result.append({**each, "offset": start, "length": end - start})
    return text, result


def _merged(entities: list[Json]) -> list[Json]:
    """Merge entities of one type that touch or overlap."""
    result: list[Json] = []
    last: dict[str, Json] = {}
    for each in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        before = last.get(each["type"])
        if before and each["type"] in MERGED and each["offset"] <= before["offset"] + before["length"]:
            end = max(before["offset"] + before["length"], each["offset"] + each["length"])
            before["length"] = end - before["offset"]
            continue
        last[each["type"]] = each
        result.append(each)
    return result


def _found(text: str, taken: list[Json]) -> list[Json]:
    ranges = [(each["offset"], each["offset"] + each["length"]) for each in taken]
    result = []
    for kind, pattern in FINDERS:
        for found in pattern.finditer(text):
            start, end = found.start(), found.end()
            if kind == "url":
                end -= len(found[0]) - len(found[0].rstrip(AFTER_URL))
            if end > start and all(end <= first or start >= last for first, last in ranges):
                ranges.append((start, end))
                result.append({"type": kind, "offset": start, "length": end - start})
    return result


def _units(text: str) -> list[int]:
    """How many UTF-16 units come before each code point, and before the end."""
    return list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))


def _in_utf16(text: str, entities: list[Json]) -> list[Json]:
    if not entities or utf16_length(text) == len(text):
        return entities
    units = _units(text)
    for each in entities:
        start, end = units[each["offset"]], units[each["offset"] + each["length"]]
        each.update(offset=start, length=end - start)
    return entities
