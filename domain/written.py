"""An organiser's own message as it was written: its text, its formatting, and the links in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from domain.words import TooLong, utf16_length

SENDER = 120
"""UTF-16 units kept free for the line that says who it is from."""
TEXT, CAPTION = 4096 - SENDER, 1024 - SENDER
"""UTF-16 units that a text, or the words below a photo or a file, may take."""


class FormatKind(StrEnum):
    """Telegram's names. Whatever it finds in any text by itself is not among them, but for links."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"
    SPOILER = "spoiler"
    CODE = "code"
    PRE = "pre"
    BLOCKQUOTE = "blockquote"
    EXPANDABLE = "expandable_blockquote"
    TEXT_LINK = "text_link"
    URL = "url"  # a link that is spelled out


@dataclass(frozen=True)
class Format:
    """How one stretch of the text is formatted; offset and length in UTF-16 units. `target`: of a TEXT_LINK."""

    kind: FormatKind
    offset: int
    length: int
    target: str = ""


class MediumKind(StrEnum):
    """What an album is made of: photos and videos together, or only documents, or only music. Telegram's names."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"


@dataclass(frozen=True)
class Medium:
    """One of an album. `file`: Telegram's id of it."""

    kind: MediumKind
    file: str


@dataclass(frozen=True)
class Written:
    """`media`: the text is the caption of a photo, a video, a file ... `group`: Telegram's number of the album that the
    message belongs to, all of which are in `album`, in their order.
    """

    text: str
    formats: tuple[Format, ...] = ()
    media: bool = False
    group: str = ""
    album: tuple[Medium, ...] = ()

    def check(self) -> None:
        """Raises TooLong if there is no room left for the line that says who it is from."""
        limit, length = CAPTION if self.media else TEXT, utf16_length(self.text)
        if length > limit:
            raise TooLong(length, limit)

    @property
    def is_plain(self) -> bool:
        """Whether it is text alone, and nothing in it leads anywhere."""
        return not (self.media or self.album or self.links)

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead, each once, in the order in which they stand."""
        units = self.text.encode("utf-16-le", "surrogatepass")
        found = []
        for each in self.formats:
            if each.kind is FormatKind.TEXT_LINK:
                found.append(each.target)
            elif each.kind is FormatKind.URL:
                spelled = units[2 * each.offset : 2 * (each.offset + each.length)]
                found.append(spelled.decode("utf-16-le", "replace"))
        return tuple(dict.fromkeys(found))

    def stored(self) -> dict[str, Any]:
        """As JSON, for the database."""
        formats = [[each.kind.value, each.offset, each.length, each.target] for each in self.formats]
        album = [[each.kind.value, each.file] for each in self.album]
        together = {"group": self.group, "album": album} if album else {}
        return {"text": self.text, "formats": formats, "photo": self.media, **together}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Written":
        """The inverse of `stored`."""
        formats = [Format(FormatKind(kind), *rest) for kind, *rest in stored["formats"]]
        album = tuple(Medium(MediumKind(kind), file) for kind, file in stored.get("album", ()))
        return cls(stored["text"], tuple(formats), stored["photo"], stored.get("group", ""), album)

    def with_next(self, other: "Written") -> "Written":
        """The album with the next of its media. The first of several captions counts."""
        worded = self if self.text else other
        return replace(self, text=worded.text, formats=worded.formats, album=(*self.album, *other.album))


def formats_of(found: Iterable[tuple[str, int, int, str]]) -> tuple[Format, ...]:
    """The formats among these (Telegram's name, offset, length, target): others are not kept."""
    known = {kind.value for kind in FormatKind}
    return tuple(
        Format(FormatKind(kind), offset, length, target)
        for kind, offset, length, target in found
        if kind in known
    )
