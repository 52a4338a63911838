"""A photo to 300 people of whom four cannot get it: halted, killed, let go on, sent again, and taken back."""

from collections import Counter

from aiohttp import FormData
from sqlalchemy import select

from db.models import Broadcast, BroadcastState, Outgoing, SendState
from tests.people import PIXEL
from tests.processes.hall import FIRST, OWNER, WORDS

GUESTS = 300
BLOCKING = [FIRST + 40, FIRST + 250]  # whose phones have blocked the bot, which does not know it yet
REFUSED = 2  # copies that Telegram refuses for good, whoever they are for
LOST = 1  # copies that arrive without an answer, so that they are sent twice
AT_ONCE = 24  # copies on their way at a time, at most
SLOW = 600  # milliseconds for each call, so that copies are on their way when the process dies


async def test_what_the_report_says_has_arrived_and_nothing_else(hall):
    await _fill(hall)
    await hall.start()
    orga = await _let_out(hall)
    await _halt_and_kill(hall, orga)
    await hall.start()
    orga = await hall.phone("Orga", OWNER)
    await _goes_on(hall, orga)
    await _sent_again(hall, orga)
    await _taken_back(hall, orga)
    assert await hall.get("violations") == []


async def _fill(hall):
    await hall.fill(GUESTS)
    for chat_id in BLOCKING:
        await hall.post(f"users/{chat_id}/block", blocked=True)
    await hall.drain()


async def _let_out(hall):
    orga = await hall.phone("Orga", OWNER)
    await orga.start()
    await orga.says("/ankuendigung")
    form = FormData({"kind": "photo", "caption": WORDS})
    form.add_field("file", PIXEL, filename="saal.png", content_type="image/png")
    async with hall.http.post(f"{hall.telegram}/stage/users/{OWNER}/upload", data=form) as answer:
        assert answer.status == 200
    await orga.quiet()
    await orga.taps("An alle")
    refused = {"method": "copyMessage", "code": 400, "description": "Bad Request: VOICE_MESSAGES_FORBIDDEN"}
    lost = {"method": "copyMessage", "effect": True, "drop": True}
    await hall.post("faults", latency_ms=SLOW, limits=True, next=[refused | {"times": REFUSED}, lost])
    await hall.post(f"users/{OWNER}/send", text=str(GUESTS))
    return orga


async def _halt_and_kill(hall, orga):
    """Killed as soon as it is halted, with copies on their way: nobody knows whether these have arrived."""
    await hall.until_arrived(30)

    async def refused():
        dead = select(Outgoing.id).where(Outgoing.state == SendState.DEAD, Outgoing.chat_id.not_in(BLOCKING))
        return len(await hall.asks(dead)) == REFUSED

    await hall.until(refused)
    await _press(hall, orga, "Anhalten")

    async def halted():
        return await hall.asks(select(Broadcast.state)) == [BroadcastState.HALTED]

    await hall.until(halted)
    await hall.kill()


async def _press(hall, orga, label):
    """Without waiting until the bot is quiet."""
    await orga.look()
    await hall.post(f"users/{OWNER}/press", message_id=orga.messages[-1]["message_id"], label=label)


async def _goes_on(hall, orga):
    await hall.post("faults", latency_ms=0)
    report = await _figures(hall, orga, "angehalten")
    assert report["Nicht verschickt"] > 0, "halted too late to prove anything"
    assert len(await hall.arrived()) <= GUESTS - report["Nicht verschickt"]
    await _press(hall, orga, "Weiter senden")
    report = await _figures(hall, orga, "Fertig")
    assert report["Fehlgeschlagen"] == REFUSED
    assert report["Nicht erreichbar"] == len(BLOCKING)
    assert report["Zugestellt"] + report["Ohne Auskunft von Telegram"] == GUESTS - REFUSED - len(BLOCKING)
    await _agrees(hall, report)


async def _agrees(hall, report):
    """What the stage says has arrived is what the report says, and nobody has it more often than that says."""
    arrived = await hall.arrived()
    assert report["Insgesamt"] == GUESTS
    assert report["Zugestellt"] <= len(arrived) <= report["Zugestellt"] + report["Ohne Auskunft von Telegram"]
    assert sum(arrived.values()) - len(arrived) <= report["Möglicherweise doppelt"] <= LOST + AT_ONCE
    assert not arrived.keys() & set(BLOCKING[1:])


async def _sent_again(hall, orga):
    """To those who missed it, of whom one has let the bot in again."""
    await hall.post(f"users/{BLOCKING[0]}/block", blocked=False)
    await orga.quiet()
    await orga.taps("Fehlgeschlagene erneut")
    report = await _figures(hall, orga, "Fertig")
    assert (report["Zugestellt"], report["Nicht erreichbar"], report["Fehlgeschlagen"]) == (GUESTS - 1, 1, 0)
    await _agrees(hall, report)


async def _taken_back(hall, orga):
    """All but one that Telegram refuses to delete, and what arrived twice without an answer."""
    refused = {"method": "deleteMessage", "code": 400, "description": "Bad Request: message can't be deleted"}
    await hall.post("faults", next=[refused])
    await orga.taps("Zurückholen")
    report = await _figures(hall, orga, "ist zurückgeholt")
    assert (report["Davon wieder gelöscht"], report["Davon nicht mehr zu löschen"]) == (GUESTS - 2, 1)
    twice = sum((await hall.arrived()).values()) - (GUESTS - 1)
    assert await _shown(hall) == 1 + twice
    assert orga.labels == ["Wer hat sie bekommen?", "Zum Menü"], "nobody gets it anew"


async def _figures(hall, orga, words):
    """Of the organiser's progress, once it says so and the bot rests; what it does not name is zero."""

    async def said():
        await orga.look()
        return words in orga.last

    await hall.until(said, within=120)
    await orga.quiet()
    await orga.look()
    assert words in orga.last
    lines = (line.split(": ") for line in orga.last.splitlines()[1:])
    return Counter({name: int(figure) for name, figure in lines})


async def _shown(hall):
    """How many of the photos guests still see."""
    chats = [await hall.get(f"users/{FIRST + n}/messages") for n in range(GUESTS)]
    return sum("photo" in each for chat in chats for each in chat["messages"])
