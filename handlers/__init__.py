"""Way in 1: an update from Telegram comes in, one action runs."""

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import buttons, commands, words
from handlers.turns import Companion

MINE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT
FORWARDED = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & (filters.FORWARDED | filters.VIA_BOT)


def register(app: Companion) -> None:
    """The bot at a glance. Order matters: the first match wins."""
    app.add_handler(ChatMemberHandler(words.member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(CallbackQueryHandler(buttons.press))
    app.add_handler(MessageHandler(FORWARDED, words.not_words))
    app.add_handler(CommandHandler("start", commands.start, MINE))
    app.add_handler(CommandHandler(list(commands.ALWAYS), commands.always, MINE))
    app.add_handler(CommandHandler(list(commands.JOINED), commands.joined, MINE))
    app.add_handler(CommandHandler(list(commands.ORGANISERS), commands.organiser, MINE))
    app.add_handler(CommandHandler(list(commands.LATER), commands.later, MINE))
    app.add_handler(MessageHandler(MINE & filters.COMMAND, commands.unknown))
    app.add_handler(MessageHandler(MINE & filters.TEXT, words.text))
    app.add_handler(MessageHandler(MINE & filters.PHOTO, words.photo))
    app.add_handler(
        MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE, words.edited)
    )
    app.add_handler(MessageHandler(MINE, words.not_words))
    app.add_handler(MessageHandler(filters.ChatType.GROUPS & filters.UpdateType.MESSAGE, words.group))
    app.add_handler(TypeHandler(Update, words.nothing))
