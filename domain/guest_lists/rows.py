"""One row of a guest list, and what can be wrong with it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.roles import Role

LARGEST = 1_000_000
"""Bytes of a file; a list of a thousand guests takes a tenth of it."""
MOST = 1_000
"""Rows below the head. The federal workshop had 300 guests."""


class ListFault(StrEnum):
    """Why nothing can be read from a file."""

    LOST = "lost"  # it could not be fetched
    TOO_LARGE = "too_large"  # also once it is unpacked
    NOT_A_TABLE = "not_a_table"  # a picture, a letter, an old or a locked workbook
    BROKEN = "broken"  # it begins like a workbook, but is not one
    TOO_LONG = "too_long"  # a text in one cell of a workbook
    NO_HEAD = "no_head"  # no row that says which column holds the names
    TOO_MANY = "too_many"  # rows
    EMPTY = "empty"  # no row below the head


class RowFault(StrEnum):
    """Why one row cannot be taken over."""

    NO_NAME = "no_name"
    NOBODY_YET = "nobody_yet"  # "N. N."
    NO_LETTERS = "no_letters"  # a number, or signs, where the name should be
    NAME = "name"  # it could be taken for what it is not (`names.Objection`)
    ORGANISATION = "organisation"  # likewise
    FORMULA = "formula"  # a cell that a program would compute
    TOO_LONG = "too_long"  # a cell; often a quotation mark that is never closed
    SHIFTED = "shifted"  # more cells than the head has: a separator within one of them
    UNREADABLE = "unreadable"  # letters that no encoding explains
    TWICE = "twice"  # the same guest as in a row above


class GuestListError(ValueError):
    def __init__(self, fault: ListFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class GuestRow:
    """What a list says of one guest. Empty: it does not say; `land` is a code, and follows from the place if it can."""

    name: str
    organisation: str
    place: str
    land: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class ListRead:
    """`rows` and `faults` by the number of the row as the organiser's program counts it. `left_out`: the heads of
    columns that are not taken over.
    """

    rows: tuple[tuple[int, GuestRow], ...]
    faults: tuple[tuple[int, RowFault], ...]
    left_out: tuple[str, ...]


Table = list[tuple[int, list[str]]]
"""Rows that are not empty, by their number in the file."""
