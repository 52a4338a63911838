"""Outcomes of the relay: a few words to the other through the bot, where no contact was exchanged."""

from dataclasses import dataclass, field

from domain.outcomes import payload


@dataclass(frozen=True)
class RelayAsked:
    """Asks for the words, about a pledge."""

    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class RelayToMatchAsked:
    """Asks for the words to somebody whom the reader has met here."""

    other: str

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class Relayed(payload.Payload):
    """The payload of an outcome about one message that was passed on."""

    relay_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class RelaySent:
    """To the writer. `left`: how many more may go to the same person today."""

    other: str
    left: int

    class Payload(Relayed):
        pass


@dataclass(frozen=True)
class RelayReceived:
    """To the other: the words. `stopped`: they want no more of them. `by_office`: the writer's office wrote them.
    `answer`: what was passed on next to the writer about the same, so that all who act for the party read it.
    """

    relay_id: int
    writer: str
    words: str
    stopped: bool
    by_office: bool = False
    answer: str = ""

    class Payload(Relayed):
        pass


Relaying = RelayAsked | RelayToMatchAsked | RelaySent | RelayReceived
