"""What guests notice of their workshop: its door, language, tables and day, and who announcements are from."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from actions.exchange import outbox
from db.models import Broadcast, BroadcastState, Introduction, Person
from domain.outcomes.organising.broadcasts import BroadcastCopy
from domain.voice import Voice
from domain.written import Written
from tests.cast import agrees, guest, open_workshop
from tests.conversations.organising.test_workshops import card_of
from tests.world import OWNER


async def test_a_closed_workshop_lets_nobody_new_in_and_keeps_everybody(sqlite_world):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    code, orga = world.code, await world.organiser()
    waiting = await world.person("Cem")
    await waiting.start(f"w_{code}")
    await card_of(orga)
    asked = orga.newest
    assert "Geschlossen: Neue kommen" in await orga.taps("Schließen")
    ben = await world.person("Ben")
    await ben.start(f"w_{code}")
    assert "nimmt niemanden mehr auf" in ben.screen()
    assert "Für welche Werkstatt" in ben.last
    await agrees(waiting)
    assert "nimmt niemanden mehr auf" in waiting.screen(8)
    await open_workshop(world, code="BBBBBB", title="Andere")
    joined = await world.joined_already("Dora Dorn", code="BBBBBB")
    assert "nimmt niemanden mehr auf" in await joined.says(code)
    assert "Hier bist du schon dabei." in await ana.start(f"w_{code}")
    assert "steht inzwischen anders da" in await orga.presses(asked, asked.data_of("Schließen"))
    assert "wieder offen" in await orga.taps("Wieder öffnen")
    assert "Willkommen in dieser Werkstatt!" in await joined.says(code)


@pytest.mark.parametrize(
    ("language", "voice", "begins"),
    [
        ("de", None, "Schön, dass du da bist!"),
        ("de", Voice.SIE, "Schön, dass Sie da sind!"),
        ("de", Voice.EN, "Good to have you here!"),
        ("en", Voice.SIE, "Good to have you here!"),
    ],
)
async def test_newcomers_are_spoken_to_as_the_workshop_says(sqlite_world, language, voice, begins):
    await open_workshop(sqlite_world, code="AAAAAA", voice=voice)
    ana = await sqlite_world.person("Ana", language_code=language)
    await ana.start("w_AAAAAA")
    assert ana.last.startswith(begins)
    ben = await sqlite_world.person("Ben", language_code=language)
    await ben.start()
    await ben.says("aaaaaa")
    assert ben.last.startswith(begins), "the typed code is as good as the link"
    await agrees(ana)
    (stored,) = await sqlite_world.chosen(select(Person.voice).where(Person.chat_id == ana.id))
    assert stored is {"en": Voice.EN}.get(language, voice or Voice.DU)


async def test_a_poster_for_mps_puts_their_answer_first(sqlite_world, clock):
    """They still say themselves who they are; and before the day nobody is asked who they are here for today."""
    await open_workshop(sqlite_world, code="AAAAAA", day=clock.local.date().replace(day=28))
    for payload, first in (("w_AAAAAA-mp", "Bundestag oder Landtag"), ("w_AAAAAA", "Rathaus oder Landkreis")):
        ana = await sqlite_world.person("Ana")
        await ana.start(payload)
        await agrees(ana)
        assert ana.buttons[0] == first
        assert ana.last.startswith("Für wen bist du dabei?")
    assert await sqlite_world.rows(Person.role) == [None, None]


async def test_the_tables_of_the_day_have_names_and_end_with_it(sqlite_world, clock):
    """Ten o'clock: it opens at eleven and closes at five."""
    world, meets = (
        sqlite_world,
        {"opens": time(11), "closes": time(17), "tables": 1, "table_names": "Tisch am Fenster"},
    )
    workshop_id = await open_workshop(world, **meets)
    ana = await guest(world, workshop_id, "Ana Keller", seeks=("ehrenamt",))
    ben = await guest(world, workshop_id, "Ben Albrecht", offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    (intro,) = await world.rows(Introduction)
    assert f"{intro.expires_at.astimezone(clock.local.tzinfo):%H:%M}" == "17:00"
    await ben.taps("Kennenlernen")
    assert "Treffpunkt: Tisch am Fenster, ab 11 Uhr." in ben.last
    await clock.advance(hours=2)
    await ben.taps("Bin da")
    assert "Treffpunkt: Tisch am Fenster, am besten jetzt." in ben.last
    orga = await world.organiser()
    await card_of(orga)
    await orga.taps("Stehtische")
    await orga.says("Bühne")
    assert [each.last.count("Treffpunkt: Bühne, am besten jetzt.") for each in (ana, ben)] == [1, 1]


async def test_an_announcement_says_whom_its_organisers_chose(sqlite_world):
    world = sqlite_world
    for code, sender, said in (
        ("AAAAAA", "Stadt Erfurt", "Stadt Erfurt"),
        ("BBBBBB", None, "Werkstatt Berlin"),
    ):
        workshop_id = await open_workshop(world, code=code, sender=sender)
        ana = await guest(world, workshop_id, "Ana Keller")
        announced = Broadcast(
            workshop_id=workshop_id, author_chat_id=OWNER, message_id=1, state=BroadcastState.CONFIRMED,
            created_at=world.clock.now(), words=Written("Um zwei geht es weiter").stored(),
        )  # fmt: skip
        async with world.database.writer.begin() as session:
            session.add(announced)
            await session.flush()
            to = outbox.Recipient(ana.id, ana.row)
            outbox.owe(session, BroadcastCopy.Payload(announced.id), to, world.clock.now())
        await world.quiet()
        assert said in ana.messages[-1].text


async def test_before_the_day_nothing_is_said_to_be_today(sqlite_world, clock):
    """A question that nobody answers within a week, and a round that an organiser plans early."""
    world, day = sqlite_world, clock.local.date() + timedelta(days=20)
    workshop_id = await open_workshop(world, day=day)
    ana = await guest(world, workshop_id, "Ana Keller", seeks=("ehrenamt",))
    await guest(world, workshop_id, "Ben Albrecht", offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    await clock.advance(days=8)
    assert "Es hat zeitlich nicht gepasst." in ana.screen()
    orga = await world.organiser()
    assert f"nicht heute, sondern am {day.day}. Mai" in await orga.says("/runde")
