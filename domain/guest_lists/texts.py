"""A list as text: which character parts its cells, and its rows by their lines."""

import csv
import io
import re
from itertools import islice

from domain.guest_lists.heads import C, Heads, head_of
from domain.guest_lists.rows import MOST, Table

_SAID = re.compile(r"\A\ufeff?\"?sep=(?P<separator>[;,\t|])\"?\r?\n?", re.IGNORECASE)
_SEPARATORS = ";\t,|"
_ABOVE = 50  # rows before a list is surely too long


def table_of(text: str, heads: Heads[C]) -> Table:
    """The rows, parted by what the first line says, or else by that which makes most sense of the head."""
    if (said := _SAID.match(text)) is not None:
        return _rows(text[said.end() :], said["separator"], above=1)
    return max((_rows(text, separator) for separator in _SEPARATORS), key=lambda table: _sense(table, heads))


def _sense(table: Table, heads: Heads[C]) -> int:
    head = head_of(table, heads)
    return len(head[1]) if head is not None else 0


def _rows(text: str, separator: str, above: int = 0) -> Table:
    """Each row with the number of the line that it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    table: Table = []
    begins = 1 + above
    try:
        for cells in islice(reader, MOST + _ABOVE):
            if any(cell.strip() for cell in cells):
                table.append((begins, cells))
            begins = reader.line_num + 1 + above
    except csv.Error:  # a cell of more than 100,000 characters
        table.append((begins, [text]))
    return table
