"""The process as an operator meets it: exit codes, signals, health, and nothing secret in any output."""

import contextlib
import json
import signal
import socket
import sqlite3

import psycopg
import pytest

from db.migrate import upgrade
from stage.phone import Phone
from tests.bot.processes import TOKEN, free_port


async def post(http, address, /, **body):
    async with http.post(address, json=body) as answer:
        return await answer.json()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_until_it_is_told_to_end(start, number):
    bot = await start(forked=False)
    await bot.runs()
    status, text = await bot.get("/health")
    assert status == 200
    figures = json.loads(text)
    assert figures.pop("last_tick_seconds") <= 30
    assert figures == {
        "status": "ok",
        "clock_jumped_seconds": 0,
        "oldest_due_seconds": 0,
        "oldest_update_seconds": 0,
        "inbox": 0,
        "outbox": 0,
        "failed_rows": 0,
        "failed_steps": 0,
        "unreadable_updates": 0,
        "updates_given_up": 0,
        "unworded_messages": 0,
        "warnings": [],
    }
    assert await bot.stopped(number) == 0


async def test_it_answers_people_and_goes_on_after_a_kill(start, http, telegram, tmp_path):
    bot = await start(OWNERS="5001")
    await bot.runs()
    ana = await Phone.add(telegram, http, "Ana", health=bot.url)
    assert await ana.start()
    bot.process.kill()
    assert await bot.ended() == -signal.SIGKILL
    await post(http, f"{telegram}/stage/users/{ana.id}/send", text="/hilfe")
    again = await start(OWNERS="5001")
    await again.runs()
    ana = Phone(telegram, ana.id, http, health=again.url)
    await ana.quiet()
    assert len(await ana.look()) == 2
    assert (tmp_path / "data" / "mutmacher.db").exists()
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o777 == 0o600


async def test_it_ends_in_time_while_telegram_does_not_answer(start, http, telegram):
    bot = await start()
    await bot.runs()
    await post(http, f"{telegram}/stage/faults", outage=True)
    await bot.logs("poll failed")
    assert await bot.stopped(signal.SIGTERM) == 0


async def test_it_waits_for_a_network_that_is_not_there_yet_and_can_be_ended(start):
    bot = await start(TELEGRAM_API_URL=f"http://127.0.0.1:{free_port()}")
    assert "Starting." in (await bot.answers("/"))[1]
    assert (await bot.get("/health"))[0] == 200
    assert await bot.stopped(signal.SIGTERM) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "geheim"),
        ("RETENTION_DAYS", "400"),
        ("DATABASE_URL", "mysql://geheim@h/d"),
        ("PUBLIC_URL", "geheim"),
    ],
)
async def test_a_wrong_setting_ends_it_with_one_line(start, name, value):
    bot = await start(**{name: value})
    assert await bot.ended() == 2
    assert bot.output.startswith(f"{name}: ")
    assert bot.output.count("\n") == 1
    assert value not in bot.output


async def test_a_webhook_without_a_good_secret_ends_it(start):
    bot = await start(PUBLIC_URL="https://example.org", WEBHOOK_SECRET="x" * 31)
    assert await bot.ended() == 2
    assert bot.output.startswith("WEBHOOK_SECRET: ")


async def test_a_key_that_others_may_read_ends_it(start, tmp_path):
    key = tmp_path / "key"
    key.write_text("geheim")
    key.chmod(0o644)
    bot = await start(SECRET_KEY_FILE=str(key))
    assert await bot.ended() == 2
    assert bot.output.startswith("SECRET_KEY_FILE: ")
    assert "geheim" not in bot.output


async def test_a_port_that_is_taken_ends_it(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bot = await start(HTTP_PORT=str(taken.getsockname()[1]))
        assert await bot.ended() == 2
    assert [line for line in bot.output.splitlines() if not line.startswith("{")] == [
        "HTTP_PORT: cannot listen there (Address already in use)"
    ]


@pytest.mark.parametrize("host", ["geheim.invalid", "192.0.2.1", "geheim" * 11, "geheim..x"])
async def test_an_address_that_is_not_this_machines_ends_it(start, host):
    bot = await start(HTTP_HOST=host)
    assert await bot.ended() == 2
    said = [line for line in bot.output.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert said[0].startswith("HTTP_HOST: cannot listen there (")
    assert host not in bot.output


async def test_a_refused_token_ends_it(start):
    bot = await start(BOT_TOKEN="1000000:canary-wrong")
    assert await bot.ended() == 3
    assert "BOT_TOKEN: " in bot.output
    assert "canary" not in bot.output


async def test_a_token_that_is_refused_later_ends_it_too(start, http, telegram):
    bot = await start()
    await bot.runs()
    step = {"method": "getUpdates", "code": 401, "description": "Unauthorized", "times": 3}
    await post(http, f"{telegram}/stage/faults", next=[step])
    ana = await Phone.add(telegram, http, "Ana")
    await post(http, f"{telegram}/stage/users/{ana.id}/start")
    assert await bot.ended() == 3


async def test_a_second_process_on_the_same_database_is_refused(start, empty_database_url):
    first = await start(DATABASE_URL=empty_database_url)
    await first.runs()
    second = await start(DATABASE_URL=empty_database_url)
    assert await second.ended() == 3
    assert second.output == "DATABASE_URL: database in use by another process\n"
    assert await first.stopped(signal.SIGTERM) == 0


async def test_a_lock_whose_connection_is_killed_is_taken_again(start, empty_postgres_url):
    bot = await start(DATABASE_URL=empty_postgres_url)
    await bot.runs()
    with psycopg.connect(empty_postgres_url, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    await bot.logs("is held again")
    assert (await bot.get("/health"))[0] == 200
    assert await bot.stopped(signal.SIGTERM, 30) == 0


async def test_a_database_that_misses_what_this_version_relies_on_ends_it(start, tmp_path):
    url = f"sqlite:///{tmp_path}/m.db"
    upgrade(url, "0001")
    with sqlite3.connect(tmp_path / "m.db") as connection:
        connection.execute("DROP INDEX ix_inbox_new")
    connection.close()
    bot = await start(DATABASE_URL=url)
    assert await bot.ended() == 2
    lost = "inbox: INDEX ix_inbox_new ['state', 'chat_id', 'update_id']"
    assert bot.output == f"DATABASE_URL: undone, for the upgrade loses {lost}\n"


async def test_a_file_that_is_no_database_ends_it_and_is_said(start, tmp_path):
    (tmp_path / "m.db").write_bytes(b"no database at all, but long enough" * 100)
    bot = await start(DATABASE_URL=f"sqlite:///{tmp_path}/m.db")
    assert await bot.ended() == 2
    said = "DATABASE_URL: the database cannot be opened (the file is damaged, or no database)"
    assert bot.output.splitlines()[-1] == said


async def test_a_file_that_somebody_locks_ends_it_and_is_said(start, tmp_path):
    upgrade(f"sqlite:///{tmp_path}/m.db", "0001")
    with contextlib.closing(sqlite3.connect(tmp_path / "m.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bot = await start(DATABASE_URL=f"sqlite:///{tmp_path}/m.db")
        assert await bot.ended() == 2
    said = "DATABASE_URL: the database cannot be opened (another program has locked it)"
    assert bot.output.splitlines()[-1] == said


async def test_updates_can_be_delivered_to_it(start, http, telegram):
    port = free_port()
    secret = "s" * 40
    settings = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": secret, "HTTP_PORT": str(port)}
    bot = await start(OWNERS="5001", **settings)
    await bot.logs('"running"')
    ana = await Phone.add(telegram, http, "Ana", health=bot.url)
    assert await ana.start()
    async with http.post(f"{bot.url}/telegram", data=b"not JSON") as answer:
        assert answer.status == 403
    assert await bot.stopped(signal.SIGTERM) == 0
    assert secret not in bot.output


async def test_a_webhook_left_behind_is_removed_and_its_updates_are_kept(start, http, telegram):
    await post(http, f"{telegram}/bot{TOKEN}/setWebhook", url=f"http://127.0.0.1:{free_port()}/telegram")
    ana = await Phone.add(telegram, http, "Ana")
    await post(http, f"{telegram}/stage/users/{ana.id}/start")
    bot = await start()
    await bot.runs()
    ana = Phone(telegram, ana.id, http, health=bot.url)
    await ana.quiet()
    assert await ana.look()


async def test_nothing_secret_is_said_even_at_debug(start, http, telegram):
    bot = await start(LOG_LEVEL="DEBUG", OWNERS="5001")
    await bot.runs()
    ana = await Phone.add(telegram, http, "Ana", last_name="canary-name", health=bot.url)
    await ana.start()
    await ana.says("canary-words")
    faults = [{"method": "sendMessage", "code": 400, "description": 'Bad Request: "canary-quoted"'}]
    await post(http, f"{telegram}/stage/faults", next=faults, error_rate=0.3)
    await ana.says("/hilfe canary-more")
    await post(http, f"{telegram}/stage/faults", error_rate=0, outage=True)
    await bot.logs("poll failed")
    assert await bot.stopped(signal.SIGTERM) == 0
    assert "canary" not in bot.output
