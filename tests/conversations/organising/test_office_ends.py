"""Whoever acts for an MP hears when that is over, and whoever goes on with a mandate what waits for them."""

import pytest

from tests.cast import BUS, guest, sealed_pledge
from tests.conversations.offices import house, seated
from tests.conversations.organising.test_offices import link_in
from tests.conversations.pledges import proposes, state_of


async def becomes_another(ben):
    await ben.says("/profil")
    await ben.taps_data("edit:role")
    await ben.taps_data("role:association")


async def withdraws(ben):
    await ben.says("/widerruf")
    await ben.taps("Nein: Vernetzen und Erinnern")


@pytest.mark.parametrize("leaves", [becomes_another, withdraws])
async def test_the_office_of_somebody_who_is_no_mp_any_more_hears_one_sentence(sqlite_world, leaves):
    people = await house(sqlite_world)
    await leaves(people.ben)
    await sqlite_world.clock.advance(minutes=1)
    for each in (people.cem, people.dana):
        told = [
            each for each in each.messages if each.text.startswith("Sie handeln nicht mehr für Ben Albrecht")
        ]
        assert len(told) == 1, each.screen()


async def test_somebody_in_two_offices_chooses_one(sqlite_world):
    people = await house(sqlite_world, dana=False)
    eva = await guest(sqlite_world, people.workshop, "Eva Falk", role="mp", role_confirmed=True)
    await seated(sqlite_world, eva, people.cem)
    await people.cem.sends_button_data("my_office")
    assert people.cem.buttons == ["Büro Ben Albrecht", "Büro Eva Falk"]
    await people.cem.taps("Büro Eva Falk")
    assert people.cem.last.startswith("Büro Eva Falk")


async def test_what_waits_for_the_mp_is_put_to_the_successor_and_their_own_ends(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    waiting = await proposes(people.ana, people.ben, BUS)
    own = await sealed_pledge(world, people.ben, people.dana)
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await people.ben.taps("Weitergeben")
    offered = await people.dana.start(link_in(people.ben.newest))
    assert "Was Sie selbst mit Ben Albrecht vereinbart haben, endet damit" in offered
    await people.dana.taps("Ja, ich übernehme")
    assert await state_of(world, own) == "ended"
    assert any("gibt die Zuständigkeit ab" in each.text for each in people.dana.messages)
    await people.dana.taps_data(f"accept:{waiting}:")
    assert await state_of(world, waiting) == "active"
