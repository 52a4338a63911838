"""A question that nobody answered is asked once more; one that was refused is not."""

from datetime import timedelta

import pytest

from db.models import Introduction, IntroState
from tests.conversations.matching.introducing import asks, seeker_and_helper


async def test_no_answer_is_asked_for_once_more_after_the_day(sqlite_world, clock):
    """On the next working day at ten; the asker hears of the yes, and nothing else."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=13)
    assert ana.last.endswith("Ich frage euch später noch einmal.")
    heard = len(ana.messages), len(ben.messages)
    await clock.to(clock.local.replace(hour=9, minute=59) + timedelta(days=1))
    assert (len(ana.messages), len(ben.messages)) == heard
    await clock.advance(minutes=2)
    assert ben.last.startswith("Ana Keller möchte dich kennenlernen")
    await clock.advance(days=30)
    assert (len(ana.messages), len(ben.messages)) == (heard[0], heard[1] + 1), "once"
    assert (await ben.says("/partner")).startswith("Ana Keller möchte dich kennenlernen")
    await ben.taps("Kennenlernen")
    assert ana.last.startswith("Ihr wollt euch beide kennenlernen!")


async def test_a_second_question_ends_in_silence(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(days=2)
    heard = len(ana.messages)
    await clock.advance(days=60)
    assert len(ana.messages) == heard
    assert await sqlite_world.rows(Introduction.state) == [IntroState.EXPIRED]
    await ben.taps("Kennenlernen")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


@pytest.mark.parametrize("hours", [1, 13])
async def test_a_refusal_is_not_asked_again(sqlite_world, clock, hours):
    """Whether it comes before or after the question's time is over."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=hours)
    await ben.taps("Lieber nicht")
    await clock.advance(hours=13)
    heard = len(ben.messages)
    await clock.advance(days=30)
    assert len(ben.messages) == heard
    assert await sqlite_world.rows(Introduction.state) == [IntroState.DECLINED]


async def test_nobody_who_pauses_is_asked_again(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=13)
    await ben.says("/pause")
    await ben.taps_data("pause:2")
    heard = len(ben.messages)
    await clock.advance(days=13)
    assert len(ben.messages) == heard
    await clock.advance(days=5)
    assert ben.last.startswith("Ana Keller möchte dich kennenlernen")
