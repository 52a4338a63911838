"""A guest list, from the bytes of a file to its rows."""

from collections.abc import Iterable, Mapping

from domain.file_texts import NotText, text_of
from domain.guest_lists.comparing import same_name
from domain.guest_lists.guests import RowError, guest_of
from domain.guest_lists.heads import OF_GUESTS, C, GuestColumn, Heads, head_of, left_out
from domain.guest_lists.rows import (
    LARGEST,
    MOST,
    GuestListError,
    GuestRow,
    ListFault,
    ListRead,
    RowFault,
    Table,
)
from domain.guest_lists.texts import table_of
from domain.guest_lists.workbooks import BEGINNING, OTHER_BEGINNINGS, tables_of


def read_list(content: bytes | None) -> ListRead:
    """What the file says, row by row, whatever it is called: of a workbook the first sheet with a head that is known.

    Raises GuestListError, also if there is no content.
    """
    head, table, columns = table_in(content, OF_GUESTS)
    return _read(head, table, columns)


def table_in(content: bytes | None, heads: Heads[C]) -> tuple[list[str], Table, Mapping[int, C]]:
    """The first head that is known, the rows below it, and which columns say what. Raises like `read_list`."""
    if content is None:
        raise GuestListError(ListFault.LOST)
    if len(content) > LARGEST:
        raise GuestListError(ListFault.TOO_LARGE)
    for table in _tables(content, heads):
        if (found := head_of(table, heads)) is not None:
            at, columns = found
            if len(table) - at - 1 > MOST:
                raise GuestListError(ListFault.TOO_MANY)
            return table[at][1], table[at + 1 :], columns
    raise GuestListError(ListFault.NO_HEAD)


def _tables(content: bytes, heads: Heads[C]) -> Iterable[Table]:
    if content.startswith(BEGINNING):
        return tables_of(content)
    if content.startswith(OTHER_BEGINNINGS):
        raise GuestListError(ListFault.NOT_A_TABLE)
    try:
        return [table_of(text_of(content), heads)]
    except NotText:
        raise GuestListError(ListFault.NOT_A_TABLE) from None


def width_of(head: list[str]) -> int:
    """How many columns have a head, up to the last one that does."""
    return max((at + 1 for at, cell in enumerate(head) if cell.strip()), default=0)


def _read(head: list[str], table: Table, columns: Mapping[int, GuestColumn]) -> ListRead:
    width = width_of(head)
    rows: list[tuple[int, GuestRow]] = []
    faults: list[tuple[int, RowFault]] = []
    seen = set()
    for line, cells in table:
        try:
            guest = guest_of(cells, columns, width)
        except RowError as wrong:
            faults.append((line, wrong.fault))
            continue
        if guest is None:
            continue
        key = (same_name(guest.name), guest.organisation.casefold(), guest.place.casefold())
        if key in seen:
            faults.append((line, RowFault.TWICE))
        else:
            seen.add(key)
            rows.append((line, guest))
    if not rows and not faults:
        raise GuestListError(ListFault.EMPTY)
    return ListRead(tuple(rows), tuple(faults), left_out(head, columns))
