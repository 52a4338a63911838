"""The pledge moment over the wire: opened at the desk, for everybody in the hall at once, and over by itself."""

from datetime import timedelta

from sqlalchemy import select, update

from actions.organising.pledge_moments import pledge_moments
from bot.app import operator_of
from db.models import Introduction, IntroState, Person, PledgeMoment, Suggestion, Workshop
from domain.outcomes.matching import Why
from domain.voice import Voice
from tests.cast import gather, guest, joined, pledge_row

ASKED = "Was nimmst du mit aus diesem Tag?"


async def hall(world, **more):
    people = await gather(world, ana={"name": "Ana Keller"}, ben={"name": "Ben Albrecht"}, **more)
    return await world.organiser(), people


async def opened(orga, minutes=10):
    await orga.says("/orga")
    await orga.taps("Versprechensrunde")
    await orga.taps(f"{minutes} Minuten")
    return await orga.taps("Jetzt öffnen")


def asked(person):
    return [each for each in person.messages if each.text.startswith(ASKED)]


async def matched(world, one, other):
    """These two have said yes to each other in the only workshop."""
    now = world.clock.now()
    async with world.database.writer.begin() as session:
        a, b = [await session.scalar(select(Person.id).where(Person.chat_id == p.id)) for p in (one, other)]
        shown = Suggestion(person_id=a, other_id=b, workshop_id=1, why=Why.SAME, shown_at=now)
        session.add(shown)
        await session.flush()
        both = {"state": IntroState.BOTH, "asked_at": now, "expires_at": now + timedelta(hours=9)}
        session.add(Introduction(workshop_id=1, asker_id=a, asked_id=b, suggestion_id=shown.id, **both))


async def test_everybody_in_the_hall_is_asked_at_once_and_one_tap_begins_the_pledge(world):
    orga, people = await hall(world)
    ana, ben = people["ana"], people["ben"]
    await matched(world, ana, ben)
    heard = await opened(orga)
    assert heard.startswith("Versprechensrunde bis 9:10 Uhr\nWerkstatt Berlin\nVersprechen heute: unter 5")
    await world.clock.advance(seconds=10)
    assert [len(asked(each)) for each in people.values()] == [1, 1]
    assert ana.buttons == ["Mit Ben Albrecht", "Wir stehen zusammen", "Jemand anderes", "Jetzt nicht"]
    assert "Ben Albrecht" in await ana.taps("Mit Ben Albrecht")
    assert "Unter /versprechen geht es" in await ben.taps("Jetzt nicht")
    await world.clock.advance(minutes=1)
    assert len(asked(ana)) == 1


async def test_it_ends_by_itself_and_what_was_made_is_counted_whoever_typed_it(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await opened(orga, 20)
    progress = orga.newest
    for old in ("moment_length:1:10", "moment_open:1:10:1"):
        await orga.sends_button_data(old)
    assert len(await world.rows(PledgeMoment)) == 1
    at = world.clock.now()
    async with world.database.writer.begin() as session:
        await session.execute(update(Workshop).values(gone_joined=5))  # of fewer nothing is told
    await world.add(*(pledge_row(1, None, None, at) for _ in range(5)))
    operator = operator_of(world.settings, world.bot.username)
    async with world.database.reader() as session:
        wall = await pledge_moments.on_the_wall(session, 1, at, operator, 5)
        assert wall == 5
        assert await pledge_moments.on_the_wall(session, 1, at + timedelta(minutes=21), operator, 5) is None
    await world.clock.advance(minutes=1)
    assert "Versprechen heute: 5" in orga.newest.text
    await world.clock.advance(minutes=20)
    assert orga.newest.text.startswith("Die Versprechensrunde ist zu Ende")
    assert orga.newest.id == progress.id
    late = await guest(world, 1, "Eva Sommer")
    await world.clock.advance(minutes=1)
    assert asked(late) == []
    await orga.says("/orga")
    assert "Wie lange soll sie offen sein?" in await orga.taps("Versprechensrunde")


async def test_who_is_writing_or_comes_later_is_asked_after_that(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    ana = people["ana"]
    await ana.says("/versprechen")
    await ana.taps_data("pledge_new")
    await ana.taps("Name suchen")
    await opened(orga)
    await world.clock.advance(seconds=30)
    assert (len(asked(ana)), len(asked(people["ben"]))) == (0, 1)
    await ana.says("/abbrechen")
    await world.clock.advance(seconds=30)
    assert len(asked(ana)) == 1
    eva = await joined(world, "Eva Sommer", until="summary")
    await world.clock.advance(seconds=30)
    assert asked(eva) == []
    await eva.taps_data("profile_ok")
    await world.clock.advance(seconds=30)
    assert len(asked(eva)) == 1


async def test_it_is_opened_once_however_often_it_is_tapped_and_ended_by_a_tap(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await opened(orga, 30)
    sure = orga.with_button("Jetzt öffnen")
    assert (await orga.taps("Jetzt öffnen", message=sure)).startswith("Versprechensrunde bis 9:30 Uhr")
    assert len(await world.rows(PledgeMoment.id)) == 1
    await orga.says("/orga")
    assert (await orga.taps("Versprechensrunde")).startswith("Versprechensrunde bis")
    assert (await orga.taps("Jetzt beenden")).startswith("Die Versprechensrunde ist zu Ende")
    await world.clock.advance(minutes=1)
    assert orga.with_data("moment:").text.startswith("Die Versprechensrunde ist zu Ende")


async def test_nobody_else_opens_or_ends_one_and_nobody_who_pauses_is_asked(sqlite_world):
    world = sqlite_world
    orga, people = await hall(
        world, eva={"name": "Eva Sommer", "paused": True}, dee={"name": "Dee Winter", "voice": Voice.EN}
    )
    ana = people["ana"]
    await ana.says("/hilfe")
    for data in ("moments", "moment_length:1:10", "moment_open:1:10:0"):
        await ana.sends_button_data(data)
        assert "nicht mehr aktuell" in ana.last
    assert await world.rows(PledgeMoment.id) == []
    await opened(orga)
    await world.clock.advance(seconds=30)
    await ana.sends_button_data("moment_end:1")
    assert "nicht mehr aktuell" in ana.last
    assert asked(people["eva"]) == []
    assert people["dee"].last.startswith("What do you take along from today?")
    await orga.sends_button_data("moment_open:1:11:1")
    assert len(await world.rows(PledgeMoment.id)) == 1


async def test_on_another_day_it_cannot_be_opened(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await world.clock.advance(days=1)
    await orga.says("/orga")
    assert "am Tag der Werkstatt: am 12. April" in await orga.taps("Versprechensrunde")
    await orga.sends_button_data("moment_open:1:10:0")
    assert await world.rows(PledgeMoment.id) == []
