"""When the clock speaks: questions from ten on, other news by day, and answers at once."""

from datetime import date, datetime

from sqlalchemy import select

from db.models import Outgoing
from tests.cast import guest, open_workshop, pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import a_month_on, questions, without_day_7


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


async def sent(world, kind):
    rows = await world.chosen(select(Outgoing).where(Outgoing.kind == kind))
    return [row.sent_at.astimezone(BERLIN) for row in rows]


async def test_a_question_that_waited_overnight_comes_at_ten(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await world.clock.to(berlin(2027, 5, 12, 22, 0))
    await ben.taps_data("resume")
    await world.clock.to(berlin(2027, 5, 13, 12, 0))
    assert [at.hour for at in await questions(world, ben)] == [10]


async def test_nobody_is_asked_on_a_holiday_of_a_part_of_their_land(sqlite_world):
    """Corpus Christi: a day off in some communities in Saxony, and an ordinary Thursday in Berlin."""
    world = sqlite_world
    workshop_id = await open_workshop(world)
    ana = await guest(world, workshop_id, "Ana Keller", place="Dresden")
    ben = await guest(world, workshop_id, "Ben Albrecht", place="Berlin")
    await world.clock.to(berlin(2027, 4, 27, 12, 0))
    await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.to(berlin(2027, 5, 28, 12, 0))
    assert [at.date() for at in await questions(world, ana)] == [date(2027, 5, 28)]
    assert [at.date() for at in await questions(world, ben)] == [date(2027, 5, 27)]


async def test_who_took_the_consent_back_at_night_is_erased_by_day(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    await world.clock.to(berlin(2027, 4, 13, 2, 10))
    await ana.says("/widerruf")
    await ana.taps_data("consent_off:K")
    await world.clock.advance(days=8)
    world.forgotten.add(ana.id)
    (at,) = await sent(world, "Erased")
    assert (at.date(), at.hour) == (date(2027, 4, 20), 8)


async def test_no_card_comes_just_after_midnight(sqlite_world):
    world = sqlite_world
    workshop_id = await open_workshop(world, day=date(2027, 4, 13))
    ana = await guest(world, workshop_id, "Ana Keller")
    await ana.says("/partner")
    await world.clock.to(berlin(2027, 4, 12, 23, 50))
    await guest(world, workshop_id, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    heard = len(ana.messages)
    await world.clock.to(berlin(2027, 4, 13, 7, 59))
    assert len(ana.messages) == heard
    await world.clock.to(berlin(2027, 4, 13, 8, 1))
    assert "Ben Albrecht" in ana.last


async def test_an_expiry_at_night_is_heard_in_the_morning(sqlite_world):
    world = sqlite_world
    workshop_id = await open_workshop(world)
    await world.clock.to(berlin(2027, 4, 12, 22, 30))
    ana = await guest(world, workshop_id, "Ana Keller")
    await guest(world, workshop_id, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    await world.clock.advance(days=1)
    (at,) = await sent(world, "IntroExpired")
    assert (at.date(), at.hour) == (date(2027, 4, 13), 8)


async def test_a_nudge_reminds_of_the_sentence_below_its_first_line(sqlite_world):
    world = sqlite_world
    ana, _, _ = await a_month_on(world)
    first, second, *_ = ana.last.split("\n")
    assert first == "Ehrenamtspauschale · Ben Albrecht"
    assert second == "„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“"
    assert "expandable_blockquote" in [entity["type"] for entity in ana.newest.entities]
