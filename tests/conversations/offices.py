"""An MP with an office of two, and a mayor who has a pledge of theirs."""

from dataclasses import dataclass

from db.models import OfficeSeat
from domain.roles import Role
from domain.voice import Voice
from tests.cast import BUS, guest, open_workshop, sealed_pledge
from tests.conversations.pledges import without_day_7


@dataclass(frozen=True)
class House:
    """Ben is the MP, Cem and Dana are the office, Ana is the mayor."""

    ana: object
    ben: object
    cem: object
    dana: object
    workshop: int


async def house(world, *, dana=True):
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    staff = [
        await guest(world, workshop, name, role=Role.OFFICE, voice=Voice.SIE)
        for name in ("Cem Demir", "Dana Vogt")
    ]
    for each in staff if dana else staff[:1]:
        await seated(world, ben, each)
    return House(ana, ben, *staff, workshop)


async def seated(world, mp, staff, **more):
    """They act for the MP from now on; the seat's id."""
    now = world.clock.now()
    row = OfficeSeat(mp_id=mp.row, staff_id=staff.row, asked_at=now, **{"confirmed_at": now, **more})
    await world.add(row)
    return row.id


async def a_month_on(world, **more):
    """Everybody a month after Ben's pledge to Ana, just asked about it; and its id."""
    all_of_them = await house(world, **more)
    number = await sealed_pledge(world, all_of_them.ben, all_of_them.ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    return all_of_them, number


__all__ = ["BUS", "House", "a_month_on", "house", "seated"]
