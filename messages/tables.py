"""Tables as files that a spreadsheet opens, and in which no cell is a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_FORMULA = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")


def table(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    """The rows, the first of which is the heading, as CSV: with a mark of its encoding, without which Excel would not
    know it, and all cells in quotes.
    """
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([*map(cell, row)] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """The text as a cell that Excel, LibreOffice and Google show as it is: what one of them might calculate, and a
    telephone number that begins with a plus, gets an apostrophe before it, which says that it is text.

    Letters of full width count as what they look like, and spaces before a formula do not hide it.
    """
    first = unicodedata.normalize("NFKC", text.strip()[:1])
    return f"'{text}" if first in _FORMULA or text[:1] in _BREAKS else text
