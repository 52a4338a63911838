"""One of the two is erased while a pledge is being made, or runs."""

from tests.cast import BUS, PAY, pair
from tests.conversations.pledges import begins, pledge, proposes


async def erases(world, person):
    await person.says("/loeschen")
    await person.taps_data("erase_yes")
    world.forgotten.add(person.id)


async def test_a_sentence_to_somebody_who_was_erased_goes_nowhere(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await begins(ana, ben)
    await erases(sqlite_world, ben)
    await ana.says("Ich lade alle ins Rathaus ein.")
    assert "Das hat sich inzwischen erledigt." in ana.last
    await ana.says("Hallo?")
    assert "erledigt" not in ana.last
    assert "Albrecht" not in await sqlite_world.stored()


async def test_an_invitation_of_somebody_who_was_erased_takes_no_words(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, BUS)
    await ana.taps("Satz anpassen")
    await erases(sqlite_world, ben)
    await ana.says("Ich stelle zwei Anträge.")
    assert "Das hat sich inzwischen erledigt." in ana.last
    assert "Albrecht" not in await sqlite_world.stored()


async def test_a_pledge_of_somebody_who_was_erased_asks_nothing(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await pledge(ben, ana, PAY)
    await erases(world, ben)
    await ana.says("/versprechen")
    assert "Ben" not in ana.last
    await world.clock.advance(months=7)
    assert not any("Wie steht es" in each.text or "Was kommt" in each.text for each in ana.messages)
    assert "Albrecht" not in await world.stored()
