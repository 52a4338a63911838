"""How a promise ends: both say it, both hear it; before its day too; and a day that lies on a weekend."""

from sqlalchemy import select

from db.models import Pledge, Report
from domain.pledges import State
from domain.voice import Voice
from tests.conversations.gathering import (
    answers,
    chosen,
    guest,
    open_workshop,
    pair,
    planned,
    promise,
    questions,
)

PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."


async def state(world, number):
    (found,) = await chosen(world, select(Pledge.state).where(Pledge.id == number))
    return found


async def test_kept_before_its_day_needs_both(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.SIE)
    number = await promise(ben, ana, PAY)
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    assert ana.last.startswith("Eine Frage zu „Ehrenamtspauschale“\n„Ich führe bis 20. Juli")
    assert "Ben sagt: erfüllt. Siehst du es auch so?" in ana.last
    asked = len(ana.messages)
    nudge = ben.newest
    for status in ("running", "kept"):
        await ben.forges(f"report:{number}:m1:{status}", message_id=nudge.id)
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


async def test_it_did_not_work_out(sqlite_world):
    """An honourable end: one question, what would you tell others; it can be left unanswered, and undone."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.EN)
    number = await promise(ben, ana, PAY)
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
    assert len(await chosen(world, select(Report).where(Report.note.is_not(None)))) == 1


async def test_a_day_on_a_weekend_and_one_during_a_pause(sqlite_world):
    """Asked on the next working day, or when the pause is over, and then it is not called today."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", voice=Voice.SIE)
    number = await promise(ben, ana, PAY, months=3)  # 12 July 2027 is a Monday
    await promise(ana, ben, "Ich frage nach dem Bürgerbus.", months=9)
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
