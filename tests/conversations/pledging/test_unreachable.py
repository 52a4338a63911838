"""The other party cannot be reached: said once and neutrally, on the card, and how to go on."""

from datetime import timedelta

import pytest

from db.models import Person
from tests.cast import BUS, guest, open_workshop, pair, sealed_pledge
from tests.conversations.pledges import writes

GONE = "Ana erreiche ich gerade nicht über Telegram. Woran das liegt, weiß ich nicht."


async def found_out(world, ana, ben, number):
    """Ana has blocked the bot, which finds out with the first thing it has to tell her."""
    await ana.blocks()
    await ben.sends_button_data(f"pledge:{number}")
    await ben.taps_data("talk_ask:")
    await ben.taps_data(f"talk_move:{number}:4w")


def told(person):
    return [each.text for each in person.messages if GONE in each.text]


async def test_the_other_is_told_once_a_day_later_and_reads_it_on_the_card(world):
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await found_out(world, ana, ben, number)
    assert told(ben) == [], "not at once: nobody sees a chat being blocked"
    await world.clock.advance(days=1, hours=1)
    (said,) = told(ben)
    assert said.endswith("Das Team der Werkstatt hilft gern weiter: team@example.org.")
    assert "blockier" not in said
    assert "Ana: gerade nicht über Telegram erreichbar." in await ben.taps("Versprechen ansehen")
    await ana.blocks(False)
    await ana.says("/versprechen")
    assert "erreichbar" not in await ben.sends_button_data(f"pledge:{number}")
    await found_out(world, ana, ben, number)
    await world.clock.advance(days=3)
    assert len(told(ben)) == 1


async def test_the_moved_clock_stops_where_the_other_is_told(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await found_out(world, ana, ben, number)
    a_day_later = world.clock.now() + timedelta(days=1)
    due = await world.walk.next_due()
    assert a_day_later - timedelta(minutes=1) <= due <= a_day_later
    await world.clock.advance(days=20)
    assert len(told(ben)) == 1
    assert await world.walk.next_due() > world.clock.now() + timedelta(days=1), (
        "told, and not looked at again"
    )


async def test_whoever_is_back_within_the_day_was_never_away(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await found_out(world, ana, ben, number)
    await ana.blocks(False)
    await ana.says("/versprechen")
    await world.clock.advance(days=2)
    assert told(ben) == []


async def test_who_proposed_hears_it_too(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ben, ana, BUS)
    await ana.blocks()
    assert "Ana: gerade nicht über Telegram erreichbar." in await ben.taps_data(f"propose:{number}")
    await world.clock.advance(days=1, hours=1)
    assert len(told(ben)) == 1
    assert "Ana: gerade nicht über Telegram erreichbar." in await ben.sends_button_data(f"pledge:{number}")


@pytest.mark.parametrize("shared", [True, False])
async def test_a_contact_that_was_shared_is_one_tap_away(sqlite_world, shared):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=(), offers=("ehrenamt",))
    ben = await guest(world, workshop, "Ben Albrecht")
    await ben.says("/partner")
    await ben.taps("Kennenlernen")
    await ana.taps("Kennenlernen")
    if shared:
        await ana.taps("Kontakt tauschen")
        await ana.taps("E-Mail-Adresse")
        await ana.says("ana@example.org")
    number = await sealed_pledge(world, ben, ana)
    await found_out(world, ana, ben, number)
    await world.clock.advance(days=1, hours=1)
    (said,) = told(ben)
    assert ("Du hast einen Kontakt von Ana" in said) is shared
    assert ("Das Team der Werkstatt" in said) is not shared
    if shared:
        shown = (await ben.taps("Kontakt ansehen")).replace("\u2060", "")
        assert "ana@example.org" in shown
        assert "Ana: gerade nicht über Telegram erreichbar." in shown


async def test_what_was_withdrawn_is_told_when_it_is_true_again(sqlite_world):
    """Of somebody who pauses it is said that she pauses; that she cannot be reached, once the pause is over."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await ana.says("/pause")
    await ana.taps_data("pause:1")
    await found_out(world, ana, ben, number)
    async with world.database.writer.begin() as session:
        (await session.get_one(Person, ana.row)).unreachable_since = world.clock.now()
    await world.clock.advance(days=4)
    assert told(ben) == [], "a pause is said instead"
    await world.clock.advance(days=5)
    assert len(told(ben)) == 1


async def test_a_pause_of_the_reader_loses_it_not(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await found_out(world, ana, ben, number)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await world.clock.advance(days=3)
    assert "Ana Keller erreiche ich gerade nicht über Telegram." in await ben.taps("Weiter")
    await world.clock.advance(days=3)
    assert told(ben) == [], "the list said it"


async def test_a_card_does_not_say_that_somebody_without_consent_hears_of_it(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await sealed_pledge(sqlite_world, ben, ana)
    await ana.says("/widerruf")
    await ana.taps("Nein: Weg über Telegram")
    card = await ben.sends_button_data(f"pledge:{number}")
    assert "Ana: gerade nicht über Telegram erreichbar." in card
