"""PTB's application as we use it: for routing only, without updater, job queue, persistence or rate limiter."""

from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot

from handlers import register
from handlers.turns import Companion, Context


def build(bot: ExtBot[None]) -> Companion:
    """The application with all handlers. Call `await application.initialize()` before the first update."""
    builder = ApplicationBuilder().application_class(Companion).bot(bot).updater(None).job_queue(None)
    application = builder.context_types(ContextTypes(context=Context)).build()
    if not isinstance(application, Companion):
        raise TypeError("PTB built another application")
    register(application)
    return application
