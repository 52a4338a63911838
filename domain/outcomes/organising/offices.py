"""Outcomes about an MP's office: who is in it, who asks to be, and what follows when the mandate ends."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload
from domain.versions import version_of


@dataclass(frozen=True)
class Seat:
    """Somebody in the office, or who asks to be. `mine`: the reader's own seat."""

    seat_id: int
    name: str
    confirmed: bool
    mine: bool

    @property
    def version(self) -> int:
        """What is decided about it counts for this."""
        return version_of(self.name, self.confirmed)


@dataclass(frozen=True)
class OfficeCard:
    """An MP's office, to the MP, to whoever is in it, and to organisers. `mine`: the reader is the MP.

    `may_decide`: the reader may invite, confirm and take away: the MP, or an organiser after a call. `is_due`: a
    workshop of the MP's is not over, so that it can be said how long they stay.
    """

    mp_id: int
    mp: str
    seats: tuple[Seat, ...]
    mine: bool
    may_decide: bool
    is_due: bool = False

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class Offices:
    """The MPs who are confirmed, by name, to organisers: (person id, name, how many are in the office)."""

    page: int
    pages: int
    first: int
    mps: tuple[tuple[int, str, int], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class OwnOffices:
    """The MPs for whom the reader acts, and the reader if they are one: (person id, name)."""

    mps: tuple[tuple[int, str], ...]

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class OfficeInvitation:
    """An invitation into the office of an MP, to be passed on. `until`: when it stops working."""

    mp_id: int
    mp: str
    link: str
    code: str
    until: date

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int = 0


@dataclass(frozen=True)
class OfficeOffered:
    """Asks whoever opened the invitation whether they act for the MP."""

    code_id: int
    mp: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int = 0


@dataclass(frozen=True)
class OfficeLeft(payload.Payload):
    """They do not act for the MP; the invitation stays as it is."""


@dataclass(frozen=True)
class SeatAsked:
    """To the MP: somebody who opened the invitation asks to act for them. `done`: it is decided."""

    seat_id: int
    name: str
    done: bool

    @property
    def version(self) -> int:
        """As of the `Seat`, which is not confirmed yet."""
        return version_of(self.name, False)

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        seat_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class SeatWaits:
    """To whoever opened the invitation: the MP, or the team after a call, has yet to confirm them."""

    mp: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class SeatConfirmed:
    """To somebody who acts for the MP from now on. `pledges`: how many are live."""

    mp_id: int
    mp: str
    pledges: int

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class SeatJoined:
    """To the MP, whom an organiser's confirmation has given somebody in the office."""

    mp_id: int
    name: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        seat_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class SeatEnded:
    """To somebody who no longer acts for the MP, or was not confirmed. `mp`: empty if the MP was erased."""

    mp: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class OfficeFull(payload.Payload):
    """An office has two seats, and both are taken."""


@dataclass(frozen=True)
class MandateAsked:
    """Asks what is to become of what an MP has under way. `seen`: what was under way when this was worded."""

    mp_id: int
    mp: str
    mine: bool
    pledges: int
    seen: int

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class MandateOver:
    """To the MP and the office: what was under way has ended, and its partners were told."""

    mp: str
    mine: bool
    pledges: int

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        pledges: int = 0


@dataclass(frozen=True)
class MandateLink:
    """A link to be passed on to whoever takes on an MP's pledges. `until`: when it stops working."""

    mp_id: int
    mp: str
    link: str
    code: str
    until: date

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int = 0


@dataclass(frozen=True)
class MandateOffered:
    """Asks whoever opened the link whether they take on the MP's pledges. `pledges`: how many are live. `ends`: those
    that they have with the MP themselves end.
    """

    code_id: int
    mp: str
    pledges: int
    ends: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int = 0


@dataclass(frozen=True)
class MandateTaken:
    """To the successor."""

    mp: str
    pledges: int

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        pledges: int = 0


@dataclass(frozen=True)
class MandatePassedOn:
    """To the MP: somebody has taken on their pledges."""

    name: str
    pledges: int

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        pledges: int = 0


@dataclass(frozen=True)
class PledgePassedOn:
    """To the other party of a pledge: somebody else has taken it on. `before`: whose it was."""

    pledge_id: int
    title: str
    other: str
    before: str

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        before_id: int = 0


@dataclass(frozen=True)
class OfficeBegins:
    """To whoever has a pledge with an MP, once: somebody acts for the MP from now on, and reads it."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PledgeResigned:
    """To the other party of a pledge: it has ended with the mandate, and by nobody's fault."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


Officing = (
    OfficeCard | Offices | OwnOffices | OfficeInvitation | OfficeOffered | OfficeLeft | SeatAsked | SeatWaits
    | SeatConfirmed | SeatJoined | SeatEnded | OfficeFull | OfficeBegins
    | MandateAsked | MandateOver | MandateLink | MandateOffered | MandateTaken | MandatePassedOn
    | PledgePassedOn | PledgeResigned
)  # fmt: skip
