"""Somebody whom a message could not reach is there again as soon as they write or tap, whatever it is."""

import pytest

REFUSED = {"method": "sendMessage", "code": 403, "description": "Forbidden: bot was blocked by the user"}


@pytest.mark.parametrize("comes_back", ["says", "taps"])
async def test_whoever_writes_or_taps_is_found_and_asked_again(sqlite_world, comes_back):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    ben = await world.joined_already("Ben Albrecht")
    await ana.says("/profil")
    await world.post("faults", json={"next": [REFUSED]})
    await ana.says("/hilfe")
    assert "finde ich niemanden" in await _searched(ben, "Ana Keller"), (
        "nobody asks for somebody who cannot answer"
    )
    if comes_back == "says":
        await ana.says("/partner")
    else:
        await ana.taps_data("edit:name")
    assert "Ana Keller" in await _searched(ben, "Ana Keller")


async def _searched(person, name):
    await person.says("/versprechen")
    await person.taps_data("pledge_new")
    await person.taps("Name suchen")
    return await person.says(name)
