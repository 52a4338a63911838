"""Telegram's HTML as its server accepts it (few tags, all closed, four named entities), and the text it shows."""

import re
from html.parser import HTMLParser

_ALLOWED = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+);)")


class NotTelegramHtml(ValueError):  # noqa: N818 - named by what it is
    pass


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its form
        if tag not in _ALLOWED:
            raise NotTelegramHtml(f"<{tag}>")
        self.tags += 1
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        if not self.open or self.open.pop() != tag:
            raise NotTelegramHtml(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


def plain_text(html: str) -> str:
    """The text that is shown. Raises NotTelegramHtml if Telegram would refuse it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open:
        raise NotTelegramHtml(f"<{reader.open[-1]}> stays open")
    if html.count("<") != reader.tags:
        raise NotTelegramHtml("a < that opens no tag")
    if stray := _ENTITY.search(html):
        raise NotTelegramHtml(html[stray.start() :][:20])
    return reader.text
