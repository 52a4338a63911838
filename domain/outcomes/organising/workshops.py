"""Outcomes of workshops: made, shown and changed, and what is printed for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.figures import Figure
from domain.links import PrintedFor
from domain.outcomes import payload
from domain.voice import Language, Voice
from domain.workshops import Hours, WorkshopDetails, WorkshopField


@dataclass(frozen=True)
class WorkshopTitleAsked(payload.Payload):
    pass


@dataclass(frozen=True)
class WorkshopDayAsked:
    """Asks on which day the workshop is: today with one tap, any other typed. `draft_id` holds its title.

    `copied`: everything else is taken over from another one. `past`: the day that was typed is over, and is asked back;
    `coming`: the same words may mean this one.
    """

    draft_id: int
    copied: bool = False
    past: date | None = None
    coming: date | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        past: date | None = None
        coming: date | None = None


@dataclass(frozen=True)
class WorkshopCard:
    """A workshop, with `link` as a QR picture, and all that can be changed about it.

    `voice`: how newcomers are spoken to there. `may_change`, `may_copy`: what its reader may do besides. `saved`: what
    was just changed; `changed`: somebody else changed what was to be changed, which counts for nothing.
    """

    workshop_id: int
    details: WorkshopDetails
    code: str
    link: str
    people: Figure | None  # None: nobody yet
    bot: str  # its name on Telegram, for whoever cannot open the link
    voice: Voice
    may_change: bool = True
    may_copy: bool = True
    saved: WorkshopField | None = None
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        saved: WorkshopField | None = None
        changed: bool = False


@dataclass(frozen=True)
class WorkshopFieldAsked:
    """Asks for one detail of a workshop. `first`: it was just made. `again`: somebody else has changed it since the
    question was asked, so that the answer to that one counts for nothing. `past`, `coming`: see `WorkshopDayAsked`.
    """

    workshop_id: int
    details: WorkshopDetails
    field: WorkshopField
    voice: Voice
    first: bool = False
    again: bool = False
    past: date | None = None
    coming: date | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        field: WorkshopField
        first: bool = False
        again: bool = False
        past: date | None = None
        coming: date | None = None


class Form(StrEnum):
    """What can be printed."""

    POSTER = "poster"  # A4
    CARDS = "cards"  # four of A6 on A4
    PICTURE = "picture"  # the QR code alone, for slides


@dataclass(frozen=True)
class WorkshopPrints:
    """Asks what is to be printed, for whom, and in which language."""

    workshop_id: int
    title: str
    audience: PrintedFor
    language: Language

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        audience: PrintedFor
        language: Language


@dataclass(frozen=True)
class WorkshopPrint:
    """A file to print, or a picture. `link` opens the workshop for this audience; `code` is what is typed instead."""

    workshop_id: int
    title: str
    day: date
    hours: Hours | None
    place: str
    code: str
    link: str
    bot: str
    form: Form
    audience: PrintedFor
    language: Language

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        form: Form
        audience: PrintedFor
        language: Language


Workshops = (
    WorkshopTitleAsked | WorkshopDayAsked | WorkshopCard | WorkshopFieldAsked | WorkshopPrints | WorkshopPrint
)
