"""Outcomes about the other party of a pledge: whom it is with, and that they cannot be reached."""

from dataclasses import dataclass

from domain.outcomes import payload


@dataclass(frozen=True)
class PartnerAsked:
    """Asks whom the pledge is with. `people`: (person id, name) of the author's matches, and of those without Telegram
    whom they have entered.
    """

    people: tuple[tuple[int, str], ...]

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class PartnerNameAsked(payload.Payload):
    """Asks for a name, of which at least three letters are needed."""


@dataclass(frozen=True)
class PartnerFound:
    """Somebody found by their name. `place` is empty unless it tells them from others of that name."""

    person_id: int
    name: str
    place: str = ""


@dataclass(frozen=True)
class PartnersFound:
    """The people found by a name, at most three. Nothing else of them is shown to somebody who only knows a name.

    `pledge_id`: the draft without a partner that they were sought for, 0 for a new one.
    """

    hits: tuple[PartnerFound, ...]
    pledge_id: int = 0

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`hits`: ids of people; `alike`: those of them whose name somebody else has, too."""

        hits: tuple[int, ...]
        alike: tuple[int, ...] = ()
        pledge_id: int = 0


@dataclass(frozen=True)
class PartnerUnreachable:
    """The other party of a live pledge has not been reached for a day; nothing is said about why.

    `intro_id`: the introduction in which they shared a way to reach them with the reader; None if there is none, and
    then the team may help. `contact`: the operator's, empty without one.
    """

    pledge_id: int
    title: str
    other: str
    intro_id: int | None
    contact: str

    class Payload(payload.OfPledge):
        pass


Partners = PartnerAsked | PartnerNameAsked | PartnersFound | PartnerUnreachable
