"""No name becomes a formula in a spreadsheet, whatever it is: files read back as a spreadsheet reads them."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from domain.voice import Language
from messages.tables import Table, as_text, csv_of, xlsx_of

FORMULAS = [
    '=HYPERLINK("https://boese.example")', "+49 30 1234", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
    '=cmd|" /C calc"!A0', "{=1}", "＝1+1",
]  # fmt: skip
PLAIN = [
    "https://boese.example",
    "mailto:a@b.example",
    'Nord"tal; Süd, "Ost"',
    "12",
    "1.2.2027",
    "Füchse 🦊",
    "",
]
TABLE = Table("=1", ["=Kopf", "Zahl"], [[name, n] for n, name in enumerate([*FORMULAS, *PLAIN])], ["=Fuß"])


@pytest.mark.parametrize("language", Language)
def test_as_csv_a_text_stays_a_text_and_a_number_a_number(language):
    text = csv_of(TABLE, language).decode("utf-8-sig")
    separator = ";" if language is Language.DE else ","
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    names = [each for each, _ in read[1:-1]]
    assert not [each for line in read for each in line if each.lstrip(" ").startswith(tuple("=+-@\t\r\n＝"))]
    assert [each.removeprefix("'") for each in names] == [*FORMULAS, *PLAIN], "nothing of it is lost"
    assert [number for _, number in read[1:-1]] == [str(n) for n in range(len(names))]
    assert f'"{PLAIN[-2]}"{separator}' in text, "quoted"
    assert f"{separator}{len(names) - 1}\r\n" in text, "unquoted"


def test_a_telephone_number_keeps_its_plus():
    assert as_text("+49 30 1234") == "'+49 30 1234"
    assert as_text(-5) == -5


def test_as_a_workbook_every_text_is_a_text():
    content = xlsx_of(TABLE)
    sheet = load_workbook(io.BytesIO(content)).active
    read = list(sheet.iter_rows(min_row=2, max_row=1 + len(TABLE.lines)))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {
        "s",
        "n",
    }
    assert [unescape(name.value or "") for name, _ in read] == [*FORMULAS, *PLAIN]
    assert {name.data_type for name, _ in read if name.value} == {"s"}
    assert {number.data_type for _, number in read} == {"n"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml
