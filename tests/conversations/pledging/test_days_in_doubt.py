"""Days that words leave open, typed or in a sentence: asked about, with a button for each that may be meant."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.models import Pledge
from tests.cast import pair
from tests.conversations.pledges import writes

PAY = "Ich führe ein Gespräch zur Ehrenamtspauschale."
NOVEMBER = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def deadline(world):
    (found,) = await world.chosen(select(Pledge.deadline))
    return found


@pytest.mark.parametrize("starts_at", [NOVEMBER])
@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Ende März", ["31. März 2027"]),
        ("KW 12", ["26. März 2027"]),
        ("nach Ostern", ["30. März 2027"]),
        ("Mai", ["31. Mai 2027", "1. Mai 2027"]),
        ("im Sommer 2027", ["31. August 2027", "31. Juli 2027", "30. Juni 2027"]),
        ("12.2.26", ["12. Februar 2027"]),
        ("4/1/2027", ["4. Januar 2027", "1. April 2027"]),
        ("05/06/2027", ["5. Juni 2027", "6. Mai 2027"]),
        ("Montag, 20. Juli", ["20. Juli 2027", "19. Juli 2027"]),
        ("1. oder 8. März", ["1. März 2027", "8. März 2027"]),
    ],
)
async def test_a_day_in_doubt_is_proposed_with_one_tap_for_every_other(sqlite_world, typed, days):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, PAY)
    before = await deadline(sqlite_world)
    await ben.taps("Anderes Datum")
    await ben.says(typed)
    assert ben.last.startswith("Bis wann?\n")
    likeliest, *others = days
    assert ben.buttons == [f"{likeliest} · passt", *others, "Abbrechen"]
    assert await deadline(sqlite_world) == before
    asked = ben.newest
    await ben.taps(ben.buttons[len(others)])
    assert (ben.newest.id, f"Euer Tag: {days[-1]}." in ben.last) == (asked.id, True)


@pytest.mark.parametrize("starts_at", [NOVEMBER])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6 Monate", date(2027, 5, 23)),
        ("01.04.2027, 14 Uhr", date(2027, 4, 1)),
        ("12/24/2026", date(2026, 12, 24)),  # no month has the number 24
    ],
)
async def test_a_day_in_no_doubt_is_taken(sqlite_world, typed, day):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, PAY)
    await ben.taps("Anderes Datum")
    await ben.says(typed)
    assert await deadline(sqlite_world) == day
    assert ben.buttons[0] == "Bestätigen"


@pytest.mark.parametrize("starts_at", [NOVEMBER])
async def test_a_day_on_a_button_is_the_day_it_shows_whenever_it_is_pressed(sqlite_world):
    """And while it is asked about, another day can be typed; words that are none are asked for again."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    await ben.taps("Anderes Datum")
    await ben.says("in einem halben Jahr oder Ende Mai")
    await ben.says("irgendwann")
    assert "Welcher Tag ist das?" in ben.last
    await ben.says("Ende März")
    asked = ben.newest
    await world.clock.advance(days=6)
    await ben.presses(asked, asked.data_of("31. März 2027 · passt"))
    assert await deadline(world) == date(2027, 3, 31)
    for forged in ("20270231", "2027-W1-1", "99999999", "２０２７０３３１", "31"):
        await ben.sends_button_data(f"deadline_on:1:{forged}")
        assert "Dieser Knopf ist nicht mehr aktuell." in ben.heard
    await ben.sends_button_data("deadline_on:1:20300503")
    assert "Ich habe 3. Mai 2030 verstanden." in ben.heard
    assert await deadline(world) == date(2027, 3, 31)


@pytest.mark.parametrize("starts_at", [NOVEMBER])
@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Ich lade bis Ende März alle Träger ein.", ["31. März 2027"]),
        ("Ich melde mich bis 12.2.26.", ["12. Februar 2027"]),
        ("Ich schreibe bis 05/06/2027 einen Antrag.", ["5. Juni 2027", "6. Mai 2027"]),
        ("Im April lade ich alle Träger ein.", ["30. April 2027"]),
    ],
)
async def test_a_day_in_doubt_in_the_sentence_is_asked_about(sqlite_world, sentence, days):
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, ana, sentence)
    assert await deadline(world) == date(2027, 5, 23), "not taken unasked"
    assert f"Im Satz klingt es nach dem {days[0]}." in ben.last
    assert ben.buttons[: len(days) + 1] == ["Bestätigen", *(f"{day} nehmen" for day in days)]
    await ben.taps(f"{days[0]} nehmen")
    assert "Im Satz" not in ben.last
    assert ben.buttons[:2] == ["Bestätigen", "Satz ändern"]
    await ben.taps("Anderes Datum")
    await ben.taps("In 9 Monaten")
    assert f"Im Satz klingt es nach dem {days[0]}." in ben.last, "nor after the deadline was changed"
    await ben.taps("Bestätigen")
    assert f"Im Satz klingt es nach dem {days[0]}." in ana.last, "the other sees both as well"


@pytest.mark.parametrize("starts_at", [NOVEMBER])
async def test_a_day_within_what_the_sentence_names_agrees_with_it(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, "Ich lade im Mai alle Träger ein.")
    assert "Euer Tag: 23. Mai 2027." in ben.last
    assert "Im Satz" not in ben.last
