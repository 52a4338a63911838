"""How a promise ends: both say it, both hear it; before its day too; and a day that lies on a weekend."""

from sqlalchemy import select

from db.models import Nudge, Pledge, Report
from domain.pledges import State
from domain.voice import Voice
from tests.cast import guest, open_workshop, pair
from tests.conversations.pledges import answers, planned, pledge, questions

PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."


async def state(world, number):
    (found,) = await world.chosen(select(Pledge.state).where(Pledge.id == number))
    return found


async def test_kept_before_its_day_needs_both(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    assert ana.last.startswith("Eine Frage zu „Ehrenamtspauschale“\n„Ich führe bis 20. Juli")
    assert "Ben sagt: erfüllt. Siehst du es auch so?" in ana.last
    asked = len(ana.messages)
    nudge = ben.newest
    for status in ("running", "kept"):
        await ben.sends_button_data(f"report:{number}:m1:{status}", message_id=nudge.id)
    assert len(ana.messages) == asked, "asked once for each question"
    await ana.taps("Noch nicht ganz")
    assert await state(world, number) is State.ACTIVE
    await ana.taps("Noch nichts")
    await world.clock.advance(months=1, days=3)
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    assert await state(world, number) is State.ENDED
    assert "Ergebnis: erfüllt, so seht ihr es beide." in ana.last
    assert "Ergebnis: erfüllt, so sehen Sie es beide." in ben.last
    assert await planned(world, ana) == await planned(world, ben) == []
    await answers(ana, number, "moving", "m1")
    assert "Abgeschlossen." in ana.last


async def test_what_is_said_after_the_end_stands_in_both_results(sqlite_world):
    """Advice comes after the result that it belongs to; a question to agree has none to ask any more."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    asked = ana.newest
    await ana.taps("Ja, sehe ich auch so")
    assert next(each for each in ana.messages if each.id == asked.id).data_of("Ja, sehe") is None
    await ben.taps("Antwort ändern", message=ben.with_button("Antwort ändern"))
    await ben.taps("Nicht geklappt")
    await ben.says("Früher mit dem Ausschuss reden.")
    for each in (ana, ben):
        assert any("„Früher mit dem Ausschuss reden.“" in result.text for result in results(each))


async def test_a_kept_that_is_taken_back_asks_nobody_any_more(sqlite_world):
    """The other's question changes with the answer it is about, and a tap on the old one says where things stand."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    asked, nudge, heard = ana.newest, ben.newest, len(ana.messages)
    await ben.taps("Rückgängig")
    over = "Zu „Ehrenamtspauschale“\nBen hat die Antwort zurückgenommen. Für dich ist nichts zu tun."
    assert (ana.newest.id, ana.last, ana.buttons) == (asked.id, over, ["Versprechen ansehen"])
    await answers(ben, number, "stuck")
    assert "Ben sagt inzwischen: hängt. Für dich ist nichts zu tun." in ana.last
    for data in (f"agree:{number}:kept", f"disagree:{number}"):
        await ana.sends_button_data(data, message_id=asked.id)
        assert (ana.newest.id, "Ben sagt inzwischen: hängt." in ana.last) == (asked.id, True)
    assert await state(world, number) is State.ACTIVE
    await ben.sends_button_data(f"report:{number}:m1:kept", message_id=nudge.id)
    assert "Ben sagt: erfüllt. Siehst du es auch so?" in ana.last
    assert len(ana.messages) == heard, "asked once"
    await ana.taps("Ja, sehe ich auch so")
    assert await state(world, number) is State.ENDED


async def test_it_did_not_work_out(sqlite_world):
    """An honourable end: one question, what would you tell others; it can be left unanswered, and undone."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.EN)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=6, days=-3)
    await answers(ben, number, "stuck")
    await world.clock.advance(days=5)
    assert ben.last.startswith(
        "Today is your day: “Ehrenamtspauschale”\nSix months ago you promised:\n“Ich führe"
    )
    assert ben.buttons == [
        "Kept",
        "Partly",
        "Solved another way",
        "Postponed",
        "It didn't work out",
        "Something else",
    ]
    await ben.taps("It didn't work out")
    assert ben.last.startswith("Thank you for being open.")
    assert "What would you tell others who try? One line is enough." in ben.last
    assert await state(world, number) is State.ACTIVE, "the other has not said it yet"
    await ben.says("Früher mit dem Ausschuss reden.")
    await ana.taps("Hat nicht geklappt")
    assert await state(world, number) is State.ENDED
    assert ana.last.startswith("Danke fürs Offensein."), "the question comes last"
    assert "Ergebnis: nicht geklappt, so seht ihr es beide." in ana.messages[-2].text
    assert "Von Ben: „Früher mit dem Ausschuss reden.“" in ana.messages[-2].text
    assert "Result: " in ben.last
    await ana.taps("Lieber nicht")
    await ana.says("Das hier gehört zu nichts.")
    assert "Notiz" not in ana.last
    assert len(await world.chosen(select(Report).where(Report.notes.is_not(None)))) == 1


async def test_a_day_on_a_weekend_and_one_during_a_pause(sqlite_world):
    """Asked on the next working day, or when the pause is over, and then it is not called today."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", voice=Voice.SIE)
    number = await pledge(ben, ana, PAY, months=3)  # 12 July 2027 is a Monday
    await pledge(ana, ben, "Ich frage nach dem Bürgerbus.", months=9)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await world.clock.advance(months=3, hours=3)
    assert ana.last.startswith("Zwei Versprechen, zwei Tipps")
    assert "heute ist euer Tag" in ana.last
    assert "„Ich führe bis 20. Juli" in ana.last
    await world.clock.advance(days=3)
    assert await questions(world, ben) == []
    await ben.taps_data("resume")
    await world.clock.advance(days=1)
    assert len(await questions(world, ben)) == 1
    assert "der Tag war der 12. Juli" in ben.last
    assert "heute" not in ben.last.split("\n")[1]
    await answers(ana, number, "kept", "deadline")
    await answers(ben, number, "kept", "deadline")
    assert "Ergebnis: erfüllt, so sehen Sie es beide." in ben.last
    await ben.says("Nachtrag: es hat sich gelohnt.")
    assert "Bürgerbus" in ben.last


async def ended(world, ben_says, ana_says):
    """Ana and Ben on their day, and what both have said then; the promise's id."""
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=6, hours=4)
    await answers(ben, number, ben_says, "deadline")
    await answers(ana, number, ana_says, "deadline")
    assert await state(world, number) is State.ENDED
    return ana, ben, number


def results(person):
    return [each for each in person.messages if each.text.startswith("So ging es aus")]


async def test_a_slip_on_the_day_itself_can_be_mended(world):
    """From the question or from the result, by either side; both chats show one truth, and nothing is asked anew."""
    ana, ben, number = await ended(world, "kept", "failed")
    await ana.taps("Lieber nicht")
    asked, planned_before = len(ana.messages), len(await world.chosen(select(Nudge)))
    for each in (ana, ben):
        assert each.with_data("note:").buttons == ["Ein Satz dazu", "Antwort ändern"]
        assert results(each)[0].buttons == ["Antwort ändern", "Alle Versprechen"]

    await ana.taps("Antwort ändern", message=results(ana)[0])
    assert "Wie siehst du es jetzt?" in results(ana)[0].text
    assert results(ana)[0].buttons == [
        "Erfüllt", "Teilweise", "Anders gelöst", "Verschoben", "Gemeinsam beendet", "So lassen", "Alle Versprechen",
    ]  # fmt: skip
    await ana.taps("Erfüllt", message=results(ana)[0])
    for each in (ana, ben):
        assert [r.text.split("\n")[2] for r in results(each)] == ["Ergebnis: erfüllt, so seht ihr es beide."]
        assert "Erfüllt, notiert." in each.with_data("note:").text
    assert len(ana.messages) == asked, "nothing is said anew"

    question = ben.with_data("note:")
    await ben.taps("Antwort ändern", message=question)
    await ben.taps("Teilweise", message=ben.with_data(f"report:{number}:deadline:partly"))
    assert "Teilweise, notiert." in ben.with_data("note:").text
    assert "Ben sagt teilweise" in results(ana)[0].text
    assert "Du sagst teilweise" in results(ben)[0].text
    await ben.taps("Antwort ändern", message=results(ben)[0])
    await ben.taps("So lassen", message=results(ben)[0])
    assert "Du sagst teilweise" in results(ben)[0].text
    assert "Wie siehst du es jetzt?" not in results(ben)[0].text
    await ben.taps("Antwort ändern", message=results(ben)[0])
    failed = ben.press_of(f"report:{number}:deadline:failed", message_id=results(ben)[0].id)
    for press in (failed, failed | {"id": "again"}):
        await ben.causes(callback_query=press)
    assert sum("Danke fürs Offensein" in each.text for each in ben.messages) == 1, "twice is once"
    await ben.says("Früher reden.")
    assert ben.last.startswith("Danke, das ist notiert.")
    await world.clock.advance(months=1)
    assert len(await questions(world, ana)) == len(await questions(world, ben)) == 6
    assert len(await world.chosen(select(Nudge))) == planned_before
    assert await state(world, number) is State.ENDED


async def test_an_early_end_can_be_mended_too(sqlite_world):
    """Agreed before the day by a tap that slipped; from the card as well. It stays ended: only how is corrected."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=2, days=4)
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    question = ana.with_data(f"report:{number}:m2")
    await ana.taps_data("correct:")
    await ana.taps("Teilweise", message=results(ana)[0])
    assert "Ana Keller sagt teilweise" in results(ben)[0].text
    await ana.sends_button_data(f"report:{number}:m2:moving", message_id=question.id)
    assert "Abgeschlossen." in ana.last, "what does not end a promise is no correction"
    await ana.taps("Antwort ändern", message=ana.newest)
    assert len(results(ana)) == 2
    await ana.taps("Anders gelöst", message=results(ana)[1])
    assert all("Du sagst anders gelöst" in each.text for each in results(ana)), "no two truths in one chat"
    await ben.sends_button_data(f"undo:{number}:m2", message_id=ben.with_data("correct:").id)
    assert ben.can(f"report:{number}:m2:partly"), "an old Rückgängig leads to the correction"
    assert await planned(world, ana) == await planned(world, ben) == []
    assert await state(world, number) is State.ENDED


async def test_a_result_stands_after_a_week_for_others_and_when_one_is_gone(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, "kept", "kept")
    cem = await guest(world, 1, "Cem Demir")
    for data in (f"correct:{number}", f"report:{number}:deadline:failed"):
        await cem.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell." in cem.last
    old = results(ana)[0]
    await world.clock.advance(days=7, hours=1)
    await ana.taps("Antwort ändern", message=old)
    assert "Abgeschlossen." in ana.last
    assert "Antwort ändern" not in ana.buttons
    await ana.sends_button_data(f"report:{number}:deadline:failed", message_id=old.id)
    assert "Abgeschlossen." in ana.last
    assert "erfüllt, so seht ihr es beide" in results(ben)[0].text


async def test_nobody_is_left_to_agree_with(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, "kept", "kept")
    result = results(ana)[0].id
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    for data in (f"correct:{number}", f"report:{number}:deadline:failed", f"undo:{number}:deadline"):
        await ana.sends_button_data(data, message_id=result)
        assert "Abgeschlossen." in ana.last
    assert {*await world.chosen(select(Report.status).where(Report.period == "deadline"))} == {"kept"}
