"""Outcomes of a look at who got a broadcast, and who did not."""

from dataclasses import dataclass
from enum import StrEnum

from domain.outcomes import payload


class Receipt(StrEnum):
    """What became of somebody's copy; who missed it comes first."""

    UNREACHABLE = "unreachable"
    FAILED = "failed"
    UNDECIDED = "undecided"  # Telegram gave no clear answer, so that it may have arrived
    WITHDRAWN = "withdrawn"  # consent or presence ended before it went out, or they pause
    UNSENT = "unsent"  # it was stopped before
    DELETED = "deleted"  # arrived, and was taken back
    DELIVERED = "delivered"


GOT_IT = (Receipt.DELIVERED, Receipt.DELETED)


class ListFor(StrEnum):
    """What a list is made for, which is noted with everybody on it."""

    FOLLOW_UP = "follow_up"  # who did not get it
    RECORD = "record"  # everybody


@dataclass(frozen=True)
class ReceiptLine:
    """One person of the list. `place`: where two share a name. `reason`: of a failure, as Telegram says it. `workshop`:
    through which they get it, if it goes to several.
    """

    name: str
    place: str
    receipt: Receipt
    reason: str = ""
    repeated: bool = False
    workshop: str = ""


@dataclass(frozen=True)
class ReceiptsShown:
    """The groups that somebody is in: what became of it, how many they are, and some of them."""

    broadcast_id: int
    workshops: tuple[str, ...]
    groups: tuple[tuple[Receipt, int, tuple[ReceiptLine, ...]], ...]

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class ReceiptList:
    """The list as a file, which is deleted after an hour."""

    workshops: tuple[str, ...]
    purpose: ListFor
    people: tuple[ReceiptLine, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        purpose: ListFor


@dataclass(frozen=True)
class ReceiptListEnded(payload.Payload):
    """Deletes such a file."""


Receipts = ReceiptsShown | ReceiptList | ReceiptListEnded
