"""The least that python-telegram-bot can do with a command: no database, no consent, no second try."""

import os

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes

from tests.benchmarks import ANSWER


async def _help(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(ANSWER, parse_mode="HTML")


if __name__ == "__main__":
    builder = Application.builder().token(os.environ["BOT_TOKEN"])
    if "CONCURRENT" in os.environ:
        builder = builder.concurrent_updates(True)
    application = builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot").build()
    application.add_handler(CommandHandler("hilfe", _help))
    application.run_polling()
