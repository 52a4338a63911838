"""The menus that phones show: in the phone's language, and longer for owners who have written to the bot."""

from bot import client
from domain.voice import Voice
from messages.commands import menu
from tests.world import OWNER


async def _shown(world):
    """The commands on each phone, by chat."""
    return {
        int(chat): [each["command"] for each in commands]
        for chat, commands in (await world.get("state"))["commands"].items()
    }


def _named(voice, *, organiser=False):
    return [each.command for each in menu(voice, organiser)]


async def test_a_menu_is_in_the_language_of_the_phone_and_an_owner_has_more(sqlite_world):
    await sqlite_world.organiser()
    ana = await sqlite_world.person("Ana")
    eve = await sqlite_world.person("Eve", language_code="en")
    luc = await sqlite_world.person("Luc", language_code="fr")
    await client.set_menus(sqlite_world.bot, sqlite_world.settings.owners, Voice.EN)
    assert await _shown(sqlite_world) == {
        OWNER: _named(Voice.DU, organiser=True),
        ana.id: _named(Voice.DU),
        eve.id: _named(Voice.EN),
        luc.id: _named(Voice.EN),
    }


async def test_an_owner_who_has_never_written_holds_nobody_up(sqlite_world):
    ana = await sqlite_world.person("Ana")
    await client.set_menus(sqlite_world.bot, sqlite_world.settings.owners, Voice.DU)
    assert (await _shown(sqlite_world))[ana.id] == _named(Voice.DU)
