""" "Gemeinsam beendet" is only so when both say it: whoever says it first has the other asked."""

from db.models import Report
from domain.pledges import State, Status
from domain.voice import Voice
from tests.conversations.pledges import a_month_on, answers, planned, state_of

ASKED = "Ben schlägt vor, das Versprechen gemeinsam zu beenden. Bist du einverstanden?"


async def says_it(person):
    await person.taps("Anderes")
    await person.taps("Gemeinsam beendet")


async def test_the_other_is_asked_and_agrees(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world, Voice.DU, Voice.SIE)
    await says_it(ben)
    assert "Gemeinsam beenden, notiert." in ben.last
    assert "beendet" not in ben.last, "only one has said so"
    assert ana.last.startswith("Eine Frage zu „Ehrenamtspauschale“\n„Ich führe bis 20. Juli")
    assert ana.last.endswith(ASKED)
    assert ana.buttons == ["Ja, einverstanden", "Nein, es geht weiter"]
    assert await state_of(world, number) is State.ACTIVE
    await ana.taps("Ja, einverstanden")
    assert await state_of(world, number) is State.ENDED
    assert set(await world.rows(Report.status)) == {Status.ENDED}
    assert "Ergebnis: gemeinsam beendet, so seht ihr es beide." in ana.last
    assert "Ergebnis: gemeinsam beendet, so sehen Sie es beide." in ben.last
    assert await planned(world, ana) == await planned(world, ben) == []


async def test_whoever_goes_on_is_asked_on(sqlite_world):
    """A no ends nothing, and nowhere does it look as if both had ended it."""
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await says_it(ben)
    await ana.taps("Nein, es geht weiter")
    assert "Abgemacht, mit Ben." in ana.last
    assert "Ben am 12. Mai: gemeinsam beenden." in ana.last
    await ana.taps("Geht voran")
    await ben.sends_button_data(f"pledge:{number}")
    assert "Du zuletzt: gemeinsam beenden." in ben.last
    assert await state_of(world, number) is State.ACTIVE
    assert await planned(world, ana)


async def test_a_yes_is_to_what_was_asked(sqlite_world):
    """Kept becomes "end it" in the same message; a tap meant for the one is none for the other."""
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    asked = ana.newest
    yes = asked.data_of("Ja, sehe ich auch so")
    await ben.taps("Rückgängig")
    await says_it(ben)
    assert (ana.newest.id, ana.last.endswith(ASKED)) == (asked.id, True)
    await ana.sends_button_data(yes, message_id=asked.id)
    assert await state_of(world, number) is State.ACTIVE
    assert ana.last.endswith(ASKED)
    for forged in (f"agree:{number}:stuck", f"agree:{number}"):
        await ana.sends_button_data(forged, message_id=asked.id)
        assert await state_of(world, number) is State.ACTIVE
    await ben.taps("Rückgängig")
    shown = next(each for each in ana.messages if each.id == asked.id)
    assert "Ben hat die Antwort zurückgenommen." in shown.text
    assert await state_of(world, number) is State.ACTIVE


async def test_both_say_it_without_being_asked(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    nudge = ana.newest
    await says_it(ben)
    await ana.taps("Anderes", message=nudge)
    await ana.taps("Gemeinsam beendet", message=ana.with_button("Gemeinsam beendet"))
    assert await state_of(world, number) is State.ENDED
    assert "Ergebnis: gemeinsam beendet, so seht ihr es beide." in ana.last
