"""How a story has ended, as the stage saw it, and as the tables have it; compared with the same story undisturbed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from actions.exchange.outbox import OPEN
from db.models import Base, Outgoing

# Working data: what is left of how it came about.
_WORKING = {"inbox", "lanes", "outbox", "carrier", "alembic_version", "key_checks"}
_NUMBERS = {"message_id", "object_id", "owed_up_to"}  # Telegram's, or keys of whatever a row is about
_PROGRESS = ("Die Ankündigung ist unterwegs\n", "Die Ankündigung ist durch\n")
"""How a message begins that says, when it is sent, how far something is: sent again later it says more."""
_LEFT_OPEN = "_terminate_graceful_close"
"""What the closing of a connection is called that a process was just making when it died: it never ends."""


@dataclass(frozen=True)
class Ending:
    """`arrived`: how often which words reached which chat; `rows`: the tables without their numbers, moments by day;
    `waiting`: what is still owed or unread; `buttoned`: the words that come with buttons.
    """

    arrived: Counter
    rows: dict
    waiting: list
    errors: list
    buttoned: set

    def lost(self, undisturbed):
        return undisturbed.arrived - self.arrived

    def repeated(self, undisturbed):
        return self.arrived - undisturbed.arrived

    def differs(self, undisturbed):
        """The tables that do not hold what they hold undisturbed."""
        return {
            name: (self.rows[name] - rows, rows - self.rows[name])
            for name, rows in undisturbed.rows.items()
            if rows != self.rows[name]
        }


async def ending(engine):
    arrived = Counter((each["chat_id"], _said(each["text"])) for each in engine.stage.ledger.sent)
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _WORKING]
    rows = {table.name: await _rows(engine, table) for table in tables}
    waiting = [
        *await engine.rows(select(Outgoing.kind).where(Outgoing.state.in_(OPEN))),
        *await engine.unread(),
    ]
    errors = [each for each in engine.log.errors if _LEFT_OPEN not in each]
    return Ending(arrived, rows, waiting, errors, _buttoned(engine))


def _buttoned(engine):
    return {
        (chat, _said(text))
        for chat in engine.stage.ledger.chats
        for _, text, keys in engine.shown(chat)
        if keys
    }


def _said(text):
    """The words, or what the message is about if they say how far that is."""
    return "an announcement's progress" if text.startswith(_PROGRESS) else text


async def _rows(engine, table):
    """Without keys: a number that was given to what was rolled back is not given again on PostgreSQL. Nor Telegram's
    numbers: those after a repeat are others.
    """
    columns = [
        each for each in table.columns if not (each.primary_key or each.foreign_keys or each.name in _NUMBERS)
    ]
    if not columns:
        return Counter({(): len(await engine.all(select(table)))})
    return Counter(tuple(map(_plain, row)) for row in await engine.all(select(*columns)))


def _plain(value):
    """A moment as its day: whoever is disturbed is a few seconds late."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if key != "message"}  # Telegram's number
    return value if isinstance(value, date | int | None) else str(value)
