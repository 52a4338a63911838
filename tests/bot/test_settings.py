"""Defaults as documented, wrong settings named without their value, `.env` read from the working folder."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, WrongSettingError, load
from domain.voice import Voice

EXAMPLE = Path(__file__).parents[2] / ".env.example"
NAMES = {name.upper() for name in Settings.model_fields}


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No settings but those of the test."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return load()


def test_the_defaults_are_those_of_the_example():
    text = EXAMPLE.read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)) == NAMES
    defaults = load()
    Path(".env").write_text(text, encoding="utf-8")
    assert load() == defaults


def test_the_environment_wins_over_the_file(monkeypatch):
    Path(".env").write_text("RETENTION_DAYS=30\nHTTP_PORT=9000\n", encoding="utf-8")
    settings = given(monkeypatch, HTTP_PORT="9001")
    assert (settings.retention_days, settings.http_port) == (30, 9001)


def test_an_empty_value_is_the_default_and_wins_over_the_file(monkeypatch):
    Path(".env").write_text("PUBLIC_URL=https://example.org\nHTTP_PORT=\n", encoding="utf-8")
    settings = given(monkeypatch, PUBLIC_URL="")
    assert (settings.public_url, settings.http_port) == ("", 8080)


def test_values_are_understood(monkeypatch):
    settings = given(
        monkeypatch,
        OWNERS=" 5001, 77 ,",
        DEFAULT_LANGUAGE="en",
        DELIVERY_PROBE="on",
        LOG_LEVEL="debug",
        TELEGRAM_API_URL="http://127.0.0.1:9/",
        DEFAULT_TIMEZONE="Europe/Vienna",
    )
    assert settings.owners == {5001, 77}
    assert settings.voice is Voice.EN
    assert settings.delivery_probe
    assert settings.log_level == "DEBUG"
    assert settings.telegram_api_url == "http://127.0.0.1:9"
    assert settings.default_timezone.key == "Europe/Vienna"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "geheim"),
        ("BOT_TOKEN", "12345:geheim/geheim"),
        ("TELEGRAM_API_URL", "ftp://geheim"),
        ("DATABASE_URL", "mysql://u:geheim@h/d"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("SECRET_KEY_FILE", "data/geheim"),
        ("OWNERS", "@geheim"),
        ("OWNERS", "5001,-1001234567"),
        ("OWNERS", "9" * 40),
        ("DEFAULT_TIMEZONE", "Mars/Geheim"),
        ("DEFAULT_TIMEZONE", "../geheim"),
        ("DEFAULT_LANGUAGE", "geheim"),
        ("HTTP_HOST", "geheim geheim"),
        ("HTTP_PORT", "geheim"),
        ("HTTP_PORT", "65536"),
        ("PUBLIC_URL", "geheim"),
        ("WEBHOOK_SECRET", "geheim!"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "geheim"),
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "366"),
        ("DELIVERY_PROBE", "geheim"),
        ("STAGE_CLOCK_URL", "geheim"),
        ("LOG_LEVEL", "geheim"),
        ("CONTROLLER", "g" * 101),
        ("CONTROLLER_CONTACT", "g" * 201),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_without_its_value(monkeypatch, name, value):
    with pytest.raises(WrongSettingError) as caught:
        given(monkeypatch, **{name: value})
    line = str(caught.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line
    assert "geheim" not in line.lower()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("secret", ["", "x" * 31])
def test_a_webhook_needs_a_secret(monkeypatch, secret):
    with pytest.raises(WrongSettingError, match=r"^WEBHOOK_SECRET: "):
        given(monkeypatch, PUBLIC_URL="https://example.org", WEBHOOK_SECRET=secret)


def test_a_webhook_with_a_secret_is_taken(monkeypatch):
    assert given(monkeypatch, PUBLIC_URL="https://example.org/bot/", WEBHOOK_SECRET="x" * 32).public_url


def test_a_file_that_is_no_text_is_named():
    Path(".env").write_bytes(b"BOT_TOKEN=\xff\xfe")
    with pytest.raises(WrongSettingError, match=r"^\.env: "):
        load()


def test_settings_show_no_secret(monkeypatch):
    settings = given(
        monkeypatch,
        BOT_TOKEN="12345:geheim",
        WEBHOOK_SECRET="geheim" * 6,
        DATABASE_URL="postgresql://u:geheim@h/d",
    )
    assert "geheim" not in f"{settings!r} {settings}"
