"""What an outbox row holds: which outcome to say, about which object, with which choices.

An outcome that needs nothing from the database is its own payload. Any other nests one, which names what has to be
read when it is said: `turn.tell(TalkAsked.Payload(pledge.id, change=True))`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

OBJECT: Mapping[str, Any] = MappingProxyType({"object": True})
"""Metadata of the one field that is stored in the row's `object_id`."""


def stored_as(name: str) -> Mapping[str, Any]:
    """Metadata of a field whose name in older rows is another one."""
    return MappingProxyType({"stored": name})


class KindName(str):
    """The name of an outcome's class: the one text that a payload may hold."""

    __slots__ = ()


@dataclass(frozen=True)
class Payload:
    """Enums, numbers and dates only, never people's words. Subclasses are frozen dataclasses."""

    @classmethod
    def outcome_name(cls) -> KindName:
        """Its outcome's class name, as rows carry it: an outcome's name must not change."""
        return KindName(cls.__qualname__.partition(".")[0])


@dataclass(frozen=True)
class OfPledge(Payload):
    """What is said about one pledge."""

    pledge_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfIntroduction(Payload):
    """What is said about one introduction."""

    intro_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfPerson(Payload):
    """What is said about somebody else."""

    person_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfWorkshop(Payload):
    """What is said about one workshop."""

    workshop_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfBroadcast(Payload):
    """What is said about one announcement."""

    broadcast_id: int = field(metadata=OBJECT)


@dataclass(frozen=True)
class OfRound(Payload):
    """What is said about one round of introductions."""

    round_id: int = field(metadata=OBJECT)
