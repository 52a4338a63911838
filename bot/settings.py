"""Everything an operator may set, read once at the start from the environment or `.env`."""

import re
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from db.session import async_url, is_sqlite
from domain.voice import Voice

SHORTEST_SECRET = 32
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# What a right value looks like, worded for the operator. A wrong value is never repeated: it may be a secret.
_RIGHT = {
    "BOT_TOKEN": "as @BotFather gave it: digits, a colon, letters",
    "TELEGRAM_API_URL": "an address that begins with http:// or https://",
    "DATABASE_URL": "sqlite+aiosqlite:///<file> or postgresql://<user>:<password>@<host>/<database>",
    "SECRET_KEY_FILE": "the path of a file in a folder other than the database's",
    "ERASURE_JOURNAL": "the path of a file in a folder other than the database's",
    "BACKUP_DAYS": "a whole number from 1 to 365",
    "OWNERS": "numeric Telegram ids, separated by commas",
    "DEFAULT_TIMEZONE": "a time zone such as Europe/Berlin",
    "DEFAULT_LANGUAGE": "de or en",
    "HTTP_HOST": "the address to listen on, such as 127.0.0.1",
    "HTTP_PORT": "a port from 0 (a free one) to 65535",
    "PUBLIC_URL": "empty, or an address that begins with https:// or http://",
    "WEBHOOK_SECRET": f"with PUBLIC_URL at least {SHORTEST_SECRET} and at most 256 of A-Z a-z 0-9 _ -",
    "MESSAGES_PER_SECOND": "a number greater than 0, at most 29",
    "RETENTION_DAYS": "a whole number from 1 to 365",
    "DELIVERY_PROBE": "on or off",
    "STAGE_CLOCK_URL": "empty, or an address that begins with http:// or https://",
    "LOG_LEVEL": ", ".join(_LEVELS),
    "CONTROLLER": "who answers for the data, in 1 to 100 characters",
    "CONTROLLER_CONTACT": "how to reach them, in at most 200 characters",
}


class WrongSettingError(Exception):
    """One line for the operator: the setting's name and what a right value looks like, never the value."""


def _url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("not a web address")
    return value.rstrip("/")


def _database(value: str) -> str:
    async_url(value)
    return value


def _ids(value: Any) -> Any:
    return [int(each) for each in value.split(",") if each.strip()] if isinstance(value, str) else value


def _are_people(ids: frozenset[int]) -> frozenset[int]:
    """Groups have negative ids, and no id of Telegram's has more than 52 bits."""
    if not all(0 < each < 2**52 for each in ids):
        raise ValueError("no person's id")
    return ids


def _zone(value: Any) -> Any:
    try:
        return ZoneInfo(value) if isinstance(value, str) else value
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("unknown") from error


def _matching(pattern: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError("malformed")
        return value

    return AfterValidator(check)


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


Url = Annotated[str, AfterValidator(_url)]


class Settings(BaseSettings):
    """The settings, each checked; `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
    )

    bot_token: Annotated[SecretStr, _matching(r"(\d+:[A-Za-z0-9_-]+)?")] = SecretStr("")
    telegram_api_url: Annotated[Url, Field(min_length=1)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database), Field(repr=False)] = (
        "sqlite+aiosqlite:///data/mutmacher.db"
    )
    secret_key_file: Path = Path("secrets/key")
    erasure_journal: Path | None = None
    backup_days: Annotated[int, Field(ge=1, le=365)] = 35
    owners: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids), AfterValidator(_are_people)] = (
        frozenset()
    )
    default_timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Europe/Berlin")
    default_language: Annotated[str, Field(pattern="^(de|en)$")] = "de"
    http_host: Annotated[str, Field(pattern=r"^\S+$")] = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    public_url: Url = ""
    webhook_secret: Annotated[SecretStr, _matching(r"[A-Za-z0-9_-]{0,256}")] = SecretStr("")
    messages_per_second: Annotated[float, Field(gt=0, le=29)] = 28
    retention_days: Annotated[int, Field(ge=1, le=365)] = 90
    delivery_probe: bool = False
    stage_clock_url: Url = ""
    log_level: Annotated[str, BeforeValidator(_upper), Field(pattern=f"^({'|'.join(_LEVELS)})$")] = "INFO"
    controller: Annotated[str, Field(min_length=1, max_length=100)] = "Werkstatt-Team"
    controller_contact: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="before")
    @classmethod
    def _empty_is_default(cls, given: Any) -> Any:
        """Not left to pydantic, because an empty value in the environment must win over one in `.env`, too."""
        return (
            {name: value for name, value in given.items() if value != ""}
            if isinstance(given, dict)
            else given
        )

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.public_url and len(self.webhook_secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError("WEBHOOK_SECRET")
        if self._is_beside_database(self.secret_key_file):
            raise ValueError("SECRET_KEY_FILE")
        if self._is_beside_database(self.journal_file):
            raise ValueError("ERASURE_JOURNAL")
        return self

    def _is_beside_database(self, path: Path) -> bool:
        """Whoever copies the database's folder must not get the key with it; nor may it bring an old journal back."""
        url = async_url(self.database_url)
        return is_sqlite(url) and path.resolve().parent == Path(url.database or "").resolve().parent

    @property
    def journal_file(self) -> Path:
        """The journal of erasures: beside the key unless set."""
        return self.erasure_journal or self.secret_key_file.with_name(f"{self.secret_key_file.name}.erasures")

    @property
    def web(self) -> str:
        """Where people reach the HTTP front: on the stage, through the stage, whose clock is at its address."""
        if self.stage_clock_url:
            stage = urlsplit(self.stage_clock_url)
            return f"{stage.scheme}://{stage.netloc}"
        host = f"[{self.http_host}]" if ":" in self.http_host else self.http_host
        return self.public_url or f"http://{host}:{self.http_port}"

    @property
    def voice(self) -> Voice:
        """How strangers are spoken to."""
        return Voice.EN if self.default_language == "en" else Voice.DU

    @property
    def shares_database(self) -> bool:
        """Whether other processes may work on the same database: behind a webhook, on PostgreSQL."""
        return bool(self.public_url) and not is_sqlite(async_url(self.database_url))

    @property
    def token(self) -> str:
        return self.bot_token.get_secret_value()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that must never be shown."""
        return tuple(filter(None, (self.token, self.webhook_secret.get_secret_value())))


def load() -> Settings:
    """The settings of this process. Raises WrongSettingError."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettingError(_line(error)) from None
    except (OSError, ValueError):
        raise WrongSettingError(".env: must be a readable text file in UTF-8") from None


def _line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    # An error about two settings has no location of its own: the validator names the one to change.
    name = str(first["loc"][0]) if first["loc"] else first["msg"].rpartition(", ")[2]
    return f"{name.upper()}: {_RIGHT[name.upper()]}"
