"""Whom a broadcast goes to: of the people in its workshops those who were chosen, and were not ruled out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain import places
from domain import topics as catalogue
from domain.outcomes.choices import offered
from domain.roles import Role

_VERSION = 1


class Facet(StrEnum):
    """What people may be chosen by."""

    WORKSHOP = "workshop"  # an id: none is chosen as long as it goes to the one in which it was begun
    ROLE = "role"  # a Role, or CONFIRMED_MP
    LAND = "land"  # an ISO code
    TOPIC = "topic"  # an id of the catalogue: sought or offered
    PLEDGES = "pledges"  # a PledgeState
    PROFILE = "profile"  # UNFINISHED
    SILENCE = "silence"  # SILENT


ALL_WORKSHOPS = "all"
CONFIRMED_MP = "confirmed_mp"
UNFINISHED = "unfinished"
SILENT = "silent"


class PledgeState(StrEnum):
    """How somebody stands with the pledges that they are a party of."""

    NONE = "none"  # none that both agreed to
    OPEN = "open"  # one at least that is not over
    KEPT = "kept"  # one at least that ended well


VALUES: Mapping[Facet, Sequence[str]] = {
    Facet.PLEDGES: tuple(PledgeState),
    Facet.PROFILE: (UNFINISHED,),
    Facet.SILENCE: (SILENT,),
}
"""The values of facets that always have the same ones."""

Choice = tuple[Facet, str]


class Sense(StrEnum):
    """How a choice counts."""

    ONLY = "only"
    WITHOUT = "without"


_NEXT = {None: Sense.ONLY, Sense.ONLY: Sense.WITHOUT, Sense.WITHOUT: None}


def is_known(facet: Facet, value: str) -> bool:
    """Whether people can be chosen by this value of the facet. Not of workshops: which there are is a row."""
    match facet:
        case Facet.WORKSHOP:
            return False
        case Facet.ROLE:
            return value == CONFIRMED_MP or value in set(Role)
        case Facet.LAND:
            return value in places.LAENDER
        case Facet.TOPIC:
            return value in catalogue.load().topics or offered(value) is not None
        case _:
            return value in VALUES[facet]


@dataclass(frozen=True)
class Audience:
    """For each facet with a choice in `only`, somebody has one of its values, and none of those in `without`."""

    only: frozenset[Choice] = field(default_factory=frozenset)
    without: frozenset[Choice] = field(default_factory=frozenset)

    @property
    def is_everybody(self) -> bool:
        return not (self.only or self.without)

    @property
    def choices(self) -> list[tuple[Sense, Choice]]:
        """All that was chosen, in the order of the facets; what is ruled out comes last."""
        return [(Sense.ONLY, each) for each in _sorted(self.only)] + [
            (Sense.WITHOUT, each) for each in _sorted(self.without)
        ]

    def sense(self, facet: Facet, value: str) -> Sense | None:
        """How this value counts; None: it does not."""
        if (facet, value) in self.only:
            return Sense.ONLY
        return Sense.WITHOUT if (facet, value) in self.without else None

    def turned(self, facet: Facet, value: str) -> "Audience":
        """With the value the next way: chosen, then ruled out, then neither."""
        choice = {(facet, value)}
        sense = _NEXT[self.sense(facet, value)]
        only, without = self.only - choice, self.without - choice
        return Audience(
            only | choice if sense is Sense.ONLY else only,
            without | choice if sense is Sense.WITHOUT else without,
        )

    def with_workshops(self, home: int, tapped: Collection[int]) -> "Audience":
        """With this workshop the next way; with several of them chosen, or none of them if they all were. One is left
        at least, `home`: the one that it goes to if none was chosen.
        """
        own = {(Facet.WORKSHOP, str(home))}
        begun = self if self.chosen(Facet.WORKSHOP) else Audience(self.only | own, self.without - own)
        choices = {(Facet.WORKSHOP, str(each)) for each in tapped}
        if len(choices) == 1:
            turned = begun.turned(*next(iter(choices)))
        elif choices <= begun.only:
            turned = Audience(begun.only - choices, begun.without)
        else:
            turned = Audience(begun.only | choices, begun.without - choices)
        if turned.chosen(Facet.WORKSHOP):
            return turned
        return Audience(turned.only | own, turned.without - own)

    def chosen(self, facet: Facet) -> list[str]:
        return [value for each, value in _sorted(self.only) if each is facet]

    def ruled_out(self, facet: Facet) -> list[str]:
        return [value for each, value in _sorted(self.without) if each is facet]

    def stored(self) -> dict[str, Any]:
        """As JSON, for the database."""
        return {"v": _VERSION, "only": _listed(self.only), "without": _listed(self.without)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Audience":
        """The inverse of `stored`. Raises ValueError for what a later version has stored."""
        if stored["v"] != _VERSION:
            raise ValueError(f"audience of version {stored['v']}")
        return cls(*(frozenset((Facet(facet), value) for facet, value in stored[s]) for s in Sense))


EVERYBODY = Audience()
MPS = Audience(frozenset({(Facet.ROLE, CONFIRMED_MP)}))


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    order = list(Facet)
    return sorted(choices, key=lambda each: (order.index(each[0]), each[1]))


def _listed(choices: Iterable[Choice]) -> list[list[str]]:
    return [[facet.value, value] for facet, value in _sorted(choices)]
