"""Somebody was asked and is gone: the asker hears what they would have heard, at the usual time, and meets the next."""

from datetime import timedelta

import pytest

from domain.limits import OPEN_INTRODUCTIONS
from tests.cast import guest, open_workshop

EXPIRED = "Heute hat es zeitlich nicht gepasst.\nIch frage euch später noch einmal."


async def erases(world, person):
    await person.says("/loeschen")
    world.forgotten.add(person.id)
    await person.taps_data("erase_yes")


async def blocks(_world, person):
    await person.blocks()


async def stays(_world, person):
    await person.taps("Lieber nicht")


async def asked(world):
    """Ana has asked Ben; nobody else is there."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    return workshop, ana, ben


@pytest.mark.parametrize("goes", [erases, blocks, stays])
async def test_the_asker_hears_the_same_at_the_same_time(sqlite_world, clock, goes):
    world = sqlite_world
    workshop, ana, ben = await asked(world)
    await goes(world, ben)
    heard = len(ana.messages)
    await guest(world, workshop, "Cem Demir", seeks=(), offers=("ehrenamt",))
    await clock.to(clock.now() + timedelta(hours=11))  # eight in the evening
    assert len(ana.messages) == heard, "nothing before its time"
    await clock.advance(hours=2)
    assert [each.text for each in ana.messages[heard:]] == [EXPIRED]
    await clock.advance(hours=12)
    assert "Cem Demir · " in ana.last, "and somebody new, the next morning"
    assert len(ana.messages) == heard + 2


async def test_what_covers_the_erased_says_nothing_of_when(sqlite_world):
    """The card and the word that they are being asked become a neutral line, silently, which tells nobody is gone."""
    world = sqlite_world
    _, ana, ben = await asked(world)
    sounds = len(ana.messages)
    await erases(world, ben)
    assert len(ana.messages) == sounds
    assert not any("Ben" in each.text for each in ana.messages)
    assert (
        sum(
            each.text == "Das steht hier nicht mehr.\nHier ist gerade nichts zu tun." for each in ana.messages
        )
        == 2
    )
    assert not any("gelöscht" in each.text for each in ana.messages)


async def test_somebody_who_goes_makes_no_place_for_another_question(sqlite_world):
    """It would tell that one of the five is gone."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    others = [
        await guest(world, workshop, f"Gast{n} Nachname{n}", seeks=(), offers=("ehrenamt",))
        for n in range(OPEN_INTRODUCTIONS + 1)
    ]
    for _ in range(OPEN_INTRODUCTIONS):
        await ana.says("/partner")
        await ana.taps("Kennenlernen")
    await ana.says("/partner")
    sixth = ana.newest
    too_many = await ana.taps("Kennenlernen", message=sixth)
    assert too_many.startswith("Gerade sind viele Fragen offen.")
    await erases(world, next(each for each in others if each.can("intro_no")))
    assert await ana.taps("Kennenlernen", message=sixth) == too_many


async def test_several_that_expire_together_lead_to_one_card(sqlite_world, clock):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    for number in range(2):
        await guest(world, workshop, f"Gast{number} Nachname", seeks=(), offers=("ehrenamt",))
        await ana.says("/partner")
        await ana.taps("Kennenlernen")
    for number in range(2):
        await guest(world, workshop, f"Neue{number} Nachname", seeks=(), offers=("ehrenamt",))
    heard = len(ana.messages)
    await clock.advance(hours=25)
    told = [each.text for each in ana.messages[heard:]]
    assert sum(text == EXPIRED for text in told) == 2
    assert sum(text.startswith("Ein Gespräch, das passen könnte") for text in told) == 1
