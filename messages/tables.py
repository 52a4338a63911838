"""Tables as files for a spreadsheet, in which no formula can live: a number is a number, all else is text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from domain.voice import Language

Field = str | int
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SEPARATOR = {Language.DE: ";", Language.EN: ","}
"""What a spreadsheet of each language takes for the end of a field."""
_WIDEST = 40  # letters of a column of the workbook


@dataclass(frozen=True)
class Table:
    """`title`: of the workbook's sheet; `notes`: lines of text below all others."""

    title: str
    head: Sequence[str]
    lines: Sequence[Sequence[Field]]
    notes: Sequence[str] = ()

    @property
    def all_lines(self) -> list[Sequence[Field]]:
        return [self.head, *self.lines, *([note] for note in self.notes)]


def csv_of(table: Table, language: Language) -> bytes:
    """UTF-8 with its mark, without which a spreadsheet takes it for something else."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_SEPARATOR[language], quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([as_text(each) for each in line] for line in table.all_lines)
    return out.getvalue().encode("utf-8-sig")


def as_text(field: Field) -> Field:
    """A text that a spreadsheet would take for a formula begins with an apostrophe, by which it stays what it is."""
    return f"'{field}" if isinstance(field, str) and field.lstrip(" ").startswith(_BEGINS_FORMULA) else field


def xlsx_of(table: Table) -> bytes:
    """A workbook of one sheet. Each cell stays of the type that it is written as: no text becomes a formula or link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        book.set_properties({"title": table.title})
        for row, line in enumerate(table.all_lines):
            for column, field in enumerate(line):
                if isinstance(field, int):
                    sheet.write_number(row, column, field)
                else:
                    sheet.write_string(row, column, field, bold if row == 0 else None)
        for column, widest in enumerate(_widths(table)):
            sheet.set_column(column, column, widest + 2)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _widths(table: Table) -> list[int]:
    lines = [table.head, *table.lines]
    return [min(max(len(str(line[column])) for line in lines), _WIDEST) for column in range(len(table.head))]
