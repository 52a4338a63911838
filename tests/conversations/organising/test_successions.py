"""Whoever goes on with an MP's pledges is asked what the MP was asked, and the MP nothing more."""

from datetime import timedelta

from sqlalchemy import select

from db.models import CallEnd, HelpCall
from domain.nudging import Period
from domain.pledges import Blocker
from tests.cast import sealed_pledge
from tests.conversations.offices import house
from tests.conversations.organising.test_offices import link_in
from tests.conversations.pledges import without_day_7


async def passed_on(world):
    """Ben was asked about his pledge to Ana, and has passed it on to Dana; everybody, and the pledge's id."""
    people = await house(world, dana=False)
    number = await sealed_pledge(world, people.ben, people.ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await people.ana.says("/versprechen")
    now, more = world.clock.now(), {"blocker": Blocker.TIME, "named": False, "period": Period.M1}
    later = now + timedelta(days=7)
    await world.add(HelpCall(pledge_id=number, person_id=people.ben.row, made_at=now, look_at=later, **more))
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await people.ben.taps("Weitergeben")
    await people.dana.start(link_in(people.ben.newest))
    await people.dana.taps("Ja, ich übernehme")
    return people, number


async def test_an_open_question_is_put_to_the_successor(sqlite_world):
    people, number = await passed_on(sqlite_world)
    before = people.ben.last
    await sqlite_world.clock.advance(days=9)
    assert people.dana.shows(f"report:{number}:")
    assert people.ben.last == before
    assert "Ana" not in people.cem.last


async def test_nobody_is_sought_for_the_mp_any_more(sqlite_world):
    await passed_on(sqlite_world)
    assert await sqlite_world.chosen(select(HelpCall.end)) == [CallEnd.OVER]


async def test_an_mp_who_is_erased_later_goes_from_the_chat_of_the_other_party(sqlite_world):
    world = sqlite_world
    people, _ = await passed_on(world)
    assert any("Ben Albrecht" in each.text for each in people.ana.messages)
    await people.ben.says("/loeschen")
    await people.ben.taps_data("erase_yes")
    world.forgotten.add(people.ben.id)
    await world.quiet()
    assert not any("Ben" in each.text for each in people.ana.messages), people.ana.screen()
