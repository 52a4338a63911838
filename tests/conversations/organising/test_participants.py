"""Looking for people: by name, place, topic and how far they have come, in one's own workshops only."""

import pytest
from sqlalchemy import select

from db.models import Audit, Grant
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import guest, open_workshop, sealed_pledge


async def on_team(world, name, role, workshop_id):
    """Somebody with this role there, and with a phone."""
    phone = await guest(world, workshop_id, name)
    at = world.clock.now()
    await world.add(Grant(person_id=phone.row, role=role, workshop_id=workshop_id, granted_at=at))
    return phone


@pytest.fixture
async def hall(sqlite_world):
    """Two workshops, and an organiser of the one: everybody who searches there finds nobody of the other."""
    world = sqlite_world
    world.here = await open_workshop(world, code="NORD22", title="Werkstatt Nord")
    world.there = await open_workshop(world, code="SUED22", title="Werkstatt Süd")
    world.ana = await guest(world, world.here, "Ana Keller", place="Köln")
    world.ben = await guest(world, world.here, "Ben Albrecht", role=Role.MP, place="Bonn", seeks=())
    world.cem = await guest(world, world.there, "Cem Demir", place="Köln")
    world.rike = await on_team(world, "Rike Vogel", TeamRole.ORGANISER, world.here)
    return world


async def looks_for(phone, words):
    await phone.says("/teilnehmende")
    await phone.taps("Suchen")
    return await phone.says(words)


async def looks(world, person):
    return await world.chosen(select(Audit.action).where(Audit.person_id == person.row).order_by(Audit.id))


async def test_a_name_a_place_or_a_topic_finds_people_of_ones_own_workshops(hall):
    assert "Ana Keller" in await looks_for(hall.rike, "Kellr")
    assert "Ben Albrecht" in await looks_for(hall.rike, "Bonn")
    listed = await looks_for(hall.rike, "Ehrenamt")
    assert "Gefunden nach Name, Ort oder Thema:\n2 Menschen." in listed
    assert hall.rike.buttons[:2] == ["1. Ana Keller · Köln", "2. Rike Vogel · Dresden"]
    assert "Cem" not in await looks_for(hall.rike, "Cem Demir")
    assert not await looks(hall, hall.cem)


async def test_every_look_is_in_the_data_of_whoever_was_looked_at(hall):
    await hall.rike.says("/teilnehmende")
    card = await hall.rike.taps("Ana Keller")
    assert "Sucht: Ehrenamt" in card
    assert "Dabei: Werkstatt Nord" in card
    assert await looks(hall, hall.ana) == ["saw list of people", "saw profile"]
    assert "Blicke des Teams: 2" in await hall.ana.says("/auskunft")


async def test_people_are_narrowed_down_by_how_far_they_have_come(hall):
    new = await guest(hall, hall.here, "Dora Lenz", finished=False)
    await sealed_pledge(hall, hall.ana, hall.rike)
    await hall.rike.says("/teilnehmende")
    await hall.rike.taps("Filtern")
    assert [label for label, _ in hall.rike.newest.keyboard][:6] == [
        "Profil noch offen (1)",
        "Ohne Themen (1)",
        "Rolle offen (1)",
        "Nicht erreichbar (0)",
        "Mit Versprechen (2)",
        "Lange nichts gehört (0)",
    ]
    await hall.rike.taps("Profil noch offen")
    assert hall.rike.buttons[0].startswith("1. Dora Lenz")
    assert await looks(hall, new)
    await hall.rike.taps_data("people_by")
    await hall.rike.taps("Mit Versprechen")
    assert [label[3:6] for label in hall.rike.buttons[:2]] == ["Ana", "Rik"]


async def test_a_search_goes_on_through_pages_and_standings(hall):
    for number in range(9):
        await guest(hall, hall.here, f"Eva Keller {number}", seeks=() if number else ("ehrenamt",))
    assert "10 Menschen" in await looks_for(hall.rike, "Keller")
    await hall.rike.taps("Weiter")
    assert "(2/2)" in hall.rike.last
    await hall.rike.taps("Filtern")
    await hall.rike.taps("Ohne Themen")
    assert "8 Menschen" in hall.rike.last, "of those who were found"


async def test_reception_learns_nothing_of_pledges_and_a_viewer_no_name(hall):
    await sealed_pledge(hall, hall.ana, hall.rike)
    olga = await on_team(hall, "Olga Braun", TeamRole.RECEPTION, hall.here)
    vic = await on_team(hall, "Vic Sommer", TeamRole.VIEWER, hall.here)
    await olga.says("/teilnehmende")
    await olga.taps("Filtern")
    assert "Versprechen" not in str(olga.buttons)
    assert "nicht mehr aktuell" in await olga.sends_button_data("people_of:promised")
    await olga.sends_button_data(f"people_card:{hall.ana.row}")
    assert "Stand:" not in olga.last
    for data in ("people", "people_page:0", f"people_card:{hall.ana.row}", "people_find"):
        assert "nicht mehr aktuell" in await vic.sends_button_data(data)
        assert "nicht mehr aktuell" in await hall.cem.sends_button_data(data)
    assert "Ana" not in await vic.says("/teilnehmende")
    assert "Ana" not in await hall.cem.says("/teilnehmende")
    assert "nicht mehr aktuell" in await hall.rike.sends_button_data(f"people_card:{hall.cem.row}")


async def test_whoever_is_erased_goes_from_the_list_and_the_card(hall):
    await hall.rike.says("/teilnehmende")
    await hall.rike.taps("Ana Keller")
    await hall.ana.says("/loeschen")
    await hall.ana.taps("Ja, alles löschen")
    assert "Ana Keller" not in str([each.body for each in hall.rike.messages])
    assert "Ben Albrecht" in hall.rike.screen(), "the list is made anew"
