"""Somebody asks the team, and the team answers."""

from contextlib import asynccontextmanager

from tests.cast import guest, open_workshop
from tests.world import OWNER, running_world

SECOND = 9002
ROOM = "Wo ist der Raum für die Gruppe Ehrenamt?"
THERE = "Im zweiten Stock, neben der Treppe."


async def asks(person, words=ROOM):
    """Ask, look at it once more, and give it to the team."""
    await person.says("Frag das Team")
    await person.says(words)
    return await person.taps("Ja, ans Team")


async def answers(organiser, words=THERE):
    await organiser.taps("Antworten")
    await organiser.says(words)
    return await organiser.taps("Ja, senden")


def shown(organiser):
    """The messages about questions on this organiser's phone."""
    return [each for each in organiser.messages if each.text.startswith("Frage ans Team\n")]


@asynccontextmanager
async def two_organisers(url, **settings):
    """A world in which Ana, a guest, may ask Orga and Ora, who both take part."""
    async with running_world(url, owners=frozenset({OWNER, SECOND}), **settings) as world:
        workshop = await open_workshop(world)
        ana = await guest(world, workshop, "Ana Keller")
        orga = await guest(world, workshop, "Orga Nisator", phone={"id": OWNER})
        yield world, ana, orga, await guest(world, workshop, "Ora Ganz", phone={"id": SECOND})
