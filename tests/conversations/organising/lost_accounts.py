"""Somebody whose account is lost, an organiser who makes sure who they are, and the way into the new one."""

import re
from dataclasses import dataclass

from tests.cast import BUS, agrees, guest, open_workshop, sealed_pledge

NOTHING = "Dieser Link öffnet nichts"
YES = "Ja, das bin ich"


@dataclass(frozen=True)
class Lost:
    """Ben's old account, Ana who has a pledge with him, the organiser, and the pledge's number."""

    ben: object
    ana: object
    orga: object
    number: int


async def lost(world, **ben):
    orga = await world.organiser()
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", **{"organisation": "Landratsamt Nordtal", **ben})
    return Lost(ben, ana, orga, await sealed_pledge(world, ben, ana, BUS))


async def finds(orga, name="Ben Albrecht"):
    """The organiser looks somebody up, and opens *Neues Konto*."""
    await orga.says("/orga")
    await orga.taps("Warum keine Frage?")
    await orga.says(name)
    return await orga.taps("Neues Konto")


def link_in(message):
    return re.search(r"start=(c_\w+)", message.text)[1]


async def link_for(orga, name="Ben Albrecht", label="Geprüft: Link machen"):
    """The payload of the link that an organiser makes."""
    await finds(orga, name)
    await orga.taps(label)
    return link_in(orga.newest)


async def new_account(world, payload, name="Neu", **phone):
    """Somebody new who opens the link and gives both consents."""
    phone = await world.person(name, **phone)
    await phone.start(payload)
    await agrees(phone)
    return phone


async def moved(world, people, **phone):
    """Ben's new account, into which he has gone."""
    new = await new_account(world, await link_for(people.orga), **phone)
    world.forgotten.add(people.ben.id)
    await new.taps(YES)
    return new
