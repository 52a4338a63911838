"""Stage and bot together: greeted with the sample, killed and restarted from the page, ended together."""

import asyncio
import os
import signal
import socket

import pytest

from stage.phone import Phone, text_of
from tests.bot.processes import PATIENCE

NO_TOKEN = {"BOT_TOKEN": ""}
ORGANISER, ANA, BEN, CEM = 4001, 4002, 4003, 4004


async def greeted(run):
    """Wait for the line with the address."""
    async with asyncio.timeout(PATIENCE):
        while line := (await run.process.stdout.readline()).decode():
            if line.startswith("Mutmacher stage: "):
                return line.split(": ")[1].strip()
    raise AssertionError(f"ended with {await run.ended()}:\n{run.output}")


async def sample_is_over(url, http):
    """Wait until the link is known, which is the last step of the sample."""
    async with asyncio.timeout(PATIENCE):
        while not (await get(http, f"{url}/stage/state"))["links"]:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.2)
    ben = Phone(url, BEN, http)
    await ben.quiet()
    await ben.look()
    # A suggestion may have come after it.
    assert any("Du bist bestätigt" in text_of(each) for each in ben.messages)


async def get(http, url):
    async with http.get(url) as answer:
        return await answer.json()


async def post(http, address, **body):
    async with http.post(address, json=body) as answer:
        assert answer.ok, await answer.text()
        return await answer.json()


@pytest.mark.parametrize("command", [(), ("stage",)])
async def test_it_greets_with_a_sample_and_ends_in_time(start, http, tmp_path, command):
    run = await start(*command, **(NO_TOKEN if not command else {}))
    url = await greeted(run)
    assert url == run.url
    assert (await run.get("/health"))[0] == 200
    await sample_is_over(url, http)
    state = await get(http, f"{url}/stage/state")
    assert all("Beispiel" in user["label"] for user in state["users"])
    (link,) = state["links"].values()
    code = link.partition("start=w_")[2]
    async with http.get(f"{url}/wall/{code}") as wall:
        assert "Beispielwerkstatt" in await wall.text()
    ana = Phone(url, ANA, http)
    await ana.look()
    assert ana.messages == []
    assert "Beispielwerkstatt" in (await ana.start(link.partition("start=")[2])).text or ana.labels
    assert await get(http, f"{url}/stage/violations") == []
    assert await run.stopped(signal.SIGTERM) == 0
    assert (tmp_path / "data" / "stage" / "mutmacher.db").exists()
    assert (tmp_path / "secrets" / "stage-key").exists()


async def test_the_bot_may_be_killed_restarted_and_started_over(start, http):
    run = await start(**NO_TOKEN)
    url = await greeted(run)
    await sample_is_over(url, http)
    cem = Phone(url, CEM, http)
    for order in ("kill", "restart"):
        await post(http, f"{url}/stage/bot", do=order)
        assert (await run.get("/health"))[0] == 200
        assert await cem.says("/profil")
    before = (await get(http, f"{url}/stage/state"))["links"]
    await post(http, f"{url}/stage/reset")
    await sample_is_over(url, http)
    assert (await get(http, f"{url}/stage/state"))["links"] != before
    await post(http, f"{url}/stage/reset", sample=False)
    organiser = Phone(url, ORGANISER, http)
    assert "Werkstatt" in await organiser.start()
    assert [m["text"] for m in organiser.messages if "Beispiel" in m["text"]] == []
    assert (await get(http, f"{url}/stage/state"))["links"] == {}
    assert await run.stopped(signal.SIGINT) == 0


async def test_months_pass_in_moments_and_a_restart_remembers(start, http):
    run = await start(**NO_TOKEN)
    url = await greeted(run)
    await sample_is_over(url, http)
    await post(http, f"{url}/stage/clock/move", months=2)
    async with asyncio.timeout(PATIENCE):
        while not (moved := await get(http, f"{url}/stage/clock?wait=30"))["arrived"]:
            pass
    assert await run.stopped(signal.SIGTERM) == 0
    again = await start(**NO_TOKEN)
    url = await greeted(again)
    assert (await get(http, f"{url}/stage/clock"))["now"] > moved["now"]
    await sample_is_over(url, http)
    assert await again.stopped(signal.SIGTERM) == 0


async def test_a_killed_stage_takes_its_bot_with_it(start, http):
    run = await start(**NO_TOKEN)
    await greeted(run)
    run.process.kill()
    await run.ended()
    again = await start(**NO_TOKEN)
    await greeted(again)
    assert await again.stopped(signal.SIGTERM) == 0


async def test_a_port_in_use_is_said_in_one_line(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = await start(**NO_TOKEN, HTTP_PORT=str(taken.getsockname()[1]))
        assert await run.ended() == 2
    assert run.output == f"HTTP_PORT: cannot listen there ({os.strerror(98)})\n"


async def test_a_second_stage_in_the_same_folder_is_refused(start):
    first = await start(**NO_TOKEN)
    await greeted(first)
    second = await start(**NO_TOKEN)
    assert await second.ended() == 3
    assert second.output.count("\n") == 1


async def test_it_is_only_for_this_machine(start):
    run = await start(**NO_TOKEN, HTTP_HOST="0.0.0.0")
    assert await run.ended() == 2
    assert run.output.startswith("HTTP_HOST: ")


async def test_a_setting_that_is_wrong_for_the_bot_ends_both(start, tmp_path):
    key = tmp_path / "secrets" / "stage-key"
    key.parent.mkdir()
    key.write_text("geheim")
    key.chmod(0o644)
    run = await start(**NO_TOKEN)
    assert await run.ended() == 2
    assert run.output.startswith("SECRET_KEY_FILE: ")
    assert run.output.count("\n") == 1
