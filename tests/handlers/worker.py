"""A process that works an inbox off until it is killed: `python -m tests.handlers.worker URL`."""

import asyncio
import sys

from telegram import Update
from telegram.ext import TypeHandler

from db.cipher import Cipher
from db.session import open_database
from domain.outcomes.small import Fault
from handlers.lanes import Lanes
from tests.handlers.rig import OPERATOR, new_application, now


async def note(update, context):
    """An effect that says which update it is of."""
    context.turn.tell(Fault(update.message.message_id))


async def work(url):
    application = await new_application()
    application.add_handler(TypeHandler(Update, note), group=-1)
    lanes = Lanes(open_database(url, Cipher(bytes(32))), application, OPERATOR, now, now)
    await lanes.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
