"""After an erasure no spelling of the name is left in the other's words, and ordinary words are."""

from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.pledges import all_pledges, noted


async def test_no_spelling_of_the_name_is_left_in_the_other_s_words(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    hans = await guest(world, workshop, "Hans Müller")
    ben = await guest(world, workshop, "Ben Albrecht")
    number = await sealed_pledge(world, ben, hans, "Am Freitag ruft MUELLER mit mir im Rathaus an.")
    await world.clock.advance(months=1, hours=4)
    await ben.taps_data(f"report:{number}:")
    await ben.taps_data(f"note:{number}:")
    await ben.says("Danke an Herrn Mueller, und grüß Frau Müller!")
    await hans.says("/loeschen")
    await hans.taps_data("erase_yes")
    world.forgotten.add(hans.id)
    (pledge,) = await all_pledges(world)
    assert pledge.text == "Am Freitag ruft █ mit mir im Rathaus an."
    assert await noted(world) == [["Danke an Herrn █, und grüß Frau █!"]]
