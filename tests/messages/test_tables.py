"""Tables for spreadsheets: no cell is a formula, and everything can be read back."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from messages.tables import cell, table, workbook

FORMULAS = [
    "=1+1",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =HYPERLINK(A1)",
    "\u00a0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_might_calculate_is_marked_as_text_and_kept(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ana Keller", "", "A=1", "5 - 3", "'t Hoen", '"=1"', "0351 1234"])
def test_anything_else_stays_as_it_is(text):
    assert cell(text) == text


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=3), min_size=1, max_size=5)
)
def test_a_table_is_read_back_as_it_was_written(rows):
    content = table(rows, ";").decode("utf-8-sig")
    assert content.encode("utf-8-sig").startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";")) == [
        [*map(cell, row)] for row in rows
    ]


def test_a_number_is_a_number_and_a_text_that_looks_like_one_a_text():
    assert table([["Ort", "Zahl"], ["12", 34]], ";").decode("utf-8-sig") == '"Ort";"Zahl"\r\n"12";34\r\n'


def test_in_a_workbook_every_text_is_a_text_and_is_kept():
    texts = [*FORMULAS, "https://boese.example", "{=1}", "12", "1.2.2027", 'Nord"tal; Süd', "Füchse 🦊"]
    content = workbook([["=Kopf", "Zahl"], *([text, n] for n, text in enumerate(texts)), ["=Fuß"]])
    rows = [
        [cell for cell in row if cell.value is not None] for row in load_workbook(io.BytesIO(content)).active
    ]
    assert [unescape(name.value) for name, *_ in rows] == ["=Kopf", *texts, "=Fuß"]
    assert {name.data_type for name, *_ in rows} == {"s"}
    assert [(number.data_type, number.value) for _, number in rows[1:-1]] == [
        ("n", n) for n in range(len(texts))
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml
