"""The bytes of one person's name are damaged: all others go on, and that one hears that something failed."""

import pytest
from sqlalchemy import text

from db.models import Inbox, InboxState
from domain.roles import Role
from tests.cast import guest, open_workshop


@pytest.fixture
async def hall(sqlite_world):
    """Ana seeks what Ben and Cem offer. Cem and Dora say that they are MPs, and Cem's row is damaged."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await guest(world, workshop, "Dora Klein", seeks=("kita",), role=Role.MP)
    cem = await guest(world, workshop, "Cem Demir", seeks=(), offers=("ehrenamt",), role=Role.MP)
    async with world.database.writer.begin() as session:
        await session.execute(
            text("UPDATE persons SET name = :junk WHERE id = :id"), {"junk": b"junk" * 20, "id": cem.row}
        )
    world.expected_errors = True
    return world, ana, cem


async def test_others_are_still_suggested(hall):
    _, ana, _ = hall
    await ana.says("/partner")
    assert "Ben Albrecht" in ana.last


async def test_others_are_still_found_by_name(hall):
    _, ana, _ = hall
    await ana.says("/versprechen")
    await ana.taps("Neues Versprechen")
    await ana.taps("Name")
    await ana.says("Ben")
    assert "Mit Ben Albrec" in str(ana.newest.keyboard)


async def test_organisers_still_see_their_desk(hall):
    world, _, _ = hall
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Werkstatt" in orga.screen()
    await orga.says("/teilnehmende")
    assert "Dora Klein" in orga.last


async def test_the_damaged_one_is_told_that_something_failed(hall, monkeypatch):
    world, _, cem = hall
    monkeypatch.setattr("actions.intake.inbox.TRIES", 1)
    world.parked_or_poison = 1
    await cem.says("/partner")
    assert "nicht geklappt" in cem.last
    assert InboxState.PARKED in await world.rows(Inbox.state)
