"""A pause holds up the end of a pledge for whoever was not asked yet; but every wait ends."""

from domain.pledges import State
from domain.voice import Voice
from tests.cast import pair, sealed_pledge
from tests.conversations.pledges import answers, results, state_of, without_day_7


async def said_in_a_pause(world, *voices):
    """Ben says "erfüllt" after a month, while Ana pauses; the pledge's id."""
    ana, ben = await pair(world, *voices)
    number = await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await ana.says("/pause")
    await ana.taps_data("pause:0")
    await answers(ben, number, "kept")
    return ana, ben, number


async def test_the_days_count_from_when_the_other_could_see_the_question(sqlite_world):
    world = sqlite_world
    ana, ben, number = await said_in_a_pause(world)
    assert (
        "Ana pausiert und sieht die Frage danach. Spätestens am 26. Oktober schließe ich es so ab."
        in ben.last
    )
    await world.clock.advance(days=20)
    assert await state_of(world, number) is State.ACTIVE
    assert results(ana) == results(ben) == []
    await ana.taps("Weiter")
    await ana.taps("Ansehen")
    assert "Sagst du nichts anderes, schließe ich es am" in ana.last
    await world.clock.advance(days=13)
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(days=3)
    assert await state_of(world, number) is State.ENDED
    assert "Von Ana kam kein Widerspruch." in results(ben)[0].text


async def test_who_never_comes_back_holds_it_up_until_its_day(sqlite_world):
    world = sqlite_world
    ana, ben, number = await said_in_a_pause(world, Voice.EN, Voice.SIE)
    assert "Ana Keller pausiert und sieht die Frage danach." in ben.last
    await world.clock.advance(months=5)
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED
    assert results(ana) == []


async def test_a_pause_after_the_question_was_seen_holds_nothing_up(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    assert "Siehst du es auch so?" in ana.last
    await ana.says("/pause")
    await ana.taps_data("pause:0")
    await world.clock.advance(days=15)
    assert await state_of(world, number) is State.ENDED
