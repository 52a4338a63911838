"""Anyone under 16 is asked nothing more, at whatever step they say so, and no older button lets them in."""

import pytest

from db.models import Consent, Interest, Membership, Person
from domain.outcomes.choices import Purpose
from tests.cast import agrees, fingerprint
from tests.conversations.joining.door import core_yes, newcomer

REFUSED = "Danke, dass du es sagst."
TOPICS = ("seeks", "organisation", "offers", "announcements", "summary")


async def nothing_is_left_of(world, ana):
    assert ana.heard.startswith(REFUSED)
    assert "Gespeichert ist nichts." in ana.heard
    assert len(ana.new) == 1
    assert ana.buttons == []
    assert await world.rows(Person.chat_id) == [9001]
    assert [await world.count(table) for table in (Consent, Membership, Interest)] == [0, 0, 0]


@pytest.mark.parametrize("said", ["Ich bin 15", "fünfzehn", "Ja, 15", "I'm 15"])
async def test_it_is_heard_at_the_welcome(sqlite_world, said):
    ana = await newcomer(sqlite_world)
    await ana.says(said)
    await nothing_is_left_of(sqlite_world, ana)


async def test_it_is_heard_before_any_welcome(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.says("Ich bin 15")
    await nothing_is_left_of(sqlite_world, ana)


async def test_it_is_heard_between_the_two_consents(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    await ana.taps_data("k_yes:")
    await ana.says("Ich bin erst fünfzehn")
    await nothing_is_left_of(sqlite_world, ana)


async def test_it_is_heard_where_a_code_is_asked_for(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start()
    await agrees(ana)
    await ana.says("ich bin 15 Jahre")
    await nothing_is_left_of(sqlite_world, ana)


@pytest.mark.parametrize("step", ["role", "name", "place", *TOPICS])
async def test_it_is_heard_at_every_question(sqlite_world, step):
    ana = await sqlite_world.joined("Ana Keller", until=step)
    await ana.says("Ich bin 15")
    await nothing_is_left_of(sqlite_world, ana)
    assert "Ich bin 15" not in await sqlite_world.stored()
    assert "Keller" not in await sqlite_world.stored()


async def test_it_is_heard_in_a_line_corrected_before_the_end(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="summary")
    await ana.taps_data("edit:name")
    await ana.says("Ich bin 15")
    await nothing_is_left_of(sqlite_world, ana)


async def test_the_voice_stays_the_one_that_was_chosen(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", voice="en", until="name")
    assert (await ana.says("I'm 15")).startswith("Thank you for saying so.")


@pytest.mark.parametrize(
    ("step", "said"),
    [("name", "Ana Fünfzehner"), ("place", "Saal 15, Berlin"), ("organisation", "15 Leute, ein Ziel")],
)
async def test_a_number_that_is_no_age_is_an_answer(sqlite_world, step, said):
    ana = await sqlite_world.joined("Ana Keller", until=step)
    assert REFUSED not in await ana.says(said)
    assert ana.id in await sqlite_world.rows(Person.chat_id)


async def test_a_complete_profile_is_not_ended_by_a_number(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    assert REFUSED not in await ana.says("15")
    assert ana.id in await sqlite_world.rows(Person.chat_id)


async def test_after_the_refusal_the_older_yes_lets_nobody_in(world):
    ana = await newcomer(world)
    await ana.taps_data("begin:")
    await ana.says("Ich bin 15")
    await ana.taps_data("k_yes:")
    await nothing_is_left_of(world, ana)
    assert not ana.can("k_yes:"), "it is gone from the message it was under"
    await ana.taps_data("begin:")
    await nothing_is_left_of(world, ana)


@pytest.mark.parametrize("step", ["role", "seeks"])
async def test_after_a_later_refusal_no_older_button_works(sqlite_world, step):
    ana = await sqlite_world.joined("Ana Keller", until=step)
    await ana.says("Ich bin 15")
    carrier = f"u_yes:{fingerprint(Purpose.CARRIER, sqlite_world.settings.controller)}"
    presses = ("begin:1:du", core_yes(sqlite_world, 1), carrier, "role:town_hall")
    for older, data in zip(ana.messages[: len(presses)], presses, strict=True):
        await ana.sends_button_data(data, message_id=older.id)
        await nothing_is_left_of(sqlite_world, ana)


async def test_the_older_yes_stays_ended_below_a_new_welcome(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    older = ana.newest
    await ana.says("Ich bin 15")
    await ana.start(f"w_{sqlite_world.code}")
    assert (await ana.taps("Ja, ich", message=older)).startswith(REFUSED)
    await ana.taps_data("begin:")
    await ana.taps_data("k_yes:")
    assert ana.shows("u_yes"), "from sixteen on one may begin anew"
