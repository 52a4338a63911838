"""The menus that phones show: in the phone's language, and longer in the chats of the team."""

import pytest
from sqlalchemy import delete

from bot.app import operator_of
from bot.menus import Menus
from db.models import Grant
from domain.team import TeamRole
from domain.voice import Voice
from messages.commands import ORGANISERS, menu
from tests.cast import guest, open_workshop
from tests.world import OWNER

ALL = [german for german, _ in ORGANISERS]


async def _shown(world):
    """The commands on each phone, by chat."""
    return {
        int(chat): [each["command"] for each in commands]
        for chat, commands in (await world.get("state"))["commands"].items()
    }


def _named(voice, team=()):
    return [each.command for each in menu(voice, team)]


def _menus(world, **changed):
    settings = world.settings.model_copy(update=changed)
    return Menus(world.bot, world.database, operator_of(settings, world.bot.username))


async def test_a_menu_is_in_the_language_of_the_phone_and_an_owner_has_more(sqlite_world):
    await sqlite_world.organiser()
    ana = await sqlite_world.person("Ana")
    eve = await sqlite_world.person("Eve", language_code="en")
    luc = await sqlite_world.person("Luc", language_code="fr")
    await _menus(sqlite_world, default_language="en").refresh()
    assert await _shown(sqlite_world) == {
        OWNER: _named(Voice.DU, ALL),
        ana.id: _named(Voice.DU),
        eve.id: _named(Voice.EN),
        luc.id: _named(Voice.EN),
    }


async def test_an_owner_who_has_never_written_holds_nobody_up(sqlite_world):
    ana = await sqlite_world.person("Ana")
    await _menus(sqlite_world).refresh()
    assert (await _shown(sqlite_world))[ana.id] == _named(Voice.DU)


@pytest.mark.parametrize(
    ("role", "everywhere", "commands"),
    [
        (TeamRole.VIEWER, False, ["orga", "stand"]),
        (TeamRole.RECEPTION, True, ["orga", "aufgaben", "teilnehmende"]),
        (TeamRole.ORGANISER, False, [each for each in ALL if each != "werkstatt"]),
        (TeamRole.ORGANISER, True, ALL),
    ],
)
async def test_a_role_brings_the_commands_that_it_can_use_and_takes_them_along(
    sqlite_world, role, everywhere, commands
):
    here = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, here, "Ana Keller")
    menus = _menus(sqlite_world)
    await menus.refresh()
    assert (await _shown(sqlite_world))[ana.id] == _named(Voice.DU)
    where = None if everywhere else here
    at = sqlite_world.clock.now()
    await sqlite_world.add(Grant(person_id=ana.row, role=role, workshop_id=where, granted_at=at))
    await menus.refresh()
    assert (await _shown(sqlite_world))[ana.id] == _named(Voice.DU, commands)
    async with sqlite_world.database.writer.begin() as session:
        await session.execute(delete(Grant))
    await menus.refresh()
    assert (await _shown(sqlite_world))[ana.id] == _named(Voice.DU)
