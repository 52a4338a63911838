"""The days of a pledge: typed as people type them, said so that nobody takes one for another."""

from datetime import UTC, date, datetime

import pytest

from db.models import Pledge
from tests.cast import pair
from tests.conversations.pledges import beside_files, pledge, proposes, writes

PAY = "Ich führe ein Gespräch zur Ehrenamtspauschale."
CHRISTMAS_AHEAD = datetime(2027, 6, 25, 7, 0, tzinfo=UTC)  # a Friday


async def deadline(world):
    (found,) = await world.rows(Pledge.deadline)
    return found


async def test_a_day_next_year_is_said_with_its_year(sqlite_world):
    """Wherever it stands; and once it is near, without."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    assert "Euer Tag: 12. Oktober." in ben.last
    await ben.taps("Anderes Datum")
    await ben.taps("In 12 Monaten")
    assert "Euer Tag: 12. April 2028." in ben.last
    await ben.taps("Bestätigen")
    assert "Euer Tag: 12. April 2028." in ana.last
    await ana.taps("Ich bin dabei")
    await ana.taps("Noch offen")
    await ana.says("/versprechen")
    assert "bis 12. April 2028" in ana.last
    await world.clock.advance(months=3)
    await ana.says("/versprechen")
    assert "bis 12. April\n" in ana.last + "\n"


async def test_what_was_said_long_ago_is_not_taken_for_lately(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY, months=12)
    await ben.sends_button_data(f"pledge:{number}")
    await ben.taps("Läuft")
    await world.clock.advance(months=11)
    await ana.sends_button_data(f"pledge:{number}")
    assert "Ben am 12. April 2027: läuft." in ana.with_button("Geht voran").text


@pytest.mark.parametrize(
    ("typed", "day", "said"),
    [
        ("1.6.", date(2027, 6, 1), "1. Juni"),
        ("20.07.27", date(2027, 7, 20), "20. Juli"),
        ("1.4.", date(2028, 4, 1), "1. April 2028"),
        ("20. Februar 2028", date(2028, 2, 20), "20. Februar 2028"),
    ],
)
async def test_a_typed_day_is_understood(sqlite_world, typed, day, said):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, PAY)
    await ben.taps("Anderes Datum")
    await ben.says(typed)
    assert await deadline(sqlite_world) == day
    assert f"Euer Tag: {said}." in ben.last


async def test_a_day_out_of_reach_is_refused_in_words_of_its_question(sqlite_world):
    """It says which day was understood, and the next words are still an answer."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    await ben.taps("Anderes Datum")
    for typed, day in (("3.5.2030", "3. Mai 2030"), ("20. Juli 2028",) * 2, ("1.5.", "1. Mai 2027")):
        heard = await ben.says(typed)
        assert f"Ich habe {day} verstanden. Für ein Versprechen geht" in heard
        assert "von heute in einem Monat bis heute in einem Jahr" in heard, typed
        assert "Gespräch" not in heard
    assert await deadline(world) == date(2027, 10, 12)
    await ben.says("20. Juli")
    await ben.taps("Bestätigen")
    await ana.taps("Ich bin dabei")
    await ana.taps("Datum wählen")
    for typed, day in (("3.5.2030", "3. Mai 2030"), ("21. Juli", "21. Juli 2027")):
        heard = await ana.says(typed)
        assert f"Ich habe {day} verstanden. Für das Gespräch geht" in heard
        assert "jeder Tag von heute bis zum Tag des Versprechens." in heard
        assert "einem Jahr" not in heard
    assert "Ihr sprecht wieder am 20. Juli." in await ana.says("20.07.27")


@pytest.mark.parametrize("starts_at", [CHRISTMAS_AHEAD])
async def test_no_day_around_new_year_is_proposed(sqlite_world):
    """The usual half a year and every button lead past it; who means such a day, writes it or has written it."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, "Ich führe bis 24. Dezember ein Gespräch zur Ehrenamtspauschale.")
    assert "Euer Tag: 7. Januar 2028.\nIm Satz steht der 24. Dezember." in ben.last
    await ben.taps("24. Dezember nehmen")
    assert await deadline(world) == date(2027, 12, 24)
    await ben.taps("Anderes Datum")
    assert "Bisher steht da der 24. Dezember." in ben.last, "a day of one's own is no proposal of ours"
    await ben.taps("In 6 Monaten")
    assert await deadline(world) == date(2028, 1, 7)
    await ben.taps("Anderes Datum")
    await ben.says("31.12.")
    assert await deadline(world) == date(2027, 12, 31)
    await ben.taps("Bestätigen")
    assert "Euer Tag: 31. Dezember." in ana.last
    assert await proposes(ana, ben, PAY)
    assert "Euer Tag: 7. Januar 2028." in ben.last


@pytest.mark.parametrize("starts_at", [datetime(2026, 12, 11, 9, 0, tzinfo=UTC)])
async def test_no_talk_is_proposed_at_christmas(sqlite_world):
    """In two weeks would be 25 December."""
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, PAY)
    await ana.taps("Ich bin dabei")
    await ana.taps("In 2 Wochen")
    assert "Ihr sprecht wieder am 7. Januar." in beside_files(ana).text
    assert "Ihr sprecht wieder am 7. Januar." in beside_files(ben).text


async def test_who_changes_the_sentence_is_offered_its_day_too(sqlite_world):
    """By the counterpart, and by the author in turn; the yes that then counts is to the day that stands."""
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, PAY)
    assert "Euer Tag: 12. Oktober." in ben.last
    await ana.taps("Satz anpassen")
    await ana.says("Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.")
    assert "Euer Tag: 12. Oktober.\nIm Satz steht der 20. Juli." in ana.last
    sent, invitation = ana.newest, ben.newest
    await ana.taps("20. Juli nehmen")
    assert (ana.newest.id, "Euer Tag: 20. Juli.\nSobald" in ana.last) == (sent.id, True)
    assert ana.buttons == ["Alle Versprechen", "Zurückziehen"]
    assert "Euer Tag: 20. Juli." in ben.last
    heard = len(ben.messages)
    await ana.sends_button_data(f"deadline_on:{number}:20270720", message_id=sent.id)
    assert len(ben.messages) == heard, "twice is once"
    await ben.sends_button_data(invitation.data_of("Ich bin dabei"), message_id=invitation.id)
    assert "Euer Tag: 20. Juli." in ben.last, "the yes to the old day is none to the new one"
    await ben.sends_button_data(f"deadline_on:{number}:20270720")
    assert ben.last.startswith("Ana Keller schlägt eine Änderung vor"), "that day stands already"

    await ben.taps("Satz anpassen", message=ben.with_button("Satz anpassen"))
    await ben.says("Ich führe bis 1. September zwei Gespräche.")
    await ben.taps("1. September nehmen")
    await ana.taps("Ich bin dabei")
    assert await deadline(sqlite_world) == date(2027, 9, 1)
    await ben.sends_button_data(f"deadline_on:{number}:20270720")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_the_other_may_name_another_day(world):
    """By tap, typed, or as the answer to "how should the sentence read?"; it counts once the author says yes to it."""
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    invitation = ana.newest
    await ana.taps("Anderes Datum")
    await ana.taps("So lassen")
    assert ana.last.startswith("Ben Albrecht lädt dich")
    await ana.taps("Anderes Datum")
    await ana.taps("In 3 Monaten")
    assert "Unterwegs an Ben Albrecht\nEuer Tag: 12. Juli." in ana.last
    assert ben.last.startswith("Ana Keller schlägt eine Änderung vor")
    assert "Euer Tag: 12. Juli." in ben.last
    await ana.presses(invitation, invitation.data_of("Anderes Datum"))
    assert "Dieser Knopf ist nicht mehr aktuell." in ana.last, "now it is Ben's turn"

    await ben.taps("Anderes Datum")
    await ben.says("Ende August")
    await ben.taps("31. August 2027 · passt")
    assert "Euer Tag: 31. August." in ana.last
    await ana.taps("Satz anpassen")
    await ana.says("bis 15. September")
    assert "Euer Tag: 15. September." in ben.last
    assert "Ehrenamtspauschale" in ben.last, "the sentence is as it was"
    assert await deadline(world) == date(2027, 9, 15)
    await ben.taps("Ich bin dabei")
    await ben.sends_button_data(f"deadline_on:{number}:20270920")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last
    assert await deadline(world) == date(2027, 9, 15)


async def test_the_day_that_already_stands_is_no_change(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, PAY)
    heard = len(ben.messages)
    await ana.taps("Anderes Datum")
    await ana.says("12. Oktober")
    assert ana.last.startswith("Ben Albrecht lädt dich")
    await ana.taps("Anderes Datum")
    await ana.taps("Ich bin dabei", message=ana.with_button("Ich bin dabei"))
    assert len(ben.messages) == heard + 1
    assert ben.last.startswith("Es gilt!")


async def test_a_changed_sentence_whose_day_cannot_be_the_deadline_says_so_and_offers_none(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, PAY)
    await ana.taps("Satz anpassen")
    await ana.says("Ich rufe bis 15. April beim Träger an.")
    assert ana.buttons == ["Alle Versprechen", "Zurückziehen"]
    for each in (ana, ben):
        assert "Euer Tag: 12. Oktober.\nIm Satz steht der 15. April." in each.last


@pytest.mark.parametrize(
    ("typed", "day", "said"),
    [
        ("30. Juni", date(2027, 6, 30), "Euer Tag: 30. Juni."),
        ("bis Ende Juni", date(2027, 10, 12), "30. Juni"),
        ("1. März 2031", date(2027, 10, 12), "1. März 2031"),
        ("vielleicht", date(2027, 10, 12), "Meinst du eine dieser Antworten?"),
    ],
)
async def test_a_day_typed_below_the_preview_is_the_deadline(sqlite_world, typed, day, said):
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    assert said in await ben.says(typed)
    assert await deadline(world) == day
