"""Somebody who is on the guest list under two names: reception asks whoever has joined as one of them, who says so
themselves.
"""

import pytest

from db.models import Guest
from tests.cast import guest, open_workshop

STALE = "nicht mehr aktuell"


@pytest.fixture
async def desk(sqlite_world):
    sqlite_world.here = await open_workshop(sqlite_world)
    sqlite_world.orga = await sqlite_world.organiser()
    return sqlite_world


async def listed_twice(world):
    """Cem Demir has joined as the first row of the list; the second looks like it, the third does not."""
    cem = await guest(world, world.here, "Cem Demir")
    about = {
        "workshop_id": world.here,
        "organisation": "",
        "place": "",
        "land": "",
        "made_at": world.clock.now(),
    }
    async with world.database.writer.begin() as session:
        for name, person_id in (("Cem Demir", cem.row), ("Cern Demir", None), ("Ana Keller", None)):
            session.add(Guest(name=name, person_id=person_id, **about))
            await session.flush()
    return cem


async def whose(world):
    return {each.id: each.person_id for each in await world.rows(Guest)}


async def test_whoever_is_listed_under_two_names_says_so_when_reception_asks(desk):
    cem = await listed_twice(desk)
    await desk.orga.sends_button_data("guest:2")
    assert "Ähnlich: Cem Demir" in desk.orga.last
    ask = desk.orga.newest.data_of("Dieselbe: Cem Demir")
    assert "wird jetzt gefragt" in await desk.orga.taps("Dieselbe: Cem Demir")
    assert (await whose(desk))[2] is None, "only their own yes joins them"
    assert "Cern Demir" in cem.last
    await cem.taps("Ja, das bin ich")
    assert (await whose(desk))[2] == cem.row
    assert "Dieselbe" not in await desk.orga.sends_button_data(ask), "it is theirs by now"
    assert not [label for label in desk.orga.buttons if "Dieselbe" in label]


async def test_a_no_leaves_both_rows_as_they_are(desk):
    cem = await listed_twice(desk)
    await desk.orga.sends_button_data("guest:1")
    await desk.orga.taps("Dieselbe: Cern Demir")
    await cem.taps("Das bin ich nicht")
    assert (await whose(desk)) == {1: cem.row, 2: None, 3: None}


async def test_nobody_is_asked_about_other_rows_than_were_shown(desk):
    cem = await listed_twice(desk)
    before = len(cem.messages)
    await desk.orga.sends_button_data("guest:2")
    ask = desk.orga.newest.data_of("Dieselbe: Cem Demir")
    for data in (ask.replace("guest_same:2:1", "guest_same:2:3"), ask.replace(":2:1:", ":2:99:")):
        assert STALE in await desk.orga.sends_button_data(data), data
    assert STALE in await cem.sends_button_data(ask)
    async with desk.database.writer.begin() as session:
        (await session.get_one(Guest, 2)).organisation = "Verein"
    assert "Verein" in await desk.orga.sends_button_data(ask), "the card as it is now"
    assert [each for each in cem.messages[before:] if "Cern" in each.text] == []
    assert "Dieselbe: Cem Demir" in desk.orga.buttons


async def test_nobody_who_pauses_is_said_to_be_asked(desk):
    cem = await listed_twice(desk)
    await cem.says("/pause")
    await cem.taps_data("pause:0")
    await desk.orga.sends_button_data("guest:2")
    assert "Ähnlich: Cem Demir" in desk.orga.last
    assert not [label for label in desk.orga.buttons if "Dieselbe" in label]


async def test_whoever_is_erased_stands_beside_no_other_guest(desk):
    cem = await listed_twice(desk)
    await desk.orga.sends_button_data("guest:2")
    assert "Cem Demir" in desk.orga.screen()
    await cem.says("/loeschen")
    await cem.taps("Ja, alles löschen")
    await desk.quiet()
    assert "Cem Demir" not in desk.orga.screen()
    assert "Das steht hier nicht mehr" in desk.orga.last
