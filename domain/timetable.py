"""The timetable of a workshop: which talk is when, and at which table.

It is one integer programme (SciPy's HiGHS): as many talks as possible, and each as early as possible. Imports SciPy, so
import it when a timetable is made, not when the bot starts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from domain.slots import FREE, Seated, Slot, Stay, Talk

_CHOSEN = 0.5
_LATER = 0.5  # what the last slot costs beside the first; less than a talk is worth

Taken = tuple[int, Slot]
"""A table that something else is at, and when."""
Place = tuple[int, int]
"""The position of a talk and that of a slot."""


def plan(
    talks: Sequence[Talk],
    slots: Sequence[Slot],
    tables: int,
    stays: Mapping[int, Stay],
    taken: Collection[Taken] = (),
) -> tuple[Seated, ...]:
    """The talks that have a place, by slot and table: nobody is in two in a slot, and no table has two.

    Nobody's talk ends after they leave, and nobody has more than they still take (`stays`, by person; `FREE` for
    anybody who is not in it). A table that is `taken` has no talk meanwhile. As many talks as possible have a place;
    which ones is the same for the same input.
    """
    places = [
        (number, slot)
        for (number, talk), slot in product(enumerate(talks), range(len(slots)))
        if all(stays.get(person, FREE).is_there(slots[slot]) for person in talk.people)
    ]
    if not places or not tables:
        return ()
    free = [{*range(1, tables + 1)} - {table for table, at in taken if at.overlaps(slot)} for slot in slots]
    chosen = _solve(places, _limits(talks, places, [len(each) for each in free], stays), len(slots))
    return _at_tables(talks, slots, chosen, free)


def _limits(
    talks: Sequence[Talk], places: Sequence[Place], tables: Sequence[int], stays: Mapping[int, Stay]
) -> Iterable[tuple[list[int], int]]:
    """Sets of places, each with how many of them may be taken at most."""
    limits: dict[tuple[str, int, int], tuple[list[int], int]] = {}
    for column, (number, slot) in enumerate(places):
        limits.setdefault(("talk", number, 0), ([], 1))[0].append(column)
        limits.setdefault(("slot", slot, 0), ([], tables[slot]))[0].append(column)
        for person in talks[number].people:
            limits.setdefault(("person", person, slot), ([], 1))[0].append(column)
            if (most := stays.get(person, FREE).talks) is not None:
                limits.setdefault(("most", person, 0), ([], most))[0].append(column)
    return limits.values()


def _solve(places: Sequence[Place], limits: Iterable[tuple[list[int], int]], slots: int) -> list[Place]:
    """The places that are taken. Raises RuntimeError if the solver gives up."""
    rows, columns, most = [], [], []
    for row, (of, number) in enumerate(limits):
        rows += [row] * len(of)
        columns += of
        most.append(number)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(most), len(places)))
    worth = np.array([1 - _LATER * slot / (slots * len(places)) for _, slot in places])
    solution = milp(
        -worth,
        constraints=LinearConstraint(matrix, ub=np.array(most, float)),
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if solution.x is None:
        raise RuntimeError(f"there is no timetable: {solution.message}")
    return [place for place, taken in zip(places, solution.x, strict=True) if taken > _CHOSEN]


def _at_tables(
    talks: Sequence[Talk], slots: Sequence[Slot], places: Iterable[Place], tables: Sequence[set[int]]
) -> tuple[Seated, ...]:
    """Whoever talked somewhere stays there, if the table is free: an MP is found where they were."""
    seated: list[Seated] = []
    last: dict[int, int] = {}
    by_slot = sorted(places, key=lambda place: (place[1], place[0]))
    for number, slot in enumerate(slots):
        free = tables[number]
        here = [talks[talk] for talk, at in by_slot if at == number]
        for talk in sorted(here, key=lambda each: not any(person in last for person in each.people)):
            known = [last[person] for person in talk.people if last.get(person) in free]
            table = min(known or free)
            free.remove(table)
            seated.append(Seated(talk.number, slot, table))
            last.update(dict.fromkeys(talk.people, table))
    return tuple(sorted(seated, key=lambda each: (each.slot.starts, each.table)))
