"""The summary and its lines: changed, called off, refused."""

from db.models import Consent, Person
from tests.cast import tells

LINES = {
    "name": ("Anna Keller-Braun", "Name: Anna Keller-Braun"),
    "organisation": ("Rathaus Dresden", "Organisation: Rathaus Dresden"),
    "place": ("Leipzig", "Ort: Leipzig"),
}


async def test_every_line_of_the_summary_can_be_changed(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="summary")
    for question, (words, line) in LINES.items():
        await ana.taps_data(f"edit:{question}")
        assert ana.buttons[-2:] == ["Zurück", "Nichts ändern"]
        assert line in await ana.says(words)
    assert "Bundesland: Sachsen" in ana.last
    await ana.taps_data("edit:land")
    assert "Bundesland: Thüringen" in await ana.taps("Thüringen")
    await ana.taps_data("edit:role")
    assert "Rolle: Verein oder Initiative" in await ana.taps("Verein")
    await ana.taps_data("edit:seeks")
    await ana.taps("Anders sagen")
    await tells(ana, "seeks", "Klimaschutz")
    assert "Suche: Klimaschutz" in ana.last
    await ana.taps_data("edit:offers")
    await tells(ana, "offers", "Ehrenamt")
    assert "Biete: Ehrenamt" in ana.last
    await ana.taps_data("edit:announcements")
    assert "Ankündigungen: nein" in await ana.taps("Nein, danke")
    assert "Stimmt alles so?" in ana.last
    await ana.taps("Bestätigen")
    await ana.says("/profil")
    await ana.taps_data("edit:announcements")
    assert "Ankündigungen: ja" in await ana.taps("Ja, gern")
    await ana.taps_data("edit:name")
    assert "Name: Ana Keller" in await ana.says("Ana Keller")
    assert [c.given for c in await sqlite_world.rows(Consent)] == [True, True, True, False, True]


async def test_an_edit_that_is_called_off_changes_nothing(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    assert "Abgebrochen." in await ana.taps("Abbrechen")
    assert "Das habe ich nicht zuordnen können." in await ana.says("Anna Braun")
    assert await sqlite_world.rows(Person.name) == [None, "Ana Keller"]


async def test_topics_that_are_called_off_are_what_they_were(sqlite_world):
    """However often they were said differently; and a greeting replaces nothing."""
    ana = await sqlite_world.joined_already("Ana Keller")
    before = await summary_line(ana, "Suche")
    await ana.taps_data("edit:seeks")
    await ana.says("hallo")
    assert await summary_line(ana, "Suche") == before
    await ana.taps_data("edit:seeks")
    await ana.says("Radwege")
    await ana.taps("Anders sagen")
    await ana.says("Kita-Plätze")
    assert "Kita" in ana.last
    await ana.says("/abbrechen")
    assert await summary_line(ana, "Suche") == before
    await ana.taps_data("edit:seeks")
    await ana.says("Radwege")
    await ana.taps("Bestätigen")
    await ana.says("/abbrechen")
    assert await summary_line(ana, "Suche") == "Suche: Radverkehr"


async def summary_line(person, label):
    await person.says("/profil")
    return next(line for line in person.last.splitlines() if line.startswith(f"{label}:"))


async def test_words_too_long_are_asked_for_again_with_the_limit(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Bis zu 60 Zeichen" in await ana.says("A" * 61)
    assert "Aus welcher Gegend" in await ana.says("A" * 60)
    assert "Bis zu 80 Zeichen" in await ana.says("Ort " * 30)
    await ana.says("Dresden")
    assert "Bis zu 500 Zeichen" in await ana.says("Kita " * 101)
    await tells(ana, "seeks", "Kita-Plätze")
    assert "Bis zu 120 Zeichen" in await ana.says("e" * 121)


async def test_after_a_refusal_the_open_question_stands_beneath_it(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    for refused, said in (("A" * 61, "Bis zu 60 Zeichen"), ("\u200b", "keine Worte"), ("/nanu", "Befehl")):
        assert said in await ana.says(refused)
        assert ana.last.startswith("Wie heißt du?"), refused
        assert len(ana.new) == 2
    await ana.says("Ana Keller")
    await ana.uploads("voice")
    assert [each.text.split("\n")[0] for each in ana.new] == [
        "Hören kann ich noch nicht, sehen auch nicht.",
        "Aus welcher Gegend kommst du?",
    ]
    await ana.says("Neustadt")
    assert (await ana.says("Atlantis")).startswith("Hier geht es mit einem Tipp weiter.")
    assert len(ana.new) == 2
    assert "In welchem Bundesland liegt das?" in ana.last
    await ana.says("/partner")
    assert "In welchem Bundesland liegt das?" in ana.last


async def test_after_a_refusal_the_line_being_edited_is_asked_for_again(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", organisation="Rathaus Dresden")
    await ana.says("/profil")
    await ana.taps_data("edit:organisation")
    await ana.says("e" * 121)
    assert len(ana.new) == 2
    assert ana.buttons == ["Zeile leeren", "Abbrechen"]
    await ana.uploads("voice")
    assert ana.buttons == ["Zeile leeren", "Abbrechen"]
    assert "Organisation: offen" in await ana.taps("Leeren")
    await ana.uploads("voice")
    assert len(ana.new) == 1, "no question is open"


async def test_too_long_words_while_editing_keep_the_question_open(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    assert "Bis zu 60 Zeichen" in await ana.says("A" * 61)
    assert "Name: Anna Braun" in await ana.says("Anna Braun")


async def test_a_new_name_needs_a_new_confirmation(world):
    cem = await world.joined("Cem Demir", role="mp")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    await orga.taps_data("claim_yes:")
    await cem.says("/profil")
    assert "Rolle: Bundestag oder Landtag, bestätigt" in cem.last
    await cem.taps_data("edit:place")
    assert ", bestätigt" in await cem.says("Leipzig")
    await cem.taps_data("edit:name")
    assert ", noch nicht bestätigt" in await cem.says("Cem Aydin")
    await orga.sends_button_data("claims")
    await orga.taps_data("claim_yes:")
    await cem.says("/profil")
    await cem.taps_data("edit:role")
    await cem.taps("Verein")
    await cem.taps_data("edit:role")
    assert ", noch nicht bestätigt" in await cem.taps("Bundestag")


async def test_a_place_in_several_laender_is_asked_about(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    await ana.says("Neustadt")
    assert "In welchem Bundesland liegt das?\n„Neustadt“" in ana.last
    assert "Hier geht es mit einem Tipp weiter." in await ana.says("Atlantis")
    await ana.taps("Sachsen")
    assert "Was treibt dich" in ana.last
    assert await sqlite_world.rows(Person.land) == [None, "SN"]
