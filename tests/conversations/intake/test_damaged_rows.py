"""One person's name is damaged: all others go on, messages that name them arrive, and they can mend it."""

import pytest
from sqlalchemy import select, text

from db.models import Outgoing, Person, SendState
from domain.roles import Role
from tests.cast import guest, open_workshop, sealed_pledge


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
    await orga.sends_button_data("claims")
    assert "Dora Klein" in orga.last


async def test_the_damaged_one_goes_on_and_can_give_the_name_again(hall):
    world, _, cem = hall
    assert "Weiter" in str((await cem.says("/partner"), cem.buttons))
    await cem.sends_button_data("edit:name")
    await cem.says("Cem Demir")
    assert await world.chosen(select(Person.name).where(Person.id == cem.row)) == ["Cem Demir"]


async def test_the_damaged_one_can_be_erased(hall):
    world, _, cem = hall
    await cem.says("/loeschen")
    world.forgotten.add(cem.id)
    assert "gelöscht" in await cem.taps("Ja, alles löschen")
    assert cem.row not in await world.rows(Person.id)


async def test_a_message_that_names_the_damaged_one_arrives_with_a_block_for_the_name(hall):
    world, ana, cem = hall
    number = await sealed_pledge(world, ana, cem)
    assert "mit █" in await ana.sends_button_data(f"pledge:{number}")
    await world.clock.advance(months=1, hours=4)
    assert "█" in ana.last, "the monthly question"
    assert not await world.chosen(select(Outgoing.id).where(Outgoing.state == SendState.DEAD))


async def test_damaged_words_of_a_profile_are_left_out(hall):
    world, ana, _ = hall
    async with world.database.writer.begin() as session:
        await session.execute(
            text("UPDATE interests SET topic = NULL, words = :junk WHERE person_id = :id"),
            {"junk": b"junk" * 20, "id": ana.row},
        )
    assert "Ana Keller" in await ana.says("/profil")
    assert "Deine Daten" in await ana.says("/auskunft")
