"""A guest list as a workbook (XLSX). Nothing of it is computed: a formula has the value that was last saved.

The library makes room for every cell up to the last one, however far off that is, and one cell in the last corner of a
sheet ends the process. So what it gets is made here: the few parts that it needs, unpacked within bounds, and read once
before.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from domain.guest_lists.rows import MOST, GuestListError, ListFault, Table

BEGINNING = b"PK\x03\x04"
OTHER_BEGINNINGS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
"""How files begin that are old or locked workbooks, or that people send by mistake."""

_UNPACKED = 30_000_000  # bytes of all parts together
_SHEETS = 20
_LAST_ROW = MOST + 4_000  # with empty ones between
_LAST_COLUMN = 256
_CELLS = 60_000  # of all sheets
_LONGEST = 1_000  # characters of a text, which any number of cells may share
_CELL = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,9})", re.ASCII)
_WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:workbook|styles|sharedStrings)\.xml|xl/worksheets/\w+\.xml",
    re.ASCII,
)


def tables_of(content: bytes) -> Iterator[Table]:
    """The sheets, in their order, hidden ones last. Raises GuestListError."""
    try:
        book = CalamineWorkbook.from_filelike(_bounded(content))
        sheets = sorted(
            book.sheets_metadata, key=lambda sheet: str(sheet.visible) != "SheetVisibleEnum.Visible"
        )
        for sheet in sheets[:_SHEETS]:
            yield _table(book.get_sheet_by_name(sheet.name))
    except CalamineError:
        raise GuestListError(ListFault.BROKEN) from None


def _bounded(content: bytes) -> io.BytesIO:
    """A copy of the parts that are needed, if they keep within bounds. Raises GuestListError."""
    copy, bounds = io.BytesIO(), _Bounds()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as kept:
            parts = {part.filename: part for part in packed.infolist() if _NEEDED.fullmatch(part.filename)}
            if _WORKBOOK not in parts:
                raise GuestListError(ListFault.NOT_A_TABLE)
            for name, part in parts.items():
                with packed.open(part) as opened:
                    kept.writestr(name, bounds.checked(opened.read(bounds.room + 1)))
    except (zipfile.BadZipFile, zlib.error, ExpatError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise GuestListError(ListFault.BROKEN) from None
    copy.seek(0)
    return copy


class _Bounds:
    """Counts what the parts of a workbook hold together."""

    def __init__(self) -> None:
        self.room = _UNPACKED
        self._cells = self._rows = self._in_row = self._text = 0

    def checked(self, words: bytes) -> bytes:
        """The part itself. Raises ExpatError for what is no XML, GuestListError for what is out of bounds."""
        self.room -= len(words)
        if self.room < 0:
            raise GuestListError(ListFault.TOO_LARGE)
        self._rows = 0
        parser = ParserCreate()
        parser.StartElementHandler = self._begins
        parser.CharacterDataHandler = self._says
        parser.StartDoctypeDeclHandler = self._defines
        parser.Parse(words, True)
        return words

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._rows, self._in_row = self._rows + 1, 0
            case "c":
                self._cells, self._in_row, self._text = self._cells + 1, self._in_row + 1, 0
            case "si":
                self._text = 0
        _check_far(*(value for called, value in attributes.items() if called in {"r", "ref"}))
        if self._cells > _CELLS or self._rows > _LAST_ROW or self._in_row > _LAST_COLUMN:
            raise GuestListError(ListFault.TOO_MANY)

    def _says(self, words: str) -> None:
        self._text += len(words)
        if self._text > _LONGEST:
            raise GuestListError(ListFault.TOO_LONG)

    def _defines(self, *_what: object) -> None:
        raise GuestListError(ListFault.BROKEN)


def _check_far(*values: str) -> None:
    """`values`: rows by number, cells, or the corners of several. Raises GuestListError for any far off."""
    for each in ":".join(values).split(":"):
        found = _CELL.fullmatch(each)
        row = int(found[2]) if found else int(each) if each.isdecimal() else 0
        if row > _LAST_ROW or (found and _column(found[1]) > _LAST_COLUMN):
            raise GuestListError(ListFault.TOO_MANY)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _table(sheet: CalamineSheet) -> Table:
    """The rows as text. A value of merged cells below each other is that of all of them; alone in cells beside each
    other it is a title, and no row of the list.
    """
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    wide = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if right > left:
            wide |= set(range(top, bottom + 1))
        else:
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    filled = [(number, row, sum(map(bool, map(str.strip, row)))) for number, row in enumerate(rows, 1)]
    return [(number, row) for number, row, cells in filled if cells > (number - 1 in wide)]


def _text(value: object) -> str:
    match value:
        case bool():
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
    return str(value)
