"""Limits, faults on demand, and the clock."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import aiohttp
import pytest

CUT = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


async def test_a_chat_bears_three_at_once_then_one_a_second(stage, monkeypatch):
    """All within one moment, however long the calls take."""
    ana, ben = await stage.person("Ana"), await stage.person("Ben")
    now = time.monotonic()
    monkeypatch.setattr("stage.limits.time", SimpleNamespace(monotonic=lambda: now))
    await stage.post("faults", limits=True)
    sent = (await stage.result("sendMessage", chat_id=ana, text="1"))["message_id"]
    await stage.result("sendMessage", chat_id=ana, text="2")
    await stage.result("editMessageText", chat_id=ana, message_id=sent, text="3")
    answer, body = await stage.raw("sendMessage", {"chat_id": str(ana), "text": "4"})
    assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
    assert body["description"] == "Too Many Requests: retry after 1"
    assert body["parameters"] == {"retry_after": 1}
    await stage.result("sendMessage", chat_id=ben, text="1")
    await stage.result("sendChatAction", chat_id=ana, action="typing")
    assert (await stage.get("ledger"))["by_user"] == {str(ana): 2, str(ben): 1}


async def test_thirty_a_second_in_all(stage):
    people = [(await stage.post("users", first_name="Ana"))["id"] for _ in range(40)]
    for user in people:
        await stage.post(f"users/{user}/start")
    await stage.post("faults", limits=True)
    started = time.monotonic()
    answers = await asyncio.gather(*(stage.call("sendMessage", chat_id=user, text="x") for user in people))
    passed = sum(answer["ok"] for answer in answers)
    assert 30 <= passed <= 31 + 30 * (time.monotonic() - started)


async def test_an_outage_cuts_connections_without_effect(stage):
    ana = await stage.person()
    poll = asyncio.create_task(stage.call("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    await stage.post("faults", outage=True)
    with pytest.raises(CUT):
        await poll
    with pytest.raises(CUT):
        await stage.call("sendMessage", chat_id=ana, text="x")
    assert (await stage.post("faults", outage=False))["outage"] is False
    assert (await stage.get("ledger"))["messages"] == 0
    await stage.result("sendMessage", chat_id=ana, text="x")


async def test_a_lost_answer_has_taken_effect(stage):
    ana = await stage.person()
    await stage.post("faults", lose_answers=1)
    with pytest.raises(CUT):
        await stage.call("sendMessage", chat_id=ana, text="x")
    await stage.post("faults", lose_answers=0)
    assert (await stage.get("ledger"))["messages"] == 1
    [call] = (await stage.get("log?method=sendMessage"))["calls"]
    assert (call["ok"], call["delivered"]) == (True, False)


async def test_errors_and_scripted_answers(stage):
    ana = await stage.person()
    await stage.post("faults", error_rate=1)
    assert (await stage.refusal("sendMessage", chat_id=ana, text="x"))[0] == 500
    flood = {"method": "sendMessage", "code": 429, "description": "Too Many Requests: retry after 9"}
    steps = [{**flood, "parameters": {"retry_after": 9}}, {"code": 502, "times": 2, "effect": True}]
    await stage.post("faults", error_rate=0, next=steps)
    assert (await stage.call("sendMessage", chat_id=ana, text="x"))["parameters"] == {"retry_after": 9}
    assert (await stage.refusal("sendMessage", chat_id=ana, text="x"))[0] == 502
    assert (await stage.refusal("getMe"))[0] == 502
    assert (await stage.call("getMe"))["ok"]
    assert (await stage.get("ledger"))["messages"] == 1


async def test_a_wrong_fault_changes_nothing(stage):
    assert "error" in await stage.post("faults", outage=True, weather="bad")
    assert "error" in await stage.post("faults", outage=True, next=[{"code": 99}])
    assert (await stage.get("faults"))["outage"] is False


async def test_without_a_walker_the_clock_jumps(stage):
    before = datetime.fromisoformat((await stage.get("clock"))["now"])
    moved = await stage.post("clock/move", days=30)
    assert moved["arrived"]
    assert datetime.fromisoformat(moved["now"]) - before >= timedelta(days=30)
    ana = await stage.person()
    assert (await stage.messages(ana))[0]["date"] > (before + timedelta(days=29)).timestamp()
    assert "error" in await stage.post("clock/move", to=before.isoformat())
    for wrong in ({"to": "2030-01-01T00:00:00"}, {"months": 999_999}, {"days": 1e30}, {"days": "x"}, {}):
        assert "error" in await stage.post("clock/move", **wrong)


async def test_a_walker_goes_step_by_step(stage):
    now = datetime.now(UTC)
    assert (await stage.get("clock?walker=1"))["arrived"]
    moved = await stage.post("clock/move", to=(now + timedelta(days=2)).isoformat())
    assert (moved["arrived"], moved["walker"]) == (False, True)
    waiting = asyncio.create_task(stage.get("clock?wait=5"))
    half = await stage.post("clock", now=(now + timedelta(days=1)).isoformat())
    assert (half["arrived"], half["target"]) == (False, moved["target"])
    back = await stage.post("clock", now=now.isoformat())
    assert back["now"] >= half["now"]
    assert not waiting.done()
    await stage.post("clock", now=moved["target"])
    assert (await waiting)["arrived"]


async def test_a_walker_goes_to_the_next_due_thing(stage):
    await stage.get("clock?walker=1")
    moved = await stage.post("clock/move", next=True)
    assert (moved["next"], moved["target"], moved["arrived"]) == (True, None, False)
    due = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    assert (await stage.post("clock", now=due, arrived=True))["arrived"]


async def test_reset_keeps_the_people_and_calls_the_hook(serve):
    called = []

    async def on_reset(sample):
        called.append(("reset", sample))

    stage = await serve(on_reset=on_reset)
    ana = await stage.person()
    await stage.result("sendMessage", chat_id=ana, text="x")
    await stage.post("reset")
    await stage.post("reset", sample=False)
    assert called == [("reset", True), ("reset", False)]
    assert await stage.messages(ana) == []
    assert (await stage.get("users"))[0]["started"] is False
    assert (await stage.get("ledger"))["messages"] == 0
    await stage.post("reset", users="forget")
    assert await stage.get("users") == []


async def test_the_state_waits_for_a_change(stage):
    version = (await stage.get("state"))["version"]
    waiting = asyncio.create_task(stage.get(f"state?after={version}&wait=10"))
    await asyncio.sleep(0.05)
    user = (await stage.post("users", first_name="Ana"))["id"]
    state = await waiting
    assert state["version"] > version
    assert [each["id"] for each in state["users"]] == [user]
    assert state["not_imitated"]


async def test_the_menu_of_a_phone_is_the_narrowest(stage):
    german = (await stage.post("users", first_name="Ana", language_code="de"))["id"]
    english = (await stage.post("users", first_name="Ben", language_code="en"))["id"]
    menus = [({}, "start"), ({"language_code": "de"}, "los")]
    for where, name in menus:
        await stage.result("setMyCommands", commands=[{"command": name, "description": "x"}], **where)
    own = {"type": "chat", "chat_id": english}
    await stage.result("setMyCommands", commands=[{"command": "own", "description": "x"}], scope=own)
    commands = (await stage.get("state"))["commands"]
    assert [commands[str(user)][0]["command"] for user in (german, english)] == ["los", "own"]
    bad = [{"command": "Große", "description": "x"}]
    assert await stage.refusal("setMyCommands", commands=bad) == (400, "Bad Request: BOT_COMMAND_INVALID")
