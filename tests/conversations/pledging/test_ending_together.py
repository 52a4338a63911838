""" "Gemeinsam beendet" is only so when both say it: whoever says it first has the other asked."""

from domain.pledges import State, Status
from domain.voice import Voice
from tests.cast import PAY, pair, sealed_pledge
from tests.conversations.pledges import a_month_on, answers, planned, pledge, state_of, statuses

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
    assert ana.last.endswith(f"{ASKED}\nSagst du nichts anderes, schließe ich es am 26. Mai so ab.")
    assert ana.buttons == ["Ja, einverstanden", "Nein, es geht weiter"]
    assert await state_of(world, number) is State.ACTIVE
    await ana.taps("Ja, einverstanden")
    assert await state_of(world, number) is State.ENDED
    assert set(await statuses(world)) == {Status.ENDED}
    assert "Ergebnis: gemeinsam beendet, so seht ihr es beide." in ana.last
    assert "Ergebnis: gemeinsam beendet, so sehen Sie es beide." in ben.last
    assert await planned(world, ana) == await planned(world, ben) == []
    await ben.says("/versprechen")
    assert ben.last.endswith("1 Ehrenamtspauschale · Ana Keller · gemeinsam beendet")


async def test_whoever_goes_on_is_asked_on(sqlite_world):
    """A no ends nothing, and nowhere does it look as if both had ended it."""
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await says_it(ben)
    await ana.taps("Nein, es geht weiter")
    assert "Abgeschlossen" not in ana.last
    assert "Ben am 12. Mai: gemeinsam beenden." in ana.last
    await ana.taps("Geht voran")
    await ben.sends_button_data(f"pledge:{number}")
    assert "Du zuletzt: gemeinsam beenden." in ben.last
    assert await state_of(world, number) is State.ACTIVE
    assert await planned(world, ana)


async def test_a_yes_to_what_nobody_asked_shows_how_things_are(sqlite_world):
    ana, _, number = await a_month_on(sqlite_world)
    for data in (f"agree:{number}:kept", f"disagree:{number}"):
        heard = await ana.sends_button_data(data)
        assert heard.startswith("Ehrenamtspauschale · mit Ben Albrecht")
        assert "zurückgenommen" not in heard


async def test_a_yes_is_to_what_was_asked(sqlite_world):
    """Kept becomes "end it" in the same message; a tap meant for the one is none for the other."""
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    asked = ana.newest
    yes = asked.data_of("Ja, sehe ich auch so")
    await ben.taps("Rückgängig")
    await says_it(ben)
    assert (ana.newest.id, ASKED in ana.last) == (asked.id, True)
    await ana.sends_button_data(yes, message_id=asked.id)
    assert await state_of(world, number) is State.ACTIVE
    assert ASKED in ana.last
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


async def test_two_endings_that_differ_end_nothing_before_the_day(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.sends_button_data(f"report:{number}:m1:failed")
    assert "Du sagst: erfüllt. Ana sieht es noch anders." in ben.last
    await world.clock.advance(days=20)
    assert await state_of(world, number) is State.ACTIVE


async def test_a_short_pledge_is_not_over_before_its_day(sqlite_world):
    """How it ended is asked on its day only; until then the card offers what is going on."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, PAY, months=1)
    await world.clock.advance(days=1)
    for person in (ben, ana):
        await person.says("/versprechen")
        await person.taps_data(f"pledge:{number}")
        await person.sends_button_data(f"report:{number}:deadline:partly")
        assert "Dieser Knopf ist nicht mehr aktuell." in person.heard
        await person.taps_data(f"pledge:{number}")
        await person.taps("Anderes")
        await person.taps("Verschoben")
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(months=1, hours=4)
    assert ben.can(f"report:{number}:deadline:kept"), ben.screen(3)


async def test_an_answer_from_the_card_is_not_asked_for_again(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(days=28)
    await ben.says("/versprechen")
    await ben.taps_data(f"pledge:{number}")
    await ben.taps("Läuft")
    heard = len(ben.messages)
    await world.clock.advance(days=3)
    assert len(ben.messages) == heard
    await world.clock.advance(days=33)
    assert len(ben.messages) > heard, "the next month is asked about"


async def test_an_honest_failure_is_not_asked_about_month_after_month(sqlite_world):
    world = sqlite_world
    _, ben, number = await a_month_on(world)
    await ben.taps("Anderes")
    await ben.taps("Nicht geklappt")
    await ben.says("Zu spät angefangen.")
    assert await planned(world, ben) == [(number, "deadline")]
    await ben.taps("Rückgängig")
    assert (number, "m2") in await planned(world, ben)
