"""Outcomes of a lost account: an organiser identifies its person, who goes on in a new one."""

from dataclasses import dataclass
from datetime import date

from domain.outcomes import payload
from domain.versions import version_of


@dataclass(frozen=True)
class AccountCard:
    """To an organiser: what to make sure of before this person gets a link. `confirmed`: their role as an MP is, and
    may stay so. `linked`: there is a link that opens something.
    """

    person_id: int
    name: str
    organisation: str
    confirmed: bool
    linked: bool

    @property
    def version(self) -> int:
        """Who it is, as it is shown."""
        return version_of(self.name, self.organisation, self.confirmed)

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class AccountLink:
    """A text to pass on to whoever was identified: the link by which they go on."""

    person_id: int
    name: str
    link: str
    code: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int
        replaced = True


@dataclass(frozen=True)
class AccountOffered:
    """To whoever opened the link: are they this person?"""

    code_id: int
    name: str
    organisation: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int


@dataclass(frozen=True)
class AccountTaken(payload.Payload):
    """All that was the reader's is in this account. `pledges`: that are not over; `unconfirmed`: their role as an MP
    has to be confirmed again.
    """

    pledges: int
    unconfirmed: bool


@dataclass(frozen=True)
class AccountMoved:
    """The last word to the old account. `until`: the day until which its reader may object."""

    person_id: int
    until: date
    contact: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class AccountObjected:
    """To organisers: whoever has the old account says that it was not them."""

    person_id: int
    name: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class ObjectionHeard:
    """To whoever objected: the team knows. `reached`: somebody of the team can be told."""

    reached: bool
    contact: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        reached: bool


@dataclass(frozen=True)
class AccountChanged:
    """To whoever has an open pledge with this person, or an office: they write from a new account."""

    name: str

    class Payload(payload.OfPerson):
        pass


Accounts = (
    AccountCard | AccountLink | AccountOffered | AccountTaken | AccountMoved | AccountObjected | ObjectionHeard
    | AccountChanged
)  # fmt: skip
