"""Amendments that are not what they were: other words came meanwhile, the day passed, or they are not one's own."""

import asyncio
from datetime import date, timedelta

from db.models import Pledge, PledgeEvent
from tests.cast import PAY, guest
from tests.conversations.pledges import column_of
from tests.conversations.pledging.test_amending import NEW, agreed, proposes_words, words_of


async def test_a_typed_yes_means_what_its_writer_has_read(sqlite_world):
    """Other words are on their way, and the chat shows them later: nobody agrees to what they have not seen."""
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    await ana.sends_button_data(f"amend_words:{number}")
    busy = {"method": "editMessageText", "code": 429, "parameters": {"retry_after": 5}, "times": 9}
    await world.post("faults", json={"next": [busy | {"description": "Too Many Requests: retry after 5"}]})
    await world.post(f"users/{ana.id}/send", json={"text": "Ich mache zwei."})
    while "Ich mache zwei." not in await world.rows(PledgeEvent.text):  # noqa: ASYNC110 - no bell rings
        await asyncio.sleep(0.01)
    assert NEW in ben.last
    await world.post(f"users/{ben.id}/send", json={"text": "einverstanden"})
    while "Meinst du eine dieser Antworten?" not in ben.last and await words_of(world, number) == PAY:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert await words_of(world, number) == PAY
    await world.post("faults", json={"next": []})
    await world.quiet()
    await ben.says("einverstanden")
    assert await words_of(world, number) == "Ich mache zwei."


async def test_the_button_below_older_words_agrees_to_nothing_newer(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    older = {
        verb: next(data for _, data in ben.newest.keyboard if data.startswith(f"{verb}:"))
        for verb in ("amend_yes", "amend_no", "no_because")
    }
    mine = next(data for _, data in ana.newest.keyboard if data.startswith("amend_back:"))
    await proposes_words(ana, number, "Ich mache zwei.")
    assert "Dieser Knopf ist nicht mehr aktuell" in await ben.sends_button_data(older["no_because"])
    for person, data in ((ben, older["amend_yes"]), (ben, older["amend_no"]), (ana, mine)):
        await person.sends_button_data(data)
        assert "„Ich mache zwei.“" in person.last
    assert await words_of(world, number) == PAY
    await ben.taps("Einverstanden")
    assert await words_of(world, number) == "Ich mache zwei.", "it waited still"


async def test_a_yes_in_reply_to_older_words_is_asked_back(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    older = ben.newest
    await world.clock.advance(minutes=30)
    await proposes_words(ana, number, "Ich mache zwei.")
    assert NEW in older.text
    for words in ("einverstanden", "nein, weil ich eins besser finde"):
        assert "Meinst du eine dieser Antworten?" in await ben.says(words, reply_to=older.id)
    assert await words_of(world, number) == PAY
    await ben.taps("Einverstanden")
    assert await words_of(world, number) == "Ich mache zwei."


async def test_a_day_that_has_passed_before_the_yes_counts_no_more(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    world.clock.skip(timedelta(days=40))
    await ana.sends_button_data(f"amend_on:{number}:20270524")
    assert "neu 24. Mai." in ben.last
    world.clock.skip(timedelta(days=2))
    await ben.taps("Einverstanden")
    assert await column_of(world, number, Pledge.deadline) == date(2027, 10, 12)
    assert "Ab jetzt gilt" not in ben.last + ana.last


async def test_nobody_else_can_touch_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    cem = await guest(world, 1, "Cem Demir")
    own = next(data for _, data in ben.newest.keyboard if data.startswith("amend_yes:"))
    for data in (own, own.replace("yes", "no"), f"amend:{number}", f"amend_words:{number}"):
        await cem.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell" in cem.last
    await ana.sends_button_data(own)
    assert await words_of(world, number) == PAY, "nor can I agree with myself"
    await ben.sends_button_data(own.replace("yes", "back"))
    assert "Einverstanden" in ben.buttons, "nor take back what is the other's"
