"""The other commands of `python -m bot`: check, topics; backup and restore are in `tests/processes`."""

import asyncio
import json

import pytest

from tests.bot.processes import PATIENCE


async def test_check_says_that_all_is_well(start, tmp_path):
    check = await start("check")
    assert await check.ended() == 0
    assert check.output.splitlines() == [
        "settings: ok",
        "database: ok, made at the first start",
        "telegram: ok, @mutmacher_stage_bot",
    ]
    assert not list(tmp_path.iterdir())


async def test_check_says_what_is_wrong(start, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mutmacher.db").write_bytes(b"no database at all, but long enough" * 100)
    check = await start("check", forked=True, BOT_TOKEN="1000000:canary-wrong")
    assert await check.ended() == 1
    assert check.output.splitlines() == [
        "settings: ok",
        "database: wrong: DATABASE_URL: the database cannot be opened",
        "telegram: wrong: BOT_TOKEN: Telegram refuses this token",
    ]


async def test_check_names_a_wrong_setting(start):
    check = await start("check", forked=True, OWNERS="geheim")
    assert await check.ended() == 1
    assert check.output == "settings: wrong: OWNERS: numeric Telegram ids, separated by commas\n"


async def test_check_may_be_run_beside_the_bot(start, empty_database_url):
    bot = await start(DATABASE_URL=empty_database_url)
    await bot.runs()
    check = await start("check", forked=True, DATABASE_URL=empty_database_url)
    assert await check.ended() == 0
    assert "database: ok\n" in check.output


@pytest.mark.parametrize("arguments", [("dance",), ("backup",), ("restore", "--replace", "file")])
async def test_an_unknown_command_explains_the_known_ones(start, arguments):
    bot = await start(*arguments)
    assert await bot.ended() == 2
    assert bot.output.startswith("usage: python -m bot")


async def test_topics_answers_each_line_at_once_and_needs_no_settings(start):
    bot = await start("topics", extras=True, BOT_TOKEN="wrong", RETENTION_DAYS="0")
    bot.process.stdin.write(b"Ehrenamt\n")
    first = json.loads(await asyncio.wait_for(bot.process.stdout.readline(), 2 * PATIENCE))
    assert first[0]["topic"] == "ehrenamt"
    bot.process.stdin.write(b"\n")
    assert json.loads(await asyncio.wait_for(bot.process.stdout.readline(), PATIENCE)) == []
    bot.process.stdin.close()
    assert await bot.ended() == 0


async def test_topics_ends_quietly_when_nobody_reads_any_more(start):
    bot = await start("topics")
    bot.process.stdin.write(b"Ehrenamt\n")
    await asyncio.wait_for(bot.process.stdout.readline(), PATIENCE)
    bot.process._transport.get_pipe_transport(1).close()
    bot.process.stdin.write(b"Kita\n" * 3)
    bot.process.stdin.close()
    assert await asyncio.wait_for(bot.process.wait(), PATIENCE) == 0
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
    assert await bot.ended() == 0
