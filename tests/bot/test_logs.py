"""Logs hold no token and no word that somebody wrote, whoever logs them and however they fail."""

import asyncio
import io
import json
import logging
import re
import sys
from pathlib import Path

import pytest
import structlog

from bot import logs
from domain.error_reports import describe

TOKEN = "123456:AAcanary-token"


@pytest.fixture
def lines(monkeypatch):
    """What has been logged since, at DEBUG, as JSON objects."""
    root = logging.getLogger()
    monkeypatch.setattr(sys, "stderr", err := io.StringIO())
    before = root.handlers[:], root.level
    quiet = {name: logging.getLogger(name).level for name in logs._QUIET}
    logs.set_up("DEBUG", [TOKEN, "another-secret"])
    yield lambda: [json.loads(line) for line in err.getvalue().splitlines()]
    structlog.reset_defaults()
    root.handlers[:], root.level = before
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


def test_a_line_says_when_where_and_what(lines):
    structlog.get_logger("bot.x").info("stored", updates=3)
    logging.getLogger("somewhere").warning("%s of %s", 1, 2)
    first, second = lines()
    assert first | {"timestamp": ""} == {
        "event": "stored",
        "updates": 3,
        "logger": "bot.x",
        "level": "info",
        "timestamp": "",
    }
    assert (second["event"], second["logger"], second["level"]) == ("1 of 2", "somewhere", "warning")


def test_secrets_are_taken_out_wherever_they_stand(lines):
    structlog.get_logger("bot.x").info(f"url /bot{TOKEN}/getMe", other="another-secret")
    logging.getLogger("foreign").error("%s and 987654:looks-like-one", TOKEN)
    text = json.dumps(lines())
    assert "canary" not in text
    assert "another-secret" not in text
    assert "987654" not in text


def test_an_error_is_logged_without_its_text(lines):
    try:
        int("canary words")
    except ValueError as error:
        logging.getLogger("foreign").exception("failed")
        structlog.get_logger("bot.x").error("failed", exc_info=error)
    for line in lines():
        assert "canary" not in json.dumps(line)
        assert line["error"].startswith("ValueError at tests/bot/test_logs.py:")


def fail_for_a_reason():
    try:
        Path("canary").read_text(encoding="utf-8")
    except FileNotFoundError as cause:
        raise RuntimeError("canary") from cause


def test_an_error_tells_its_cause():
    with pytest.raises(RuntimeError) as caught:
        fail_for_a_reason()
    said = describe(caught.value)
    assert "canary" not in said
    assert "caused by FileNotFoundError (No such file or directory) at" in said


def test_of_libraries_only_the_innermost_frame_is_named():
    with pytest.raises(ValueError, match="Expecting value") as caught:
        json.loads("canary")
    name = "test_of_libraries_only_the_innermost_frame_is_named"
    assert re.fullmatch(
        rf"JSONDecodeError at json/decoder.py:\d+ raw_decode < tests/bot/test_logs.py:\d+ {name}",
        describe(caught.value),
    )


@pytest.mark.parametrize("name", sorted(logs._QUIET))
def test_those_that_quote_texts_never_talk_freely(lines, name):
    logging.getLogger(f"{name}.deep.inside").debug("canary")
    assert lines() == []


async def test_a_lost_task_is_reported_without_its_error_s_text(lines):
    loop = asyncio.get_running_loop()
    logs.say_less_of_lost_tasks(loop)
    loop.call_exception_handler({"message": "Task lost", "exception": ValueError("canary")})
    (line,) = lines()
    assert (line["event"], line["error"]) == ("Task lost", "ValueError")
