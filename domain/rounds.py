"""The round: puts many people together at once, so that nobody stays without who could be served.

One linear programme (SciPy's HiGHS): the sum of scores plus, for everybody's first match, a bonus that
exceeds every possible sum of scores. So the number of people served is the largest possible, and among such
plans the total score is the largest. The constraints form a flow network: the solution is whole-numbered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, identity, vstack

_CHOSEN = 0.5


@dataclass(frozen=True)
class Edge:
    """A pair that would do both good: `a` of the one side, `b` of the other. Score above 0."""

    a: int
    b: int
    score: float


@dataclass(frozen=True)
class _Side:
    """One side as rows of the programme: which edge touches whom, and how many each may have."""

    ids: tuple[int, ...]
    caps: NDArray[np.float64]
    touches: csr_matrix


def plan(edges: Sequence[Edge], caps_a: Mapping[int, int], caps_b: Mapping[int, int]) -> tuple[Edge, ...]:
    """Who meets whom: the best round under both sides' caps, each pair at most once, the same for the same input.

    People without a cap entry or with a cap of 0 take no part. Raises RuntimeError if the solver gives up.
    """
    usable = _usable(edges, caps_a, caps_b)
    if not usable:
        return ()
    sides = (
        _side([edge.a for edge in usable], caps_a),
        _side([edge.b for edge in usable], caps_b),
    )
    chosen = _solve(np.array([edge.score for edge in usable]), sides)
    return tuple(edge for edge, take in zip(usable, chosen, strict=True) if take)


def _usable(edges: Sequence[Edge], caps_a: Mapping[int, int], caps_b: Mapping[int, int]) -> list[Edge]:
    """Each pair once, with its best score, in an order that does not depend on how they came."""
    best: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        if edge.score > 0 and caps_a.get(edge.a, 0) > 0 and caps_b.get(edge.b, 0) > 0:
            known = best.get((edge.a, edge.b))
            best[edge.a, edge.b] = edge if known is None or edge.score > known.score else known
    return [best[pair] for pair in sorted(best)]


def _side(ends: Sequence[int], caps: Mapping[int, int]) -> _Side:
    ids = tuple(sorted(set(ends)))
    row = {person: number for number, person in enumerate(ids)}
    cells = ([row[end] for end in ends], range(len(ends)))
    touches = csr_matrix((np.ones(len(ends)), cells), shape=(len(ids), len(ends)))
    return _Side(ids, np.array([caps[person] for person in ids], float), touches)


def _solve(scores: NDArray[np.float64], sides: tuple[_Side, _Side]) -> NDArray[np.bool_]:
    touches = vstack([side.touches for side in sides])
    caps = np.concatenate([side.caps for side in sides])
    people, edges = touches.shape
    within_caps = hstack([touches, csr_matrix((people, people))])
    served_by_an_edge = hstack([-touches, identity(people)])
    bonus = min(sides[0].caps.sum(), sides[1].caps.sum()) + 1
    solution = linprog(
        -np.concatenate([scores / scores.max(), np.full(people, bonus)]),
        A_ub=vstack([within_caps, served_by_an_edge]).tocsr(),
        b_ub=np.concatenate([caps, np.zeros(people)]),
        bounds=(0, 1),
        method="highs",
    )
    if solution.x is None:
        raise RuntimeError(f"the round has no plan: {solution.message}")
    taken: NDArray[np.bool_] = solution.x[:edges] > _CHOSEN
    return taken
