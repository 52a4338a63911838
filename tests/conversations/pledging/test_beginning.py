"""Nobody named a day to talk: one of the two is asked to begin, once."""

from db.models import Pledge
from tests.cast import PAY, pair
from tests.conversations.pledges import beside_files, column_of, proposes

ASKED = "Vielleicht machst du den Anfang"


async def _agreed(world, acts="author"):
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY, acts=acts)
    await ana.taps_data(f"accept:{number}:")
    return ana, ben, number


def _asked(person):
    return [each for each in person.messages if ASKED in each.text]


async def test_the_promiser_is_asked_after_a_working_day_with_two_days(sqlite_world, clock):
    ana, ben, number = await _agreed(sqlite_world)
    await clock.advance(days=2, minutes=50)
    assert not _asked(ben)
    await clock.advance(minutes=20)
    (question,) = _asked(ben)
    assert not _asked(ana)
    assert question.buttons[2:] == ["Datum wählen", "Noch offen"]
    days = [data for _, data in question.keyboard if data.startswith(f"talk:{number}:2")]
    await ben.presses(question, days[0])
    day = await column_of(sqlite_world, number, Pledge.talk_on)
    assert days[0].endswith(f"{day:%Y%m%d}")
    assert f"{day.day}. " in beside_files(ana).text
    await clock.advance(days=3)
    assert len(_asked(ben)) <= 1


async def test_who_acts_is_asked_and_only_once(sqlite_world, clock):
    ana, ben, _ = await _agreed(sqlite_world, acts="partner")
    await clock.advance(days=9)
    assert len(_asked(ana)) == 1
    assert not _asked(ben)


async def test_an_answered_question_is_not_asked_again(sqlite_world, clock):
    ana, ben, number = await _agreed(sqlite_world)
    await ana.taps_data(f"talk:{number}:open")
    await clock.advance(days=9)
    assert not _asked(ana)
    assert not _asked(ben)


async def test_whoever_pauses_is_not_asked(sqlite_world, clock):
    _, ben, _ = await _agreed(sqlite_world)
    await ben.sends_button_data("pause:4")
    await clock.advance(days=9)
    assert not _asked(ben)


async def test_a_dialogue_is_not_interrupted(sqlite_world, clock):
    _, ben, _ = await _agreed(sqlite_world)
    await clock.advance(days=2, minutes=50)
    await ben.sends_button_data("pledge_search")
    await clock.advance(minutes=20)
    assert not _asked(ben)
    await clock.advance(minutes=30)
    assert len(_asked(ben)) == 1
