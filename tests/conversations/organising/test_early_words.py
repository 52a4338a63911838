"""An organiser's words while a workshop or recipients are asked for: none of them is lost, and none sends anything."""

import pytest
from sqlalchemy import select

from db.models import Broadcast, BroadcastState
from tests.conversations.organising.announcing import begin, got, hall

NEW = "Der Bus fährt heute erst um halb sechs vom Hof, bitte sagt es allen weiter."


async def texts(world):
    """What the announcements that may still be sent say."""
    rows = await world.chosen(select(Broadcast).where(Broadcast.state == BroadcastState.DRAFT))
    return [row.words["text"] for row in rows]


@pytest.fixture
async def two_workshops(sqlite_world):
    orga, people = await hall(sqlite_world)
    await sqlite_world.workshop("Werkstatt der Mutigen Nordtal")
    return orga, people


async def test_an_announcement_written_before_its_workshop_is_chosen_is_kept(sqlite_world, two_workshops):
    orga, people = two_workshops
    await orga.says("/ankuendigung")
    assert await orga.says(NEW) == "Den Text habe ich. Für welche Werkstatt?"
    assert "An wen?\nWerkstatt Berlin" in await orga.taps("Werkstatt Berlin")
    assert await texts(sqlite_world) == [NEW]
    await orga.taps("An alle")
    await orga.says("3")
    assert got(people["ana"], NEW) == 1


async def test_an_edit_of_it_counts(sqlite_world, two_workshops):
    orga, _ = two_workshops
    await orga.says("/ankuendigung")
    await orga.says("Der Bus färht um fünf.")
    mine = [each for each in sqlite_world.messages(orga.id) if each.get("out")][-1]
    assert "Die neue Fassung gilt." in await orga.edits(mine["message_id"], "Der Bus fährt um fünf.")
    await orga.taps("Werkstatt Berlin")
    assert await texts(sqlite_world) == ["Der Bus fährt um fünf."]


async def test_part_of_a_workshops_name_chooses_it(sqlite_world, two_workshops):
    orga, _ = two_workshops
    await orga.says("/ankuendigung")
    assert "Was soll angekündigt werden?\nWerkstatt der Mutigen Nordtal" in await orga.says("Nordtal")


async def test_a_new_announcement_begins_without_the_old_words(sqlite_world, two_workshops):
    orga, _ = two_workshops
    await orga.says("/ankuendigung")
    await orga.says(NEW)
    await orga.says("/ankuendigung")
    assert "Was soll angekündigt werden?" in await orga.taps("Werkstatt Berlin")
    assert await texts(sqlite_world) == []


async def test_another_text_while_recipients_are_asked_for_takes_the_place_of_the_first(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    heard = await orga.says(NEW)
    assert heard.startswith("Die neue Fassung gilt.")
    assert "An wen?" in orga.last
    assert await texts(sqlite_world) == [NEW]
    await orga.taps("An alle")
    assert NEW in orga.heard
    await orga.says("3")
    assert got(people["ana"], NEW) == 1


@pytest.mark.parametrize("step", [None, "Rolle", "Bundesland"])
async def test_a_few_words_there_change_nothing_and_it_is_asked_again(sqlite_world, step):
    orga, _ = await hall(sqlite_world)
    await begin(orga, "Der Raum ist jetzt 2.14.")
    if step:
        await orga.taps(step)
    before = orga.buttons
    assert "Meinst du eine dieser Antworten?" in await orga.says("die von gestern")
    assert orga.buttons == before
    assert await texts(sqlite_world) == ["Der Raum ist jetzt 2.14."]
