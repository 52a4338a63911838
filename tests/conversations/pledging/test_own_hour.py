"""An hour of one's own: chosen in the profile, by a tap or in words, and kept by every question."""

import pytest

from tests.cast import pair, sealed_pledge
from tests.conversations.pledges import questions

HOURS = [f"{hour} Uhr" for hour in range(8, 20)]


async def asks_for_hours(person):
    await person.says("/profil")
    await person.taps("Uhrzeit der Fragen")


async def test_questions_come_at_the_hour_chosen_and_once_more_at_another_time_of_day(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await asks_for_hours(ben)
    assert ben.buttons == [*HOURS, "Abbrechen"]
    assert "Uhrzeit der Fragen: 19 Uhr" in await ben.taps("19 Uhr")
    await asks_for_hours(ana)
    await ana.taps("8 Uhr")
    await sealed_pledge(world, ben, ana)
    await world.clock.advance(days=15)
    assert [(at.day, at.hour) for at in await questions(world, ben)] == [(19, 19), (26, 10)]
    assert [(at.day, at.hour) for at in await questions(world, ana)] == [(19, 8), (26, 16)]


@pytest.mark.parametrize(("words", "shown"), [("abends", "18 Uhr"), ("um 9 Uhr", "9 Uhr"), ("17", "17 Uhr")])
async def test_the_hour_can_be_said_in_words(sqlite_world, words, shown):
    ana, _ = await pair(sqlite_world)
    await asks_for_hours(ana)
    assert f"Uhrzeit der Fragen: {shown}" in await ana.says(words)


async def test_an_hour_at_night_is_refused_and_asked_for_again(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await asks_for_hours(ana)
    await ana.says("22 Uhr")
    assert "Ich frage zwischen 8 und 19 Uhr" in ana.screen(2)
    assert ana.buttons == [*HOURS, "Abbrechen"]
    await ben.sends_button_data("hour:20")
    await ben.says("/profil")
    assert "Uhrzeit der Fragen: 10 Uhr" in ben.last
