"""Logs to standard error: JSON lines, or readable text at a terminal. No token, nothing that somebody wrote."""

import asyncio
import logging
import re
import sys
from collections.abc import Collection
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from domain.error_reports import describe

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{5,}")
# At lower levels these log texts, tokens or stored values.
_QUIET = {
    "telegram": logging.INFO,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "psycopg": logging.WARNING,
    "asyncio": logging.WARNING,
    "apscheduler": logging.WARNING,
}


def set_up(level: str, secrets: Collection[str] = ()) -> None:
    """Send every log line of this process through one formatter, which masks `secrets`."""
    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_failed,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masking(shared, secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))


def say_less_of_lost_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Report errors that nobody awaited without their text, which asyncio's own report would quote."""

    def report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        logging.getLogger("bot.loop").error(
            "%s", context.get("message", "unhandled"), exc_info=context.get("exception")
        )

    loop.set_exception_handler(report)


class _Masking(structlog.stdlib.ProcessorFormatter):
    """Renders a line, then masks whatever is, or looks like, a secret."""

    def __init__(self, shared: list[Processor], secrets: Collection[str]) -> None:
        renderer: Processor = (
            structlog.dev.ConsoleRenderer()
            if sys.stderr.isatty()
            else structlog.processors.JSONRenderer(ensure_ascii=False)
        )
        super().__init__(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            keep_exc_info=False,
            keep_stack_info=False,
        )
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "<secret>")
        return _TOKEN.sub("<token>", line)


def _where_it_failed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Log an error as its class and where it happened, not its text, which may quote what somebody wrote."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = describe(error)
    return event
