"""A slip in the last answer can be mended for a week, by either side: both chats show one truth."""

from db.models import Nudge
from domain.pledges import State
from domain.voice import Voice
from tests.cast import guest, pair, sealed_pledge
from tests.conversations.pledges import (
    answers,
    planned,
    questions,
    results,
    state_of,
    statuses,
    without_day_7,
)


async def ended(world, ben_says, ana_says, *voices, months=1):
    """Ana and Ben on their day, and what both have said then; the pledge's id."""
    ana, ben = await pair(world, *voices)
    number = await sealed_pledge(world, ben, ana, months=months)
    await world.clock.advance(months=months, hours=4)
    await answers(ben, number, ben_says, "deadline")
    await answers(ana, number, ana_says, "deadline")
    assert await state_of(world, number) is State.ENDED
    return ana, ben, number


async def test_question_and_result_offer_both_to_change_their_answer(sqlite_world):
    ana, ben, _ = await ended(sqlite_world, "kept", "failed")
    await ana.taps("Lieber nicht")
    for each in (ana, ben):
        assert each.with_data("note:").buttons[:2] == ["Ein Satz dazu", "Antwort ändern"]
        assert results(each)[0].buttons == ["Antwort ändern", "Bilanz ansehen", "Alle Versprechen"]
    await ana.taps("Antwort ändern", message=results(ana)[0])
    assert "Wie siehst du es jetzt?" in results(ana)[0].text
    assert results(ana)[0].buttons == [
        "Erfüllt", "Teilweise", "Anders gelöst", "Verschoben", "Gemeinsam beendet", "So lassen", "Alle Versprechen",
    ]  # fmt: skip


async def test_an_answer_changed_in_the_result_changes_both_chats(world):
    ana, ben, _ = await ended(world, "kept", "failed")
    await ana.taps("Lieber nicht")
    asked = len(ana.messages)
    await ana.taps("Antwort ändern", message=results(ana)[0])
    await ana.taps("Erfüllt", message=results(ana)[0])
    for each in (ana, ben):
        assert [r.text.split("\n")[2] for r in results(each)] == ["Ergebnis: erfüllt, so seht ihr es beide."]
        assert "Erfüllt, notiert." in each.with_data("note:").text
    assert len(ana.messages) == asked, "nothing is said anew"


async def test_an_answer_changed_in_the_question_changes_both_chats(sqlite_world):
    ana, ben, number = await ended(sqlite_world, "kept", "kept")
    await ben.taps("Antwort ändern", message=ben.with_data("note:"))
    await ben.taps("Teilweise", message=ben.with_data(f"report:{number}:deadline:partly"))
    assert "Teilweise, notiert." in ben.with_data("note:").text
    assert "Ben sagt teilweise" in results(ana)[0].text
    assert "Du sagst teilweise" in results(ben)[0].text


async def test_an_answer_can_be_left_as_it_is(sqlite_world):
    _, ben, _ = await ended(sqlite_world, "partly", "kept")
    await ben.taps("Antwort ändern", message=results(ben)[0])
    await ben.taps("So lassen", message=results(ben)[0])
    assert "Du sagst teilweise" in results(ben)[0].text
    assert "Wie siehst du es jetzt?" not in results(ben)[0].text


async def test_a_change_to_failed_asks_for_advice_once(sqlite_world):
    _, ben, number = await ended(sqlite_world, "partly", "kept")
    await ben.taps("Antwort ändern", message=results(ben)[0])
    failed = ben.press_of(f"report:{number}:deadline:failed", message_id=results(ben)[0].id)
    for press in (failed, failed | {"id": "again"}):
        await ben.causes(callback_query=press)
    assert sum("Danke fürs Offensein" in each.text for each in ben.messages) == 1, "twice is once"
    await ben.says("Früher reden.")
    assert ben.last.startswith("Danke, das ist notiert.")


async def test_a_correction_plans_and_asks_nothing_anew(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, "kept", "partly", months=6)
    planned_before = await world.count(Nudge)
    await ana.taps("Antwort ändern", message=results(ana)[0])
    await ana.taps("Erfüllt", message=results(ana)[0])
    asked_before = [await questions(world, each) for each in (ana, ben)]
    await world.clock.advance(months=1)
    assert [await questions(world, each) for each in (ana, ben)] == asked_before
    assert await world.count(Nudge) == planned_before
    assert await state_of(world, number) is State.ENDED


# --- one answer, in several messages


async def test_a_corrected_answer_stands_in_no_message_as_it_was(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, days=9)
    first, again = [each for each in ben.messages if each.data_of("Läuft")]
    await ben.taps("Läuft", message=first)
    assert says(ben, "äuft") == [first.id, again.id], "and the second question asks no more"
    await ben.says("/versprechen")
    await ben.taps_data(f"pledge:{number}")
    await ben.taps("Läuft")
    assert "Notiert: läuft." in ben.last
    await ben.taps("Hängt", message=ben.with_button("Satz oder Tag ändern"))
    assert says(ben, "äuft") == []
    assert len(says(ben, "ängt")) == 4, "both questions, and what was said below the card twice"
    await ben.taps("Rückgängig", message=ben.with_button("Rückgängig"))
    assert says(ben, "ängt") == []
    assert ben.heard.count("Deine Antwort ist zurückgenommen.") == 2


def says(person, what):
    """The messages that say that this was noted."""
    noted = (f"{what}, notiert", f"Notiert: l{what}", f"Notiert: h{what}")
    return [each.id for each in person.messages if any(words in each.text for words in noted)]


# --- an end before the day


async def ended_early(world):
    """Kept after two months; Ana speaks informally, Ben formally. Ana's question of then, and the pledge's id."""
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await sealed_pledge(world, ben, ana)
    await world.clock.advance(months=2, days=4)
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    return ana, ben, ana.with_data(f"report:{number}:m2"), number


async def test_an_early_end_can_be_mended_and_stays_an_end(sqlite_world):
    world = sqlite_world
    ana, ben, question, number = await ended_early(world)
    await ana.taps_data("correct:")
    await ana.taps("Teilweise", message=results(ana)[0])
    assert "Ana Keller sagt teilweise" in results(ben)[0].text
    await ana.sends_button_data(f"report:{number}:m2:moving", message_id=question.id)
    assert "Abgeschlossen am " in ana.last, "what does not end a pledge is no correction"
    assert await planned(world, ana) == await planned(world, ben) == []
    assert await state_of(world, number) is State.ENDED


async def test_all_results_in_one_chat_say_the_same(sqlite_world):
    ana, _, question, number = await ended_early(sqlite_world)
    await ana.sends_button_data(f"report:{number}:m2:moving", message_id=question.id)
    await ana.taps("Antwort ändern", message=ana.newest)
    assert len(results(ana)) == 2
    await ana.taps("Anders gelöst", message=results(ana)[1])
    assert all("Du sagst anders gelöst" in each.text for each in results(ana)), "no two truths in one chat"


async def test_an_old_undo_leads_to_the_correction(sqlite_world):
    _, ben, _, number = await ended_early(sqlite_world)
    await ben.sends_button_data(f"undo:{number}:m2", message_id=ben.with_data("correct:").id)
    assert ben.can(f"report:{number}:m2:partly")


# --- when there is nothing to mend any more


async def test_others_can_change_no_result(sqlite_world):
    world = sqlite_world
    *_, number = await ended(world, "kept", "kept")
    cem = await guest(world, 1, "Cem Demir")
    for data in (f"correct:{number}", f"report:{number}:deadline:failed"):
        await cem.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell." in cem.last


async def test_after_a_week_a_result_is_final(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, "kept", "kept")
    old = results(ana)[0]
    await world.clock.advance(days=7, hours=1)
    await ana.taps("Antwort ändern", message=old)
    assert "Abgeschlossen am " in ana.last
    assert "Antwort ändern" not in ana.buttons
    await ana.sends_button_data(f"report:{number}:deadline:failed", message_id=old.id)
    assert "Abgeschlossen am " in ana.last
    assert "erfüllt, so seht ihr es beide" in results(ben)[0].text


async def test_a_result_is_final_when_nobody_is_left_to_agree_with(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, "kept", "kept")
    result = results(ana)[0].id
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    for data in (f"correct:{number}", f"report:{number}:deadline:failed", f"undo:{number}:deadline"):
        await ana.sends_button_data(data, message_id=result)
        assert "Abgeschlossen am " in ana.last
    assert set(await statuses(world)) == {"kept"}
