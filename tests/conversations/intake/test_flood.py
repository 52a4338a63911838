"""Too much from one person: one kind answer, then nothing is read for a minute, except what is everybody's right."""

import asyncio

import pytest

from db.models import Interest
from domain.limits import ALWAYS_HEARD, ALWAYS_READ, MESSAGES, PRESSES, WINDOW
from handlers.commands import ALWAYS, JOINED
from messages.buttons import Verb
from tests.cast import guest, open_workshop
from tests.world import running_world

FLOODED = "Das ging schnell.\nIch lese in einer Minute weiter."


def sent(*texts):
    return [("send", {"text": text}) for text in texts]


def floods(person):
    return [each for each in person.messages if each.text.startswith(FLOODED)]


async def test_a_flood_is_answered_once_and_not_read_until_a_minute_is_over(sqlite_world, clock):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht")
    await ana.does_at_once(*sent(*("/profil" for _ in range(MESSAGES + 10))))
    assert len(floods(ana)) == 1
    heard = len(ana.messages)
    await ana.does_at_once(*sent("Wärmeplanung", "Bürgerbus"))
    assert len(ana.messages) == heard, "neither answered"
    assert "Wärmeplanung" not in await world.stored(), "nor stored"
    for command in ("/datenschutz", "/hilfe", "/auskunft", "/widerruf", "/pause", "/loeschen"):
        assert await ana.says(command), command
        assert not ana.last.startswith(FLOODED), command
    assert "Womit" in await ben.says("/abbrechen"), "nobody else is held up"
    clock.skip(WINDOW)
    await ana.says("/profil")
    assert not ana.last.startswith(FLOODED)
    assert len(floods(ana)) == 1


async def test_taps_have_more_room_and_erasing_is_always_heard(sqlite_world):
    world = sqlite_world
    ana = await guest(world, await open_workshop(world), "Ana Keller")
    await ana.says("/loeschen")
    question = ana.newest
    await ana.says("/versprechen")
    tap = ("press", {"message_id": ana.newest.id, "data": ana.newest.keyboard[0][1]})
    await ana.does_at_once(*[tap] * MESSAGES * 2)
    assert not floods(ana)
    await ana.does_at_once(*[tap] * (PRESSES - MESSAGES))
    assert len(floods(ana)) == 1
    await ana.presses(question, question.data_of("Nein"))
    assert not ana.last.startswith(FLOODED)


async def test_somebody_who_has_not_agreed_hears_it_in_their_voice(sqlite_world):
    await sqlite_world.workshop()
    eve = await sqlite_world.person("Eve", language_code="en")
    await eve.start(f"w_{sqlite_world.code}")
    await eve.does_at_once(*sent(*["Hello"] * (MESSAGES + 5)))
    assert [each.text.split("\n")[0] for each in eve.messages].count("That was quick.") == 1


async def test_three_hundred_people_at_the_door_are_no_flood(sqlite_world):
    world = sqlite_world
    await world.workshop()
    people = [await world.person(f"Gast{n}") for n in range(60)]
    for each in people:
        await world.post(f"users/{each.id}/start", json={"payload": f"w_{world.code}"})
    await world.quiet()
    assert all("Schön, dass" in each.last for each in people)


def test_what_is_always_read_is_known():
    assert {*ALWAYS, *JOINED} >= ALWAYS_READ
    assert {verb.value for verb in Verb} >= ALWAYS_HEARD


# --- one's own backlog


@pytest.fixture
async def slow(sqlite_url, starts_at):
    """A world that sends as fast as Telegram takes it: about one message a second in a chat."""
    async with running_world(sqlite_url, starts_at, haste=1.0) as world:
        yield world


async def calls(world):
    """How many messages were sent or changed so far."""
    made = (await world.get("log?after=0&limit=1000"))["calls"]
    return sum(each["method"].startswith(("send", "edit")) for each in made)


async def test_nobody_waits_for_the_backlog_of_their_own_taps(slow):
    """Thirty taps leave one message that is up to date, and a right is answered before what is left of them."""
    ana = await guest(slow, await open_workshop(slow), "Ana Keller", seeks=())
    await ana.sends_button_data("topics_list:seeks")
    await ana.taps_data("topics_group:")
    shown = ana.newest
    toggles = [data for _, data in shown.keyboard if data.startswith("topic_toggle:")][:3]
    taps = [("press", {"message_id": shown.id, "data": data}) for data in toggles * 9]
    before = await calls(slow)
    for what, body in (*taps, *sent("/versprechen", "/profil", "/datenschutz")):
        await slow.post(f"users/{ana.id}/{what}", json=body)
    # Three go at once, then one a second.
    while not any("Wofür ich Daten" in each.text or "Datenschutz" in each.text for each in ana.messages):
        assert await calls(slow) - before < 3 + 6, ana.screen()
        await asyncio.sleep(0.02)
    await slow.quiet()
    assert await calls(slow) - before < 3 + 9
    assert len(await slow.rows(Interest.id)) == 3
    chosen = [
        label for label, _ in next(m for m in ana.messages if m.id == shown.id).keyboard if "✓" in label
    ]
    assert len(chosen) == 3


async def test_one_document_at_a_time(sqlite_world):
    ana = await guest(sqlite_world, await open_workshop(sqlite_world), "Ana Keller")
    busy = {"method": "sendDocument", "code": 429, "parameters": {"retry_after": 5}}
    await sqlite_world.post(
        "faults", json={"next": [busy | {"description": "Too Many Requests: retry after 5"}]}
    )
    await ana.does_at_once(*sent(*["/auskunft"] * 12))
    documents = [each for each in ana.messages if each.body.get("document")]
    told = [each for each in ana.messages if each.text.startswith("Deine Auskunft ist unterwegs.")]
    assert (len(documents), len(told)) == (1, 1)
    await ana.says("/auskunft")
    assert ana.newest.body.get("document"), "once it is there, the next one may be asked for"
