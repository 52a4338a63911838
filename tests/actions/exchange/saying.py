"""Rows of the outbox, and questions to the transcript about them."""

from datetime import UTC, datetime, timedelta

from actions.exchange import outbox
from actions.exchange.outbox import Recipient
from db.models import SendState

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ANA, BEN, STRANGER = Recipient(1, 1), Recipient(2, 2), Recipient(3, None)
PENDING, SENT, DEAD, CANCELLED = SendState.PENDING, SendState.SENT, SendState.DEAD, SendState.CANCELLED


async def owe(database, payload, to=ANA, now=NOW, *, state=PENDING, message=None, error=None, **more):
    """A row in this state; its id."""
    async with database.writer.begin() as session:
        row = outbox.owe(session, payload, to, now, **more)
        row.state, row.message_id, row.error = state, message, error
        await session.flush()
        return row.id


async def say(database, payload, message, to=ANA, **more):
    """A message that arrived under this number, or whose change did; the row's id."""
    return await owe(database, payload, to, state=SENT, message=message, **more)


async def ask(database, question, *given, **more):
    async with database.reader() as session:
        return await question(session, *given, **more)


async def payloads(database, question, *given):
    return [each.payload for each in await ask(database, question, *given)]


async def ids(database, query):
    async with database.reader() as session:
        return sorted((await session.scalars(query)).all())
