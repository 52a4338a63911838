"""A programme from what an organiser types or sends: a line for each item, a table (CSV) or a calendar (.ics)."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from domain.days import parse_day
from domain.file_texts import NotText, text_of
from domain.labels import spelt
from domain.programme.calendars import entries_of, item_of_entry
from domain.programme.items import MOST, Item, ItemFault, ProgrammeError, SentFault, SentRead
from domain.programme.lines import ItemError, Span, item_in, item_of, span_in

LARGEST = 200_000
"""Bytes of a file; a day of a large calendar takes a tenth of it."""

_CALENDAR = "BEGIN:VCALENDAR"
_SEPARATORS = ";\t|,"
_LONGEST_LINE = 4_000  # characters
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")

Numbered = Iterable[tuple[int, Callable[[], Item | None]]]


def read_programme(content: bytes | None, day: date, zone: ZoneInfo) -> SentRead:
    """What was typed or sent, line by line, whatever a file is called. `day`: of the workshop, `zone`: where it is.

    Raises ProgrammeError, also if there is no content.
    """
    text = _text(content)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if text.lstrip("\ufeff \r\n").upper().startswith(_CALENDAR):
        return _read(_entries(text, day, zone), whole=True)
    if (table := _table(lines)) is not None:
        return _read(_rows(table, day), whole=True)
    return _read(((number, _typed(line)) for number, line in lines), whole=False)


def _text(content: bytes | None) -> str:
    if content is None:
        raise ProgrammeError(SentFault.LOST)
    if len(content) > LARGEST:
        raise ProgrammeError(SentFault.TOO_LARGE)
    if content.startswith(_NO_TEXT):
        raise ProgrammeError(SentFault.NOT_TEXT)
    try:
        return text_of(content)
    except NotText:
        raise ProgrammeError(SentFault.NOT_TEXT) from None


def _read(numbered: Numbered, *, whole: bool) -> SentRead:
    items: dict[Item, int] = {}
    faults: list[tuple[int, ItemFault]] = []
    for number, item_there in numbered:
        if len(items) + len(faults) > MOST:
            raise ProgrammeError(SentFault.TOO_MANY)
        try:
            item = item_there()
        except ItemError as wrong:
            faults.append((number, wrong.fault))
            continue
        if item is None:
            continue
        if item in items:
            faults.append((number, ItemFault.TWICE))
        else:
            items[item] = number
    if not items and not faults:
        raise ProgrammeError(SentFault.EMPTY)
    return SentRead(tuple((number, item) for item, number in items.items()), tuple(faults), whole)


def _typed(line: str) -> Callable[[], Item]:
    return lambda: item_in(line[:_LONGEST_LINE])


def _entries(text: str, day: date, zone: ZoneInfo) -> Numbered:
    def read(entry: object) -> Callable[[], Item]:
        return lambda: item_of_entry(entry, day, zone)

    return ((number, read(entry)) for number, entry in enumerate(entries_of(text), 1))


# --- a table


class ItemColumn(StrEnum):
    """What a column says of an item."""

    BEGINS = "begins"
    ENDS = "ends"
    TITLE = "title"
    PLACE = "place"
    DAY = "day"


_CALLED = {
    ItemColumn.BEGINS: "beginn|begin|start|startzeit|von|ab|zeit|uhrzeit|time|start time|from|uhr",
    ItemColumn.ENDS: "ende|end|endzeit|bis|end time|until|to",
    ItemColumn.TITLE: (
        "titel|title|programmpunkt|punkt|programm|was|thema|veranstaltung|name|bezeichnung|item|session|subject|"
        "betreff|beschreibung|agenda|tagesordnungspunkt|top"
    ),
    ItemColumn.PLACE: "ort|raum|saal|wo|place|room|location|where|buehne|stage",
    ItemColumn.DAY: "tag|datum|date|day|start date|startdatum",
}
_NAMED = {name: column for column, names in _CALLED.items() for name in names.split("|")}
Row = tuple[int, list[str]]


def _table(lines: Sequence[tuple[int, str]]) -> tuple[Mapping[ItemColumn, int], list[Row]] | None:
    """The columns and the rows below their head; without a head, of a table whose first cells are times. None if it is
    no table, but lines.
    """
    if not lines:
        return None
    for separator in _SEPARATORS:
        if (columns := _columns(_cells(lines[0][1], separator))) is not None:
            return columns, [(number, _cells(line, separator)) for number, line in lines[1:]]
    for separator in _SEPARATORS:
        rows = [(number, _cells(line, separator)) for number, line in lines]
        if all(len(cells) > 1 and span_in(cells[0]) for _, cells in rows):
            until = all(span_in(cells[1]) for _, cells in rows)
            names = (
                ItemColumn.BEGINS,
                *((ItemColumn.ENDS,) if until else ()),
                ItemColumn.TITLE,
                ItemColumn.PLACE,
            )
            return {name: at for at, name in enumerate(names)}, rows
    return None


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line[:_LONGEST_LINE]], delimiter=separator), [])
    except csv.Error:
        return [line]


def _columns(head: Sequence[str]) -> Mapping[ItemColumn, int] | None:
    """What the columns say, by their places; None if it is no head. Of two that say the same the first counts."""
    found: dict[ItemColumn, int] = {}
    for at, cell in enumerate(head):
        column = _NAMED.get(spelt(cell))
        if column is not None:
            found.setdefault(column, at)
    return found if {ItemColumn.BEGINS, ItemColumn.TITLE} <= found.keys() else None


def _rows(table: tuple[Mapping[ItemColumn, int], list[Row]], day: date) -> Numbered:
    columns, rows = table

    def read(cells: list[str]) -> Callable[[], Item | None]:
        return lambda: _item(columns, cells, day)

    return ((number, read(cells)) for number, cells in islice(rows, MOST + 2))


def _item(columns: Mapping[ItemColumn, int], cells: list[str], day: date) -> Item | None:
    """The item of a row; None if it is empty. Raises ItemError."""
    said = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
    if not any(said.values()):
        return None
    if (on := said.get(ItemColumn.DAY)) and parse_day(on, day) not in (day, None):
        raise ItemError(ItemFault.ANOTHER_DAY)
    begins = _span(said.get(ItemColumn.BEGINS, ""))
    until = said.get(ItemColumn.ENDS, "")
    ends = _span(until)[0] if until else begins[1]
    return item_of((begins[0], ends), said.get(ItemColumn.TITLE, ""), said.get(ItemColumn.PLACE, ""))


def _span(cell: str) -> Span:
    found = span_in(cell)
    if found is None:
        raise ItemError(ItemFault.NO_TIME)
    return found
