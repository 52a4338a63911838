"""Backup and restore with real processes: nobody who was erased since comes back, or is written to."""

import asyncio
import random
import signal

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select

from db.models import Consent, Outgoing, Person, Priority
from tests.bot.processes import TOKEN, launch
from tests.processes.hall import FIRST, OWNER, open_hall

HELP = "Das geht hier"
CANARY = b"Gast Nummer"


@pytest.fixture
async def hall(tmp_path, request, _postgres):
    url = _postgres.fresh_url() if request.param == "postgresql" else None
    async with ClientSession() as http, open_hall(tmp_path, http, url) as hall:
        yield hall


both = pytest.mark.parametrize("hall", ["sqlite", "postgresql"], indirect=True)


async def run(hall, *arguments, **settings):
    """A command on the hall's database: its exit code and what it said. Those that are killed import all themselves."""
    own = {
        "DATABASE_URL": hall.url,
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": hall.telegram,
        "OWNERS": str(OWNER),
    }
    command = await launch(hall.folder, hall.http, *arguments, forked=True, **own | settings)
    return await command.ended(), command.output.strip()


async def presses(hall, chat_id, command, button):
    """Say it, and press the newest button whose data begin so."""
    guest = await hall.phone("Gast", chat_id)
    await guest.says(command)
    found = []

    async def asked():
        await guest.look()
        found[:] = [
            (message["message_id"], key["callback_data"])
            for message in guest.messages
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for key in row
            if key.get("callback_data", "").startswith(button)
        ]
        return found

    await hall.until(asked)
    message_id, data = found[-1]
    await hall.post(f"users/{chat_id}/press", message_id=message_id, data=data)
    await guest.quiet()


async def is_there(hall, chat_id):
    return bool(await hall.asks(select(Person.id).where(Person.chat_id == chat_id)))


@both
async def test_whoever_was_erased_since_the_backup_stays_erased_and_hears_nothing(hall):
    """Nor does anybody who took a consent back: though in the backup an announcement is on its way to all four."""
    await hall.fill(4)
    erased, withdrawn, left = FIRST, FIRST + 1, {FIRST + 2, FIRST + 3}
    await killed_while_it_announces(hall, 4)
    assert (await run(hall, "backup", "backup.zip"))[0] == 0
    await hall.start()
    await hall.until_arrived(4)
    await presses(hall, erased, "/loeschen", "erase_yes")
    await presses(hall, withdrawn, "/widerruf", "consent_off:A")
    assert await hall.bot.stopped(signal.SIGTERM) == 0
    before = await hall.arrived()
    code, said = await run(hall, "restore", "backup.zip")
    assert (code, said.partition("; ")[2]) == (
        0,
        "erased again: 1 people, taken back again: consents of 1",
    ), said
    assert not await is_there(hall, erased)
    await hall.start()
    await hall.until(lambda: heard_more(hall, left, before))
    assert {each: (await hall.arrived())[each] for each in (erased, withdrawn)} == {
        each: before[each] for each in (erased, withdrawn)
    }
    assert not await is_there(hall, erased)


async def killed_while_it_announces(hall, number):
    """With the rows of the announcement in the outbox."""
    await hall.start()
    await hall.post("faults", latency_ms=1000)
    await hall.announce(number)

    async def is_on_its_way():
        return (
            len(await hall.asks(select(Outgoing.id).where(Outgoing.priority == Priority.BROADCAST))) == number
        )

    await hall.until(is_on_its_way)
    await hall.kill()
    await hall.post("faults", latency_ms=0)


async def heard_more(hall, chats, before):
    now = await hall.arrived()
    return all(now[each] > before[each] for each in chats)


@both
async def test_a_backup_beside_a_busy_bot_is_whole(hall):
    """Everybody asks for something meanwhile; what was there when it began is in it."""
    guests = 40
    await hall.fill(guests)
    await hall.start()
    asking = [hall.post(f"users/{FIRST + n}/send", text="/hilfe") for n in range(guests)]
    (code, said), *_ = await asyncio.gather(run(hall, "backup", "backup.zip"), *asking)
    assert code == 0, said
    assert CANARY not in (hall.folder / "backup.zip").read_bytes()

    async def all_answered():
        return len(await hall.arrived(HELP)) == guests

    await hall.until(all_answered)
    assert set((await hall.arrived(HELP)).values()) == {1}
    assert (await run(hall, "restore", "backup.zip"))[0] == 3, "beside a running bot"
    assert await hall.bot.stopped(signal.SIGTERM) == 0
    assert (await run(hall, "restore", "backup.zip"))[0] == 0
    assert await hall.asks(select(func.count()).select_from(Consent)) == [3 * guests]


@both
async def test_a_killed_backup_leaves_no_backup_and_a_killed_restore_all_or_nothing(hall):
    await hall.fill(30)
    dice = random.Random(7)
    assert (await run(hall, "backup", "good.zip"))[0] == 0
    for _ in range(2):
        await killed(hall, dice.uniform(0.2, 1.5), "backup", "killed.zip")
        if (hall.folder / "killed.zip").exists():
            (hall.folder / "killed.zip").rename(hall.folder / "good.zip")
    for _ in range(2):
        await killed(hall, dice.uniform(0.3, 2.5), "restore", "good.zip")
        assert await hall.asks(select(func.count()).select_from(Consent)) == [3 * 30]
    assert (await run(hall, "backup", "killed.zip"))[0] == 0, "what a killed one left behind is written over"
    assert (await run(hall, "restore", "killed.zip"))[0] == 0
    assert not list(hall.folder.glob("*.part"))


async def killed(hall, after, *arguments):
    command = await launch(hall.folder, hall.http, *arguments, DATABASE_URL=hall.url)
    await asyncio.sleep(after)
    if command.process.returncode is None:
        command.process.kill()
    await command.ended()
