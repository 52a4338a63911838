"""An announcement under way is halted, goes on, is called off or taken back; the report says what the phones got."""

import asyncio

import pytest

from actions.organising.broadcasts import running
from tests.conversations.organising.announcing import begin_photo, got, hall
from tests.world import OWNER

BUSY = {"method": "copyMessage", "code": 429, "parameters": {"retry_after": 5}, "times": 1}


@pytest.fixture
def in_twos(monkeypatch):
    """Copies are owed two at a time, and three wait at most."""
    monkeypatch.setattr(running, "BATCH", 2)
    monkeypatch.setattr(running, "AHEAD", 3)


async def crowd(world, *more):
    orga, people = await hall(world)
    for name in ("Dora Lenz", "Fritz Ohm", "Gül Aksoy", *more):
        people[name] = await world.joined_already(name)
    await begin_photo(orga)
    await orga.taps("An alle")
    return orga, [each for name, each in people.items() if name != "eva"]


async def stands_still(world, text, calls):
    """Let it out, and wait until Telegram has refused so many copies: the rest waits for five seconds."""
    steps = [BUSY | {"description": "Too Many Requests: retry after 5"}] * calls
    await world.post("faults", json={"next": steps})
    await world.post(f"users/{OWNER}/send", json={"text": text})
    while world.stage.faults.next:  # noqa: ASYNC110 - the stage rings no bell
        await asyncio.sleep(0.01)


def arrived(people):
    return sum(got(each) for each in people)


@pytest.mark.usefixtures("in_twos")
async def test_copies_are_owed_a_few_at_a_time_and_everybody_gets_one(sqlite_world):
    orga, people = await crowd(sqlite_world)
    await orga.says("6")
    await sqlite_world.clock.advance(minutes=1)
    assert [got(each) for each in people] == [1] * 6
    assert orga.last.startswith("Die Ankündigung ist durch\nInsgesamt: 6\nZugestellt: 6")


async def test_halted_nothing_goes_out_until_it_goes_on_and_nobody_gets_it_twice(sqlite_world):
    world = sqlite_world
    orga, people = await crowd(world)
    await stands_still(world, "6", 1)
    assert "Die Ankündigung ist angehalten\nInsgesamt: 6" in await orga.taps("Anhalten")
    held = arrived(people)
    await world.clock.advance(minutes=5)
    assert arrived(people) == held
    assert f"Zugestellt: {held}\n" in f"{orga.last}\n"
    assert orga.last.endswith(f"Nicht verschickt: {6 - held}")
    await world.restart()
    await orga.taps("Weiter senden")
    await world.clock.advance(minutes=1)
    assert [got(each) for each in people] == [1] * 6
    assert orga.last == "Die Ankündigung ist durch\nInsgesamt: 6\nZugestellt: 6"


@pytest.mark.usefixtures("in_twos")
async def test_called_off_the_rest_never_goes_out(sqlite_world):
    world = sqlite_world
    orga, people = await crowd(world)
    await stands_still(world, "6", 1)
    await orga.taps("Rest nicht senden")
    await world.clock.advance(minutes=1)
    there = arrived(people)
    expected = [f"Zugestellt: {there}", f"Nicht verschickt: {6 - there}"]
    assert orga.last.split("\n") == ["Die Ankündigung ist beendet", "Insgesamt: 6", *expected]
    assert orga.buttons == ["Wer hat sie bekommen?", "Zum Menü"]


async def test_taken_back_what_has_arrived_is_deleted(sqlite_world):
    world = sqlite_world
    orga, people = await crowd(world)
    await orga.says("6")
    await world.clock.advance(minutes=1)
    refused = {"method": "deleteMessage", "code": 400, "times": 1}
    words = "Bad Request: message can't be deleted for everyone"
    await world.post("faults", json={"next": [refused | {"description": words}]})
    await orga.taps("Zurückholen")
    await world.clock.advance(minutes=1)
    assert arrived(people) == 1, "Telegram refused that one"
    assert orga.last == (
        "Die Ankündigung ist zurückgeholt\nInsgesamt: 6\nZugestellt: 6\nDavon wieder gelöscht: 5\n"
        "Davon nicht mehr zu löschen: 1"
    )
    assert orga.buttons == ["Wer hat sie bekommen?", "Zum Menü"], "nobody gets it anew"


async def test_after_two_minutes_it_stands(sqlite_world):
    world = sqlite_world
    orga, people = await crowd(world)
    await orga.says("6")
    await world.clock.advance(minutes=1)
    await world.clock.advance(minutes=2)
    assert "Zurückholen geht nicht mehr." in await orga.taps("Zurückholen")
    assert arrived(people) == 6
