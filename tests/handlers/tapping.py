"""Pressing buttons on a world that stays as it is."""

import itertools
import random
import re
from enum import Enum

from sqlalchemy import event, func, select
from telegram import Update

from actions.contents import contents
from actions.intake import conversation
from db.models import Base, Outgoing
from domain import topics
from domain.outcomes.choices import Purpose
from handlers.button_arguments import fingerprint, number
from handlers.buttons import ROUTES
from handlers.processing import apart
from handlers.turns import present
from messages.callback_data import encode
from tests import cast
from tests.handlers.rig import message, now, press
from tests.handlers.two_worlds import ACTORS, OPERATOR, SHOWN

_WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_INSTANT = re.compile(r"(datetime\.datetime\((?:\d+, ){3}\d+)[^)]*")  # up to the hour, and the rest
_TOLD = [column for column in Outgoing.__table__.columns if column.name != "id"]


class UndoError(Exception):
    """Every press finds the same world."""


class Tapper:
    """Presses buttons, each in a transaction that is taken back; knows what each would have changed."""

    def __init__(self, rig):
        self.rig = rig
        self.written = []
        self.taps = {}  # what each came to: the same one, in the same world, comes to the same
        self.read = set()  # what was told in which world, and has something to show
        event.listen(rig.database.engines[0].sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.written.append(_WRITES.match(statement).groups())

    async def tap(self, chat_id, data):
        """(what is said to whom, rows that changed by table)"""
        if (chat_id, data) not in self.taps:
            self.taps[chat_id, data] = await self._tap(chat_id, data)
        return self.taps[chat_id, data]

    async def _tap(self, chat_id, data):
        raw = press(chat_id, data)
        raw["callback_query"]["message"]["message_id"] = SHOWN
        return await self._try(chat_id, raw, pressed=SHOWN)

    async def say(self, chat_id, text, draft=None):
        """Likewise of words. `draft`: what awaits them."""
        return await self._try(chat_id, message(chat_id, text), draft)

    async def _try(self, chat_id, raw, draft=None, pressed=None):
        update = Update.de_json(raw, self.rig.application.bot)
        result = None
        try:
            async with self.rig.database.writer.begin() as session:
                if draft is not None:
                    session.add(draft)
                    await session.flush()
                newest = await session.scalar(select(func.max(Outgoing.id)))
                self.written.clear()
                await self._take_turn(session, chat_id, update, pressed)
                changed = await self._changed(session)
                result = await self._said(session, newest, changed, draft), changed
                raise UndoError  # noqa: TRY301 - it takes back what was done
        except UndoError:
            return result

    async def _take_turn(self, session, chat_id, update, pressed):
        """As a lane does, but for what follows each turn."""
        try:
            async with apart(session):
                turn = await conversation.open_turn(session, chat_id, now(), OPERATOR, pressed=pressed)
                token = present.set(turn)
                try:
                    await self.rig.application.process_update(update)
                finally:
                    present.reset(token)
        except conversation.REFUSALS as refusal:
            turn = await conversation.open_turn(session, chat_id, now(), OPERATOR, pressed=pressed)
            await conversation.refuse(turn, refusal)
            await session.flush()

    def pressing(self, verb, actors=None):
        """Who presses what: everybody everything on SQLite, a part of it, drawn by the verb, on PostgreSQL."""
        everybody = list(actors or ACTORS.items())
        return everybody if self.is_thorough else random.Random(verb.value).sample(everybody, 1)

    @property
    def is_thorough(self):
        return self.rig.database.engines[0].dialect.name == "sqlite"

    async def remember(self):
        async with self.rig.database.reader() as session:
            self.before = await rows(session, Base.metadata.tables)

    async def _changed(self, session):
        after = await rows(session, self._touched())
        return {t: after[t] ^ self.before[t] for t in after if after[t] != self.before[t]}

    def _touched(self):
        """The tables that were written to, but for the outbox. What is deleted may take rows of any other with it."""
        if any(what == "DELETE FROM" for what, _ in self.written):
            return Base.metadata.tables.keys() - {"outbox"}
        return {table for _, table in self.written} - {"outbox"}

    async def _said(self, session, newest, changed, draft):
        """Each also has something to show: reading it must not break either. The same, told in the same world, is read
        once.
        """
        new = await session.scalars(select(Outgoing).where(Outgoing.id > newest).order_by(Outgoing.id))
        told = new.all()
        if (world := self._world(told, changed)) is None or draft is not None or world not in self.read:
            for row in told:
                await contents(session, row, now(), OPERATOR)
        self.read.add(world)
        return [(row.chat_id, row.kind, repr(row.args), row.priority) for row in told]

    def _world(self, told, changed):
        """What makes the world another one, instants aside. None if something told before may be another, too."""
        if any(
            what == "DELETE FROM" or (what, table) == ("UPDATE", "outbox") for what, table in self.written
        ):
            return None
        rows = [[getattr(row, column.name) for column in _TOLD] for row in told]
        return _INSTANT.sub(r"\1", repr((rows, sorted((table, sorted(of)) for table, of in changed.items()))))


async def rows(session, tables):
    return {
        name: {repr(tuple(row)) for row in (await session.execute(select(Base.metadata.tables[name]))).all()}
        for name in sorted(tables)
    }


def values(parser):
    """What a parser takes, apart from the ids of objects."""
    if parser is fingerprint:
        return [cast.fingerprint(purpose, OPERATOR.controller) for purpose in Purpose]
    if isinstance(parser, type) and issubclass(parser, Enum):
        return [member.value for member in parser]
    tried = (
        "1", "2", "6", "type", "ehrenamt", "ST", "mp", "offer-talk", "place-none", "closed-yes", "mp-en",
        "20270412-011-0-13", "600-15", "no_topics-11-0", "double-11-12", "swap-1", "give-1", "1-swap-1",
    )  # fmt: skip
    return [value for value in tried if takes(parser, value)] or groups(parser)


def groups(parser):
    return [g.id for g in topics.load().groups()[:2] if takes(parser, g.id)]


def takes(parser, value):
    try:
        parser(value)
    except ValueError:
        return False
    return True


def spellings(verb, ids, most, seed=0):
    """Buttons of this verb on these objects, at most so many, always the same ones."""
    parsers = ROUTES[verb].parsers
    choices = [
        [*map(str, ids), *([] if place == 0 else ["1", "2"])] if parser is number else values(parser)
        for place, parser in enumerate(parsers)
    ]
    everything = [encode(verb, *args) for args in itertools.product(*choices)]
    return random.Random(seed).sample(everything, min(most, len(everything)))
