"""Tables as files that a spreadsheet opens, and in which no cell is a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

Field = str | int
_WIDEST = 40  # letters of a column of a workbook
_FORMULA = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")


def table(rows: Iterable[Sequence[Field]], delimiter: str) -> bytes:
    """The rows, the first of which is the heading, as CSV: with a mark of its encoding, without which Excel would not
    know it, and all texts in quotes.
    """
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC).writerows(
        [cell(each) if isinstance(each, str) else each for each in row] for row in rows
    )
    return file.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """The text as a cell that Excel, LibreOffice and Google show as it is: what one of them might calculate, and a
    telephone number that begins with a plus, gets an apostrophe before it, which says that it is text.

    Letters of full width count as what they look like, and spaces before a formula do not hide it.
    """
    first = unicodedata.normalize("NFKC", text.strip()[:1])
    return f"'{text}" if first in _FORMULA or text[:1] in _BREAKS else text


def workbook(rows: Sequence[Sequence[Field]]) -> bytes:
    """The same as XLSX, of one sheet. Each cell stays of the type that it has here: no text becomes a formula or a
    link, so that none is marked.
    """
    import xlsxwriter  # noqa: PLC0415 - 3 MB, for a file that few organisers ask for

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, each in enumerate(row):
                if isinstance(each, int):
                    sheet.write_number(number, column, each)
                else:
                    sheet.write_string(number, column, each, None if number else bold)
        for column in range(len(rows[0])):
            widest = max(len(str(row[column])) for row in rows if len(row) == len(rows[0]))
            sheet.set_column(column, column, min(widest, _WIDEST) + 2)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
