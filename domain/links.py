"""Deep links: their kinds, and the payload that Telegram passes to `/start` when somebody opens one."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from domain.codes import HANDSHAKE_LENGTH, LENGTH, PERSONAL_LENGTH, read_code
from domain.words import Empty, TooLong, clean

LONGEST = 64  # characters of a payload; Telegram's limit
_LONGEST_TYPED = 200  # UTF-16 units: an address with a code, and what people put around it
_PAYLOAD = re.compile(f"[A-Za-z0-9_-]{{1,{LONGEST}}}", re.ASCII)
# What people type, or their keyboards add: quotation marks, brackets, a full stop, "Der Code lautet".
_EDGES = re.compile(r"\A\W+|\W+\Z")
_SAID = re.compile(
    r"\A(?:(?:der|mein|unser|the|my|our)\s+)?(?:(?:werkstatt|workshop)[\s-]*)?code"
    r"(?:\s+(?:ist|lautet|is))?[\s:=-]+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:t|telegram)\.me/\w+/?|tg:(?://)?resolve/?)"
    r"\?(?:\S*&)?start=(?P<payload>[\w-]+)(?:&\S*)?",
    re.IGNORECASE | re.ASCII,
)


class LinkKind(StrEnum):
    """The value is the prefix of the payload. It is printed on posters and badges, and must never change."""

    WORKSHOP = "w_"
    PERSONAL = "c_"  # makes somebody the person whom others have entered
    HANDSHAKE = "h_"
    OFFICE = "b_"  # invites the office of somebody who takes part
    ORGANISER = "o_"  # invites into the team


class PrintedFor(StrEnum):
    """The readers of a workshop's poster. The value is part of the link printed on it, so it must never change."""

    EVERYBODY = "all"
    MPS = "mp"
    TOWN_HALLS = "th"
    MAKERS = "ma"  # whoever else comes to change something, in German "Gestalter:in"


_FOR = re.compile(r"(?P<code>.+)[-_](?P<audience>mp|th|ma)", re.IGNORECASE | re.ASCII)
_CODES = {
    LinkKind.WORKSHOP: LENGTH,
    LinkKind.HANDSHAKE: HANDSHAKE_LENGTH,
    LinkKind.PERSONAL: PERSONAL_LENGTH,
    LinkKind.OFFICE: PERSONAL_LENGTH,
    LinkKind.ORGANISER: PERSONAL_LENGTH,
}
"""How long the codes are, which may be typed, too."""


@dataclass(frozen=True)
class Link:
    """A kind, and the code after its prefix. Raises ValueError for a code that no deep link can carry.

    `audience`: of a workshop's, for whom it was printed; it leads to the same place.
    """

    kind: LinkKind
    code: str
    audience: PrintedFor = field(default=PrintedFor.EVERYBODY, compare=False)

    def __post_init__(self) -> None:
        if not _fits(self.kind, self.code):
            raise ValueError(f"no deep link of the kind {self.kind.name} can carry this code")

    @property
    def payload(self) -> str:
        """What follows `?start=` in the link."""
        return f"{self.kind.value}{self.written}"

    @property
    def written(self) -> str:
        """What follows the prefix: the code, and for whom it was printed if that is not everybody."""
        return self.code if self.audience is PrintedFor.EVERYBODY else f"{self.code}-{self.audience}"


def _fits(kind: LinkKind, code: str) -> bool:
    return code != "" and _PAYLOAD.fullmatch(f"{kind.value}{code}") is not None


def kind_of(payload: str) -> LinkKind | None:
    """The kind whose prefix the payload begins with, whatever follows, or None."""
    return next((kind for kind in LinkKind if payload.startswith(kind.value)), None)


def read_payload(payload: str) -> Link | None:
    """The link that was opened, or None. A workshop's code typed after `/start` counts as its link."""
    return read_typed(payload) if len(payload) <= LONGEST else None


def read_typed(text: str) -> Link | None:
    """The link to a workshop, handshake or person by its typed code, as forgiving as `read_code`; else None.

    The code may have its prefix, without which it is a workshop's, "Code:" before it, quotation marks or punctuation
    around it, and invisible characters in it; or the text is the whole address that opens the link, of whatever bot.
    """
    try:
        typed = _EDGES.sub("", clean(text, limit=_LONGEST_TYPED))
    except (Empty, TooLong):
        return None
    address = _ADDRESS.fullmatch(typed)
    payload = address["payload"] if address is not None else _EDGES.sub("", _SAID.sub("", typed))
    prefixed = next((kind for kind in LinkKind if payload.lower().startswith(kind.value)), None)
    if prefixed is None and address is not None:
        return None
    kind = prefixed or LinkKind.WORKSHOP
    written = payload[len(kind.value) :] if prefixed else payload
    code = read_code(written, _CODES[kind])
    if code is None and kind is LinkKind.WORKSHOP:
        return _for_an_audience(written)
    return Link(kind, code) if code is not None else None


def _for_an_audience(written: str) -> Link | None:
    """The link of a workshop with the two letters for whom it was printed."""
    found = _FOR.fullmatch(written)
    code = read_code(found["code"]) if found is not None else None
    if found is None or code is None:
        return None
    return Link(LinkKind.WORKSHOP, code, PrintedFor(found["audience"].lower()))
