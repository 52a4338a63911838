"""Long polling, confirmation, conflicts and webhooks."""

import asyncio
import time

import pytest
from aiohttp import web

SECRET = "s" * 32
WITHIN = 60.0  # seconds
TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def test_a_poll_waits_and_is_woken(stage):
    user = (await stage.post("users", first_name="Ana"))["id"]
    poll = asyncio.create_task(stage.result("getUpdates", timeout=3600))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await stage.post(f"users/{user}/send", text="da")
    async with asyncio.timeout(WITHIN):
        assert [update["message"]["text"] for update in await poll] == ["da"]


async def test_an_offset_forgets_all_below_it_for_good(stage):
    user = (await stage.post("users", first_name="Ana"))["id"]
    ids = [(await stage.post(f"users/{user}/send", text=str(number)))["update_id"] for number in range(5)]
    assert await _ids(stage, limit=2) == ids[:2]
    assert await _ids(stage, offset=ids[2]) == ids[2:]
    assert await _ids(stage, offset=ids[0]) == ids[2:]
    assert await _ids(stage, offset=ids[4] + 50) == ids[2:]
    assert await _ids(stage, offset=-1) == ids[4:]
    assert await _ids(stage, limit=0, offset=ids[0]) == ids[4:]


async def test_the_same_offset_in_a_hurry_gets_one_update(stage, monkeypatch):
    monkeypatch.setattr("stage.updates.HURRIED", 3600)
    user = (await stage.post("users", first_name="Ana"))["id"]
    for text in "abc":
        await stage.post(f"users/{user}/send", text=text)
    assert len(await _ids(stage)) == 3
    assert len(await _ids(stage)) == 1


async def test_the_older_of_two_polls_gets_the_conflict(stage):
    older = asyncio.create_task(stage.call("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    newer = asyncio.create_task(stage.call("getUpdates", timeout=10, offset=1))
    conflict = await older
    assert (conflict["error_code"], conflict["description"]) == (409, TERMINATED)
    await stage.post("updates", message={"chat": {"id": 7, "type": "private"}, "text": "x"})
    assert (await newer)["ok"]


async def test_only_asked_for_kinds_come_and_the_wish_is_remembered(stage):
    ana = await stage.person()
    await stage.result("getUpdates", allowed_updates=["callback_query", "nonsense"], offset=-1)
    assert (await stage.post(f"users/{ana}/send", text="x"))["update_id"] is None
    await stage.result("getUpdates", allowed_updates=[], offset=1, timeout=0)
    assert (await stage.post(f"users/{ana}/send", text="x"))["update_id"] > 0


async def test_a_raw_update_is_delivered_as_it_is(stage):
    given = await stage.post("updates", message={"no": "chat"}, riddle=17)
    [update] = await stage.result("getUpdates")
    assert update == {"update_id": given["update_id"], "message": {"no": "chat"}, "riddle": 17}


@pytest.fixture
async def receiver():
    """A webhook that gives these `answers`, then 200."""
    seen, answers = [], []

    async def receive(request):
        seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return answers.pop(0) if answers else web.Response()

    app = web.Application()
    app.router.add_post("/telegram", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram", seen, answers
    await runner.cleanup()


async def test_a_webhook_gets_everything_in_order_until_it_says_200(stage, receiver):
    url, seen, answers = receiver
    ana = await stage.person()
    answers += [
        web.Response(status=500),
        web.json_response({"method": "sendMessage", "chat_id": ana, "text": "!"}),
    ]
    await stage.result("setWebhook", url=url, secret_token=SECRET)
    first = (await stage.post(f"users/{ana}/send", text="1"))["update_id"]
    second = (await stage.post(f"users/{ana}/send", text="2"))["update_id"]
    await _until(lambda: len(seen) == 3)
    assert [update["update_id"] for _, update in seen] == [first, first, second]
    assert {secret for secret, _ in seen} == {SECRET}
    await _confirmed(stage)
    assert (await stage.messages(ana))[-1]["text"] == "!"


async def test_a_webhook_may_ask_for_a_later_delivery_and_holds_up_no_other_chat(stage, receiver):
    url, seen, answers = receiver
    ana, ben = await stage.person(), await stage.person()
    answers.append(web.Response(status=503, headers={"Retry-After": "2"}))
    await stage.result("setWebhook", url=url)
    began = time.monotonic()
    first, second = [(await stage.post(f"users/{ana}/send", text=text))["update_id"] for text in "12"]
    await _until(lambda: seen)
    other = (await stage.post(f"users/{ben}/send", text="3"))["update_id"]
    await _until(lambda: len(seen) == 4)
    assert time.monotonic() - began >= 2
    assert [update["update_id"] for _, update in seen] == [first, other, first, second]
    await _confirmed(stage)
    info = await stage.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_webhook_and_polling_exclude_each_other(stage, receiver):
    url, _, _ = receiver
    await stage.result("setWebhook", url=url)
    code, text = await stage.refusal("getUpdates")
    assert code == 409
    assert "webhook is active" in text
    assert (await stage.refusal("setWebhook", url=url))[0] == 429
    await stage.result("deleteWebhook")
    assert await _ids(stage) == []


async def test_webhooks_stay_on_this_machine(stage):
    assert (await stage.refusal("setWebhook", url="http://["))[0] == 400
    assert (await stage.refusal("setWebhook", url="https://example.org/x"))[0] == 400


async def test_a_poller_that_hung_up_is_forgotten(stage):
    poll = asyncio.create_task(stage.call("getUpdates", timeout=3600))
    async with asyncio.timeout(WITHIN):
        while not (await stage.get("state"))["bot"]["attached"]:  # noqa: ASYNC110 - it is the stage that notices
            await asyncio.sleep(0.01)
    poll.cancel()
    async with asyncio.timeout(WITHIN):
        while (await stage.get("state"))["bot"]["attached"]:
            version = (await stage.get("state"))["version"]
            await stage.get(f"state?after={version}&wait=5")


async def _ids(stage, **params):
    return [update["update_id"] for update in await stage.result("getUpdates", **params)]


async def _until(condition):
    async with asyncio.timeout(WITHIN):
        while not condition():  # noqa: ASYNC110 - another process may be meant
            await asyncio.sleep(0.01)


async def _confirmed(stage):
    async with asyncio.timeout(WITHIN):
        while (await stage.result("getWebhookInfo"))["pending_update_count"]:  # noqa: ASYNC110 - told by nobody
            await asyncio.sleep(0.01)
