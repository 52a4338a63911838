"""A text of another person's is reported: the team looks at it, and says what follows; nobody hears who it was."""

import pytest
from sqlalchemy import select, text

from db.models import Audit, Complaint, Person
from tests.cast import guest, open_workshop
from tests.conversations.pledges import a_month_on, answers, proposes
from tests.world import OWNER, running_world

RUDE = "Ich sage dir jetzt einmal die Meinung."


async def reported(world):
    """Ana reports what Ben proposes."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht")
    orga = await world.organiser()
    await proposes(ben, ana, RUDE)
    assert ana.buttons[-1] == "Melden"
    said = await ana.taps("Melden")
    assert said.startswith("Danke, das Team sieht es sich an.")
    return ana, ben, orga


async def test_the_team_reads_it_and_both_hear_no_more_than_they_should(world):
    ana, ben, orga = await reported(world)
    heard = len(ben.messages)
    await ana.taps("Melden")
    assert await world.count(Complaint) == 1, "twice is once"
    assert "Gemeldete Texte (1)" in (await orga.says("/orga"), orga.buttons)[1]
    shown = await orga.taps("Gemeldete Texte")
    assert shown.startswith(f"1 gemeldeter Text\nGeschrieben von: Ben Albrecht\n„{RUDE}“")
    assert "Ana" not in shown, "not who reported it"
    assert await orga.taps("Wir sprechen darüber") == (
        "Kein gemeldeter Text wartet.\nMeldet jemand einen, erscheint er hier."
    )
    assert ana.last.startswith(
        "Zu der Meldung von neulich\nDas Team hat den Text gelesen und spricht darüber"
    )
    assert len(ben.messages) == heard
    assert not any("Gemeldet" in label for label in (await orga.says("/orga"), orga.buttons)[1])
    writer = (await world.chosen(select(Person.id).where(Person.chat_id == ben.id)))[0]
    looks = await world.chosen(select(Audit.action).where(Audit.person_id == writer).order_by(Audit.id))
    assert looks == ["saw reported text", "settled reported text: spoken"]


async def test_only_organisers_and_only_once(sqlite_world):
    _ana, ben, orga = await reported(sqlite_world)
    unknown = await ben.sends_button_data("nothing_of_ours:1")
    assert await ben.sends_button_data("complaints") == unknown
    assert await ben.sends_button_data("complaint_settle:1:fine") == unknown
    await ben.sends_button_data("complain:1")
    assert await sqlite_world.count(Complaint) == 1, "nobody reports their own sentence"
    await orga.says("/orga")
    await orga.taps("Gemeldete Texte")
    settled = orga.newest
    await orga.taps("In Ordnung")
    assert "nicht mehr aktuell" in await orga.sends_button_data(
        "complaint_settle:1:fine", message_id=settled.id
    )


async def test_it_ends_with_whoever_wrote_it_and_a_month_after_it_was_settled(sqlite_world, clock):
    world = sqlite_world
    _, ben, orga = await reported(world)
    await orga.says("/orga")
    await orga.taps("Gemeldete Texte")
    await orga.taps("In Ordnung")
    await clock.advance(days=29)
    assert await world.count(Complaint) == 1
    await clock.advance(days=2)
    assert await world.count(Complaint) == 0
    ana = world.people[next(iter(world.people))]
    await proposes(ben, ana, f"{RUDE} Noch einmal.")
    await ana.taps("Melden")
    await orga.says("/orga")
    await orga.taps("Gemeldete Texte")
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert await world.count(Complaint) == 0
    await world.quiet()
    assert not any("Meinung" in each.text for each in orga.messages)


async def test_a_reported_text_that_names_whoever_reported_it_goes_with_them(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht")
    orga = await world.organiser()
    await proposes(ben, ana, "Ich sage Ana Keller einmal die Meinung.")
    await ana.taps("Melden")
    await orga.says("/orga")
    assert "Ana Keller" in await orga.taps("Gemeldete Texte")
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    await world.quiet()
    assert not any("Keller" in each.text for each in orga.messages)


@pytest.mark.parametrize("damaged", ["writer", "reporter", "words"])
async def test_what_is_damaged_does_not_hold_up_the_desk(sqlite_world, damaged):
    world = sqlite_world
    ana, ben, orga = await reported(world)
    await proposes(ben, ana, f"{RUDE} Noch einmal.")
    await ana.taps("Melden")
    table, column, row = {
        "writer": ("persons", "name", ben.row), "reporter": ("persons", "name", ana.row),
        "words": ("complaints", "words", 1),
    }[damaged]  # fmt: skip
    async with world.database.writer.begin() as session:
        await session.execute(text(f"UPDATE {table} SET {column} = x'00' WHERE id = {row}"))
    world.expected_errors = True
    await orga.says("/orga")
    shown = await orga.taps("Gemeldete Texte")
    assert ("Noch einmal" in shown) is (damaged == "words")
    await orga.taps("In Ordnung")
    assert ana.last.startswith("Zu der Meldung von neulich")


async def test_nobody_judges_their_own_text(sqlite_url):
    """Orga writes it, Ana reports it: the other organiser sees it, and Orga does not even hear that it was reported."""
    async with running_world(sqlite_url, owners=frozenset({OWNER, 9002})) as world:
        workshop = await open_workshop(world)
        ana = await guest(world, workshop, "Ana Keller")
        orga = await guest(world, workshop, "Orga Nisator", phone={"id": OWNER})
        other = await guest(world, workshop, "Ora Ganz", phone={"id": 9002})
        await proposes(orga, ana, RUDE)
        await ana.taps("Melden")
        await orga.says("/orga")
        assert not orga.can("complaints")
        assert await orga.sends_button_data("complaints") == (
            "Kein gemeldeter Text wartet.\nMeldet jemand einen, erscheint er hier."
        )
        await orga.sends_button_data("complaint_settle:1:fine")
        assert await world.rows(Complaint.settled_at) == [None]
        await other.says("/orga")
        assert RUDE in await other.taps("Gemeldete Texte")
        await other.taps("In Ordnung")
        assert ana.last.startswith("Zu der Meldung von neulich")


async def test_a_sole_organiser_judges_no_text_of_their_own_and_the_reporter_is_told(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    orga = await guest(world, workshop, "Orga Nisator", phone={"id": OWNER})
    await proposes(orga, ana, RUDE)
    assert "Er wartet, bis eine zweite Person aus dem Team ihn ansieht." in await ana.taps("Melden")
    await orga.says("/orga")
    assert not orga.can("complaints")
    await orga.sends_button_data("complaint_settle:1:fine")
    assert await world.rows(Complaint.settled_at) == [None]


async def test_a_note_is_reported_where_it_is_read(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await ben.taps("Ein Satz dazu")
    assert "Das klingt nach einer Bitte um PIN" in await ben.says("Gib mir bitte deine PIN.")
    assert "Gib niemandem PIN oder Passwort." in await ana.sends_button_data(f"pledge:{number}")
    assert (await ana.taps("Melden")).startswith("Danke, das Team sieht es sich an.")
    assert await world.rows(Complaint.words) == ["Gib mir bitte deine PIN."]
