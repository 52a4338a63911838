"""Way in 1: an update from Telegram comes in, and one action runs."""

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import buttons, commands, words
from handlers.turns import Companion

SAID = filters.UpdateType.MESSAGE
NOT_OWN = SAID & (filters.FORWARDED | filters.VIA_BOT)
MINE = SAID & ~filters.FORWARDED & ~filters.VIA_BOT
EDITED = filters.UpdateType.EDITED_MESSAGE


def register(app: Companion) -> None:
    """Everything the bot reacts to in a private chat; nothing else gets here (`actions/intake/admission.py`).

    The order matters: the first match wins.
    """
    app.add_handler(ChatMemberHandler(words.member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(CallbackQueryHandler(buttons.press))
    app.add_handler(MessageHandler(NOT_OWN, words.not_own))
    app.add_handler(CommandHandler("start", commands.start, MINE))
    app.add_handler(CommandHandler(list(commands.ALWAYS), commands.always, MINE))
    app.add_handler(CommandHandler(list(commands.JOINED), commands.joined, MINE))
    app.add_handler(CommandHandler(list(commands.ORGANISERS), commands.organiser, MINE))
    app.add_handler(MessageHandler(MINE & filters.COMMAND, commands.unknown))
    app.add_handler(MessageHandler(MINE & filters.TEXT, words.text))
    app.add_handler(MessageHandler(MINE & filters.PHOTO, words.photo))
    app.add_handler(MessageHandler(MINE & filters.Document.ALL, words.document))
    app.add_handler(MessageHandler(MINE & filters.CONTACT, words.contact))
    app.add_handler(MessageHandler(EDITED & filters.COMMAND, words.edited_into_command))
    app.add_handler(MessageHandler(EDITED, words.edited))
    app.add_handler(MessageHandler(MINE, words.not_words))
