"""The rhythm in the chat: day 7, one follow-up, the last fortnight, and why nothing comes."""

from datetime import datetime

from sqlalchemy import select

from db.models import Nudge
from domain.nudging import PassedOver
from tests.cast import pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import answers, questions


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


async def passed_over(world, person):
    found = select(Nudge).where(Nudge.person_id == person.row, Nudge.passed_over.is_(True)).order_by(Nudge.id)
    return {row.period.value: row.passed_over_for for row in await world.chosen(found)}


async def days_asked(world, person):
    return [when.strftime("%m-%d %H") for when in await questions(world, person)]


async def test_day_7_and_its_one_follow_up(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(days=8)
    assert "Gab es schon einen ersten kleinen Schritt?" in ben.last
    await answers(ben, number, "nothing", "w1")
    assert "notiert" in ben.screen(1)
    await world.clock.advance(days=10)
    assert len(await questions(world, ben)) == 1, "who has answered is not asked again"
    first, again = await questions(world, ana)
    assert (first.hour, again.hour, (again.date() - first.date()).days) == (10, 16, 7)
    assert "Kurz noch einmal" in ana.last
    await world.clock.advance(days=8)
    assert len(await questions(world, ana)) == 2


async def test_an_answer_to_the_follow_up_shows_where_it_was_tapped(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(days=16)
    await answers(ana, number, "moving", "w1")
    assert "notiert" in ana.screen(1)
    assert "Kurz noch einmal" not in ana.screen(1)


async def test_the_card_says_when_the_next_question_comes_and_why_not_now(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await ben.says("/versprechen")
    await ben.taps_data(f"pledge:{number}")
    await ben.taps("Kalender, Beleg und mehr")
    await ben.taps("Wann meldest du dich?")
    assert "Voraussichtlich am 19. April" in ben.last
    await ana.says("/pause")
    await ana.taps_data("pause:0")
    await ana.sends_button_data(f"when:{number}")
    assert "Du machst gerade Pause." in ana.last
    await ben.sends_button_data(f"when:{number}")
    assert "Pause" not in ben.last, "the other's pause is no reason of mine"


async def test_nobody_is_told_of_a_pledge_that_is_not_theirs(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    stranger = await world.joined_already("Cem Demir")
    await stranger.sends_button_data(f"when:{number}")
    assert "Voraussichtlich" not in stranger.last


async def test_what_a_later_question_replaced_is_noted_with_its_reason(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana)
    await world.clock.advance(months=1, hours=4)
    assert await passed_over(world, ben) == {"w1": PassedOver.LATER}
