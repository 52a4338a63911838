"""Assigns the cards of a round: an MP's as long as MPs have room, somebody else's for all who are left.

Imports SciPy through `domain.rounds`, so import it when a round is planned, not when the bot starts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.matching import Pool
from domain.roles import Role
from domain.rounds import Edge, plan
from domain.suggestions import Candidate, MeetingReason

BESIDE = 2
"""People who get the same person's card, MPs aside; more would make a few the answer to everything."""

Ranked = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True)
class RoundSeat:
    """`reader` gets the card of `other`, for this reason, put from the reader's side.

    `third` gets the same card, for one conversation of three.
    """

    reader: int
    other: int
    reason: MeetingReason
    third: int | None = None


@dataclass(frozen=True)
class Seating:
    """The seats of a round, at most one for each reader, and the ids of those who get no card.

    For `crowded` somebody would fit, but has no room left, not even for a third; for `alone` nobody fits. MPs who have
    no room left get no card and are in neither.
    """

    seats: tuple[RoundSeat, ...]
    crowded: frozenset[int]
    alone: frozenset[int]


def seat(people: Sequence[Candidate], *, day: date, excluded: Mapping[int, frozenset[int]]) -> Seating:
    """The seating of a round for these people; the same input gives the same seating.

    `excluded`: by id, whose cards somebody must not get. An MP's card goes to as many people as their `cap_left`
    says (None: nobody), and the MP hears from them; an MP gets a card only if nobody gets theirs and they have room.
    """
    pool = Pool([replace(person, cap_left=None) for person in people])
    listed = pool.rank_all(day=day, excluded=excluded, limit=len(people))
    ranked = {reader: dict(others) for reader, others in listed.items()}
    with_mps = _with_mps(people, ranked)
    served = {edge.b for edge in with_mps} | {edge.a for edge in with_mps}
    done = served | {person.id for person in people if person.cap_left == 0}
    beside = _beside([person for person in people if person.id not in done], people, ranked)
    pairs = [(edge.b, edge.a) for edge in with_mps] + [(edge.a, edge.b) for edge in beside]
    left = {p.id for p in people} - done - {edge.a for edge in beside}
    given = dict(pairs)
    joining = _joining(left, given, ranked, excluded)
    together = joining | {company: reader for reader, company in joining.items()}
    pairs += [(reader, given[company]) for reader, company in joining.items()]
    alone = frozenset(person for person in left if not ranked[person])
    seats = tuple(
        RoundSeat(reader, other, pool.reason(reader, other), together.get(reader))
        for reader, other in sorted(pairs)
    )
    return Seating(seats, frozenset(left) - alone - joining.keys(), alone)


def _with_mps(people: Iterable[Candidate], ranked: Ranked) -> tuple[Edge, ...]:
    """MPs on side a. What the pair is worth to both counts, though only one of them gets a card."""
    room = {p.id: p.cap_left or 0 for p in people if p.confirmed_mp}
    makers = [p.id for p in people if p.role not in (Role.MP, Role.OFFICE)]
    edges = [
        Edge(mp, maker, score + ranked[mp].get(maker, 0.0))
        for maker in makers
        for mp, score in ranked[maker].items()
        if mp in room
    ]
    return plan(edges, room, dict.fromkeys(makers, 1))


def _beside(readers: Iterable[Candidate], people: Iterable[Candidate], ranked: Ranked) -> tuple[Edge, ...]:
    """Readers on side a, whoever is no MP on side b."""
    others = {p.id: BESIDE for p in people if not p.role.is_mp}
    one_each = dict.fromkeys((person.id for person in readers), 1)
    edges = [
        Edge(reader, other, score)
        for reader in one_each
        for other, score in ranked[reader].items()
        if other in others
    ]
    return plan(edges, one_each, others)


def _joining(
    left: Collection[int], given: Mapping[int, int], ranked: Ranked, excluded: Mapping[int, frozenset[int]]
) -> dict[int, int]:
    """Who joins whom of those who get a card (`given`: whose), so that three meet: at most one for each pair, and
    nobody joins somebody from whom they are to be kept apart.
    """
    nobody: frozenset[int] = frozenset()
    edges = [
        Edge(reader, company, ranked[reader][other])
        for reader in left
        for company, other in given.items()
        if other in ranked[reader]
        and company not in excluded.get(reader, nobody)
        and reader not in excluded.get(company, nobody)
    ]
    chosen = plan(edges, dict.fromkeys(left, 1), dict.fromkeys(given, 1))
    return {edge.a: edge.b for edge in chosen}
