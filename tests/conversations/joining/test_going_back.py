"""While joining, each question after the first has a way back to the answer before it; nothing is lost by it."""

import pytest

from db.models import Consent, Interest, Person
from domain.outcomes.choices import Purpose
from domain.roles import Role
from domain.voice import Voice
from tests.cast import tells


async def mine(world, column):
    """What this column of Ana's row holds; the organiser's comes first."""
    return (await world.rows(column))[-1]


@pytest.mark.parametrize(
    ("until", "more", "asked", "shown"),
    [
        ("name", {}, "Für wen bist du heute hier?", "Bisher: Rathaus oder Landkreis"),
        ("place", {}, "Wie heißt du?", "Bisher: Ana Keller"),
        ("seeks", {}, "Aus welcher Gegend kommst du?", "Bisher: Dresden"),
        ("land", {"place": "Neustadt"}, "Aus welcher Gegend kommst du?", "Bisher: Neustadt"),
        ("organisation", {}, "Verstanden: Ehrenamt", "Ehrenamt"),
        ("offers", {"organisation": "Bürgerhaus"}, "Wie heißt deine Organisation?", "Bisher: Bürgerhaus"),
        ("announcements", {}, "Und was läuft bei euch schon gut?", "Bisher: offen"),
        ("summary", {}, "Ankündigungen aus der Werkstatt?", "Bisher: ja"),
    ],
)
async def test_back_shows_the_answer_before(sqlite_world, until, more, asked, shown):
    ana = await sqlite_world.joined("Ana Keller", until=until, **more)
    here = ana.last
    assert ana.buttons[-1] == "Zurück"
    heard = await ana.taps("Zurück", message=ana.newest)
    assert heard.startswith(asked)
    assert shown in heard
    assert ana.buttons[-1] == "Nichts ändern"
    await ana.taps("Nichts ändern", message=ana.newest)
    assert ana.last == here, "the question that was open is asked again"


async def test_the_first_question_has_no_way_back(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="role")
    assert "Zurück" not in ana.buttons


async def test_all_the_way_back_and_forth_by_words_loses_nothing(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="organisation")
    for typed, asked in (
        ("zurück", "Verstanden: Ehrenamt"),
        ("Zurück", "Aus welcher Gegend kommst du?"),
        ("zurueck", "Wie heißt du?"),
        ("zurück!", "Für wen bist du heute hier?"),
    ):
        assert (await ana.says(typed)).startswith(asked), ana.screen()
    assert "Wie heißt deine Organisation?" in await ana.says("Verein")
    assert await mine(world, Person.role) is Role.ASSOCIATION
    assert await mine(world, Person.name) == "Ana Keller"
    assert await mine(world, Person.place) == "Dresden"
    assert [i.topic for i in await world.rows(Interest)] == ["ehrenamt"]


async def test_an_answer_given_anew_replaces_the_old_one_and_goes_on(sqlite_world):
    ana = await sqlite_world.joined("Ana Keler", until="place")
    await ana.says("zurück")
    assert "Aus welcher Gegend" in await ana.says("Ana Keller")
    assert await mine(sqlite_world, Person.name) == "Ana Keller"


async def test_another_place_asks_for_its_land_if_that_is_open(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks", place="Berlin")
    await ana.says("zurück")
    assert "In welchem Bundesland" in await ana.says("Neustadt")
    assert "Was treibt dich" in await ana.says("Hessen")
    assert (await ana.says("zurück")).startswith("In welchem Bundesland")
    assert "Bisher: Hessen" in ana.last


async def test_topics_changed_and_left_are_as_they_were(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    await ana.says("zurück")
    await ana.says("Kita-Plätze")
    await ana.taps("Nichts ändern")
    assert "Wie heißt deine Organisation?" in ana.last
    assert [i.topic for i in await sqlite_world.rows(Interest)] == ["ehrenamt"]


async def test_a_consent_is_given_anew_on_the_way_back(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="summary")
    await ana.says("zurück")
    await ana.says("nein")
    assert "Dein Profil" in ana.last
    given = [c.given for c in await sqlite_world.rows(Consent) if c.purpose is Purpose.ANNOUNCEMENTS]
    assert given == [True, False]


async def test_in_english_it_is_back(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place", voice=Voice.EN)
    heard = await ana.says("back")
    assert "So far: Ana Keller" in heard
    assert ana.buttons == ["Back", "Change nothing"]


async def test_an_old_way_back_changes_nothing(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    old = ana.newest
    await ana.says("Dresden")
    await ana.taps("Zurück", message=old)
    assert "Dieser Knopf ist nicht mehr aktuell." in ana.heard
    await tells(ana, "seeks", "Ehrenamt")
    for question in ("role", "summary"):
        await ana.sends_button_data(f"back:{question}")
        assert "Dieser Knopf ist nicht mehr aktuell." in ana.heard


async def test_once_joined_there_is_no_way_back(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    await ana.sends_button_data("back:name")
    assert "Dieser Knopf ist nicht mehr aktuell." in ana.heard
    await ana.says("/profil")
    assert "Zurück" not in ana.buttons


@pytest.mark.parametrize("until", ["role", "name", "announcements"])
async def test_calling_off_while_joining_says_what_it_does(sqlite_world, until):
    ana = await sqlite_world.joined("Ana Keller", until=until)
    question = ana.last
    heard = await ana.says("/abbrechen")
    assert heard.startswith("Du kannst hier jederzeit aufhören.\nWas du schon gesagt hast, bleibt")
    assert ana.last == question


async def test_calling_off_before_consent_says_that_nothing_is_stored(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="consent")
    heard = await ana.says("/abbrechen")
    assert heard.startswith("Du kannst hier jederzeit aufhören.\nEs genügt, nicht zu antworten")
    assert ana.shows("begin:")


@pytest.mark.parametrize(
    ("said", "place", "land"),
    [
        ("ich komme aus eberswalde", "Eberswalde", "BB"),
        ("möchte ich nicht sagen", "", ""),
        ("lieber nicht", "", ""),
    ],
)
async def test_a_place_is_heard_out_of_a_sentence(sqlite_world, said, place, land):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    assert "Was treibt dich" in await ana.says(said)
    assert await mine(sqlite_world, Person.place) == place
    assert await mine(sqlite_world, Person.land) == land


@pytest.mark.parametrize(
    ("said", "role"),
    [("MdB", Role.MP), ("Ich bin Bürgermeisterin", Role.TOWN_HALL), ("NGO", Role.ASSOCIATION)],
)
async def test_a_role_is_named_as_people_name_it(sqlite_world, said, role):
    ana = await sqlite_world.joined("Ana Keller", until="role")
    assert "Wie heißt du?" in await ana.says(said)
    assert await mine(sqlite_world, Person.role) is role


async def test_a_role_in_doubt_takes_a_tap(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="role")
    for said in ("ehemalige Bürgermeisterin", "Verein und Stadtverwaltung"):
        assert (await ana.says(said)).startswith("Hier geht es mit einem Tipp weiter."), said
    assert await mine(sqlite_world, Person.role) is None


async def test_passt_is_no_topic(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks")
    await ana.says("Ehrenamt")
    assert "Wie heißt deine Organisation?" in await ana.says("passt")
    assert [i.topic for i in await sqlite_world.rows(Interest)] == ["ehrenamt"]
