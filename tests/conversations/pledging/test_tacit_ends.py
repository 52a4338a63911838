"""After fourteen days without a word whose word stands is said, and the other may still speak for a week."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from domain.pledges import State
from domain.voice import Voice
from tests.cast import BUS, pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import (
    a_month_on,
    answers,
    asked,
    planned,
    questions,
    results,
    state_of,
    statuses,
)

# --- before its day


async def test_who_said_kept_is_not_asked_again_and_the_other_once(world):
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    assert "Sagst du nichts anderes, schließe ich es am 26. Mai so ab." in ana.last
    assert ben.last.endswith("Sagt Ana nichts anderes, schließe ich es am 26. Mai so ab.")
    asked = [len(await questions(world, each)) for each in (ana, ben)]
    heard = [len(each.messages) for each in (ana, ben)]
    await world.clock.to(datetime(2027, 5, 26, 9, 59, tzinfo=BERLIN))
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.to(datetime(2027, 5, 26, 10, 1, tzinfo=BERLIN))
    assert await state_of(world, number) is State.ENDED
    assert [len(await questions(world, each)) for each in (ana, ben)] == asked
    assert [len(each.messages) for each in (ana, ben)] == [n + 1 for n in heard]
    assert "Ergebnis: erfüllt, so sagst du es. Von Ana kam kein Widerspruch." in ben.last
    assert "Ergebnis: erfüllt, so sagt es Ben. Von dir kam kein Widerspruch." in ana.last
    assert await planned(world, ana) == await planned(world, ben) == []


async def test_the_wait_goes_over_the_next_question_without_one(sqlite_world):
    """Said two days before the next month's question: neither of the two is asked that one."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(months=2, days=-2)
    await answers(ben, number, "kept")
    asked = [len(await questions(world, each)) for each in (ana, ben)]
    await world.clock.advance(days=17)
    assert [len(await questions(world, each)) for each in (ana, ben)] == asked
    assert await state_of(world, number) is State.ENDED


@pytest.mark.parametrize(
    ("status", "question", "no"),
    [
        ("failed", "Ben sagt: nicht geklappt. Siehst du es auch so?", "Sehe ich nicht so"),
        ("solved", "Ben sagt: anders gelöst. Siehst du es auch so?", "Sehe ich nicht so"),
        ("kept", "Ben sagt: erfüllt. Siehst du es auch so?", "Noch nicht ganz"),
        ("ended", "Ben schlägt vor, das Versprechen gemeinsam zu beenden.", "Nein, es geht weiter"),
    ],
)
async def test_who_says_that_it_is_over_has_the_other_asked(sqlite_world, status, question, no):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await ben.sends_button_data(f"report:{number}:m1:{status}")
    assert question in ana.last
    assert no in ana.buttons
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED


async def test_a_failure_without_objection_is_told_to_both(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world, Voice.SIE, Voice.EN)
    await ben.sends_button_data(f"report:{number}:m1:failed")
    await ben.says("Zu spät angefangen.")
    await world.clock.advance(days=15)
    assert "Ergebnis: nicht geklappt, so sagt es Ben Albrecht. Von Ihnen kam kein Widerspruch." in ana.last
    assert "Zu spät angefangen." not in ana.last, "advice is for others"
    assert "Result: didn't work out, in your words. Ana did not object." in ben.last


# --- whoever sees it otherwise


async def test_both_hear_that_they_see_it_differently(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    question = ana.newest
    await ana.taps("Noch nicht ganz")
    assert "Du sagst: erfüllt. Ana sieht es noch anders." in ben.last
    assert "15 Minuten Gespräch helfen oft." in ben.last
    shown = next(each for each in ana.messages if each.id == question.id)
    assert "Ben sagt: erfüllt. Du siehst es anders, und Ben erfährt das von mir." in shown.text
    heard = len(ben.messages)
    await ana.sends_button_data(f"disagree:{number}", message_id=question.id)
    assert len(ben.messages) == heard, "said once"
    await world.clock.advance(days=20)
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(months=1)
    assert await asked(world, ana) == await asked(world, ben) == ["m1", "m2"]


async def test_no_it_goes_on_reaches_whoever_proposed_the_end(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world, Voice.DU, Voice.SIE)
    await ben.sends_button_data(f"report:{number}:m1:ended")
    await ana.taps("Nein, es geht weiter")
    assert "Ana Keller möchte weitermachen, statt gemeinsam zu beenden." in ben.last
    assert await state_of(world, number) is State.ACTIVE


async def test_to_answer_something_else_is_to_see_it_otherwise(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    nudge = ana.newest
    await answers(ben, number, "kept")
    await ana.taps("Noch nichts", message=nudge)
    assert "Du sagst: erfüllt. Ana sieht es noch anders." in ben.last
    await world.clock.advance(days=20)
    assert await state_of(world, number) is State.ACTIVE


async def test_what_was_seen_otherwise_is_not_closed_by_saying_it_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.taps("Noch nicht ganz")
    heard = len(ana.messages)
    for status in ("running", "kept"):
        await ben.sends_button_data(f"report:{number}:m1:{status}")
    assert len(ana.messages) == heard
    await world.clock.advance(days=20)
    assert await state_of(world, number) is State.ACTIVE


async def test_the_days_count_from_the_last_word(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await world.clock.advance(days=10)
    await ben.taps("Rückgängig")
    await ben.sends_button_data(f"report:{number}:m1:kept")
    assert "schließe ich es am 7. Juni so ab" in ana.last, "asked anew, since it is another day"
    await world.clock.advance(days=6)
    assert await state_of(world, number) is State.ACTIVE


async def test_an_end_said_on_the_day_meets_one_said_before(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(months=5, days=23)
    await answers(ben, number, "kept")
    await world.clock.advance(days=8)
    await ana.sends_button_data(f"report:{number}:deadline:partly")
    assert await state_of(world, number) is State.ENDED
    assert "Du sagst erfüllt, Ana sagt teilweise" in ben.last


async def test_a_note_to_an_older_answer_changes_nothing(sqlite_world):
    world = sqlite_world
    _, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await world.clock.advance(months=1, days=3)
    await answers(ben, number, "kept")
    await ben.sends_button_data(f"note:{number}:m1")
    await ben.says("Damals fing es an.")
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED
    assert "Ergebnis: erfüllt, so sagst du es." in ben.last


# --- after its day


async def on_its_day(world, *voices):
    ana, ben = await pair(world, *voices)
    number = await sealed_pledge(world, ben, ana, months=1)
    await world.clock.advance(months=1, hours=4)
    return ana, ben, number


async def test_who_answered_hears_how_it_went(sqlite_world):
    world = sqlite_world
    ana, ben, number = await on_its_day(world)
    await answers(ben, number, "partly", "deadline")
    await world.clock.advance(days=13)
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(days=1)
    assert await state_of(world, number) is State.ENDED
    assert "Ergebnis: teilweise, so sagst du es. Von Ana kam kein Widerspruch." in ben.last
    assert "Ergebnis: teilweise, so sagt es Ben. Von dir kam kein Widerspruch." in ana.last


async def test_the_silent_one_may_still_speak_for_a_week(sqlite_world):
    world = sqlite_world
    ana, ben, number = await on_its_day(world)
    await answers(ben, number, "kept", "deadline")
    await world.clock.advance(days=15)
    assert "Eine Woche lang kannst du noch sagen, wie es für dich ausging." in ana.last
    await ana.taps("Nachtragen")
    assert "So lassen" not in ana.buttons
    await ana.taps("Teilweise", message=results(ana)[0])
    assert "Ergebnis: Du sagst teilweise, Ben sagt erfüllt." in results(ana)[0].text
    assert "Ergebnis: Du sagst erfüllt, Ana sagt teilweise." in results(ben)[0].text


async def test_after_that_week_it_is_final(sqlite_world):
    world = sqlite_world
    ana, ben, number = await on_its_day(world)
    await answers(ben, number, "kept", "deadline")
    await world.clock.advance(days=23)
    heard = len(ben.messages)
    for data in (f"correct:{number}", f"report:{number}:deadline:failed"):
        await ana.sends_button_data(data)
        assert "Abgeschlossen am 26. Mai." in ana.last
    assert len(ben.messages) == heard
    assert await statuses(world) == ["kept"]


async def test_when_neither_says_a_word_it_ends_kindly(sqlite_world):
    world = sqlite_world
    ana, ben, number = await on_its_day(world, Voice.DU, Voice.EN)
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED
    assert "Von dir und von Ben habe ich dazu nichts gehört, und das ist in Ordnung." in ana.last
    assert "I heard nothing about it from you or from Ana, and that is all right." in ben.last


async def test_earlier_words_are_not_taken_for_how_it_ended(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, BUS)
    await world.clock.advance(months=1, hours=4)
    await ben.sends_button_data(f"report:{number}:m1:partly")
    await world.clock.advance(months=6)
    assert await state_of(world, number) is State.ENDED
    assert "Von dir und von Ana habe ich dazu nichts gehört" in ben.last


async def test_whoever_cannot_be_asked_holds_nobody_up(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, months=1)
    await ana.blocks()
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept", "deadline")
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED
    assert "Ergebnis: erfüllt, so sagst du es." in ben.last


async def test_a_downtime_over_the_day_asks_before_it_ends(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, months=1)
    await world.halt()
    world.clock._to(world.clock.now() + timedelta(days=75))
    await world.run()
    await world.clock.advance(days=3)
    assert await state_of(world, number) is State.ACTIVE
    assert ben.can(f"report:{number}:deadline:kept"), ben.screen()
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED


async def test_an_old_button_long_after_the_end_tells_nobody(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    heard = len(ana.messages)
    for days in (8, 32):
        await world.clock.advance(days=days)
        await ben.sends_button_data(f"report:{number}:m1:kept")
        assert "Abgeschlossen am 12. Mai." in ben.last
    assert len(ana.messages) == heard


async def test_a_damaged_name_keeps_no_pledge_open(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    async with world.database.writer.begin() as session:
        await session.execute(text("UPDATE persons SET name = x'00' WHERE id = :id"), {"id": ana.row})
    world.expected_errors = True
    await world.clock.advance(days=16)
    assert await state_of(world, number) is State.ENDED
    assert "So ging es aus" in ben.last
