"""Guest lists as organisers have them: forty shapes that are read right, or of which one sentence says why not."""

import zipfile
from io import BytesIO

import pytest

from domain import guest_lists
from domain.guest_lists import GuestListError, GuestRow, KnownGuest, ListFault, RowFault
from domain.guest_lists.comparing import GuestField
from domain.roles import Role
from tests.workbooks import Formula, sheet, xlsx

HALL, MP, CLUB = Role.TOWN_HALL, Role.MP, Role.ASSOCIATION
ANA = GuestRow("Ana Keller", "Stadt Görlitz", "Görlitz", "SN", HALL)
BEN = GuestRow("Dr. Ben Weiß", "Radverein", "Dresden", "SN", None)
BOTH = (ANA, BEN)
HEAD = ["Name", "Organisation", "Ort", "Funktion"]
ROWS = [
    ["Ana Keller", "Stadt Görlitz", "Görlitz", "Bürgermeisterin"],
    ["Dr. Ben Weiß", "Radverein", "Dresden", "Vorsitz"],
]


def rows(*cells):
    return list(map(list, cells))


def csv(separator=";", end="\r\n", head=HEAD, listed=ROWS):
    return end.join(separator.join(row) for row in (head, *listed)) + end


def read(content):
    return guest_lists.read_list(content if isinstance(content, bytes) else content.encode())


def guests(content):
    return tuple(row for _, row in read(content).rows)


RIGHT = {
    "German Excel": csv().encode("cp1252"),
    "UTF-8 with its mark": csv().encode("utf-8-sig"),
    "UTF-8": csv(),
    "UTF-16, as Excel's Unicode text": csv("\t").encode("utf-16"),
    "UTF-16 without its mark": csv("\t").encode("utf-16-le"),
    "UTF-16, the other way round": csv().encode("utf-16-be"),
    "commas": csv(","),
    "tabs": csv("\t"),
    "what separates is said": "sep=,\r\n" + csv(","),
    "what separates is said, with a mark": ("sep=;\r\n" + csv()).encode("utf-8-sig"),
    "old Mac line breaks": csv(end="\r"),
    "Unix line breaks": csv(end="\n"),
    "no line break at the end": csv().strip(),
    "empty lines and columns": "\r\n;;;;\r\n" + csv(end=";;\r\n;;;;;\r\n"),
    "a title above the head": "Gästeliste Werkstatt;;;\r\nStand: 3. Mai;;;\r\n\r\n" + csv(),
    "quoted line breaks": csv().replace("Stadt Görlitz", '"Stadt\r\nGörlitz"'),
    "quoted separators": csv(",").replace("Dr. Ben Weiß", '"Weiß, Dr. Ben"'),
    "hidden characters": csv().replace("Ana Keller", "\u202eAna\u200b \x07Keller\ufeff"),
    "hard blanks": csv().replace("Ana Keller", "\u00a0Ana\u00a0 Keller "),
    "last names first": csv().replace("Ana Keller", "Keller, Ana").replace("Dr. Ben Weiß", "Weiß, Dr. Ben"),
    "two columns of names": "Vorname;Nachname;Titel;Institution;Wohnort;Rolle\nAna;Keller;;Stadt Görlitz;Görlitz;OB\n"
    "Ben;Weiß;Dr.;Radverein;Dresden;\n",
    "Name means the last": "Name;Vorname;Kommune;Stadt;Amt\nKeller;Ana;Stadt Görlitz;Görlitz;Bürgermeisterin\n"
    "Weiß;Dr. Ben;Radverein;Dresden;\n",
    "in English, in another order": "Town,Job Title,Full name,Company\nGörlitz,mayor,Ana Keller,Stadt Görlitz\n"
    "Dresden,,Dr. Ben Weiß,Radverein\n",
    "misspelt, with stars and remarks": csv(head=["Name*", "Organisaton", "Ort (Sitz)", "FUNKTION:"]),
    "said with a colon": csv(head=["Teilnehmer:in", "Organisation/Institution", "Ort", "Rolle"]),
    "salutations": csv().replace("Ana Keller", "Frau Ana Keller").replace("Dr. Ben", "Herr Dr. Ben"),
    "places with postcodes": csv().replace(";Görlitz", ";02826 Görlitz").replace(";Dresden", ";1067 Dresden"),
    "one address for the office": csv(
        head=[*HEAD, "E-Mail"], listed=[[*row, "buero@example.org"] for row in ROWS]
    ),
    "a workbook": xlsx([HEAD, *ROWS]),
    "a workbook with a title": xlsx([["Gästeliste"], [], HEAD, *ROWS], merged=["A1:D1"]),
    "its list on the second sheet": xlsx([["Hinweise"], ["Bitte ausfüllen"]], [HEAD, *ROWS]),
    "an older list on a hidden sheet": xlsx([HEAD, ["Cem Demir"]], [HEAD, *ROWS], hidden=[1]),
    "a title between the rows": xlsx([HEAD, ROWS[0], ["Zivilgesellschaft"], ROWS[1]], merged=["A3:D3"]),
    "computed names": xlsx([HEAD, [Formula("Ana Keller"), *ROWS[0][1:]], ROWS[1]]),
    "true and false beside it": xlsx([[*HEAD, "Zusage"], [*ROWS[0], True], [*ROWS[1], False]]),
}  # fmt: skip


@pytest.mark.parametrize("shape", RIGHT)
def test_shapes_that_are_read_right(shape):
    content = RIGHT[shape]
    assert guests(content) == BOTH
    assert read(content).faults == ()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("Name;PLZ;Ort\nAna;01067;Dresden", "Dresden"),
        ("Name;PLZ\nAna;1067", "01067"),
        ("Name;PLZ\nAna;1067,0", "01067"),
        ("Name;PLZ Ort\nAna;D-01067 Dresden", "Dresden"),
        (xlsx([["Name", "PLZ"], ["Ana", 1067.0]]), "01067"),
        (xlsx([["Name", "PLZ"], ["Ana", "1067"]]), "01067"),
        (xlsx([["Name", "PLZ", "Ort"], ["Ana", 1067, "Dresden"]]), "Dresden"),
    ],
)
def test_a_postcode_that_has_lost_its_zero_has_it_again(content, place):
    assert [each.place for each in guests(content)] == [place]


def test_merged_cells_below_each_other_count_for_each_row():
    content = xlsx([["Name", "Organisation"], ["Ana", "Stadt Görlitz"], ["Ben"]], merged=["B2:B3"])
    assert [each.organisation for each in guests(content)] == ["Stadt Görlitz", "Stadt Görlitz"]


@pytest.mark.parametrize(
    ("name", "role"),
    [("Cem Demir MdB", MP), ("Cem Demir, MdL", MP), ("Cem Demir (M.d.B.)", MP), ("Cem Demir", None)],
)
def test_the_seat_behind_a_name_is_a_role_and_none_of_the_name(name, role):
    assert guests(f'Name\n"{name}"') == (GuestRow("Cem Demir", "", "", "", role),)


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("Cem Demir (SPD)", "Cem Demir"),
        ("Demir, Cem (CDU/CSU)", "Cem Demir"),
        ("Cem Demir MdB (Bündnis 90/Die Grünen)", "Cem Demir"),
        ("Cem Demir [FDP]", "Cem Demir"),
        ("Cem Demir (Linke)", "Cem Demir"),
        ("Cem Linke", "Cem Linke"),
        ("Cem Volt-Grün", "Cem Volt-Grün"),
    ],
)
def test_a_party_behind_a_name_is_not_kept(name, read_as):
    assert [each.name for each in guests(f'Name\n"{name}"')] == [read_as]


def test_columns_that_name_a_party_are_left_out():
    found = read(csv(head=[*HEAD, "Partei", "Fraktion"], listed=[[*row, "SPD", "SPD"] for row in ROWS]))
    assert found.left_out == ("Partei", "Fraktion")
    assert tuple(row for _, row in found.rows) == BOTH


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";Verein;Köln", RowFault.NO_NAME),
        ("N.N.;Verein;Köln", RowFault.NOBODY_YET),
        ("N. N.;Verein;Köln", RowFault.NOBODY_YET),
        ("tba;Verein;Köln", RowFault.NOBODY_YET),
        ("4711;Verein;Köln", RowFault.NO_LETTERS),
        ('"=HYPERLINK(""http://x"";""Ana"")";Verein;Köln', RowFault.FORMULA),
        ("@SUM(A1);Verein;Köln", RowFault.FORMULA),
        ("+cmd|' /C calc'!A0;Verein;Köln", RowFault.FORMULA),
        ("Ana;-2+3;Köln", RowFault.FORMULA),
        ("Ana\ufffd Keller;Verein;Köln", RowFault.UNREADABLE),
        (f"{'A' * 61};Verein;Köln", RowFault.TOO_LONG),
        (f"Ana;{'V' * 5000};Köln", RowFault.TOO_LONG),
        ("Ana;Verein;Köln;Bonn", RowFault.SHIFTED),
        ("Team Mutmacher;Verein;Köln", RowFault.NAME),
        ("Ana ✅;Verein;Köln", RowFault.NAME),
        ("Ana;bestätigt;Köln", RowFault.ORGANISATION),
        ("CEM demir;Verein;Köln", RowFault.TWICE),
    ],
)
def test_a_wrong_row_is_said_by_its_line_and_stops_no_other(row, fault):
    found = read(f"Name;Organisation;Ort\nCem Demir;Verein;Köln\n{row}\nDora Ernst;Verein;Köln\n")
    assert [each.name for _, each in found.rows] == ["Cem Demir", "Dora Ernst"]
    assert found.faults == ((3, fault),)


def test_lines_are_counted_as_the_file_has_them():
    found = read('sep=;\nListe\n\nName;Ort\n"Ana\nKeller";Köln\n4711;Köln\n')
    assert [line for line, _ in found.rows] == [5]
    assert found.faults == ((7, RowFault.NO_LETTERS),)


def bomb(size):
    return xlsx([HEAD], parts={"xl/sharedStrings.xml": b"<sst>" + b" " * size + b"</sst>"})


def cell(ref):
    return sheet([HEAD]).replace("</sheetData>", f'<row><c r="{ref}"><v>1</v></c></row></sheetData>')


def damaged(content):
    return content[:200] + bytes(100) + content[300:]


def without(name):
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx([HEAD]))) as whole, zipfile.ZipFile(kept, "w") as file:
        for each in whole.namelist():
            if each != name:
                file.writestr(each, whole.read(each))
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("house", ["MdB", "M.d.L.", "Abgeordnete"])
def test_an_organisation_that_only_says_mp_is_the_role(house):
    assert guests(f"Name;Organisation;Ort\nAna Keller;{house};Bonn") == (
        person("Ana Keller", "", "Bonn", "NW", MP),
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, ListFault.LOST),
        (b"", ListFault.NO_HEAD),
        (b"x" * 1_000_001, ListFault.TOO_LARGE),
        (b"%PDF-1.7", ListFault.NOT_A_TABLE),
        (b"\x89PNG\r\n\0\0", ListFault.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ListFault.NOT_A_TABLE),
        (b"ab\0\0c", ListFault.NOT_A_TABLE),
        (b"Ana;Keller\nBen;Wei", ListFault.NO_HEAD),
        (b"Organisation;Ort\nVerein;Bonn", ListFault.NO_HEAD),
        (b"Name;Ort\n;\n", ListFault.EMPTY),
        (b"Name\n" + b"Ana\n" * 1001, ListFault.TOO_MANY),
        (b"PK\x03\x04", ListFault.BROKEN),
        (damaged(xlsx([HEAD, *ROWS])), ListFault.BROKEN),
        (without("xl/workbook.xml"), ListFault.NOT_A_TABLE),
        (without(SHEET), ListFault.BROKEN),
        (xlsx([["Ana", "Keller"]]), ListFault.NO_HEAD),
        (xlsx([HEAD], parts={SHEET: "<worksheet><sheetData><row>"}), ListFault.BROKEN),
        (xlsx([HEAD], parts={SHEET: "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"}), ListFault.BROKEN),
        (bomb(31_000_000), ListFault.TOO_LARGE),
        (xlsx([HEAD], parts={SHEET: cell("XFD1048576")}), ListFault.TOO_MANY),
        (xlsx([HEAD], parts={SHEET: cell("A1048576")}), ListFault.TOO_MANY),
        (xlsx([HEAD], parts={SHEET: sheet([]).replace("<sheetData>", "<sheetData>" + "<row/>" * 6_000)}),
         ListFault.TOO_MANY),
        (xlsx([HEAD], parts={SHEET: sheet([HEAD]).replace("</row>", "<c/>" * 300 + "</row>")}),
         ListFault.TOO_MANY),
        (xlsx([["Name", "Notiz"], ["Ana", "x" * 1_001]]), ListFault.TOO_LONG),
    ],
)  # fmt: skip
def test_files_of_which_one_sentence_says_why_they_cannot_be_read(content, fault):
    with pytest.raises(GuestListError) as caught:
        guest_lists.read_list(content)
    assert caught.value.fault is fault


def test_columns_that_are_not_taken_over_are_named():
    content = "Name;E-Mail;Ernährung;Ort\nAna;a@example.org;vegan;Köln"
    assert read(content).left_out == ("E-Mail", "Ernährung")
    assert "example.org" not in str(read(content))


# --- what a list changes


def known(*stored):
    return [KnownGuest(number, row) for number, row in enumerate(stored, 1)]


def planned(stored, *listed):
    return guest_lists.plan(known(*stored), enumerate(listed, 2))


def person(name, organisation="", place="", land="", role=None):
    return GuestRow(name, organisation, place, land, role)


def test_a_list_taken_over_twice_changes_nothing():
    plan = planned(BOTH, *BOTH)
    assert (plan.new, plan.changed, plan.unchanged, plan.absent) == ((), (), 2, 0)


@pytest.mark.parametrize(
    ("stored", "listed", "fields"),
    [
        (ANA, person("Ana Keller", "Stadt Görlitz", "Zittau", "SN", HALL), (GuestField.PLACE,)),
        (ANA, person("Ana Keller", "Kreis Görlitz", "Görlitz", "SN", HALL), (GuestField.ORGANISATION,)),
        (ANA, person("Keller Ana", "Stadt Görlitz", "Görlitz", "SN", HALL), (GuestField.NAME,)),
        (ANA, person("Ana Keller", "Stadt Görlitz", "Görlitz", "SN", MP), (GuestField.ROLE,)),
        (person("Jörg Weiß", "", "Bonn"), person("Joerg Weiss", "", "Bonn"), (GuestField.NAME,)),
        (ANA, person("Ana Keller"), ()),
    ],
)
def test_the_same_guest_with_other_words_changes_in_these(stored, listed, fields):
    plan = planned([stored], listed)
    assert [change.fields for change in plan.changed] == ([fields] if fields else [])
    assert plan.new == ()


def test_two_of_one_name_are_told_apart_by_organisation_and_place():
    cologne, berlin = person("Thomas Müller", "Verein", "Köln"), person("Thomas Müller", "Stiftung", "Berlin")
    plan = planned([cologne], berlin, person("Thomas Müller", "Verein", "Bonn"))
    assert plan.new == ((2, berlin),)
    assert [(each.was.id, each.fields) for each in plan.changed] == [(1, (GuestField.PLACE,))]


def test_who_is_not_on_the_list_stays():
    assert planned(BOTH, ANA).absent == 1
