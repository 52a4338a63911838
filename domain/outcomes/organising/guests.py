"""Outcomes of the guest list at the desk, and of the personal codes of those who are on it."""

from dataclasses import dataclass, field
from datetime import date

from domain.guest_lists import GuestRow
from domain.outcomes import payload


@dataclass(frozen=True)
class GuestLine:
    """A guest in a list. `given`: reception has handed the badge to them; `joined`: they are here with an account."""

    guest_id: int
    row: GuestRow
    given: bool
    joined: bool


@dataclass(frozen=True)
class GuestsListed:
    """The guests of a workshop by name, a page at a time, from 0. `first`: the rank of the first of them.
    `may_run`: its reader may send files and print cards.
    """

    workshop_id: int
    workshop: str
    shown: tuple[GuestLine, ...]
    first: int
    page: int
    pages: int
    guests: int
    given: int
    joined: int
    may_run: bool

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int = 0


@dataclass(frozen=True)
class GuestNameAsked(payload.OfWorkshop):
    """Asks whom to look for on its guest list."""


@dataclass(frozen=True)
class GuestsFound:
    """The guests whose names come near."""

    workshop_id: int
    shown: tuple[GuestLine, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        hits: tuple[int, ...] = ()


@dataclass(frozen=True)
class GuestBeside:
    """Another guest of the list who looks like one: whoever has joined as either may be both. `version`: of what is
    shown of the two.
    """

    guest_id: int
    name: str
    version: str


@dataclass(frozen=True)
class GuestShown:
    """One guest, as the list has them. `claims`: how whoever has joined as this guest calls themselves; None: nobody
    has. `to_confirm`: the person whose role waits to be confirmed, 0 for none; `confirmed`: whether it is. `alike`:
    others on the list whose names look the same; `beside`: those of them about whom somebody may be asked; `asked`:
    whether somebody is being asked just now.
    """

    workshop_id: int
    guest: GuestLine
    version: str
    claims: str | None
    to_confirm: int
    confirmed: bool
    alike: tuple[GuestRow, ...]
    beside: tuple[GuestBeside, ...] = ()
    asked: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        guest_id: int = field(metadata=payload.OBJECT)
        asked: bool = False


@dataclass(frozen=True)
class CardOfGuest:
    """What is printed for one guest."""

    name: str
    organisation: str
    link: str
    code: str


@dataclass(frozen=True)
class GuestCards:
    """A sheet with a card for everybody on the list who has not joined yet. `until`: the last day of their codes."""

    workshop_id: int
    workshop: str
    bot: str
    until: date
    cards: tuple[CardOfGuest, ...]

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class GuestOffered:
    """To whoever opened a personal code, or whom reception asks: are they this guest?"""

    code_id: int
    row: GuestRow

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        code_id: int = field(metadata=payload.OBJECT)
        vouched: bool = False  # reception thinks so: they may be on the list under another name already


@dataclass(frozen=True)
class GuestWelcome(payload.Payload):
    """They are. `confirmed`: their role is, too, since reception has handed them the badge."""

    confirmed: bool


@dataclass(frozen=True)
class GuestTwice(payload.Payload):
    """They are on the list already, under another name: this code is somebody else's, or reception helps."""


Guests = (
    GuestsListed | GuestNameAsked | GuestsFound | GuestShown | GuestCards | GuestOffered | GuestWelcome | GuestTwice
)  # fmt: skip
