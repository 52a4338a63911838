"""Outcomes of `/stand`: figures of workshops, as a message, a picture or a file. Nobody is named in any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.insight import Measure
from domain.outcomes import payload
from domain.outcomes.choices import Theme

EVERYWHERE = 0
"""Instead of the id of a workshop: all of those whose figures the reader may see."""


class Aspect(StrEnum):
    """What the figures are told apart by."""

    ALL = "all"
    NUDGES = "nudges"
    TIME = "time"
    ROLE = "role"
    LAND = "land"
    TOPIC = "topic"
    WORKSHOP = "workshop"


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class InsightGroup:
    """`name`: a role, a Land or a topic as it is stored, or the title of a workshop; empty: none was told.

    `workshop_id`: of a workshop; else 0.
    """

    name: str
    figures: Mapping[Measure, int]
    workshop_id: int = 0


@dataclass(frozen=True)
class Looked:
    """The figures, as they may be told. `title`: of the workshop, None of all; `of`: how many workshops they are of.

    `may_widen`: they are of one workshop, and the reader may see those of others.
    """

    workshop_id: int
    title: str | None
    of: int
    figures: Mapping[Measure, int]
    groups: tuple[InsightGroup, ...] = ()
    may_widen: bool = False


@dataclass(frozen=True)
class Insight:
    """Figures with buttons to all other views of them. `looked.groups` are those of the page, counted from 0."""

    aspect: Aspect
    looked: Looked
    page: int = 0
    pages: int = 1

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        aspect: Aspect = field(default=Aspect.ALL, metadata=payload.stored_as("look"))
        page: int = 0


@dataclass(frozen=True)
class InsightPictured:
    """The figures as a picture, in one of two themes."""

    looked: Looked
    theme: Theme

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        theme: Theme = field(default=Theme.LIGHT)


@dataclass(frozen=True)
class InsightFiled:
    """The figures as a table, with a line for each group and one for all of them."""

    aspect: Aspect
    kind: FileKind
    looked: Looked

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        aspect: Aspect = field(metadata=payload.stored_as("look"))
        kind: FileKind = field(metadata=payload.stored_as("file"))


Insights = Insight | InsightPictured | InsightFiled
