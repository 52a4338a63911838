"""A table of days: commas, semicolons or tabs, with or without a head, dates as people or computers write them."""

import csv
import re
from datetime import date
from itertools import takewhile

from domain.calendar_files.lines import FileRead, LineFault, LineRead, fault_of
from domain.calendar_files.texts import kind_in, whose_in

_DELIMITERS = ";\t,"
_DAY = re.compile(r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2}))(?!\d)")
_CENTURY = 2000
_FORMULA = ("=", "+", "@")  # a line with a cell to be computed is none of days
_HEADER = 3  # lines at the top that may say what the table is of
_LONGEST_LINE = 2000  # characters; no line of such a table is longer


def read_table(text: str, name: str, today: date) -> FileRead:
    """Each line with its first and its last day; what it does not say itself, the head or the name of the file says."""
    rows = [
        (number, line[:_LONGEST_LINE])
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip(" ;,\t")
    ]
    head = [line for _, line in takewhile(lambda row: not _DAY.search(row[1]), rows[:_HEADER])]
    above = " ".join([*head, name.replace("_", " ")])
    kind, of = kind_in(above), whose_in(above)
    terms: list[LineRead] = []
    faults: list[tuple[int, LineFault]] = []
    for number, line in rows[len(head) :]:
        cells = " ".join(_cells(line))
        found = _days(cells)
        fault = LineFault.NO_DAY if found is None else fault_of(*found, today)
        if found is None or fault is not None:
            faults.append((number, fault or LineFault.NO_DAY))
        else:
            terms.append(LineRead(kind_in(cells) or kind, whose_in(cells) or of, *found))
    return FileRead(tuple(terms), tuple(faults))


def _cells(line: str) -> list[str]:
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = [line]
    return [] if any(cell.startswith(_FORMULA) for cell in cells) else cells


def _days(cells: str) -> tuple[date, date] | None:
    """The first two days that the line names, or twice its only one; None if it names none, or no real one."""
    try:
        days = [_day(*found.groups()) for found in _DAY.finditer(cells)][:2]
    except ValueError:
        return None
    return (days[0], days[-1]) if days else None


def _day(*parts: str | None) -> date:
    year, month, day, german_day, german_month, german_year = parts
    if year and month and day:
        return date(int(year), int(month), int(day))
    in_year = int(german_year or 0)
    return date(
        in_year if in_year >= _CENTURY else _CENTURY + in_year, int(german_month or 0), int(german_day or 0)
    )
