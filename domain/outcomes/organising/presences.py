"""Outcomes about how long MPs stay on the day, and how many talks they still take."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.outcomes import payload
from domain.presence_said import PresenceSaid


class NotedBy(StrEnum):
    """Who, if not the MP, has noted it."""

    OFFICE = "office"
    TEAM = "team"


@dataclass(frozen=True)
class PresenceCard:
    """To the MP, the office and the team. `mine`: the reader is the MP. `until`: when they leave; None: not said.

    `talks`: how many they still take; None: as usual. `gone`: they have left. `another_day`: of the workshop, if it is
    not today. `ways`: what can be tapped. `by`: to the MP, who else has noted it.
    """

    mp_id: int
    mp: str
    mine: bool
    until: time | None
    talks: int | None
    gone: bool
    another_day: date | None
    ways: tuple[PresenceSaid, ...]
    by: NotedBy | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        by: NotedBy | None = field(default=None, metadata=payload.stored_as("noted_by"))


@dataclass(frozen=True)
class PresenceAsked:
    """Asks for it in words."""

    mp_id: int
    mp: str
    mine: bool

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class PresentMp:
    """An MP in a list. `until`, `talks`, `gone`: as of `PresenceCard`."""

    mp_id: int
    name: str
    until: time | None
    talks: int | None
    gone: bool


@dataclass(frozen=True)
class PresenceList:
    """The MPs of today's workshops who are confirmed, by name, in pages from 0. `first`: the rank of the first."""

    page: int
    pages: int
    first: int
    mps: tuple[PresentMp, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


Presences = PresenceCard | PresenceAsked | PresenceList
