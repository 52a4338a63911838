"""The process as an operator meets it: exit codes, signals, health, and nothing secret in any output."""

import asyncio
import json
import signal
import socket
import sqlite3

import pytest

from db.migrate import upgrade
from stage.phone import Phone
from tests.bot.processes import TOKEN, free_port


async def post(http, address, /, **body):
    async with http.post(address, json=body) as answer:
        return await answer.json()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_until_it_is_told_to_end(start, number):
    bot = await start()
    await bot.runs()
    status, text = await bot.get("/health")
    assert status == 200
    assert json.loads(text) == {
        "status": "ok",
        "oldest_due_seconds": 0,
        "inbox": 0,
        "outbox": 0,
        "failed_rows": 0,
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
    assert await bot.ended(30) == 2
    assert bot.output.startswith(f"{name}: ")
    assert bot.output.count("\n") == 1
    assert value not in bot.output


async def test_a_webhook_without_a_good_secret_ends_it(start):
    bot = await start(PUBLIC_URL="https://example.org", WEBHOOK_SECRET="x" * 31)
    assert await bot.ended(30) == 2
    assert bot.output.startswith("WEBHOOK_SECRET: ")


async def test_a_key_that_others_may_read_ends_it(start, tmp_path):
    key = tmp_path / "key"
    key.write_text("geheim")
    key.chmod(0o644)
    bot = await start(SECRET_KEY_FILE=str(key))
    assert await bot.ended(30) == 2
    assert bot.output.startswith("SECRET_KEY_FILE: ")
    assert "geheim" not in bot.output


async def test_a_port_that_is_taken_ends_it(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bot = await start(HTTP_PORT=str(taken.getsockname()[1]))
        assert await bot.ended(30) == 2
    assert [line for line in bot.output.splitlines() if not line.startswith("{")] == [
        "HTTP_PORT: cannot listen there (Address already in use)"
    ]


@pytest.mark.parametrize("host", ["geheim.invalid", "192.0.2.1", "geheim" * 11, "geheim..x"])
async def test_an_address_that_is_not_this_machines_ends_it(start, host):
    bot = await start(HTTP_HOST=host)
    assert await bot.ended(30) == 2
    said = [line for line in bot.output.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert said[0].startswith("HTTP_HOST: cannot listen there (")
    assert host not in bot.output


async def test_a_refused_token_ends_it(start):
    bot = await start(BOT_TOKEN="1000000:canary-wrong")
    assert await bot.ended(30) == 3
    assert "BOT_TOKEN: " in bot.output
    assert "canary" not in bot.output


async def test_a_token_that_is_refused_later_ends_it_too(start, http, telegram):
    bot = await start()
    await bot.runs()
    step = {"method": "getUpdates", "code": 401, "description": "Unauthorized", "times": 3}
    await post(http, f"{telegram}/stage/faults", next=[step])
    ana = await Phone.add(telegram, http, "Ana")
    await post(http, f"{telegram}/stage/users/{ana.id}/start")
    assert await bot.ended(15) == 3


async def test_a_second_process_on_the_same_database_is_refused(start, empty_database_url):
    first = await start(DATABASE_URL=empty_database_url)
    await first.runs()
    second = await start(DATABASE_URL=empty_database_url)
    assert await second.ended(30) == 3
    assert second.output == "DATABASE_URL: database in use by another process\n"
    assert await first.stopped(signal.SIGTERM) == 0


async def test_a_database_that_misses_what_this_version_relies_on_ends_it(start, tmp_path):
    url = f"sqlite:///{tmp_path}/m.db"
    upgrade(url, "0001")
    with sqlite3.connect(tmp_path / "m.db") as connection:
        connection.execute("DROP INDEX ix_inbox_new")
    connection.close()
    bot = await start(DATABASE_URL=url)
    assert await bot.ended(30) == 2
    lost = "inbox: INDEX ix_inbox_new ['state', 'chat_id', 'update_id']"
    assert bot.output == f"DATABASE_URL: undone, for the upgrade loses {lost}\n"


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


async def test_check_says_that_all_is_well(start, tmp_path):
    check = await start("check")
    assert await check.ended(30) == 0
    assert check.output.splitlines() == [
        "settings: ok",
        "database: ok, made at the first start",
        "telegram: ok, @mutmacher_stage_bot",
    ]
    assert not list(tmp_path.iterdir())


async def test_check_says_what_is_wrong(start, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mutmacher.db").write_bytes(b"no database at all, but long enough" * 100)
    check = await start("check", BOT_TOKEN="1000000:canary-wrong")
    assert await check.ended(30) == 1
    assert check.output.splitlines() == [
        "settings: ok",
        "database: wrong: DATABASE_URL: the database cannot be opened",
        "telegram: wrong: BOT_TOKEN: Telegram refuses this token",
    ]


async def test_check_names_a_wrong_setting(start):
    check = await start("check", OWNERS="geheim")
    assert await check.ended(30) == 1
    assert check.output == "settings: wrong: OWNERS: numeric Telegram ids, separated by commas\n"


async def test_check_may_be_run_beside_the_bot(start, empty_database_url):
    bot = await start(DATABASE_URL=empty_database_url)
    await bot.runs()
    check = await start("check", DATABASE_URL=empty_database_url)
    assert await check.ended(30) == 0
    assert "database: ok\n" in check.output


@pytest.mark.parametrize("command", ["backup", "restore"])
async def test_what_comes_later_says_so(start, command):
    bot = await start(command, "file")
    assert await bot.ended(30) == 2
    assert "not available yet" in bot.output


async def test_an_unknown_command_explains_the_known_ones(start):
    bot = await start("dance")
    assert await bot.ended(30) == 2
    assert bot.output.startswith("usage: python -m bot")


async def test_topics_answers_each_line_at_once_and_needs_no_settings(start):
    bot = await start("topics", extras=True, BOT_TOKEN="wrong", RETENTION_DAYS="0")
    bot.process.stdin.write(b"Ehrenamt\n")
    first = json.loads(await asyncio.wait_for(bot.process.stdout.readline(), 180))
    assert first[0]["topic"] == "ehrenamt"
    bot.process.stdin.write(b"\n")
    assert json.loads(await asyncio.wait_for(bot.process.stdout.readline(), 10)) == []
    bot.process.stdin.close()
    assert await bot.ended(30) == 0


async def test_topics_ends_quietly_when_nobody_reads_any_more(start):
    bot = await start("topics")
    bot.process.stdin.write(b"Ehrenamt\n")
    await asyncio.wait_for(bot.process.stdout.readline(), 60)
    bot.process._transport.get_pipe_transport(1).close()
    bot.process.stdin.write(b"Kita\n" * 3)
    bot.process.stdin.close()
    assert await asyncio.wait_for(bot.process.wait(), 30) == 0
    assert await bot.process.stderr.read() == b""


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
async def test_topics_reads_utf8_whatever_the_locale_and_answers_what_is_none(start, locale):
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    bot = await start("topics", LC_ALL=locale, **plain)
    bot.process.stdin.write("ÖPNV\n\xff\n".encode("latin-1") + "ÖPNV\rKita\n".encode())
    bot.process.stdin.close()
    lines = [json.loads(line) for line in (await bot.process.stdout.read()).splitlines()]
    assert len(lines) == 3
    assert {"oepnv", "kita"} <= {each["topic"] for each in lines[2]}
    assert await bot.ended(30) == 0
