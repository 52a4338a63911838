"""How a pledge ends: both say it, both hear it; on its day, before it, and when the day falls into a pause."""

from domain.nudging import Period
from domain.pledges import State
from domain.voice import Voice
from tests.cast import BUS, PAY, pair, sealed_pledge
from tests.conversations.pledges import (
    a_month_on,
    answers,
    noted,
    planned,
    questions,
    results,
    state_of,
    without,
)

# --- before its day


async def test_whoever_says_kept_has_the_other_asked_once(sqlite_world):
    ana, ben, number = await a_month_on(sqlite_world)
    nudge = ben.newest
    await answers(ben, number, "kept")
    assert ana.last.startswith("Eine Frage zu „Ehrenamtspauschale“\n„Ich führe bis 20. Juli")
    assert "Ben sagt: erfüllt. Siehst du es auch so?" in ana.last
    asked = len(ana.messages)
    for status in ("running", "kept"):
        await ben.sends_button_data(f"report:{number}:m1:{status}", message_id=nudge.id)
    assert len(ana.messages) == asked, "asked once for each question"


async def test_not_quite_kept_goes_on(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.taps("Noch nicht ganz")
    await ana.taps("Noch nichts")
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(months=1, days=3)
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    assert await state_of(world, number) is State.ENDED


async def test_kept_before_its_day_it_ends_once_both_say_so(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world, Voice.DU, Voice.SIE)
    await answers(ben, number, "kept")
    assert await state_of(world, number) is State.ACTIVE
    await ana.taps("Ja, sehe ich auch so")
    assert await state_of(world, number) is State.ENDED
    assert "Ergebnis: erfüllt, so seht ihr es beide." in ana.last
    assert "Ergebnis: erfüllt, so sehen Sie es beide." in ben.last
    assert await planned(world, ana) == await planned(world, ben) == []
    await answers(ana, number, "moving", "m1")
    assert "Abgeschlossen am " in ana.last


async def test_what_is_said_after_the_end_is_in_both_results(sqlite_world):
    """A note comes after the result that it belongs to; a question to agree has none to ask any more."""
    ana, ben, number = await a_month_on(sqlite_world)
    await answers(ben, number, "kept")
    asked = ana.newest
    await ana.taps("Ja, sehe ich auch so")
    assert next(each for each in ana.messages if each.id == asked.id).data_of("Ja, sehe") is None
    await ben.taps("Antwort ändern", message=ben.with_button("Antwort ändern"))
    await ben.taps("Teilweise")
    await ben.sends_button_data(f"note:{number}:m1")
    await ben.says("Früher mit dem Ausschuss reden.")
    for each in (ana, ben):
        assert any("„Früher mit dem Ausschuss reden.“" in result.text for result in results(each))


async def test_a_kept_that_is_taken_back_asks_nobody_any_more(sqlite_world):
    """The question changes with the answer it is about, and an old button of it shows that answer."""
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    asked = ana.newest
    await ben.taps("Rückgängig")
    over = "Zu „Ehrenamtspauschale“\nBen hat die Antwort zurückgenommen. Für dich ist nichts zu tun."
    assert (ana.newest.id, ana.last, ana.buttons) == (asked.id, over, ["Versprechen ansehen"])
    await answers(ben, number, "stuck")
    assert "Ben sagt inzwischen: hängt. Für dich ist nichts zu tun." in ana.last
    for data in (f"agree:{number}:kept", f"disagree:{number}"):
        await ana.sends_button_data(data, message_id=asked.id)
        assert (ana.newest.id, "Ben sagt inzwischen: hängt." in ana.last) == (asked.id, True)
    assert await state_of(world, number) is State.ACTIVE


async def test_a_kept_that_is_said_again_asks_in_the_same_message(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    nudge = ben.newest
    await answers(ben, number, "kept")
    heard = len(ana.messages)
    await ben.taps("Rückgängig")
    await ben.sends_button_data(f"report:{number}:m1:kept", message_id=nudge.id)
    assert "Ben sagt: erfüllt. Siehst du es auch so?" in ana.last
    assert len(ana.messages) == heard
    await ana.taps("Ja, sehe ich auch so")
    assert await state_of(world, number) is State.ENDED


# --- on its day


async def test_on_the_day_people_are_asked_what_became_of_it(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.EN)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(months=6, days=-3)
    await answers(ben, number, "stuck")
    await world.clock.advance(days=5)
    assert ben.last.startswith(
        "Today is your day: “Ehrenamtspauschale”\nSix months ago you promised:\n“Ich führe"
    )
    assert ben.buttons == [
        "Kept", "Partly", "Solved another way", "Postponed", "It didn't work out", "Something else",
    ]  # fmt: skip


async def the_day(world, *voices):
    """Ana and Ben on the day of Ben's pledge to Ana, both just asked about it; its id."""
    ana, ben = await pair(world, *voices)
    number = await sealed_pledge(world, ben, ana, months=1)
    await world.clock.advance(months=1, hours=4)
    return ana, ben, number


async def test_one_who_says_it_did_not_work_out_is_asked_for_advice(sqlite_world):
    _, ben, number = await the_day(sqlite_world, Voice.DU, Voice.EN)
    await ben.taps("It didn't work out")
    assert ben.last.startswith("Thank you for being open.")
    assert (
        "What would you tell others who try? One line is enough. It is kept apart from what Ana reads."
        in ben.last
    )
    assert await state_of(sqlite_world, number) is State.ACTIVE, "the other has not said it yet"


async def test_the_advice_is_kept_apart_from_what_the_other_reads(sqlite_world):
    world = sqlite_world
    ana, ben, number = await the_day(world, Voice.DU, Voice.EN)
    await ben.taps("It didn't work out")
    await ben.says("Früher mit dem Ausschuss reden.")
    await ana.taps("Hat nicht geklappt")
    assert await state_of(world, number) is State.ENDED
    assert ana.last.startswith("Danke fürs Offensein."), "the question comes last"
    assert "Ergebnis: nicht geklappt, so seht ihr es beide." in ana.messages[-2].text
    await ana.sends_button_data(f"history:{number}:0")
    await ana.sends_button_data(f"pledge:{number}")
    assert "Früher mit dem Ausschuss reden." not in "".join(each.text for each in ana.messages)
    assert "Result: " in ben.last
    await ben.sends_button_data(f"history:{number}:0")
    assert "advice for others “Früher mit dem Ausschuss reden.”" in ben.last


async def test_the_question_for_advice_can_be_left_unanswered(sqlite_world):
    world = sqlite_world
    ana, ben, number = await the_day(world)
    await answers(ben, number, "kept", "deadline")
    await ana.taps("Hat nicht geklappt")
    await ana.taps("Lieber nicht")
    await ana.says("Das hier gehört zu nichts.")
    assert "Notiz" not in ana.last
    assert await noted(world) == [[], []]


async def two_pledges(world):
    """Ana and Ben, a pledge each, on the day of Ben's: 12 July 2027, a Monday; its id. Ben has paused since April."""
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await sealed_pledge(world, ben, ana, PAY, months=3)
    await sealed_pledge(world, ana, ben, BUS, months=9)
    await without(world, Period.BEFORE3)  # it would bring the other pledge's question along, three days early
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await world.clock.advance(months=3, hours=3)
    return ana, ben, number


async def test_among_other_questions_the_day_is_called_today(sqlite_world):
    ana, *_ = await two_pledges(sqlite_world)
    assert ana.last.startswith("Zwei Versprechen, zwei Tipps")
    assert "heute ist euer Tag" in ana.last
    assert "„Ich führe bis 20. Juli" in ana.last


async def test_a_day_during_a_pause_is_asked_about_afterwards_and_not_called_today(sqlite_world):
    world = sqlite_world
    _, ben, _ = await two_pledges(world)
    await world.clock.advance(days=3)
    assert await questions(world, ben) == []
    await ben.taps_data("resume")
    await world.clock.advance(days=1)
    assert len(await questions(world, ben)) == 1
    assert "der Tag war der 12. Juli" in ben.last
    assert "heute" not in ben.last.split("\n")[1]


async def test_when_one_pledge_has_ended_words_are_offered_to_the_one_that_runs(sqlite_world):
    world = sqlite_world
    ana, ben, number = await two_pledges(world)
    await ben.taps_data("resume")
    await world.clock.advance(days=1)
    await answers(ana, number, "kept", "deadline")
    await answers(ben, number, "kept", "deadline")
    assert "Ergebnis: erfüllt, so sehen Sie es beide." in ben.last
    await ben.says("Nachtrag: es hat sich gelohnt.")
    assert "Bürgerbus" in ben.last
