"""Outcomes of a handshake: a pledge draft is held out to somebody who stands by, and opened."""

from dataclasses import dataclass

from domain.outcomes import payload


@dataclass(frozen=True)
class HandshakeShown:
    """To the author: what the other scans, or types. `link`: its address; `bot`: our username.

    `over`: it can be opened no more.
    """

    pledge_id: int
    text: str
    link: str
    bot: str
    number: int
    over: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        over: bool = False


@dataclass(frozen=True)
class HandshakeAsked:
    """To the author: `other`, who typed the number, wants to open the pledge. Are they standing by?"""

    pledge_id: int
    person_id: int
    other: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        of_pledge: int


@dataclass(frozen=True)
class HandshakeWaits(payload.Payload):
    """To whoever typed the number of a handshake: its author is asked whether they stand by."""


@dataclass(frozen=True)
class HandshakeOpened:
    """To the author: `other` reads the sentence now."""

    pledge_id: int
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class HandshakeUnknown(payload.Payload):
    """What was scanned or typed opens nothing: the same for what never was, is over, is taken, or was not confirmed.

    `joined`: the reader may search for the other by name.
    """

    joined: bool = True


@dataclass(frozen=True)
class HandshakeHeld(payload.Payload):
    """Its author has proposed too much to propose this now, and was told so; how much to others is not said.

    `today`: only to the reader, and only today.
    """

    today: bool = False


Handshakes = (
    HandshakeShown | HandshakeAsked | HandshakeWaits | HandshakeOpened | HandshakeUnknown | HandshakeHeld
)
