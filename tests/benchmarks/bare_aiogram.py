"""The least that aiogram can do with a command. Runs in an environment of its own (requirements-bench.txt)."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import Message

from tests.benchmarks import ANSWER

_dispatcher = Dispatcher()


@_dispatcher.message(Command("hilfe"))
async def _help(message: Message) -> None:
    await message.answer(ANSWER, parse_mode="HTML")


async def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    await _dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
