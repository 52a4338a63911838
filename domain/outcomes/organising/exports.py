"""Outcomes of `/export`: what it is for, what will be in it, and the file, which is deleted after an hour."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.outcomes import payload
from domain.outcomes.matching import Card
from domain.outcomes.organising.insight import FileKind
from domain.outcomes.organising.released import ReleasedPledge
from domain.presence import EVERYTHING_OPEN, Presence


class ExportOf(StrEnum):
    PEOPLE = "people"
    PLEDGES = "pledges"


@dataclass(frozen=True)
class ExportAsked:
    """Asks for the purpose, in a sentence."""

    workshop: str

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class ExportOffered:
    """Asks which. `numbers`: how many lines each would have, exactly: this is what is confirmed."""

    export_id: int
    workshop: str
    purpose: str
    numbers: tuple[tuple[ExportOf, int], ...]

    class Payload(payload.OfExport):
        pass


@dataclass(frozen=True)
class ExportPreview:
    """What will be in the file, before it is made. `number`: its lines; `people`: whom they are about.

    `until`: it has been made, and is there until then.
    """

    export_id: int
    of: ExportOf
    workshop: str
    purpose: str
    number: int
    people: int
    until: time | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfExport):
        of: ExportOf


@dataclass(frozen=True)
class ExportedPerson:
    """`seeks`, `offers`: the ids of topics. `presence`: on the day, of an MP."""

    card: Card
    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    presence: Presence = EVERYTHING_OPEN


@dataclass(frozen=True)
class Exported:
    """What is said beside the file. `repeated`: it may be there twice."""

    workshop: str
    purpose: str
    kind: FileKind
    repeated: bool


@dataclass(frozen=True)
class PeopleExported(Exported):
    people: tuple[ExportedPerson, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfExport):
        kind: FileKind
        replaced = True


@dataclass(frozen=True)
class PledgesExported(Exported):
    pledges: tuple[ReleasedPledge, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """About its workshop, as all that shows pledges to others than the two (`shown_to_others.SHOWN_TO_OTHERS`)."""

        workshop_id: int = field(metadata=payload.OBJECT)
        export_id: int
        kind: FileKind
        replaced = True


@dataclass(frozen=True)
class ExportEnded(payload.OfExport):
    """Deletes the file."""


@dataclass(frozen=True)
class ExportLeft:
    """The bot could not delete the file: whoever has it is asked to. `on`: the day it was made."""

    workshop: str
    on: date

    class Payload(payload.OfExport):
        pass


Exports = (
    ExportAsked | ExportOffered | ExportPreview | PeopleExported | PledgesExported | ExportEnded | ExportLeft
)
