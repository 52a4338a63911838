"""The stage as a process of its own, and what it remembers."""

import asyncio
import json
import signal
import sys

import pytest
from aiohttp import ClientSession

from tests.stage.conftest import Talk
from tests.stage.pictures import png


async def launched(folder, *more):
    arguments = ("-m", "stage", "--port", "0", "--data", str(folder), *more)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    line = (await process.stdout.readline()).decode()
    return process, line.split()[-1].rstrip("/")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
async def test_nothing_answered_is_forgotten(serve, tmp_path, end):
    process, url = await launched(tmp_path, "--link", "wall=http://127.0.0.1:1/wall/X")
    async with ClientSession() as session:
        stage = Talk(url, session)
        ana = await stage.person()
        update = (await stage.post(f"users/{ana}/send", text="ungelesen 😀"))["update_id"]
        await stage.result("sendMessage", chat_id=ana, text="x", reply_markup={"keyboard": [["Ja"]]})
        picture = (await stage.upload(ana, "photo", "a.png", png()))["message_id"]
        await stage.result("setMyCommands", commands=[{"command": "start", "description": "Los"}])
        await stage.post("clock/move", months=1)
        before = await _all(stage, ana)
        process.send_signal(end)
        code = await asyncio.wait_for(process.wait(), 8)
    assert code == (0 if end == signal.SIGTERM else -signal.SIGKILL)
    stage = await serve(data_dir=tmp_path)
    assert await _all(stage, ana) == before
    pending = await stage.result("getUpdates")
    assert [each["update_id"] for each in pending] == [update, update + 1]
    photo = pending[1]["message"]["photo"][0]["file_id"]
    path = (await stage.result("getFile", file_id=photo))["file_path"]
    async with stage.session.get(f"{stage.url}/file/bot1000000:stage/{path}") as answer:
        assert await answer.read() == png()
    assert (await stage.post(f"users/{ana}/send", text="y"))["message_id"] == picture + 1


async def test_a_torn_last_line_is_passed_over(serve, tmp_path):
    stage = await serve(data_dir=tmp_path)
    ana = await stage.person()
    with (tmp_path / "ledger.jsonl").open("a") as journal:
        journal.write(json.dumps(["user", "9", {"id": 9}])[:-4])
    again = await serve(data_dir=tmp_path)
    assert [user["id"] for user in await again.get("users")] == [ana]


async def test_only_this_machine(tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "stage", "--port", "0", "--host", "0.0.0.0"), stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert b"--host" in errors


async def _all(stage, user):
    state = await stage.get("state")
    kept = {name: state[name] for name in ("users", "chats", "commands")}
    ledger = await stage.get("ledger")
    return kept, await stage.messages(user), ledger, state["clock"]["now"][:10]
