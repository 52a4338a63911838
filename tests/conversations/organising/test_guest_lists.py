"""An organiser sends the guest list: shown row by row, taken over at one word, and never by half."""

import pytest

from db.models import Audit, Guest, GuestUpload
from domain.guest_lists import RowFault
from domain.roles import Role
from tests.workbooks import xlsx

LIST = (
    "Name;Organisation;PLZ;Ort;Funktion;E-Mail\r\n"
    "Keller, Ana;Stadt Görlitz;2826;Görlitz;Bürgermeisterin;buero@example.org\r\n"
    "Dr. Ben Weiß;Radverein;1067;Dresden;;buero@example.org\r\n"
    "Cem Demir MdB;;;Köln;;cem@example.org\r\n"
)


async def open_list(world):
    """The organiser, asked for the guest list of the only workshop."""
    await world.workshop()
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Werkstatt Berlin")
    await orga.taps("Gästeliste")
    await orga.taps("Datei schicken")
    return orga


async def sends(orga, content, name="gaeste.csv"):
    content = content if isinstance(content, bytes) else content.encode("cp1252")
    return await orga.uploads("document", file=(name, content))


async def guests(world):
    return [
        (row.name, row.organisation, row.place, row.land, row.role)
        for row in sorted(await world.rows(Guest), key=lambda row: row.id)
    ]


async def test_a_list_is_shown_row_by_row_and_counts_once_it_is_taken_over(world):
    orga = await open_list(world)
    heard = await sends(orga, LIST)
    assert "3 neu · 0 geändert · 0 unverändert · 0 falsch" in heard
    assert "Zeile 2: neu: Ana Keller · Stadt Görlitz · Görlitz · Sachsen · Rathaus oder Landkreis" in heard
    assert "Zeile 4: neu: Cem Demir · Köln · Nordrhein-Westfalen · Bundestag oder Landtag" in heard
    assert "Nicht übernommen: E-Mail" in heard
    assert await guests(world) == []
    await orga.taps("Übernehmen")
    assert orga.last.startswith("Gästeliste übernommen")
    assert await guests(world) == [
        ("Ana Keller", "Stadt Görlitz", "Görlitz", "SN", Role.TOWN_HALL),
        ("Dr. Ben Weiß", "Radverein", "Dresden", "SN", None),
        ("Cem Demir", "", "Köln", "NW", Role.MP),
    ]
    assert await world.rows(GuestUpload.id) == []
    assert "took over guest list" in await world.rows(Audit.action)
    assert "example.org" not in await world.stored()


async def test_the_same_list_changes_nothing_and_a_newer_one_says_what_is_new(sqlite_world):
    world = sqlite_world
    orga = await open_list(world)
    await sends(orga, LIST)
    await orga.taps("Übernehmen")
    await orga.says("/orga")
    await orga.taps("Werkstatt Berlin")
    await orga.taps("Gästeliste")
    await orga.taps("Datei schicken")
    assert "Bisher stehen dort 3 Gäste." in orga.last
    assert "Es gibt nichts zu ändern." in await sends(orga, LIST)
    assert "Übernehmen" not in orga.buttons
    await orga.taps("Andere Datei")
    newer = xlsx(
        [
            ["Vorname", "Nachname", "Kommune", "Ort"],
            ["Ana", "Keller", "Kreis Görlitz", "Görlitz"],
            ["Dora", "Ernst"],
        ]
    )
    heard = await sends(orga, newer, "gaeste.xlsx")
    assert "1 neu · 1 geändert · 0 unverändert · 0 falsch" in heard
    assert "Zeile 2: Ana Keller: Organisation Stadt Görlitz → Kreis Görlitz" in heard
    assert "2 Gäste stehen nicht in der Datei und bleiben auf der Liste." in heard
    await orga.taps("Übernehmen")
    assert [name for name, *_ in await guests(world)] == [
        "Ana Keller",
        "Dr. Ben Weiß",
        "Cem Demir",
        "Dora Ernst",
    ]


async def test_wrong_rows_are_said_and_left_out_only_at_a_tap(sqlite_world):
    world = sqlite_world
    orga = await open_list(world)
    heard = await sends(orga, "Name;Ort\r\nAna Keller;Köln\r\n4711;Köln\r\n=1+1;Köln\r\n")
    assert "1 neu · 0 geändert · 0 unverändert · 2 falsch" in heard
    assert "Zeile 3: Da stehen keine Buchstaben." in heard
    assert "Zeile 4: Eine Zelle ist eine Formel." in heard
    assert "Übernehmen" not in orga.buttons
    await orga.taps("Ohne Falsches übernehmen")
    assert "2 falsche Zeilen sind nicht dabei." in orga.last
    assert [name for name, *_ in await guests(world)] == ["Ana Keller"]


async def test_what_was_shown_is_what_is_taken_over(sqlite_world):
    """Two lists are on the desk; taking over one changes what the other does, so that is shown first."""
    world = sqlite_world
    orga = await open_list(world)
    await sends(orga, LIST)
    first = orga.newest.data_of("Übernehmen")
    await orga.taps("Andere Datei")
    await sends(orga, LIST.replace("Radverein", "Radclub"))
    await orga.taps("Übernehmen")
    await orga.sends_button_data(first)
    assert "Die Liste hat sich gerade geändert." in orga.last
    assert "Organisation Radclub → Radverein" in orga.last
    assert {organisation for _, organisation, *_ in await guests(world)} == {"Stadt Görlitz", "Radclub", ""}
    await orga.taps("Verwerfen")
    assert orga.last.startswith("Verworfen.")
    await orga.sends_button_data(first)
    assert len(await world.rows(Guest.id)) == 3


async def test_three_hundred_guests_are_paged(sqlite_world):
    world = sqlite_world
    orga = await open_list(world)
    heard = await sends(
        orga,
        "Name;Ort\n" + "".join(f"Gast X{chr(65 + n // 26)}{chr(65 + n % 26)};Köln\n" for n in range(300)),
    )
    assert "Seite 1 von 38" in heard
    await orga.taps("Weiter")
    assert "Seite 2 von 38" in orga.last
    await orga.taps("Übernehmen")
    assert len(await world.rows(Guest.id)) == 300
    assert orga.buttons == ["Gästeliste", "Zum Menü"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7", "Das ist keine Tabelle."),
        (b"PK\x03\x04kaputt", "Die Datei ist beschädigt."),
        (b"Ana;Keller", "Ich finde keine Spalte mit Namen."),
        (b"x" * 1_000_001, "Die Datei ist zu groß."),
    ],
)
async def test_what_cannot_be_read_is_said_and_another_file_is_awaited(sqlite_world, content, says):
    orga = await open_list(sqlite_world)
    assert says in await sends(orga, content)
    assert "3 neu" in await sends(orga, LIST)


async def test_every_fault_has_a_sentence_that_says_what_to_do(sqlite_world):
    orga = await open_list(sqlite_world)
    rows = [
        ";Köln", "4711;Köln", "Team Mutmacher;Köln", "Ana;bestätigt", "=A1;x", f"{'A' * 99};x", "Ana;x;y",
        "A\ufffdna;x", "N. N.;x", "Cem;Köln", "Cem;Köln",
    ]  # fmt: skip
    heard = await sends(orga, ("Name;Organisation\n" + "\n".join(rows)).encode())
    await orga.taps("Weiter")
    assert f"{len(RowFault)} falsch" in heard
    assert {f"Zeile {n}: " in heard + orga.last for n in range(2, 11)} == {True}


async def test_nobody_else_sends_or_takes_over_guest_lists(sqlite_world):
    world = sqlite_world
    orga = await open_list(world)
    ana = await world.joined_already("Ana Keller")
    await sends(orga, LIST)
    for data in (
        orga.newest.data_of("Übernehmen"),
        "guest_file:1",
        "guest_file_page:1:0",
        "guest_file_drop:1",
    ):
        await ana.sends_button_data(data)
    await ana.uploads("document", file=("k.csv", LIST.encode()))
    assert await world.rows(Guest.id) == []
    assert len(await world.rows(GuestUpload.id)) == 1


async def test_a_list_that_nobody_takes_over_ends_after_a_week_and_the_guests_a_month_after_the_day(
    sqlite_world,
):
    world = sqlite_world
    orga = await open_list(world)
    await sends(orga, LIST)
    await orga.taps("Übernehmen")
    await orga.says("/orga")
    await orga.taps("Werkstatt Berlin")
    await orga.taps("Gästeliste")
    await orga.taps("Datei schicken")
    await sends(orga, LIST)
    await world.clock.advance(days=8)
    assert await world.rows(GuestUpload.id) == []
    await world.clock.advance(days=22)
    assert len(await world.rows(Guest.id)) == 3
    await world.clock.advance(days=2)
    assert await world.rows(Guest.id) == []
