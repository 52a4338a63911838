"""One announcement for several workshops: who gets it, from whom, who may let it out, and what a right is worth."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from actions.organising.broadcasts import running
from actions.organising.broadcasts.segments import Sights
from bot.app import operator_of
from db.models import Broadcast, Grant, Membership
from domain.team import TeamRole
from tests.cast import agreed, guest, open_workshop
from tests.conversations.organising.announcing import ROOM
from tests.conversations.organising.test_receipts import rows_of
from tests.world import OWNER

NORTH, SOUTH, EAST = "Werkstatt Nord", "Werkstatt Süd", "Werkstatt Ost"


async def halls(world):
    """Two workshops in Bavaria and one in Saxony; Cem is in both of Bavaria, and came to the southern one last."""
    orga = await world.organiser()
    titles = ((NORTH, "BY"), (SOUTH, "BY"), (EAST, "SN"))
    world.ids = {
        title: await open_workshop(world, title=title, code=title[-3:].upper() * 2, land=land)
        for title, land in titles
    }
    world.hall = {
        name: await guest(world, world.ids[title], f"{name} Muster", announcements=True)
        for name, title in (("Ana", NORTH), ("Ben", SOUTH), ("Cem", NORTH), ("Dora", EAST))
    }
    await joins(world, "Cem", SOUTH)
    return orga


async def joins(world, name, title):
    at = world.clock.now() + timedelta(seconds=1)
    await world.add(Membership(person_id=world.hall[name].row, workshop_id=world.ids[title], joined_at=at))


async def of_the_team(world, name, *titles):
    """Somebody who organises these workshops, and takes part in none."""
    person = await world.person(name)
    row = agreed(person.id, world.clock.now(), yes=(), name=f"{name} Team")
    await world.add(row)
    world.stage.ledger.phone(person.id).started = True
    for title in titles:
        await world.add(
            Grant(
                person_id=row.id, role=TeamRole.ORGANISER, workshop_id=world.ids[title],
                granted_at=world.clock.now(),
            )
        )  # fmt: skip
    person.row = row.id
    return person


def senders(world):
    """By name, from which workshops the announcement came."""
    said = f"{ROOM}\n\nVom Team: "
    return {
        name: [each.text.removeprefix(said) for each in person.messages if each.text.startswith(said)]
        for name, person in world.hall.items()
    }


async def begins_in(orga, title):
    await orga.says("/ankuendigung")
    await orga.taps(title)
    return await orga.says(ROOM)


async def chooses(orga, *labels):
    await orga.taps("Werkstätten")
    for label in labels:
        await orga.taps(label)
    await orga.taps("Zurück")


async def test_it_goes_to_whoever_is_in_one_of_them_and_to_nobody_twice(world):
    orga = await halls(world)
    await begins_in(orga, NORTH)
    assert "An welche Werkstätten?" in await orga.taps("Werkstätten")
    assert orga.buttons == [
        "Alle Werkstätten (unter 5)", "Alle in Bayern (unter 5)", "Werkstatt Ost (unter 5)",
        "Werkstatt Süd (unter 5)", "mit: Werkstatt Nord (unter 5)", "Zurück", "Abbrechen",
    ]  # fmt: skip
    await orga.taps("Werkstatt Süd")
    assert f"2 Werkstätten: {NORTH} · {SOUTH}\nGeht an: alle.\n" in orga.last
    assert "mit: Werkstatt Süd (unter 5)" in orga.buttons
    await orga.taps("Zurück")
    assert not any("Hinweis für heute" in each for each in orga.buttons), "a notice is for one workshop"
    await orga.taps("Zur Vorschau")
    assert orga.last.startswith(
        f"So geht es an 3 Menschen\n2 Werkstätten: {NORTH} · {SOUTH}\nGeht an: alle.\n"
    )
    assert "Darunter: Ana Muster, Ben Muster, Cem Muster" in orga.last
    await orga.says("3")
    await world.clock.advance(minutes=1)
    assert senders(world) == {"Ana": [NORTH], "Ben": [SOUTH], "Cem": [SOUTH], "Dora": []}
    assert "Zugestellt (3): Ana Muster (Werkstatt Nord), Ben Muster (Werkstatt Süd), Cem" in await orga.taps(
        "Wer hat sie bekommen?"
    )
    await orga.taps("Liste als Nachweis")
    assert [row[:2] for row in await rows_of(world, orga.newest)] == [
        ["Name", "Werkstatt"], ["Ana Muster", NORTH], ["Ben Muster", SOUTH], ["Cem Muster", SOUTH],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("taps", "gets"),
    [
        (("Alle Werkstätten",), {"Ana", "Ben", "Cem", "Dora"}),
        (("Alle in Bayern",), {"Ana", "Ben", "Cem"}),
        (("Alle Werkstätten", "Alle Werkstätten"), {"Ana", "Cem"}),
        (("Werkstatt Süd", "mit: Werkstatt Süd"), {"Ana"}),
        (("Werkstatt Süd", "mit: Werkstatt Nord"), {"Ben"}),
        (("mit: Werkstatt Nord",), {"Ana", "Cem"}),
    ],
    ids=["all", "a Land", "all and none", "one ruled out", "another than it began in", "one is left"],
)
async def test_workshops_are_chosen_and_ruled_out_by_tapping(sqlite_world, taps, gets):
    world = sqlite_world
    orga = await halls(world)
    await begins_in(orga, NORTH)
    await chooses(orga, *taps)
    await orga.taps("Zur Vorschau")
    assert f"So geht es an {len(gets) if len(gets) > 1 else 'einen'} Mensch" in orga.last
    await orga.says(str(len(gets)))
    await world.clock.advance(minutes=1)
    assert {name for name, got in senders(world).items() if len(got) == 1} == gets
    assert sum(map(len, senders(world).values())) == len(gets)


async def rike_announces(world, *to):
    """Rike organises the two of Bavaria; so does the owner, who looks twice."""
    await halls(world)
    rike = await of_the_team(world, "Rike", NORTH, SOUTH)
    await begins_in(rike, NORTH)
    await chooses(rike, *to)
    await rike.taps("Zur Vorschau")
    return rike


async def ends(world, person, title):
    async with world.database.writer.begin() as session:
        theirs = (Grant.person_id == person.row, Grant.workshop_id == world.ids[title])
        await session.execute(delete(Grant).where(*theirs))


async def test_only_who_organises_all_of_them_looks_twice(world):
    rike = await rike_announces(world, SOUTH)
    narrow = await of_the_team(world, "Uwe", NORTH)
    await rike.taps("Um Bestätigung bitten")
    assert not narrow.messages, "Uwe has no say in the south"
    wide = await of_the_team(world, "Ida", NORTH, SOUTH)
    for person, number in ((wide, "Ankündigung (1)"), (narrow, "Ankündigung"), (rike, "Ankündigung")):
        await person.says("/orga")
        assert number in person.buttons
    (broadcast,) = await world.rows(Broadcast)
    for data in (
        f"broadcast_go:{broadcast.id}:3",
        f"broadcast_drop:{broadcast.id}",
        f"segments:{broadcast.id}",
    ):
        assert "nicht mehr aktuell" in await narrow.sends_button_data(data)
    await world.people[OWNER].taps("Bestätigen")
    await world.clock.advance(minutes=1)
    assert {name for name, got in senders(world).items() if got} == {"Ana", "Ben", "Cem"}
    for data in (f"broadcast_do:{broadcast.id}:recall", f"receipts:{broadcast.id}"):
        assert "nicht mehr aktuell" in await narrow.sends_button_data(data)


async def test_where_nobody_organises_all_of_them_the_count_is_typed(sqlite_world):
    world = sqlite_world
    world.settings = world.settings.model_copy(update={"owners": frozenset()})
    await world.restart()
    rike = await rike_announces(world, SOUTH)
    assert "Schreib mir die Zahl 3" in rike.last
    assert not any(senders(world).values())


async def test_a_draft_goes_to_no_workshop_that_its_author_has_lost(sqlite_world):
    world = sqlite_world
    rike = await rike_announces(world, SOUTH)
    await rike.taps("Um Bestätigung bitten")
    owner = world.people[OWNER]
    card = owner.with_button("Bestätigen")
    await ends(world, rike, NORTH)
    again = await owner.presses(card, card.data_of("Bestätigen"))
    assert again.startswith(f"Eine Ankündigung an 2 Menschen\n{SOUTH}\nGeht an: alle.\nSeit dem ersten Blick")
    await owner.taps("Bestätigen")
    await world.clock.advance(minutes=1)
    assert senders(world) == {"Ana": [], "Ben": [SOUTH], "Cem": [SOUTH], "Dora": []}


async def test_of_one_that_waits_for_its_time_only_what_is_still_the_authors_goes_out(world):
    rike = await rike_announces(world, SOUTH)
    await rike.taps("Später senden")
    await rike.says("um 15 Uhr")
    await rike.taps("Um Bestätigung bitten")
    await world.people[OWNER].taps("Bestätigen")
    await ends(world, rike, SOUTH)
    await world.clock.advance(hours=7)
    assert senders(world) == {"Ana": [NORTH], "Ben": [], "Cem": [NORTH], "Dora": []}
    assert "Ben Muster" not in await rike.taps("Wer hat sie bekommen?")
    await ends(world, rike, NORTH)
    broadcast = (await world.rows(Broadcast))[-1]
    assert "nicht mehr aktuell" in await rike.sends_button_data(f"receipts:{broadcast.id}")


async def test_a_copy_that_is_owed_does_not_reach_a_workshop_that_was_lost_meanwhile(sqlite_world):
    world = sqlite_world
    rike = await rike_announces(world, SOUTH)
    async with world.database.writer.begin() as session:
        broadcast = await session.get_one(Broadcast, 1)
        operator = operator_of(world.settings, world.bot.username)
        await running.set_out(Sights(session, world.clock.now(), operator), broadcast)
        theirs = (Grant.person_id == rike.row, Grant.workshop_id == world.ids[SOUTH])
        await session.execute(delete(Grant).where(*theirs))
    await world.clock.advance(minutes=1)
    assert senders(world) == {"Ana": [NORTH], "Ben": [], "Cem": [NORTH], "Dora": []}


async def test_workshops_of_others_do_not_exist(sqlite_world):
    world = sqlite_world
    await halls(world)
    rike = await of_the_team(world, "Rike", NORTH, SOUTH)
    await begins_in(rike, NORTH)
    (broadcast,) = await world.rows(Broadcast)
    assert EAST not in await rike.taps("Werkstätten") + str(rike.buttons)
    for value in (world.ids[EAST], 4711, "SN", "Alle", "-1", ""):
        tampered = f"segment_is:{broadcast.id}:workshop:{value}"
        assert "nicht mehr aktuell" in await rike.sends_button_data(tampered), value
    await rike.sends_button_data(f"segment_is:{broadcast.id}:workshop:all")
    assert f"2 Werkstätten: {NORTH} · {SOUTH}" in rike.last
    await rike.taps("Zurück")
    await rike.taps("Zur Vorschau")
    assert "So geht es an 3 Menschen" in rike.last
    other = await of_the_team(world, "Olaf", EAST)
    await other.says("/orga")
    (broadcast,) = [each for each in await world.rows(Broadcast) if each.state == "draft"]
    for data in (f"segment_is:{broadcast.id}:workshop:{world.ids[EAST]}", f"broadcast_go:{broadcast.id}:3"):
        assert "nicht mehr aktuell" in await other.sends_button_data(data)


async def test_whoever_comes_later_to_any_of_them_gets_the_last_one(world):
    orga = await halls(world)
    await begins_in(orga, NORTH)
    await chooses(orga, "Werkstatt Süd")
    await orga.taps("Zur Vorschau")
    await orga.says("3")
    await world.clock.advance(minutes=3)
    late = {
        title: await guest(world, world.ids[title], f"{title} Spät", announcements=True)
        for title in world.ids
    }
    await joins(world, "Ana", SOUTH)
    await world.clock.advance(minutes=3)
    got = {
        title: [each.text for each in person.messages if ROOM in each.text] for title, person in late.items()
    }
    said = f"{ROOM}\n\nVom Team: {{}}\nAngekündigt um 09:00 Uhr, für alle, die später gekommen sind"
    assert got == {NORTH: [said.format(NORTH)], SOUTH: [said.format(SOUTH)], EAST: []}
    assert senders(world)["Ana"] == [NORTH], "who had it has it once"
