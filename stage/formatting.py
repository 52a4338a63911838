"""Telegram's HTML dialect, with its own errors: tags in, text and entities out."""

import re
from dataclasses import dataclass
from typing import NoReturn

from stage.errors import Json, bad
from stage.links import checked_link, linked_user

SPACE = " \t\r\n\0\v"
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
    "a": "text_link",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
SURROGATE = re.compile("[\ud800-\udfff]")
SPECIAL = re.compile(r"[<&]")
TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
BLANKS = re.compile(r"[ \t\r\n\0\v]*")
HIGHEST = 0x10FFFF


@dataclass
class Open:
    """A start tag whose end tag has not come yet."""

    tag: str
    argument: dict[str, str]
    offset: int  # code points of text written before it


class HtmlParser:
    """Offsets in its errors are bytes of the raw text; entity offsets are code points of the result."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.at = 0
        self.begin = 0
        self.out: list[str] = []
        self.length = 0
        self.entities: list[Json] = []
        self.open: list[Open] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.raw):
            self._step()
        if self.open:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.out)
        if SURROGATE.search(text):
            _refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units",
            )
        return text, self.entities

    def _step(self) -> None:
        found = SPECIAL.search(self.raw, self.at)
        stop = found.start() if found else len(self.raw)
        self._write(self.raw[self.at : stop])
        self.at = stop
        if found and found[0] == "&":
            char, self.at = decoded(self.raw, stop)
            self._write(char)
        elif found:
            self.begin, self.at = stop, stop + 1
            self._end_tag() if self.raw.startswith("/", self.at) else self._start_tag()

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def _start_tag(self) -> None:
        name = self._take(TAG_NAME).lower()
        if self._finished():
            self._fail("Unclosed start tag at byte offset {}")
        if name not in TAGS:
            self._fail(f'Unsupported start tag "{name}" at byte offset {{}}')
        argument: dict[str, str] = {}
        while not self._meets_end():
            attribute, value = self._attribute(name)
            argument.setdefault(attribute, value)
        self.at += 1
        if name == "span" and argument.get("class") != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler" at byte offset {}')
        self.open.append(Open(name, argument, self.length))

    def _meets_end(self) -> bool:
        self._take(BLANKS)
        if self._finished():
            self._fail("Unclosed start tag at byte offset {}")
        return self.raw[self.at] == ">"

    def _attribute(self, tag: str) -> tuple[str, str]:
        name = self._take(ATTRIBUTE_NAME)
        if not name:
            self._fail(f'Empty attribute name in the tag "{tag}" at byte offset {{}}')
        self._take(BLANKS)
        if not self.raw.startswith("=", self.at):
            return name.lower(), ""
        self.at += 1
        self._take(BLANKS)
        if self._finished():
            self._fail("Unclosed start tag at byte offset {}")
        return name.lower(), self._quoted() if self.raw[self.at] in "'\"" else self._name_token()

    def _quoted(self) -> str:
        quote, value = self.raw[self.at], []
        self.at += 1
        while not self._finished() and self.raw[self.at] != quote:
            char = self.raw[self.at]
            if char == "&":
                char, self.at = decoded(self.raw, self.at)
            else:
                self.at += 1
            value.append(char)
        self.at += 1
        if self._finished():
            self._fail("Unclosed start tag at byte offset {}")
        return "".join(value)

    def _name_token(self) -> str:
        start = self.at
        token = self._take(NAME_TOKEN).lower()
        if self._finished() or self.raw[self.at] not in SPACE + ">":
            _refuse(f"Unexpected end of name token at byte offset {self._bytes(start)}")
        return token

    def _end_tag(self) -> None:
        if not self.open:
            self._fail("Unexpected end tag at byte offset {}")
        self.at += 1
        name = self._take(TAG_NAME).lower()
        self._take(BLANKS)
        if not self.raw.startswith(">", self.at):
            self._fail("Unclosed end tag at byte offset {}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            self._fail(
                f'Unmatched end tag at byte offset {{}}, expected "</{opened.tag}>", found "</{name}>"',
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: Open) -> None:
        entity: Json = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag in ("pre", "code"):
            self._close_code(entity, opened)
        elif _complete(entity, opened.argument, self._written_since(opened)):
            self.entities.append(entity)

    def _close_code(self, entity: Json, opened: Open) -> None:
        """`<pre><code class="language-x">` becomes one block of x; other entities inside code are dropped."""
        language = opened.argument.get("class", "").removeprefix("language-") if opened.tag == "code" else ""
        inside = [each for each in self.entities if each["offset"] >= opened.offset]
        del self.entities[len(self.entities) - len(inside) :]
        if opened.tag == "pre":
            twin = next((e for e in inside if e["type"] == "code" and e["length"] == entity["length"]), {})
            language = twin.get("language", "")
        self.entities.append({**entity, "language": language} if language else entity)

    def _written_since(self, opened: Open) -> str:
        return "".join(self.out)[opened.offset :]

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.raw, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def _finished(self) -> bool:
        return self.at >= len(self.raw)

    def _bytes(self, position: int) -> int:
        return len(self.raw[:position].encode("utf-8", "surrogatepass"))

    def _fail(self, text: str) -> NoReturn:
        _refuse(text.replace("{}", str(self._bytes(self.begin)), 1))


def _complete(entity: Json, argument: dict[str, str], written: str) -> bool:
    """Fill in what the tag's attributes say; False drops the entity, as Telegram silently does."""
    match entity["type"]:
        case "text_link":
            return _complete_link(entity, argument.get("href") or written)
        case "custom_emoji":
            entity["custom_emoji_id"] = argument.get("emoji-id", "")
            return argument.get("emoji-id", "").isdecimal()
        case "date_time":
            if not argument.get("unix", "").isdecimal():
                return False
            entity["unix_time"] = int(argument["unix"])
            if argument.get("format"):
                entity["date_time_format"] = argument["format"]
        case "blockquote" if "expandable" in argument:
            entity["type"] = "expandable_blockquote"
    return True


def _complete_link(entity: Json, href: str) -> bool:
    user = linked_user(href)
    if user is not None:
        entity.update(type="text_mention", user={"id": user})
        return True
    link = checked_link(href)
    if link is not None:
        entity["url"] = link
    return link is not None


def decoded(raw: str, at: int) -> tuple[str, int]:
    """The character that the reference at `at` encodes, and where it ends; unknown ones remain text."""
    found = ENTITY.match(raw, at)
    if not found:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (NAMED[name], found.end()) if name in NAMED else ("&", at + 1)
    digits = (hexadecimal or decimal).lstrip("0")[:8]
    code = int(digits or "0", 16 if hexadecimal else 10)
    return (chr(code), found.end()) if 0 < code <= HIGHEST else ("&", at + 1)


def _refuse(text: str) -> NoReturn:
    raise bad(f"can't parse entities: {text}")


def parse_html(raw: str) -> tuple[str, list[Json]]:
    """Text and entities (offsets in code points); raises the 400 that Telegram would answer."""
    return HtmlParser(raw).parse()
