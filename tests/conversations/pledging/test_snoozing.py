"""Later, please: a week, two, or after the sitting week; tapped, typed, or in reply; the pledge's day stays."""

from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from db.models import CalendarUpload, Nudge, Pledge
from domain.nudging import Period
from domain.pledges import State
from domain.roles import Role
from domain.terms import Term, TermKind
from tests.cast import guest, open_workshop, pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import a_month_on, asked, questions, without_day_7


async def sits(world, first, last, of="BT"):
    term, now = Term(TermKind.SITTING, of, first, last), world.clock.now()
    await world.add(CalendarUpload(terms=[term.as_stored()], problems=[], made_at=now, confirmed_at=now))


async def days(world, person):
    return [at.date() for at in await questions(world, person)]


@pytest.mark.parametrize(
    ("label", "on"), [("In 1 Woche", date(2027, 5, 19)), ("In 2 Wochen", date(2027, 5, 26))]
)
async def test_a_question_comes_again_when_it_was_put_off_to(sqlite_world, label, on):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    assert ben.buttons[-3:] == ["Anderes", "In 1 Woche", "In 2 Wochen"]
    await ben.taps(label)
    assert f"Ich frage am {on.day}. Mai wieder." in ben.last
    await world.clock.advance(days=15)
    assert (await days(world, ben))[1] == on


@pytest.mark.parametrize(
    ("words", "day"), [("in zwei Wochen", "26. Mai"), ("später", "19. Mai"), ("In 1 Woche", "19. Mai")]
)
async def test_it_can_be_said_in_words_also_hours_later_and_after_a_restart(sqlite_world, words, day):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    await world.clock.advance(hours=2)
    await world.restart()
    assert f"Ich frage am {day} wieder." in await ben.says(words)


async def test_it_can_be_said_in_reply_to_the_question(sqlite_world):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    question = ben.newest
    await ben.says("/hilfe")
    await ben.says("in zwei Wochen", reply_to=question.id)
    assert "Ich frage am 26. Mai wieder." in ben.screen(3)


async def test_in_parliament_it_can_wait_until_the_sitting_week_is_over(sqlite_world):
    world = sqlite_world
    workshop_id = await open_workshop(world)
    ana = await guest(world, workshop_id, "Ana Keller")
    cem = await guest(world, workshop_id, "Cem Demir", role=Role.MP, role_confirmed=True)
    await sealed_pledge(world, cem, ana)
    await without_day_7(world)
    await sits(world, date(2027, 5, 17), date(2027, 5, 21))
    await world.clock.advance(months=1, hours=4)
    assert cem.buttons[-3:] == ["In 1 Woche", "In 2 Wochen", "Nach der Sitzungswoche"]
    assert "Nach der Sitzungswoche" not in ana.buttons
    assert "Ich frage am 24. Mai wieder." in await cem.says("nach der Sitzungswoche")
    await world.clock.advance(days=14)
    assert (await days(world, cem))[-1] == date(2027, 5, 24)


async def asked_of(world, person):
    """This person's questions that were asked and not put off, each with its message."""
    mine = select(Nudge).where(Nudge.person_id == person.row, Nudge.outbox_id.is_not(None))
    return {row.period: row.outbox_id for row in await world.chosen(mine)}


async def test_nobody_puts_off_what_others_are_asked(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await a_month_on(world)
    before = await asked_of(world, ben)
    heard = await ana.sends_button_data(f"snooze:{before[Period.M1]}:1")
    assert "Dieser Knopf ist nicht mehr aktuell" in heard
    assert await asked_of(world, ben) == before


async def test_nothing_is_put_off_of_a_pledge_that_is_over(sqlite_world):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    before = await asked_of(world, ben)
    async with world.database.writer.begin() as session:
        await session.execute(update(Pledge).values(state=State.ENDED))
    assert "Dieser Knopf ist nicht mehr aktuell" in await ben.taps("In 1 Woche")
    assert await asked_of(world, ben) == before


async def test_the_day_itself_is_not_put_off(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana, months=1)
    world.clock.skip(datetime(2027, 5, 12, 11, tzinfo=BERLIN) - world.clock.now())
    await world.clock.advance(minutes=1)
    before = await asked_of(world, ben)
    assert "In 1 Woche" not in ben.buttons
    heard = await ben.sends_button_data(f"snooze:{before[Period.DEADLINE]}:1")
    assert "Dieser Knopf ist nicht mehr aktuell" in heard
    assert await asked_of(world, ben) == before


async def test_the_last_fortnight_keeps_its_days(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana, months=1)  # until 12 May: asked on day 7, 28 April, 7 and 12 May
    await world.clock.advance(days=8)
    await ben.taps("In 2 Wochen")
    assert "Ich frage am 28. April wieder, denn euer Tag ist nah." in ben.last
    await world.clock.advance(days=9)
    assert "In 2 Wochen" not in ben.buttons, "that would be the day itself"
    await ben.taps("In 1 Woche")
    await world.clock.advance(days=15)
    assert await asked(world, ben) == ["d3", "deadline"]
    assert (await days(world, ben))[-1] == date(2027, 5, 12)
