"""A question whose message is gone or too old to change: the tap counts, and what it did is said in a new message."""

import pytest

from domain.pledges import Status
from tests.conversations.pledges import a_month_on, answers, statuses

GONE = ("message to edit not found", "message can't be edited")


async def refuses_the_next_edit(world, why, times=1):
    refusal = {"method": "editMessageText", "code": 400, "description": f"Bad Request: {why}", "times": times}
    await world.post("faults", json={"next": [refusal]})


def told(person, words):
    return [each.id for each in person.messages if words in each.text]


@pytest.mark.parametrize("why", GONE)
async def test_the_tap_counts_and_is_confirmed_once_in_a_new_message(sqlite_world, why):
    world = sqlite_world
    _, ben, number = await a_month_on(world)
    asked = ben.newest
    await refuses_the_next_edit(world, why)
    await answers(ben, number, "running")
    assert await statuses(world) == [Status.RUNNING]
    (confirmed,) = told(ben, "Läuft, notiert.")
    assert confirmed != asked.id
    assert ben.newest.id == confirmed
    await ben.taps("Rückgängig")
    assert await statuses(world) == []
    assert ben.newest.id == confirmed, "the message that took the question's place asks again"
    assert ben.can(f"report:{number}:")


@pytest.mark.parametrize("why", GONE)
async def test_a_second_answer_to_it_is_recorded_too_and_the_other_hears_it_once(sqlite_world, why):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    asked, heard = ben.newest, len(ana.messages)
    await refuses_the_next_edit(world, why, times=2)
    await answers(ben, number, "running")
    kept = next(data for _, data in asked.keyboard if data.endswith(":kept"))
    await ben.sends_button_data(kept, message_id=asked.id)
    assert await statuses(world) == [Status.KEPT]
    assert "Erfüllt, notiert." in ben.last
    assert len(ana.messages) - heard == 1
    await ben.sends_button_data(kept, message_id=asked.id)
    assert len(ana.messages) - heard == 1, "the same once more is no news"
