"""Whoever comes later on the day gets the last announcement that is for them, and reads when it went out."""

from domain.roles import Role
from tests.conversations.organising.announcing import ROOM, SENDER, begin, got, hall

LATE = f"{SENDER}\nAngekündigt um"
ENDING = " Uhr, für alle, die später gekommen sind"


async def announced(world, orga, words, whom, count):
    await begin(orga, words)
    await orga.taps(whom)
    await orga.says(count)
    await world.clock.advance(minutes=3)


def late(person):
    return [
        each.text.removesuffix(" Uhr, für alle, die später gekommen sind")
        for each in person.messages
        if LATE in each.text
    ]


async def test_only_the_last_one_that_is_for_them(world):
    orga, people = await hall(world)
    await announced(world, orga, "Kaffee ist da", "An alle", "3")
    await announced(world, orga, ROOM, "An alle", "3")
    await announced(world, orga, "Fraktion im Raum 3", "Abgeordnete", "1")
    guel = await world.joined_already("Gül Aksoy")
    mp = await world.joined_already("Ina Rot", role=Role.MP, role_confirmed=True)
    quiet = await world.joined_already("Ole Klein", announcements=False)
    await world.clock.advance(minutes=3)
    assert late(guel) == [f"{ROOM}\n\n{LATE} 09:03"]
    assert late(mp) == [f"Fraktion im Raum 3\n\n{LATE} 09:06"]
    assert late(quiet) == []
    assert [got(each) for each in people.values()] == [1, 1, 1, 0], "who had it has it once"
    await world.clock.advance(minutes=3)
    assert len(late(guel)) == len(late(mp)) == 1
    await announced(world, orga, "Schluss für heute", "An alle", "5")
    assert len(late(guel)) == 1
    assert got(guel, "Schluss für heute") == 1


async def test_a_notice_of_the_day_is_for_all_who_come_and_nothing_after_the_day(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await begin(orga)
    await orga.taps("Hinweis für heute")
    await orga.taps("Jetzt senden")
    await world.clock.advance(minutes=3)
    quiet = await world.joined_already("Ole Klein", announcements=False)
    await world.clock.advance(minutes=3)
    assert late(quiet) == [f"{ROOM}\n\n{LATE} 09:00"]
    await world.clock.advance(days=1)
    assert late(await world.joined_already("Uta Lang")) == []


async def test_what_was_taken_back_is_not_for_them_either(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await begin(orga)
    await orga.taps("An alle")
    await orga.says("3")
    await orga.taps("Zurückholen")
    await world.clock.advance(minutes=1)
    guel = await world.joined_already("Gül Aksoy")
    await world.clock.advance(minutes=3)
    assert late(guel) == []
