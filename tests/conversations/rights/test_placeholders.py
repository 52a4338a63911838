"""What stays of a pledge whose other side is erased: one card, what it was about, and what is one's own."""

from sqlalchemy import select

from db.models import Pledge
from tests.cast import guest, open_workshop, pair
from tests.conversations.pledges import answers, pledge, proposes

PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
GONE = "mit einer gelöschten Person"


def cards(person):
    return [each for each in person.messages if GONE in each.text]


async def erases(world, person):
    await person.says("/loeschen")
    world.forgotten.add(person.id)
    await person.taps("Ja, alles löschen")
    await world.quiet()


async def test_one_card_is_left_of_each_pledge_and_says_what_it_was_about(world):
    ana, ben = await pair(world)
    hers = await pledge(ana, ben, PAY)
    await pledge(ben, ana, "Ich frage Ana nach dem Bürgerbus.")
    await ben.taps_data("pledges")
    await ben.taps_data(f"pledge:{hers}")
    await ben.taps_data("pledges")
    await world.clock.advance(months=1, hours=4)
    await answers(ben, hers, "moving")
    await ben.taps_data(f"note:{hers}:")
    await ben.says("Der Termin war gut.")
    await erases(world, ana)

    assert sorted(each.text.split("\n")[0] for each in cards(ben)) == [
        f"Bürgerbus · {GONE}",
        f"Ehrenamt · {GONE}",
    ]
    (card,) = [each for each in cards(ben) if each.text.startswith("Ehrenamt")]
    assert "Euer Tag: 12. Oktober." in card.text
    assert "Du zuletzt: geht voran." in card.text
    (own,) = [each for each in cards(ben) if each.text.startswith("Bürgerbus")]
    assert "„Ich frage █ nach dem Bürgerbus.“" in own.text
    assert "Ehrenamtspauschale" not in await world.stored()
    await ben.says("/versprechen")
    assert "Ehrenamt · eine gelöschte Person · abgeschlossen" in ben.last


async def test_the_topic_ends_with_the_texts(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await pledge(ana, ben, PAY, months=3)
    await erases(world, ana)
    assert await world.chosen(select(Pledge.topic)) == ["ehrenamt"]
    await world.clock.advance(months=3, days=80)
    assert await world.chosen(select(Pledge.topic)) == ["ehrenamt"]
    await world.clock.advance(days=15)
    assert await world.chosen(select(Pledge.topic)) == [None]
    await ben.says("/versprechen")
    assert "1 Ein Versprechen · " in ben.last


async def test_the_erased_one_s_name_is_no_topic(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ida, ben = [await guest(world, workshop, name) for name in ("Ida Kita", "Ben Albrecht")]
    await proposes(ida, ben, "ich erzähle von Ida Kita")
    await erases(world, ida)
    assert await world.chosen(select(Pledge.topic)) == [None]
