"""Outcomes of help calls: shall I look for somebody, do you have a quarter of an hour, and that nobody was found."""

from dataclasses import dataclass, field

from domain.nudging import Period
from domain.outcomes import payload
from domain.pledges import Blocker, HelpsBecause


@dataclass(frozen=True)
class HelpOffered:
    """To the one with whom it is stuck: shall I look for somebody who could help?"""

    pledge_id: int
    title: str
    period: Period

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        period: Period


@dataclass(frozen=True)
class HelpRefused(payload.Payload):
    """To the same, who would rather not."""


@dataclass(frozen=True)
class HelpSought:
    """To the same: people are being asked. `over`: not any more."""

    title: str
    over: bool = False

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class HelpAsked:
    """To somebody who could help. Who calls is not said, nor anything that would tell."""

    request_id: int
    topic: str
    blocker: Blocker
    because: HelpsBecause

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        request_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class HelpDeclined(payload.Payload):
    """To somebody who was asked and said no: nobody learns of it."""


@dataclass(frozen=True)
class HelpOver(payload.Payload):
    """To somebody who was asked, or says yes, too late."""


@dataclass(frozen=True)
class NoHelp:
    """To the caller: nobody was found. The team knows what is lacking, and who it is only if the caller says so.

    `answered`: whether they have said, and `named`: what.
    """

    call_id: int
    pledge_id: int
    title: str
    topic: str | None
    blocker: Blocker
    answered: bool = False
    named: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        call_id: int = field(metadata=payload.OBJECT)
        answered: bool = False


Helping = HelpOffered | HelpRefused | HelpSought | HelpAsked | HelpDeclined | HelpOver | NoHelp
