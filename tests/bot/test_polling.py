"""Updates are confirmed after they were stored, conflicts are borne for a minute, odd updates hold up nobody."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy.exc
import structlog
from aiohttp import ClientSession
from sqlalchemy import select

from actions.exchange.operator import Operator
from bot.client import make
from bot.clock import MachineClock
from bot.ending import CannotGoOn, Code
from bot.intake import Intake
from bot.polling import Poller
from bot.settings import Settings
from bot.waiting import stopped
from db.cipher import Cipher
from db.models import Inbox, InboxState
from db.session import TROUBLE, open_database
from domain.voice import Voice
from tests.bot.processes import TOKEN

OWNER = 5001
WITHIN = 60.0  # seconds
MACHINE = MachineClock()
OPERATOR = Operator({OWNER}, "T", "", "b", ZoneInfo("Europe/Berlin"), Voice.DU, 90)


class Kept:
    """Takes updates, and fails as often as it is told."""

    def __init__(self, failures=0):
        self.batches, self.updates, self._failures = [], [], failures
        self.more = asyncio.Event()

    async def __call__(self, updates):
        self.batches.append([u["update_id"] for u in updates])
        if self._failures:
            self._failures -= 1
            raise sqlalchemy.exc.OperationalError("", {}, Exception())
        self.updates += [u["update_id"] for u in updates]
        self.more.set()


class Minutes:
    """A monotonic clock that moves on with every look."""

    def __init__(self, each=0.0):
        self.now, self._each = 1000.0, each

    def __call__(self):
        self.now += self._each
        return self.now


@pytest.fixture
async def bot(telegram, monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    bot = make(Settings())
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
async def ana(telegram, http):
    """Sends a text from a phone of the stage."""

    async def send(text="Hallo"):
        async with http.post(f"{telegram}/stage/users/{OWNER}/send", json={"text": text}) as answer:
            return (await answer.json())["update_id"]

    async with http.post(f"{telegram}/stage/users", json={"first_name": "Ana", "id": OWNER}) as answer:
        assert answer.ok
    return send


@pytest.fixture
async def faults(telegram, http: ClientSession):
    async def set_faults(**values):
        async with http.post(f"{telegram}/stage/faults", json=values) as answer:
            assert answer.ok

    return set_faults


async def pending(telegram, http):
    async with http.get(f"{telegram}/stage/state") as answer:
        return (await answer.json())["bot"]["pending_updates"]


@pytest.fixture
async def polling(bot):
    """Starts a poller, which is stopped after the test."""
    stop, tasks = asyncio.Event(), []

    def begin(take, monotonic=None, polled=lambda: None):
        poller = Poller(bot, take, polled, monotonic or Minutes())
        tasks.append(asyncio.create_task(poller.run(stop)))
        return tasks[-1]

    yield begin
    stop.set()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), WITHIN)


async def test_updates_are_kept_in_order_and_each_once(polling, ana):
    sent = [await ana(str(n)) for n in range(3)]
    kept = Kept()
    polling(kept)
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    kept.more.clear()
    sent.append(await ana("noch eins"))
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    assert kept.updates == sent


async def test_what_cannot_be_kept_is_not_confirmed_and_comes_again(polling, ana, telegram, http):
    update = await ana()
    kept = Kept(failures=2)
    polling(kept)
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    assert kept.batches[:3] == [[update]] * 3
    async with asyncio.timeout(WITHIN):
        while await pending(telegram, http):  # noqa: ASYNC110 - the stage's side
            await asyncio.sleep(0.05)


async def test_it_comes_back_by_itself_after_an_outage(polling, ana, faults):
    kept, polls = Kept(), []
    polling(kept, polled=lambda: polls.append(1))
    with structlog.testing.capture_logs() as log:
        await faults(outage=True)
        async with asyncio.timeout(WITHIN):
            while [line["event"] for line in log].count("poll failed") < 2:  # noqa: ASYNC110 - the log has no event
                await asyncio.sleep(0.02)
    await faults(outage=False)
    update = await ana()
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    assert kept.updates == [update]
    assert polls


async def test_another_poller_is_borne_for_a_minute_and_no_longer(polling, faults):
    conflict = {
        "method": "getUpdates",
        "code": 409,
        "description": "Conflict: terminated by other",
        "times": 50,
    }
    await faults(next=[conflict])
    with pytest.raises(CannotGoOn) as caught:
        await asyncio.wait_for(polling(Kept(), Minutes(each=35)), WITHIN)
    assert caught.value.code is Code.REFUSED
    assert "\n" not in caught.value.line


async def test_a_conflict_that_ends_is_forgotten(polling, faults, ana):
    conflict = {
        "method": "getUpdates",
        "code": 409,
        "description": "Conflict: terminated by other",
        "times": 1,
    }
    await faults(next=[conflict])
    kept, minutes = Kept(), Minutes()
    task = polling(kept, minutes)
    await ana()
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    minutes.now += 600
    await faults(next=[conflict])
    kept.more.clear()
    await ana()
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    assert not task.done()


@pytest.mark.parametrize("body", ['{"ok": true, "result": {"no": "list"}}', "<html>proxy</html>"])
async def test_an_answer_that_is_none_is_asked_for_again(polling, faults, ana, body):
    await faults(next=[{"method": "getUpdates", "code": 200, "body": body}])
    kept = Kept()
    polling(kept)
    update = await ana()
    await asyncio.wait_for(kept.more.wait(), WITHIN)
    assert kept.updates == [update]


# --- the intake


@pytest.fixture
async def database(database_url):
    database = open_database(database_url, Cipher(bytes(32)))
    yield database
    await database.close()


@pytest.fixture
async def intake(database, bot):
    intake = Intake(database, bot, OPERATOR, MACHINE.now, lambda: None)
    yield intake
    await intake.finish()


async def rows(database):
    async with database.reader() as session:
        return {row.update_id: row for row in await session.scalars(select(Inbox))}


def message(update_id, text="Hallo", chat=OWNER):
    about = {"id": chat, "is_bot": False, "first_name": "A"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": 1,
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "from": about,
            "text": text,
        },
    }


@pytest.mark.parametrize(
    "odd",
    [
        message(2, chat=2**70),
        message(2, text=float("nan")),
        {"update_id": 2, "message": ["a list"]},
        {"update_id": 2**70},
        {"no": "id"},
        ["a list"],
        None,
    ],
)
async def test_an_odd_update_holds_up_nobody(intake, database, odd):
    await intake.take([message(1), odd, message(3)])
    kept = await rows(database)
    assert {1, 3} <= set(kept) <= {1, 2, 3}
    assert kept[1].state is kept[3].state is InboxState.NEW
    assert kept[3].payload["message"]["text"] == "Hallo"


async def test_where_nothing_can_be_stored_no_update_is_passed_over(postgres_url, takes_writes, bot):
    database = open_database(postgres_url, Cipher(bytes(32)))
    intake = Intake(database, bot, OPERATOR, MACHINE.now, lambda: None)
    takes_writes(False)
    with pytest.raises(TROUBLE):
        await intake.take([message(1)])
    takes_writes(True)
    await intake.take([message(1)])
    assert set(await rows(database)) == {1}
    await database.close()


def damage(path):
    path.write_bytes(path.read_bytes()[:4096] + b"\0" * (path.stat().st_size - 4096))


async def test_a_damaged_file_passes_no_update_over(sqlite_url, bot):
    database = open_database(sqlite_url, Cipher(bytes(32)))
    intake = Intake(database, bot, OPERATOR, MACHINE.now, lambda: None)
    damage(Path(sqlite_url.removeprefix("sqlite:///")))
    with pytest.raises(TROUBLE):
        await intake.take([message(1)])
    await database.close()


async def test_a_press_is_answered_without_words_after_it_is_kept(intake, database, bot, telegram, http, ana):
    await ana()
    await bot.send_message(
        OWNER, "?", reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "x"}]]}
    )
    press = {"message_id": 2, "label": "Ja"}
    async with http.post(f"{telegram}/stage/users/{OWNER}/press", json=press) as answer:
        assert answer.ok, await answer.text()
    updates = await bot.do_api_request("get_Updates", api_kwargs={"timeout": 0})
    await intake.take(updates)
    assert len(await rows(database)) == len(updates)
    await intake.finish()
    async with http.get(f"{telegram}/stage/toasts") as answer:
        (toast,) = await answer.json()
    assert toast["text"] in (None, "")


async def test_waiting_ends_with_the_process():
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    assert await stopped(stop, 10)
    assert not await stopped(asyncio.Event(), 0.01)
