"""With `DELIVERY_PROBE`, a message whose answer was lost: whoever presses its button shows that it is there."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Outgoing, SendState
from tests.world import running_world


@pytest.fixture
async def probing_world(sqlite_url, starts_at, monkeypatch):
    monkeypatch.setattr("scheduler.probing._PATIENCE", timedelta(hours=1))
    async with running_world(sqlite_url, starts_at, delivery_probe=True) as world:
        yield world


async def _shown(world, chat_id, number):
    """The newest of so many messages of the bot in this chat, as the stage has it."""
    async with asyncio.timeout(120):
        while True:
            async with world._http.get(f"{world.url}/stage/users/{chat_id}/messages") as answer:
                messages = [m for m in (await answer.json())["messages"] if not m.get("out")]
            if len(messages) >= number:
                return messages[-1]
            await asyncio.sleep(0.01)


async def test_a_button_pressed_meanwhile_settles_it_and_its_data_means_what_it_meant(probing_world):
    world = probing_world
    orga = await world.organiser()
    count = len((await world.get("ledger"))["sent"])
    lost = {"method": "sendMessage", "drop": True, "effect": True}
    await world.post("faults", json={"next": [lost]})
    await world.post(f"users/{orga.id}/send", json={"text": "/hilfe"})
    message = await _shown(world, orga.id, count + 1)
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert "~" in data
    await world.post(f"users/{orga.id}/press", json={"message_id": message["message_id"], "data": data})
    await world.quiet()
    async with world.database.reader() as session:
        row = await session.scalar(select(Outgoing).where(Outgoing.message_id == message["message_id"]))
    assert (row.kind, row.state, row.repeated, row.attempts) == ("Help", SendState.SENT, False, 1)
    texts = [each["text"] for each in (await world.get("ledger"))["sent"]]
    assert len(texts) == len(set(texts))
