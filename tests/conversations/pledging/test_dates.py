"""The days of a pledge: typed as people type them, said so that nobody takes one for another."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.models import Pledge
from tests.cast import pair
from tests.conversations.pledges import chooses, pledge, proposes

PAY = "Ich führe ein Gespräch zur Ehrenamtspauschale."
CHRISTMAS_AHEAD = datetime(2027, 6, 25, 7, 0, tzinfo=UTC)  # a Friday


async def writes(author, partner, sentence):
    """As far as the last look before it goes out."""
    await chooses(author, partner)
    await author.taps("Ich")
    await author.says(sentence)


async def deadline(world):
    (found,) = await world.chosen(select(Pledge.deadline))
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
    assert "Ben am 12. April 2027: läuft." in ana.last


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
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    await ben.taps("Anderes Datum")
    for typed in ("20.03.27", "20. Juli 2028", "1.5."):
        heard = await ben.says(typed)
        assert "von heute in einem Monat bis heute in einem Jahr" in heard, typed
        assert "Gespräch" not in heard
    assert await deadline(world) == date(2027, 10, 12)
    await ben.says("20. Juli")
    await ben.taps("Bestätigen")
    await ana.taps("Ich bin dabei")
    await ana.taps("Datum wählen")
    for typed in ("20.03.27", "21. Juli", "20. Juli 2028"):
        heard = await ana.says(typed)
        assert "Für das Gespräch geht jeder Tag von heute bis zum Tag des Versprechens." in heard, typed
        assert "einem Jahr" not in heard
    assert "Ihr sprecht wieder am 20. Juli." in await ana.says("20.07.27")


@pytest.mark.parametrize("starts_at", [CHRISTMAS_AHEAD])
async def test_no_day_around_new_year_is_proposed(sqlite_world):
    """The usual half a year and every button lead past it; who means such a day, writes it or has written it."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, "Ich führe bis 24. Dezember ein Gespräch zur Ehrenamtspauschale.")
    assert "Euer Tag: 7. Januar.\nIm Satz steht der 24. Dezember." in ben.last
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
    assert "Euer Tag: 7. Januar." in ben.last


async def test_who_changes_the_sentence_is_offered_its_day_too(world):
    """By the counterpart, and by the author in turn; the yes that then counts is to the day that stands."""
    ana, ben = await pair(world)
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
    await ana.sends_button_data(f"deadline_said:{number}", message_id=sent.id)
    assert len(ben.messages) == heard, "twice is once"
    await ben.presses(invitation, invitation.data_of("Ich bin dabei"))
    assert "Euer Tag: 20. Juli." in ben.last, "the yes to the old day is none to the new one"
    await ben.sends_button_data(f"deadline_said:{number}")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last, "the words are not Ben's"

    await ben.taps("Satz anpassen", message=ben.with_button("Satz anpassen"))
    await ben.says("Ich führe bis 1. September zwei Gespräche.")
    await ben.taps("1. September nehmen")
    await ana.taps("Ich bin dabei")
    assert await deadline(world) == date(2027, 9, 1)
    await ben.sends_button_data(f"deadline_said:{number}")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_a_changed_sentence_whose_day_cannot_be_the_deadline_offers_none(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, PAY)
    await ana.taps("Satz anpassen")
    await ana.says("Ich rufe bis 15. April beim Träger an.")
    assert ana.buttons == ["Alle Versprechen", "Zurückziehen"]
    assert "Im Satz" not in ana.last
