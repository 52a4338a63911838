"""Lines of the summary: every one can be left as it was, emptied where that makes sense, and says what it ends."""

from db.models import Person
from tests.cast import tells


async def line(person, label):
    await person.says("/profil")
    return next(each for each in person.last.splitlines() if each.startswith(f"{label}:"))


async def test_filled_topics_can_be_left_as_they_were_or_emptied(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller", seeks="Ehrenamt", offers="Kita-Plätze")
    for question, label in (("seeks", "Suche"), ("offers", "Biete")):
        before = await line(ana, label)
        assert before != f"{label}: offen"
        await ana.taps_data(f"edit:{question}")
        assert ana.buttons[-2:] == ["Zeile leeren", "Abbrechen"]
        await ana.says("Radwege")
        assert ana.buttons[-2:] == ["Zeile leeren", "Abbrechen"]
        assert "Abgebrochen." in await ana.taps("Abbrechen")
        assert await line(ana, label) == before
        await ana.taps_data(f"edit:{question}")
        assert f"{label}: offen" in await ana.taps("Zeile leeren")
        await ana.taps_data(f"edit:{question}")
        assert "Zeile leeren" not in ana.buttons, "there is nothing in it"
        assert "Abbrechen" in ana.buttons
        await ana.says("Radwege")
        await ana.taps("Bestätigen")
        assert f"{label}: Radverkehr" in ana.last


async def test_the_list_of_topics_has_the_same_ways_out(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller", seeks="Xylophonquartett im Zwergenland")
    await ana.says("/profil")
    await ana.taps_data("edit:seeks")
    await ana.taps("Aus Liste wählen")
    for _ in range(2):
        assert ana.buttons[-2:] == ["Zeile leeren", "Abbrechen"]
        assert "Überspringen" not in ana.buttons
        await ana.taps_data("topics_group:")
    await ana.taps_data("topic_toggle:")
    await ana.taps("Abbrechen")
    assert "Xylophonquartett" in await line(ana, "Suche")


async def test_while_joining_a_skip_further_up_empties_nothing(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks")
    question = ana.newest
    await ana.says("Ehrenamt")
    assert "Zeile leeren" not in ana.buttons
    await ana.presses(question, "skip:seeks")
    await ana.taps_data("skip:organisation")
    await tells(ana, "offers", None)
    await ana.taps_data("a_no")
    assert "Suche: Ehrenamt" in ana.last


async def test_a_confirmed_mandate_is_told_what_another_name_ends(sqlite_world):
    world = sqlite_world
    cem = await world.joined("Cem Demir", role="mp")
    await cem.says("/profil")
    await cem.taps_data("edit:name")
    assert "bestätigt" not in cem.last
    await cem.taps("Abbrechen")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    await orga.taps_data("claim_yes:")
    await cem.says("/profil")
    await cem.taps_data("edit:name")
    assert "Unter einem neuen Namen bestätigt dich das Team am Empfang noch einmal." in cem.last
    heard = await cem.says("Cem Demir")
    assert "Neuer Name" not in heard
    assert "Landtag, bestätigt" in heard
    await cem.taps_data("edit:name")
    heard = await cem.says("Cem Yilmaz")
    assert heard.startswith("Neuer Name, neue Bestätigung")
    assert "Landtag, noch nicht bestätigt" in cem.last
    assert await world.rows(Person.role_confirmed) == [None, None]
    await cem.taps_data("edit:name")
    assert "noch einmal" not in cem.last
    assert cem.shows("cancel")
