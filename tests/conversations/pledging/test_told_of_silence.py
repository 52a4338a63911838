"""Both read the rule of silence before their yes, whichever way they come in; where it was not said, none holds."""

import pytest
from sqlalchemy import update

from db.models import Pledge
from domain.voice import Voice
from tests.cast import BUS, pair
from tests.conversations.pledges import all_pledges, chooses, column_of, writes
from tests.conversations.pledging.test_handshake import holds_out
from tests.people import TestPerson

RULE = {
    Voice.DU: "Bleibt es lange still, bekommt erst das Gegenüber einen Hinweis, später das Team.",
    Voice.SIE: "Bleibt es lange still, bekommt erst das Gegenüber einen Hinweis, später das Team.",
    Voice.EN: "If it stays quiet for long, the other one gets a hint first, later the team.",
}


def says_yes_to(person: TestPerson, verb, voice=Voice.DU):
    """Whether the newest message with the button of the yes says the rule above it."""
    return RULE[voice] in person.with_data(verb).text


@pytest.mark.parametrize("voice", Voice)
async def test_a_proposal_says_it_to_both(sqlite_world, voice):
    ana, ben = await pair(sqlite_world, voice)
    number = await writes(ben, ana, BUS)
    assert says_yes_to(ben, "propose:", voice)
    await ben.taps_data(f"propose:{number}")
    assert says_yes_to(ana, "accept:", voice)
    assert await column_of(sqlite_world, number, Pledge.told_of_silence)


async def test_other_words_and_another_day_say_it_again(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, BUS)
    await ben.taps_data(f"propose:{number}")
    await ana.taps("Satz anpassen")
    await ana.says("Ich stelle bis Mai einen Antrag für den Bürgerbus.")
    assert "eine Änderung" in ben.with_data("accept:").text
    assert says_yes_to(ben, "accept:")


async def test_a_handshake_says_it_to_both(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, _ = await holds_out(ben)
    assert says_yes_to(ben, "propose:")
    await ana.start(payload)
    assert says_yes_to(ana, "accept:")


async def test_a_proposal_that_came_in_a_pause_says_it(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, BUS)
    await ana.sends_button_data("pause:0")
    await ben.taps_data(f"propose:{number}")
    await ana.sends_button_data("resume")
    await ana.taps_data(f"pledge:{number}")
    assert says_yes_to(ana, "accept:")


async def test_a_draft_from_before_the_rule_does_not_say_it_and_is_not_under_it(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, BUS)
    async with sqlite_world.database.writer.begin() as session:
        await session.execute(update(Pledge).values(told_of_silence=False))
    await ben.sends_button_data(f"pledge:{number}")
    assert not says_yes_to(ben, "propose:")
    await ben.taps_data(f"propose:{number}")
    assert not says_yes_to(ana, "accept:")
    await ana.taps("Ich bin dabei")
    assert not await column_of(sqlite_world, number, Pledge.told_of_silence)


async def test_an_empty_draft_from_before_it_is_like_a_new_one(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await chooses(ben, ana)
    async with sqlite_world.database.writer.begin() as session:
        await session.execute(update(Pledge).values(told_of_silence=False))
    await chooses(ben, ana)
    (pledge,) = await all_pledges(sqlite_world)
    assert pledge.told_of_silence
