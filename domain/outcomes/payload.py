"""Payloads: what an outbox row holds, which is the outcome to say, the object it is about, and choices.

An outcome that needs nothing from the database is its own payload. Any other has a nested one, which names what has
to be read when it is said: `turn.tell(TalkAsked.Payload(pledge.id, change=True))`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

OBJECT: Mapping[str, Any] = MappingProxyType({"object": True})
"""Metadata of the one field that is stored in the row's `object_id`."""


def stored_as(name: str) -> Mapping[str, Any]:
    """Metadata of a field that rows store under another name."""
    return MappingProxyType({"stored": name})


class KindName(str):
    """The name of an outcome's class, the only text that a payload may hold."""

    __slots__ = ()


@dataclass(frozen=True)
class Payload:
    """Holds only enums, numbers and dates, never people's words. Subclasses are frozen dataclasses.

    `replaced`: it is a file or a picture with people's words in it: something else takes its place if one of them goes.
    """

    replaced = False

    @classmethod
    def outcome_name(cls) -> KindName:
        """The class name of its outcome, which rows store as their kind: it must never change."""
        return KindName(cls.__qualname__.partition(".")[0])


@dataclass(frozen=True)
class OfPledge(Payload):
    """The payload of an outcome about one pledge."""

    pledge_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfIntroduction(Payload):
    """The payload of an outcome about one introduction."""

    intro_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfPerson(Payload):
    """The payload of an outcome about somebody else."""

    person_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfWorkshop(Payload):
    """The payload of an outcome about one workshop."""

    workshop_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfBroadcast(Payload):
    """The payload of an outcome about one broadcast."""

    broadcast_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfExport(Payload):
    """The payload of an outcome about one export."""

    export_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfRound(Payload):
    """The payload of an outcome about one round."""

    round_id: int = field(metadata=OBJECT)
