"""Where somebody is from, as people type it: taken, asked back with a tap, or not said; and the Land it is in."""

import pytest
from sqlalchemy import select

from db.models import Draft, Person
from tests.cast import tells


@pytest.mark.parametrize(
    ("typed", "place", "land"),
    [
        ("Rügen", "Rügen", "MV"),
        ("Kleinmachnow bei Berlin", "Kleinmachnow", "BB"),
        ("ich komme aus eberswalde", "Eberswalde", "BB"),
        ("Neustadt (Dosse)", "Neustadt (Dosse)", "BB"),
        ("Brandenbrug an der Havel", "Brandenburg an der Havel", "BB"),
    ],
)
async def test_a_sure_place_is_taken_with_its_land(sqlite_world, typed, place, land):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    assert "Was treibt dich" in await ana.says(typed)
    assert await whereabouts(sqlite_world) == (place, land)


async def whereabouts(world):
    """Ana's place and Land."""
    (ana,) = await world.chosen(select(Person).where(Person.name.is_not(None)))
    return ana.place, ana.land


async def test_of_two_places_one_is_tapped(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    assert "Welcher Ort soll auf deinem Profil stehen?" in await ana.says("Görlitz und Berlin")
    assert ana.buttons == ["Görlitz nehmen", "Berlin nehmen", "Überspringen", "Zurück"]
    assert "Was treibt dich" in await ana.taps("Görlitz")
    assert await whereabouts(sqlite_world) == ("Görlitz", "SN")


async def test_a_guess_is_asked_back(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="place")
    assert "Meinst du Rügen?" in await ana.says("Rügn")
    assert ana.buttons == ["Rügen nehmen", "So lassen wie getippt", "Überspringen", "Zurück"]
    assert "Görlitz" in (await ana.says("Görliz"))
    assert "Dieser Knopf ist nicht mehr aktuell." in await ana.taps("Rügen")
    assert "Meinst du Görlitz?" in ana.last
    assert "Was treibt dich" in await ana.taps("Görlitz")
    assert await whereabouts(world) == ("Görlitz", "SN")


async def test_what_was_typed_may_stay(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="place")
    await ana.says("Rügn")
    assert "In welchem Bundesland liegt das?" in await ana.taps("So lassen")
    await ana.taps("Thüringen")
    assert await whereabouts(world) == ("Rügn", "TH")


@pytest.mark.parametrize("no", ["möchte ich nicht sagen", "Überspringen"])
async def test_nobody_has_to_say_where_they_are_from(sqlite_world, no):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    assert ana.buttons == ["Überspringen", "Zurück"]
    assert "Was treibt dich" in await ana.says(no)
    assert await whereabouts(sqlite_world) == ("", "")


async def test_the_question_is_called_off_and_asked_again(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    await ana.says("Rügn")
    assert "Aus welcher Gegend" in await ana.says("/abbrechen")
    await ana.says("Rügn")
    await ana.uploads("voice")
    assert "Meinst du Rügen?" in ana.last
    await ana.taps("Überspringen")
    assert await tells(ana, "seeks", "Kita-Plätze")
    assert not any(await sqlite_world.rows(Draft.awaiting))


async def test_signs_are_no_place_and_a_place_confirms_nothing(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    assert "Darin sehe ich keine Buchstaben." in await ana.says("12345")
    assert "Bestätigen kann nur das Team." in await ana.says("Atlantis, bestätigt")
    assert ana.last.startswith("Aus welcher Gegend")


async def test_a_line_that_is_edited_loses_no_land(sqlite_world):
    """One that may still be right stays; of a place nobody knows the Land is asked at once."""
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    await edits(ana, "Neustadt")
    assert "Bundesland: Sachsen" in ana.last
    await edits(ana, "Atlantis")
    assert "In welchem Bundesland liegt das?" in ana.last
    assert "Bundesland: Hessen" in await ana.says("Hessen")
    await edits(ana, "Rügn")
    assert ana.buttons == ["Rügen nehmen", "So lassen wie getippt", "Abbrechen"]
    assert "Bundesland: Mecklenburg-Vorpommern" in await ana.taps("Rügen")
    await ana.taps_data("edit:place")
    assert "Ort: offen\nBundesland: Mecklenburg-Vorpommern" in await ana.taps("Zeile leeren")


async def edits(person, place):
    await person.says("/profil")
    await person.taps_data("edit:place")
    await person.says(place)


async def test_a_sentence_is_no_place(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="place")
    heard = await ana.says("Was soll ich hier denn eintragen")
    assert heard.startswith("Darin erkenne ich keinen Ort.")
    assert "Überspringen" in ana.buttons, "the place is asked for again"
    assert await whereabouts(world) == (None, None)
    await ana.says("Wien")
    assert (await whereabouts(world))[0] == "Wien"
