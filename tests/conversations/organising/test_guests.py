"""Personal codes of guests: printed as cards, opened once, confirmed with one tap; reception hands the cards over."""

import asyncio
import re

import pypdfium2
import pytest

from db.models import Guest, Membership, Person, PersonalCode
from domain.roles import Role
from tests.cast import guest

LIST = (
    "Name;Organisation;Ort;Funktion\n"
    "Cem Demir;;Köln;MdB\n"
    "Ana Keller;Stadt Görlitz;Görlitz;Bürgermeisterin\n"
    "Cern Demir;Verein;Bonn;\n"
)
_CODE = re.compile(r"c_[0-9A-Z]{10}")


async def imported(world):
    """The organiser, at the list of guests of the only workshop."""
    await world.workshop()
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Werkstatt Berlin")
    await orga.taps("Gästeliste")
    await orga.taps("Datei schicken")
    await orga.uploads("document", file=("gaeste.csv", LIST.encode()))
    await orga.taps("Übernehmen")
    await to_list(orga)
    return orga


async def to_list(orga):
    await orga.says("/orga")
    await orga.taps("Werkstatt Berlin")
    return await orga.taps("Gästeliste")


async def printed(world, orga):
    """Print the cards; the codes on them, by the guests' names."""
    await orga.taps("Karten drucken")
    file = next(each for each in reversed(orga.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        content = await answer.read()
    text = await asyncio.to_thread(_words, content)
    return dict(zip(("Ana", "Cem", "Cern"), _CODE.findall(text), strict=False)), text


def _words(content):
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


async def agrees(person):
    await person.taps("Los geht's")
    await person.taps("Ja, ich willige ein (16+)")
    await person.taps("Ja, über Telegram")


async def the(world, name):
    return next(each for each in await world.rows(Person) if each.name == name)


async def test_a_code_from_a_card_prefills_who_somebody_is_with_one_tap_and_opens_once(world):
    orga = await imported(world)
    codes, text = await printed(world, orga)
    assert "Ana Keller" in text
    assert "Stadt Görlitz" in text
    assert len(codes) == 3
    assert "Für 3 Gäste, gültig bis 11. Mai 2027." in orga.last
    ana = await world.person("Ana")
    await ana.start(codes["Ana"])
    assert "Schön, dass du da bist!" in ana.last
    assert "Keller" not in str([each.text for each in ana.messages]), "before she agrees nobody is named"
    await agrees(ana)
    assert ana.last.startswith("Bist du Ana Keller?\nStadt Görlitz · Görlitz · Sachsen")
    await ana.taps("Ja, das bin ich")
    row = await the(world, "Ana Keller")
    assert (row.role, row.organisation, row.place, row.land) == (
        Role.TOWN_HALL,
        "Stadt Görlitz",
        "Görlitz",
        "SN",
    )
    assert len(await world.rows(Membership.person_id)) == 1
    assert "Was treibt dich gerade um?" in ana.last
    eve = await world.person("Eve")
    await eve.start(codes["Ana"])
    assert any("Dieser Link öffnet nichts" in each.text for each in eve.messages)
    assert not any("Keller" in each.text for each in eve.messages)


async def test_that_is_not_me_leaves_the_code_and_joining_goes_on(sqlite_world):
    world = sqlite_world
    codes, _ = await printed(world, await imported(world))
    eve = await world.person("Eve")
    await eve.start(codes["Ana"])
    await agrees(eve)
    await eve.taps("Das bin ich nicht")
    assert "Keller" not in str([each.text for each in eve.messages])
    assert "Rathaus oder Landkreis" in eve.buttons, "the first question of joining"
    assert [each.person_id for each in await world.rows(Guest)] == [None] * 3
    ana = await world.person("Ana")
    await ana.start(codes["Ana"])
    await agrees(ana)
    assert ana.last.startswith("Bist du Ana Keller?")


async def test_reception_hands_the_card_over_and_the_later_scan_is_confirmed_at_once(world):
    orga = await imported(world)
    codes, _ = await printed(world, orga)
    await to_list(orga)
    await orga.taps("Gast suchen")
    await orga.says("Cem Demir")
    if "Ausgegeben" not in orga.buttons:
        await orga.taps("1. Cem Demir")
    assert "Ähnlich: Cern Demir (Verein · Bonn" in orga.last
    await orga.taps("Ausgegeben")
    assert "Die Karte ist ausgegeben." in orga.last
    cem = await world.person("Cem")
    await cem.start(codes["Cem"])
    await agrees(cem)
    await cem.taps("Ja, das bin ich")
    assert any("Deine Rolle ist bestätigt." in each.text for each in cem.messages)
    row = await the(world, "Cem Demir")
    assert (row.role, row.role_confirmed) == (Role.MP, True)
    assert "3 Gäste · 1 ausgegeben · 1 dabei" in await to_list(orga)


async def test_whoever_scans_first_waits_until_the_card_is_handed_over(sqlite_world):
    world = sqlite_world
    orga = await imported(world)
    codes, _ = await printed(world, orga)
    cem = await world.person("Cem")
    await cem.start(codes["Cem"])
    await agrees(cem)
    await cem.taps("Ja, das bin ich")
    assert (await the(world, "Cem Demir")).role_confirmed is None
    assert any("bestätig" in each.text for each in orga.new), "reception hears of it at once"
    await orga.sends_button_data("guest:1")
    assert "Auf der Liste: Cem Demir\nHeißt hier: Cem Demir" in orga.last
    await orga.taps("Ausgegeben")
    assert (await the(world, "Cem Demir")).role_confirmed is True
    assert "Die Rolle ist bestätigt." in orga.last


async def test_whoever_waits_and_is_confirmed_by_the_card_waits_on_nobody_s_phone(sqlite_world):
    world = sqlite_world
    orga = await imported(world)
    codes, _ = await printed(world, orga)
    cem = await guest(world, 1, "Cem Demir", role=Role.MP)
    await cem.says("/profil")
    assert "1 Rolle wartet auf Bestätigung" in orga.last
    await orga.sends_button_data("guest:1")
    await orga.taps("Ausgegeben")
    await cem.start(codes["Cem"])
    await cem.taps("Ja, das bin ich")
    assert (await the(world, "Cem Demir")).role_confirmed is True
    assert not any("auf Bestätigung" in each.text for each in orga.messages)
    assert any("Keine Rolle wartet mehr" in each.text for each in orga.messages)


async def test_another_name_is_not_confirmed_by_the_card(sqlite_world):
    world = sqlite_world
    orga = await imported(world)
    codes, _ = await printed(world, orga)
    await orga.sends_button_data("guest:1")
    stale = orga.newest.data_of("Ausgegeben")
    dora = await world.joined_already("Dora Ernst", role=Role.MP)
    await dora.start(codes["Cem"])
    await dora.taps("Ja, das bin ich")
    await orga.sends_button_data(stale)
    assert "Heißt hier: Dora Ernst" in orga.last, "the card has changed: it is shown anew"
    await orga.taps("Ausgegeben")
    assert (await the(world, "Dora Ernst")).role_confirmed is None
    assert "Rolle prüfen" in orga.buttons


async def test_printing_again_ends_the_codes_of_those_who_have_not_joined(sqlite_world):
    world = sqlite_world
    orga = await imported(world)
    codes, _ = await printed(world, orga)
    await to_list(orga)
    anew, _ = await printed(world, orga)
    assert not set(codes.values()) & set(anew.values())
    ana = await world.person("Ana")
    await ana.start(codes["Ana"])
    assert any("Dieser Link öffnet nichts" in each.text for each in ana.messages)
    assert len(await world.rows(PersonalCode.id)) == 3


@pytest.mark.parametrize(
    "tap",
    [
        "guests:1:0", "guest_find:1", "guest:1", "guest_given:1:00000000", "guest_back:1", "guest_cards:1",
        "guest_yes:1", "guest_no:1",
    ],
)  # fmt: skip
async def test_nobody_else_has_to_do_with_the_list(sqlite_world, tap):
    world = sqlite_world
    orga = await imported(world)
    await printed(world, orga)
    eve = await world.joined_already("Eve Fremd")
    await eve.sends_button_data(tap)
    assert "Keller" not in eve.last
    assert {(each.person_id, each.given_at) for each in await world.rows(Guest)} == {(None, None)}
    assert len(await world.rows(PersonalCode.id)) == 3
