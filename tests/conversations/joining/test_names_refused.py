"""Names and organisations that could be taken for a confirmed role, or for Mutmacher: refused kindly, asked again."""

import pytest

from db.models import Person

REFUSED = {
    ".": "Darin sehe ich keine Buchstaben.",
    "🙂": "Darin sehe ich keine Buchstaben.",
    "Karl Muster, MdB ✅": "Die Rolle steht für sich.",
    "Anna · Bundestag oder Landtag, bestätigt": "Die Rolle steht für sich.",
    "Кarl Muster, МdВ": "Die Rolle steht für sich.",
    "Eva Kern, bestätigt": "Bestätigen kann nur das Team.",
    "Team Mutmacher": "Das klingt, als wärst du das Team.",
    "Support": "Das klingt, als wärst du das Team.",
    "Werkstatt der Mutigen Support": "Das klingt, als wärst du das Team.",
    "Eva · Kern": "Ein Zeichen darin brauche ich selbst.",
    "Eva Kern ✅": "Bitte nur Worte, ohne Bildzeichen.",
}


async def test_a_name_that_claims_too_much_is_asked_for_again(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    for name, said in REFUSED.items():
        assert said in await ana.says(name)
        assert ana.last.startswith("Wie heißt du?"), name
    assert "Aus welcher Gegend" in await ana.says("Ana Keller")


@pytest.mark.parametrize(
    ("said", "name"),
    [("Ich heiße Maria Lindner", "Maria Lindner"), ("Maria Lindner, Bürgermeisterin", "Maria Lindner")],
)
async def test_what_is_said_around_a_name_is_no_part_of_it(sqlite_world, said, name):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Aus welcher Gegend" in await ana.says(said)
    assert name in await sqlite_world.rows(Person.name)


async def test_what_is_left_of_an_introduction_has_to_be_a_name(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Darin sehe ich keine Buchstaben." in await ana.says("Ich heiße 77")


@pytest.mark.parametrize("organisation", ["MdB ✅", "Rathaus ✅"])
async def test_so_is_an_organisation(sqlite_world, organisation):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    await ana.says(organisation)
    assert len(ana.new) == 2
    assert "Überspringen" in ana.buttons
    await ana.says("Büro Karl Muster MdB")
    assert "organisation" not in str(ana.newest.keyboard)


async def test_a_line_that_is_edited_stays_as_it_was(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    assert "Bestätigen kann nur das Team." in await ana.says("Ana Keller, bestätigt")
    assert "Abbrechen" in ana.buttons
    assert "Name: Ana Keller\n" in await ana.says("/profil")
