"""The bot as Telegram's client: made, introduced, its webhook set."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from actions.intake.redaction import KINDS
from bot.ending import token_refused
from bot.request import AiohttpRequest
from bot.settings import Settings
from bot.waiting import Backoff, stopped, unless_stopped
from scheduler.errors import RefusedToken, Wait, classify, reason_of
from web.webhook import PATH as WEBHOOK_PATH

log = structlog.get_logger(__name__)

Result = TypeVar("Result")


def make(settings: Settings) -> ExtBot[None]:
    """The client, with two pools of connections: the long poll must not take up a sender's connection."""
    return ExtBot(
        settings.token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )


async def introduce(bot: ExtBot[None], stop: asyncio.Event) -> str | None:
    """Ask Telegram for the bot's user name, for as long as it takes; None if `stop` came first.

    Raises CannotGoOn if Telegram refuses the token.
    """

    async def name() -> str:
        await bot.initialize()
        return bot.username

    return await _persist("getMe", name, stop)


async def set_webhook(bot: ExtBot[None], settings: Settings, stop: asyncio.Event) -> None:
    """Have Telegram deliver updates to PUBLIC_URL, including those it still holds."""

    async def set_it() -> bool:
        return await bot.set_webhook(
            settings.public_url + WEBHOOK_PATH,
            allowed_updates=KINDS,
            secret_token=settings.webhook_secret.get_secret_value(),
            drop_pending_updates=False,
        )

    await _persist("setWebhook", set_it, stop)


async def is_webhook_lost(bot: ExtBot[None], settings: Settings) -> bool:
    """Whether Telegram delivers elsewhere by now, or nowhere. What it could not deliver is logged."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        log.warning("Telegram is not available", method="getWebhookInfo", reason=reason_of(error))
        return False
    if info.url == settings.public_url + WEBHOOK_PATH:
        if info.last_error_message:
            log.warning("an update could not be delivered", reason=info.last_error_message[:120])
        return False
    log.warning("the webhook was changed by somebody else: setting it again")
    return True


async def _persist(name: str, call: Callable[[], Awaitable[Result]], stop: asyncio.Event) -> Result | None:
    """Repeat a call until it succeeds; None if `stop` came first. Raises CannotGoOn for a refused token."""

    async def attempt() -> Result:
        return await call()

    backoff = Backoff()
    while not stop.is_set():
        try:
            return await unless_stopped(stop, attempt())
        except TelegramError as error:
            diagnosis = classify(error)
            if isinstance(diagnosis, RefusedToken):
                raise token_refused() from None
            log.warning("Telegram is not available", method=name, reason=reason_of(error))
            seconds = diagnosis.seconds if isinstance(diagnosis, Wait) else backoff.longer()
        await stopped(stop, seconds)
    return None
