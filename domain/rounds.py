"""The plan of a round: pairs many people at once, leaving nobody out who could be served.

It is one linear programme (SciPy's HiGHS), which maximises the sum of scores plus a bonus for everybody's first
match. The bonus exceeds every possible sum of scores, so the plan serves as many people as possible, and has the
highest total score among all such plans. The constraints form a flow network, so the solution is integral.
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
    """A possible pair: the ids of `a` on the one side and `b` on the other. Only scores above 0 count."""

    a: int
    b: int
    score: float


@dataclass(frozen=True)
class _Side:
    """One side as rows of the programme: which edges touch whom, and how many each person may have."""

    ids: tuple[int, ...]
    caps: NDArray[np.float64]
    touches: csr_matrix


def plan(edges: Sequence[Edge], caps_a: Mapping[int, int], caps_b: Mapping[int, int]) -> tuple[Edge, ...]:
    """The best pairs within both sides' caps, each at most once; the same input gives the same plan.

    People without a cap, or with a cap of 0, take no part. Raises RuntimeError if the solver gives up.
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
    """Each usable pair once, with its best score, in an order that does not depend on the input's."""
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
