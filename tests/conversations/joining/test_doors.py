"""The doors of workshops: a code just read, or one already passed. A number in a button opens none."""

import pytest
from sqlalchemy import select

from db.models import Membership, Person
from tests.cast import agrees, open_workshop
from tests.conversations.joining.door import core_yes

BEFORE_CONSENT = ("greet:{}:du", "begin:{}:du", "read:{}:du", "without:{}:du")


async def workshops_of(world, person):
    theirs = select(Membership.workshop_id).join(Person, Person.id == Membership.person_id)
    return await world.chosen(theirs.where(Person.chat_id == person.id))


async def led_to(world, code):
    """Somebody who has followed the link of the workshop with this code."""
    ana = await world.person("Ana")
    await ana.start(f"w_{code}")
    return ana


async def two_workshops(world):
    first = await open_workshop(world, code="AAAAAA", title="Erste")
    second = await open_workshop(world, code="BBBBBB", title="Zweite")
    return first, second


async def test_a_forged_yes_enters_only_the_workshop_one_was_led_to(world):
    first, second = await two_workshops(world)
    ana = await led_to(world, "AAAAAA")
    await ana.taps_data("begin:")
    await ana.sends_button_data(core_yes(world, second))
    await ana.taps_data("u_yes")
    assert ana.last.startswith("Welche Werkstatt?")
    assert await workshops_of(world, ana) == []
    await ana.says("AAAAAA")
    assert await workshops_of(world, ana) == [first]


@pytest.mark.parametrize("data", BEFORE_CONSENT)
async def test_no_forged_button_opens_a_door_for_the_next(sqlite_world, data):
    _, second = await two_workshops(sqlite_world)
    ana = await led_to(sqlite_world, "AAAAAA")
    await ana.sends_button_data(data.format(second))
    assert not ana.can(data.partition(":")[0] + f":{second}:")
    await ana.sends_button_data(core_yes(sqlite_world, second))
    assert await workshops_of(sqlite_world, ana) == []


async def test_somebody_who_followed_no_link_enters_none(sqlite_world):
    first, _ = await two_workshops(sqlite_world)
    ana = await sqlite_world.person("Ana")
    await ana.start()
    for data in (f"begin:{first}:du", core_yes(sqlite_world, first)):
        await ana.sends_button_data(data)
    await ana.taps_data("u_yes")
    assert ana.last.startswith("Welche Werkstatt?")
    assert await workshops_of(sqlite_world, ana) == []


async def test_the_text_one_reads_later_opens_no_door_either(sqlite_world):
    """After K was taken back, what was shown in between does not count as having been led there."""
    first, second = await two_workshops(sqlite_world)
    ana = await led_to(sqlite_world, "AAAAAA")
    await agrees(ana)
    await ana.sends_button_data(f"read:{second}:du")
    await ana.sends_button_data("consent_off:K")
    await ana.sends_button_data(core_yes(sqlite_world, second))
    assert await workshops_of(sqlite_world, ana) == [first]


async def test_each_welcome_one_was_given_keeps_its_door(sqlite_world):
    first, _ = await two_workshops(sqlite_world)
    ana = await led_to(sqlite_world, "AAAAAA")
    earlier = ana.newest
    await ana.start("w_BBBBBB")
    await ana.taps("Los geht's", message=earlier)
    await ana.taps_data("k_yes:")
    assert await workshops_of(sqlite_world, ana) == [first]


async def test_a_door_passed_before_is_open_after_the_yes_was_taken_back(sqlite_world):
    first, _ = await two_workshops(sqlite_world)
    ana = await led_to(sqlite_world, "AAAAAA")
    await agrees(ana)
    await ana.sends_button_data("consent_off:K")
    await ana.sends_button_data(core_yes(sqlite_world, first))
    await ana.taps_data("u_yes")
    assert await workshops_of(sqlite_world, ana) == [first]
    assert ana.last.startswith("Für wen bist du heute hier?")


SAID = (
    "W_{code}", "„{code}“", "{code}.", "Code: {code}", "https://t.me/mutmacher_stage_bot?start=w_{code}",
    "t.me/mutmacher_stage_bot?start=w_{code}", "tg://resolve?domain=mutmacher_stage_bot&start=w_{code}",
    "\u2068{code}\u2069",
)  # fmt: skip


@pytest.mark.parametrize("said", SAID)
async def test_a_code_counts_however_a_stranger_types_it(sqlite_world, said):
    first, _ = await two_workshops(sqlite_world)
    ana = await sqlite_world.person("Ana")
    await ana.says(said.format(code="AAAAAA"))
    await agrees(ana)
    assert await workshops_of(sqlite_world, ana) == [first]


@pytest.mark.parametrize("said", SAID)
async def test_a_code_counts_however_it_is_typed_later(sqlite_world, said):
    first, second = await two_workshops(sqlite_world)
    ana = await sqlite_world.person("Ana")
    await ana.start()
    await agrees(ana)
    await ana.says(said.format(code="AAAAAA"))
    assert ana.shows("role:")
    await ana.says(said.format(code="BBBBBB"))
    assert sorted(await workshops_of(sqlite_world, ana)) == [first, second]
