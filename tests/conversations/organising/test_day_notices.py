"""Notices of the day ("Raum geändert"): one organiser lets them out alone, to whoever is in the workshop today."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Membership, Person
from tests.cast import open_workshop
from tests.conversations.organising.announcing import ROOM, SECOND, SENDER, begin, got, hall
from tests.world import OWNER, running_world

NOTICE = "Hinweis für heute (unter 5)"


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners, both at work."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        world.second = await world.person("Zweite", id=SECOND)
        await world.second.start()
        yield world


async def test_one_organiser_lets_it_out_and_the_other_reads_it(team):
    """Eva gets it, who wants no announcements; nobody is asked for a second look."""
    orga, people = await hall(team)
    await begin(orga)
    assert orga.buttons[:3] == ["An alle (unter 5)", "Abgeordnete (unter 5)", NOTICE]
    heard = await orga.taps(NOTICE)
    assert (
        f"{ROOM}\n\n{SENDER}\n\nSo geht der Hinweis an 4 Menschen\nWerkstatt Berlin\nDarunter: Ana" in heard
    )
    assert "Das Team liest mit." in heard
    assert orga.buttons == ["Jetzt senden (4)", "Test an mich", "Empfänger ändern", "Abbrechen"]
    go = orga.newest.data_of("Jetzt senden (4)")
    assert "nicht mehr aktuell" in await team.second.sends_button_data(go), "it is its author's"
    await orga.taps("Jetzt senden")
    await team.clock.advance(minutes=1)
    assert [got(each) for each in people.values()] == [1] * 4
    assert orga.last.startswith("Die Ankündigung ist durch\nInsgesamt: 4\nZugestellt: 4")
    copy, told = team.second.messages[-2:]
    assert copy.text == f"{ROOM}\n\n{SENDER}"
    assert told.text == (
        "Ein Hinweis für heute ist unterwegs\nWerkstatt Berlin\n"
        "Jemand aus dem Team hat ihn gerade an 4 Menschen geschickt. Der Text steht darüber."
    )


async def test_only_text_without_links_is_one(sqlite_world):
    orga, _ = await hall(sqlite_world)
    await begin(orga, "Alles steht auf https://example.org")
    assert "Hinweis" not in " ".join(orga.buttons)
    await orga.taps("Abbrechen")
    await begin(orga)
    await orga.taps(NOTICE)
    mine = max(each["message_id"] for each in sqlite_world.messages(orga.id) if each.get("out"))
    assert "An wen?" in await orga.edits(mine, "Jetzt auf https://example.org"), "it is none any more"
    assert "Hinweis" not in " ".join(orga.buttons)


async def test_it_is_for_its_day(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin(orga)
    await orga.taps(NOTICE)
    go = orga.newest
    await world.clock.advance(days=1)
    assert "nicht mehr aktuell" in await orga.presses(go, go.data_of("Jetzt senden (4)"))
    assert not any(got(each) for each in people.values())
    await begin(orga, "Und morgen?")
    assert "Hinweis" not in " ".join(orga.buttons)


async def test_whoever_is_elsewhere_by_now_is_left_alone(sqlite_world):
    """Ana has gone on to another workshop of this day, and Ben pauses."""
    world = sqlite_world
    orga, people = await hall(world)
    await open_workshop(world, title="Werkstatt Nebenan", code="NEBEN2")
    later = world.clock.now() + timedelta(minutes=1)
    ana = people["ana"]
    await world.add(Membership(person_id=await person_id(world, ana), workshop_id=2, joined_at=later))
    await people["ben"].says("/pause")
    await people["ben"].taps("1 Woche")
    await orga.says("/ankuendigung")
    await orga.taps("Werkstatt Berlin")
    await orga.says(ROOM)
    await orga.taps(NOTICE)
    await orga.taps("Jetzt senden (2)")
    await world.clock.advance(minutes=1)
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [0, 0, 1, 1]


async def person_id(world, person):
    return (await world.chosen(select(Person.id).where(Person.chat_id == person.id)))[0]


async def test_an_mp_who_has_said_that_they_leave_is_left_alone(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await people["ben"].says("Ich muss los")
    await orga.taps(NOTICE)
    await orga.taps("Jetzt senden (3)")
    await sqlite_world.clock.advance(minutes=1)
    assert [got(each) for each in people.values()] == [1, 0, 1, 1]
