"""Workbooks (XLSX) as spreadsheet programs save them, from rows; and as nobody should."""

import io
import zipfile
from xml.sax.saxutils import escape

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class Formula(str):
    """A cell with a formula, which was last computed as this text."""

    __slots__ = ()


def xlsx(*sheets, merged=(), hidden=(), parts=None):
    """A workbook with these sheets, each a list of rows. `parts`: written over, or beside, those that belong in it."""
    names = [f"Tabelle{n}" for n in range(1, len(sheets) + 1)]
    states = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{states.get(n, "")}/>'
        for n, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": sheet(rows, merged) for n, rows in enumerate(sheets, 1)},
        **(parts or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in written.items():
            file.writestr(name, words)
    return packed.getvalue()


def sheet(rows, merged=()):
    """The XML of one sheet."""
    lines = "".join(
        f'<row r="{at}">{"".join(_cell(f"{chr(64 + n)}{at}", value) for n, value in enumerate(row, 1))}</row>'
        for at, row in enumerate(rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return f"<worksheet {_MAIN}><sheetData>{lines}</sheetData><mergeCells>{spans}</mergeCells></worksheet>"


def _cell(ref, value):
    match value:
        case None | "":
            return ""
        case bool():
            return f'<c r="{ref}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{ref}"><v>{value}</v></c>'
        case Formula():
            return f'<c r="{ref}" t="str"><f>HYPERLINK("x")</f><v>{escape(value)}</v></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
