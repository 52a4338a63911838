"""What a list changes in the guests that are known already: who is new, whose row changes in what, who stays the same.

An e-mail address or a number would be nobody's key. A guest is known by the name, however it is spelt; of several who
are called alike, by the organisation or the place.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from functools import lru_cache

from domain.guest_lists.rows import GuestRow
from domain.names.spelling import TITLES, folded, words_of


class GuestField(StrEnum):
    NAME = "name"
    ORGANISATION = "organisation"
    PLACE = "place"
    LAND = "land"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class KnownGuest:
    """A guest who is stored."""

    id: int
    row: GuestRow


@dataclass(frozen=True, slots=True)
class GuestChange:
    """A stored guest, and how the row reads once the list is taken over. `line`: of the list."""

    line: int
    was: KnownGuest
    row: GuestRow

    @property
    def fields(self) -> tuple[GuestField, ...]:
        """Those that differ."""
        pairs = zip(GuestField, astuple(self.was.row), astuple(self.row), strict=True)
        return tuple(field for field, old, new in pairs if old != new)


@dataclass(frozen=True, slots=True)
class GuestListPlan:
    """What taking the list over does. `absent`: the stored guests that are not on it, who stay."""

    new: tuple[tuple[int, GuestRow], ...]
    changed: tuple[GuestChange, ...]
    unchanged: int
    absent: int


@lru_cache(maxsize=16384)
def same_name(name: str) -> tuple[str, ...]:
    """A key that is the same for all spellings of a name: without titles, in whatever order its words are."""
    words = words_of(folded(name)[0])
    return tuple(sorted([word for word in words if word not in TITLES] or words))


def plan(known: Iterable[KnownGuest], rows: Iterable[tuple[int, GuestRow]]) -> GuestListPlan:
    """A list that has been taken over, taken over again, changes nothing. What a list does not say is kept."""
    by_name: dict[Hashable, tuple[list[KnownGuest], list[tuple[int, GuestRow]]]] = defaultdict(
        lambda: ([], [])
    )
    for each in known:
        by_name[same_name(each.row.name)][0].append(each)
    for line, row in rows:
        by_name[same_name(row.name)][1].append((line, row))
    found: list[GuestChange] = []
    new: list[tuple[int, GuestRow]] = []
    absent = 0
    for had, listed in by_name.values():
        for alike in _ALIKE:
            found += _taken(had, listed, alike)
        new += listed
        absent += len(had)
    changed = sorted((each for each in found if each.fields), key=lambda each: each.line)
    return GuestListPlan(
        tuple(sorted(new, key=lambda each: each[0])), tuple(changed), len(found) - len(changed), absent
    )


def _taken(
    had: list[KnownGuest], listed: list[tuple[int, GuestRow]], alike: Callable[[GuestRow, GuestRow], bool]
) -> Sequence[GuestChange]:
    """Those of one name who belong together by this rule; they are taken out of both lists."""
    found = []
    for line, row in tuple(listed):
        known = next((each for each in had if alike(each.row, row)), None)
        if known is not None:
            had.remove(known)
            listed.remove((line, row))
            found.append(GuestChange(line, known, _filled(row, known.row)))
    return found


def surely(who: GuestRow, rows: Iterable[KnownGuest]) -> list[KnownGuest]:
    """The rows that are surely those of somebody who says of themselves what `who` says: of the same name, and nothing
    speaks against it; of several, those with the same organisation or place. A namesake's row stays the namesake's.
    """
    alike = [
        each
        for each in rows
        if same_name(each.row.name) == same_name(who.name)
        and not _differ(each.row.organisation, who.organisation)
        and not _differ(each.row.place, who.place)
    ]
    return alike if len(alike) <= 1 else [each for each in alike if _shares(each.row, who)]


def _shares(one: GuestRow, other: GuestRow) -> bool:
    return bool(one.organisation and other.organisation) or bool(one.place and other.place)


def _filled(row: GuestRow, known: GuestRow) -> GuestRow:
    moved = row.place not in ("", known.place)
    return replace(
        row,
        organisation=row.organisation or known.organisation,
        place=row.place or known.place,
        land=row.land or ("" if moved else known.land),
        role=row.role or known.role,
    )


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and words_of(folded(one)[0]) != words_of(folded(other)[0])


# The surest first: all the same; the same organisation; the same place; or nothing that speaks against it.
_ALIKE: tuple[Callable[[GuestRow, GuestRow], bool], ...] = (
    lambda one, other: one == other,
    lambda one, other: one.organisation != "" and not _differ(one.organisation, other.organisation),
    lambda one, other: one.place != "" and not _differ(one.place, other.place),
    lambda one, other: (
        not (_differ(one.organisation, other.organisation) and _differ(one.place, other.place))
    ),
)
