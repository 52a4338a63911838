"""An organiser who takes no part: every command answers, none leads in a circle; and asides leave questions open."""

import pytest

from db.models import Broadcast, Person, Workshop
from domain.voice import Voice
from handlers.commands import ALWAYS, JOINED, ORGANISERS
from tests.world import OWNER

JOINED_ONLY = {"partner", "pledges", "profile", "pledge_new", "pledge_search", "code"}


async def at_work(world):
    organiser = await world.organiser()
    await world.workshop()
    return organiser


async def test_the_language_can_be_chosen(sqlite_world):
    world = sqlite_world
    organiser = await at_work(world)
    await organiser.says("/sprache")
    await organiser.taps("English")
    assert await world.rows(Person.voice) == [Voice.EN]
    assert organiser.last == await organiser.says("/orga")
    await organiser.says("/language")
    await organiser.taps("Deutsch, per Sie")
    assert await world.rows(Person.voice) == [Voice.SIE]


async def test_before_the_first_command_too(sqlite_world):
    organiser = await sqlite_world.person("Orga", id=OWNER)
    await organiser.says("/sprache")
    await organiser.taps("English")
    assert await sqlite_world.rows(Person.voice) == [Voice.EN]


async def test_in_the_midst_of_a_title_the_language_changes_and_the_title_is_asked_for(sqlite_world):
    organiser = await at_work(sqlite_world)
    await organiser.says("/werkstatt")
    await organiser.says("/sprache")
    heard = await organiser.taps("English")
    assert organiser.shows("cancel"), heard
    await organiser.says("North")
    await organiser.taps("Today")
    assert "North" in await sqlite_world.rows(Workshop.title)


@pytest.mark.parametrize("command", sorted({*ALWAYS, *JOINED, *ORGANISERS}))
async def test_no_command_offers_what_is_only_refused(sqlite_world, command):
    organiser = await at_work(sqlite_world)
    assert await organiser.says(f"/{command}")
    for bubble in organiser.new:
        assert not {data.split(":")[0] for _, data in bubble.keyboard} & JOINED_ONLY, bubble.text


@pytest.mark.parametrize("command", JOINED)
async def test_what_takes_a_profile_says_so(sqlite_world, command):
    organiser = await at_work(sqlite_world)
    assert (await organiser.says(f"/{command}")).startswith("Dafür brauchst du ein eigenes Profil.")
    assert organiser.shows("orga")


async def test_an_old_button_leads_to_the_desk(sqlite_world):
    organiser = await at_work(sqlite_world)
    for data in ("partner", "pledges", "profile", "pledge_new", "role:mp", "nonsense", "erase_no"):
        await organiser.sends_button_data(data)
        assert organiser.shows("orga") or organiser.shows("workshop:"), data
        for bubble in organiser.new:
            assert not {spelled.split(":")[0] for _, spelled in bubble.keyboard} & JOINED_ONLY, data


async def test_an_old_button_of_a_stranger_leads_to_the_door_alone(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start(f"w_{sqlite_world.code}")
    for data in ("partner", "voices", "voice:en", "nonsense"):
        await ana.sends_button_data(data)
        assert ana.shows("begin:"), data
        for bubble in ana.new:
            assert not {spelled.split(":")[0] for _, spelled in bubble.keyboard} & JOINED_ONLY, data


# --- asides


@pytest.mark.parametrize("command", ["/stand", "/orga", "/teilnehmende"])
async def test_an_aside_leaves_the_announcement_open(sqlite_world, command):
    organiser = await at_work(sqlite_world)
    await organiser.says("/ankuendigung")
    await organiser.says(command)
    assert len(organiser.new) == 1, "it waits quietly"
    await organiser.says("Um drei geht es weiter.")
    assert await sqlite_world.count(Broadcast) == 1


async def test_a_command_that_asks_for_something_else_takes_over(sqlite_world):
    organiser = await at_work(sqlite_world)
    await organiser.says("/ankuendigung")
    await organiser.says("/werkstatt")
    assert len(organiser.new) == 1
    await organiser.says("Werkstatt Nord")
    await organiser.taps("Heute")
    assert "Werkstatt Nord" in await sqlite_world.rows(Workshop.title)


async def test_an_organiser_who_takes_part_finds_the_open_question_again(sqlite_world):
    organiser = await at_work(sqlite_world)
    await organiser.start(f"w_{sqlite_world.code}")
    for tap in ("begin:", "k_yes:", "u_yes", "role:association"):
        await organiser.taps_data(tap)
    asked = organiser.last
    await organiser.says("/stand")
    assert organiser.last == asked
    await organiser.says("Olga Sommer")
    assert "Olga Sommer" in await sqlite_world.rows(Person.name)
