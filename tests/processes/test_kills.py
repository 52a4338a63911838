"""The process dies without warning, at any moment: nothing is lost, nobody answers twice, repeats are told."""

import asyncio
import random
import signal
import time
from itertools import pairwise

import pytest
from sqlalchemy import select

from db.models import Consent, Outgoing, Person
from tests.processes.hall import CODE, FIRST

ANA = 5001
HELP = "Das geht hier"
JOINING = [  # what a newcomer does, each once: types words, or taps the button
    ("data", "begin:"),
    ("data", "k_yes:"),
    ("data", "u_yes"),
    ("data", "role:town_hall"),
    ("say", "Ana Keller"),
    ("say", "Dresden"),
    ("say", "Ehrenamt"),
    ("data", "topics_ok:seeks"),
    ("data", "skip:organisation"),
    ("data", "skip:offers"),
    ("data", "a_yes"),
    ("data", "profile_ok"),
]


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_while_somebody_joins(hall, seed):
    """After three steps drawn at random, a moment later each."""
    dice = random.Random(seed)
    await hall.fill(0)
    await hall.start()
    await hall.post("users", first_name="Ana", id=ANA)
    await hall.post(f"users/{ANA}/start", payload=f"w_{CODE}")
    killed = dice.sample(range(len(JOINING)), 3)
    for number, (kind, what) in enumerate(JOINING):
        await _do(hall, kind, what)
        if number in killed:
            await asyncio.sleep(dice.random() * 0.15)
            await hall.kill()
            await hall.start()
    ana = await hall.phone("Ana", ANA)
    await ana.quiet()
    await ana.look()
    assert ana.last.startswith("Alles bereit, Ana Keller!")
    person = await hall.profile(ANA)
    assert (person.name, person.place, person.role.value) == ("Ana Keller", "Dresden", "town_hall")
    assert person.finished_at is not None
    assert [c.purpose.value for c in person.consents] == ["K", "U", "A"]
    assert [i.topic for i in person.interests] == ["ehrenamt"]
    assert await _repeats(hall, ANA) <= await hall.repeated() <= len(killed)


async def _do(hall, kind, what):
    """As soon as the bot asks for it: tap the newest such button, or type."""
    ana = await hall.phone("Ana", ANA)
    if kind == "say":
        await ana.quiet()
        await hall.post(f"users/{ANA}/send", text=what)
        return
    found = []

    async def asked():
        await ana.look()
        found[:] = [(m["message_id"], key["callback_data"]) for m in ana.messages for row in _rows(m) for key in row
                    if key.get("callback_data", "").startswith(what)]  # fmt: skip
        return found

    await hall.until(asked)
    message_id, data = found[-1]
    await hall.post(f"users/{ANA}/press", message_id=message_id, data=data)


def _rows(message):
    return message.get("reply_markup", {}).get("inline_keyboard", [])


async def _repeats(hall, chat_id):
    """Texts that reached the chat more than once running; the same question asked anew counts too."""
    texts = [each["text"] for each in (await hall.get("ledger"))["sent"] if each["chat_id"] == chat_id]
    return sum(one == other for one, other in pairwise(texts))


async def test_killed_between_commit_and_send(hall):
    """What was committed is said by the next process, also if the last one was just saying it."""
    await hall.fill(1)
    await hall.start()
    await hall.post("faults", latency_ms=700)
    await hall.post(f"users/{FIRST}/send", text="/hilfe")

    async def fetched():
        return not (await hall.get("state"))["bot"]["pending_updates"]

    await hall.until(fetched)
    await asyncio.sleep(0.3)
    await hall.kill()
    await hall.post("faults", latency_ms=0)
    await hall.start()
    guest = await hall.phone("Gast", FIRST)
    await guest.quiet()
    heard, repeated = (await hall.arrived(HELP))[FIRST], await hall.repeated()
    assert 1 <= heard <= 1 + repeated <= 2, (
        "what arrived twice is known; the first may have been cut off on its way"
    )


async def test_an_answer_lost_on_its_way_makes_one_repeat_that_is_known(hall):
    await hall.fill(1)
    await hall.start()
    lost = {"method": "sendMessage", "effect": True, "drop": True}
    await hall.post("faults", next=[lost])
    await hall.post(f"users/{FIRST}/send", text="/hilfe")
    guest = await hall.phone("Gast", FIRST)
    await guest.quiet()
    assert (await hall.arrived(HELP))[FIRST] == 2
    assert await hall.repeated() == 1


async def test_killed_and_stopped_in_the_middle_of_an_announcement(hall):
    """A kill and an order to stop: one announcement goes on through three processes."""
    guests, at_once = 300, 12
    await hall.fill(guests)
    await hall.start()
    await hall.post("faults", limits=True, latency_ms=60)
    await hall.announce(guests)
    await hall.until_arrived(80)
    await hall.kill()
    await hall.start()
    await hall.until_arrived(160)
    began = time.monotonic()
    assert await hall.bot.stopped(signal.SIGTERM) == 0
    assert time.monotonic() - began < 10
    so_far = sum((await hall.arrived()).values())
    assert so_far < guests, "stopped too late to prove anything"
    await hall.start()
    report = await hall.report()
    arrived = await hall.arrived()
    lost = [FIRST + n for n in range(guests) if FIRST + n not in arrived]
    repeats = sum(arrived.values()) - len(arrived)
    assert not lost
    assert max(arrived.values()) <= 2
    assert repeats <= report["Möglicherweise doppelt"] <= at_once
    assert report["Insgesamt"] == guests
    assert report["Zugestellt"] + report["Ohne Auskunft von Telegram"] == guests
    assert report["Fehlgeschlagen"] == report["Nicht erreichbar"] == 0
    assert not [each for each in await hall.log() if each["code"] == 429]


@pytest.mark.parametrize("wait", [0.0, 0.03, 0.3])
async def test_killed_while_somebody_is_erased(hall, wait):
    """Either nothing has happened yet or all of it; in the end it is done and said."""
    await hall.fill(2)
    await hall.start()
    guest = await hall.phone("Gast", FIRST)
    await guest.says("/loeschen")

    async def asked():
        await guest.look()
        return bool(guest.messages)

    await hall.until(asked)
    message = guest.messages[-1]["message_id"]
    await hall.post(f"users/{FIRST}/press", message_id=message, data="erase_yes")
    await asyncio.sleep(wait)
    await hall.kill()
    there = len(await hall.asks(select(Person.id).where(Person.chat_id == FIRST)))
    answers = len(await hall.asks(select(Outgoing.id).where(Outgoing.kind == "Erased")))
    assert there + answers == 1
    assert len(await hall.asks(select(Consent.id))) == 3 + 3 * there
    await hall.start()
    guest = await hall.phone("Gast", FIRST)
    await guest.quiet()
    # Once more if it was tried again: what was under way at the kill may have arrived, or not.
    assert 1 <= (await hall.arrived("sind gelöscht"))[FIRST] <= 1 + await hall.repeated()
    assert not await hall.asks(select(Person.id).where(Person.chat_id == FIRST))
