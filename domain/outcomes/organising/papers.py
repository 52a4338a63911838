"""Outcomes of pledges that were made on paper: taken over from cards, and confirmed by those who made them."""

from dataclasses import dataclass, field
from datetime import date

from domain.guest_lists import ListFault
from domain.outcomes import payload
from domain.paper import CardFault, KnownPerson
from domain.pledges import Acts, Side


@dataclass(frozen=True)
class PaperSide:
    """One of the two on a card. `known`: whoever is meant, None for nobody who is known; `is_open`: several may be."""

    name: str
    known: KnownPerson | None
    is_open: bool


@dataclass(frozen=True)
class CardLine:
    """A card that is not there yet. `out`: it is left out."""

    line: int
    first: PaperSide
    second: PaperSide
    acts: Acts
    text: str
    out: bool

    @property
    def is_open(self) -> bool:
        return not self.out and (self.first.is_open or self.second.is_open)


@dataclass(frozen=True)
class WrongCard:
    """A line that cannot be taken over."""

    line: int
    fault: CardFault


@dataclass(frozen=True)
class PaperFileAsked:
    """Asks for cards, in a file or typed."""

    workshop_id: int
    workshop: str

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class PaperFileRefused(payload.Payload):
    """Nothing can be read from it. Another one is awaited."""

    fault: ListFault


@dataclass(frozen=True)
class PaperPreview:
    """What taking the cards over does, a page at a time, from 0: what is wrong first, then what is open. `version`: of
    all of it. `new`: those that would be taken over; `there`: that are there already.
    """

    upload_id: int
    workshop_id: int
    version: str
    shown: tuple[WrongCard | CardLine, ...]
    page: int
    pages: int
    new: int
    there: int
    wrong: int
    open: int
    out: int
    left_out: tuple[str, ...]
    changed_since: bool

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        upload_id: int = field(metadata=payload.OBJECT)
        page: int = 0
        changed_since: bool = False


@dataclass(frozen=True)
class PaperNames:
    """Whom does this name on a card mean? Those who may be meant, side by side. `which`: 1 or 2, of the two names."""

    upload_id: int
    line: int
    which: int
    name: str
    people: tuple[KnownPerson, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        upload_id: int = field(metadata=payload.OBJECT)
        line: int = 0


@dataclass(frozen=True)
class PapersTaken(payload.OfWorkshop):
    """The cards are taken over. `asked`: of how many somebody is asked now; the others wait for a link."""

    new: int
    asked: int
    wrong: int


@dataclass(frozen=True)
class PaperDropped(payload.OfWorkshop):
    pass


@dataclass(frozen=True)
class PaperLine:
    """A card that has not become a pledge. `first_guest`, `second_guest`: who is not here; 0: who is."""

    first: str
    second: str
    first_guest: int
    second_guest: int


@dataclass(frozen=True)
class PapersListed:
    """The cards of a workshop that wait for a yes, a page at a time, from 0. `settled`: that do not any more."""

    workshop_id: int
    workshop: str
    shown: tuple[PaperLine, ...]
    first: int
    page: int
    pages: int
    waiting: int
    settled: int

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int = 0


@dataclass(frozen=True)
class GuestLink:
    """The personal link of one guest, to be passed on."""

    guest_id: int
    workshop_id: int
    name: str
    link: str
    code: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        guest_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class PaperOffered:
    """Asks one of the two whether the card says that. `side`: the reader's; `deadline`: what a yes makes it today."""

    paper_id: int
    other: str
    text: str
    side: Side
    acts: Acts
    deadline: date

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        paper_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class PaperAgreed:
    """It does; the other is not here yet."""

    paper_id: int
    other: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        paper_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class PaperDenied(payload.Payload):
    """It does not, and so it binds nobody."""


@dataclass(frozen=True)
class PaperOver(payload.Payload):
    """Nothing comes of it any more."""


Papers = (
    PaperFileAsked | PaperFileRefused | PaperPreview | PaperNames | PapersTaken | PaperDropped | PapersListed
    | GuestLink | PaperOffered | PaperAgreed | PaperDenied | PaperOver
)  # fmt: skip
