"""Outcomes of taking over: somebody who was entered without Telegram opens a personal link."""

from dataclasses import dataclass
from datetime import date

from domain.outcomes import payload


@dataclass(frozen=True)
class TakeoverLink:
    """A text to pass on to the other: the link by which they take over. `until`: its last day; `me`: the reader."""

    pledge_id: int
    title: str
    other: str
    me: str
    link: str
    until: date

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        code_id: int


@dataclass(frozen=True)
class TakeoverAsked:
    """To whoever opened the link: are they this person, whom `entered_by` entered?"""

    code_id: int
    name: str
    organisation: str
    entered_by: str

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        code_id: int


@dataclass(frozen=True)
class TakeoverUnknown(payload.Payload):
    """A personal link or code opens nothing: the same for what never was, is over, is used, or was renewed.

    `joined`: the reader takes part already.
    """

    joined: bool = True


@dataclass(frozen=True)
class TakeoverLeft(payload.Payload):
    """It is somebody else: nothing has changed."""


@dataclass(frozen=True)
class TakeoverDone:
    """What was entered of the reader is theirs. `other`: who had entered them."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SideTakenOver:
    """To whoever had entered the other, who goes on by themselves."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


Takeovers = TakeoverLink | TakeoverAsked | TakeoverUnknown | TakeoverLeft | TakeoverDone | SideTakenOver
