"""Outcomes of what came of a workshop: its report, the retrospectives in it, and the file. Nobody is named in any."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.insight import Measure
from domain.outcomes import payload
from domain.outcomes.organising.insight import InsightGroup
from domain.outcomes.organising.wall import OnWall
from domain.outcomes.pledging.retrospectives import FiveLines
from domain.wall import WallPledge


@dataclass(frozen=True)
class Report:
    """What came of a workshop, as everybody may read it. `on`: the day on which it says so; `final_on`: from when on
    its pledges have ended and been looked back on.

    `figures` and all groups: rounded. `pledges` and `retrospectives`: those that both parties and the team let
    everybody read, the latest first.
    """

    title: str
    day: date
    place: str
    controller: str
    on: date
    final_on: date
    figures: Mapping[Measure, int]
    topics: tuple[InsightGroup, ...]
    roles: tuple[InsightGroup, ...]
    laender: tuple[InsightGroup, ...]
    pledges: tuple[WallPledge, ...]
    retrospectives: tuple[FiveLines, ...]

    @property
    def is_final(self) -> bool:
        return self.on >= self.final_on


@dataclass(frozen=True)
class ReportShown:
    """The report to the team: as a file, and as a page once it is opened. `link`: of the page; empty while it is
    closed. `waiting`: retrospectives about which the team has said nothing; `listed`: those in the report.

    `runs`: the reader may open and close the page. `is_news`: it comes unasked, since the time for it has come.
    """

    workshop_id: int
    title: str
    on: date
    final_on: date
    link: str
    listed: int
    waiting: int
    runs: bool = True
    is_news: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        is_news: bool = False


@dataclass(frozen=True)
class ReportFiled:
    """The report as a file."""

    workshop_id: int
    report: Report

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class ReportFileEnded(payload.Payload):
    """Takes the file away: an hour is over, or something in it may be read no more."""


@dataclass(frozen=True)
class RetrospectiveCandidate:
    """`version`: what is said of an older one does not count."""

    pledge_id: int
    version: int
    lines: FiveLines
    said: OnWall


@dataclass(frozen=True)
class ReportRetrospectives:
    """One of a workshop's retrospectives that both parties let everybody read, and `waiting`, how many wait; a page
    each, counted from 0, those that wait first. `put_up`: whether another was just let into the report, or kept out.
    """

    workshop_id: int
    workshop: str
    of: RetrospectiveCandidate | None
    waiting: int
    page: int
    pages: int
    put_up: bool | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int = field(metadata=payload.OBJECT)
        page: int = 0
        put_up: bool | None = None


Reports = ReportShown | ReportFiled | ReportFileEnded | ReportRetrospectives
