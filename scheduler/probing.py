"""Finds out whether a message arrived whose answer was lost, so that nothing is said twice (`DELIVERY_PROBE`).

Ids in private chats are one sequence for each bot. So the message, if it is there, has one of the ids that were new
when it was sent and that belong to nothing we know. Each is offered, in that chat, the keyboard that the message was
sent with, and which holds the number of its row: "message is not modified" proves that it is there.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError
from telegram.ext import ExtBot

from actions.exchange import delivery, unclear
from actions.exchange.delivery import SendResult
from db.models import Outgoing, SendState
from db.session import TROUBLE, Database
from domain.button_data import marked, unmarked
from domain.error_reports import describe
from messages import Message
from scheduler.circuit_breaker import CircuitBreaker
from scheduler.errors import Done, EditGone, RefusedToken, Retry, Unknown, Wait, classify
from scheduler.pace import Pace

log = logging.getLogger(__name__)

_LOOK_EVERY = 0.5  # seconds
_AT_ONCE = 20  # rows
_WIDEST = 5000  # ids since the highest that was known
_MOST = 50  # ids that are tried for one row
_PATIENCE = timedelta(seconds=4)  # for something sent later, which shows where the sequence is
_BEYOND = 16  # ids above the highest known that are tried without


def with_row(message: Message, row: int) -> Message:
    """The message with the number of its row in its buttons, as far as there is room."""
    if message.keyboard is None:
        return message
    rows = [[_with_row(each, row) for each in line] for line in message.keyboard.inline_keyboard]
    return replace(message, keyboard=InlineKeyboardMarkup(rows))


def _with_row(button: InlineKeyboardButton, row: int) -> InlineKeyboardButton:
    if not isinstance(button.callback_data, str):
        return button
    return InlineKeyboardButton(button.text, callback_data=marked(button.callback_data, row))


@dataclass
class KnownIds:
    """Ids of messages in private chats: the highest, that of the message last on its way, and those looked for."""

    highest: int = 0
    begun: datetime | None = None  # machine time
    last: int = 0
    found: set[int] = field(default_factory=set)

    def sent(self, message_id: int, begun: datetime) -> None:
        self.highest = max(self.highest, message_id)
        if self.begun is None or begun > self.begun:
            self.begun, self.last = begun, message_id


class _Answer(Enum):
    HERE = auto()
    NOT_HERE = auto()
    NO_ANSWER = auto()
    NO_PROOF = auto()


@dataclass
class Prober:
    """Resolves rows that are unclear, at the pace of the one deliverer.

    `word` words a row as it was sent; `changed` is called when a row is settled.
    """

    database: Database
    bot: ExtBot[None]
    word: Callable[[Outgoing], Awaitable[Message | SendResult]]
    known: KnownIds
    pace: Pace
    breaker: CircuitBreaker
    fatal: asyncio.Event
    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    monotonic: Callable[[], float]
    changed: Callable[[], None]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _absent: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By row, the ids at which its message is not: a search that gets no answer goes on there the next time."""

    async def run(self, stop: asyncio.Event) -> None:
        """Look for what is unclear until `stop` or `fatal`. A failure is logged, and the next look tries again."""
        self._stop = stop
        while not (stop.is_set() or self.fatal.is_set()):
            try:
                if not self.breaker.is_open:
                    await self._look()
            except TROUBLE as error:
                log.warning("what is unclear cannot be resolved now: %s", describe(error))
            except Exception as error:  # noqa: BLE001 - our own bug in one message must not leave the others unclear
                log.error("what is unclear cannot be resolved: %s", describe(error))  # noqa: TRY400
            await self._wait(_LOOK_EVERY)

    async def _look(self) -> None:
        async with self.database.reader() as session:
            rows = await unclear.to_find(session, self.machine(), _AT_ONCE)
        await asyncio.gather(*map(self._resolve, rows))

    async def _resolve(self, row: Outgoing) -> None:
        message = await self.word(row)
        if isinstance(message, SendResult) and message.state is SendState.PENDING:
            return  # the database fails
        keyboard = with_row(message, row.id).keyboard if isinstance(message, Message) else None
        if keyboard is None or not _says(keyboard, row.id):
            await self._give_up(row, "it has no button to know it by")
            return
        is_all = self._is_bounded(row)
        if not (is_all or self.machine() - (row.lease_until or self.machine()) > _PATIENCE):
            return
        ids = await self._candidates(row, is_all=is_all)
        if ids is None:
            await self._give_up(row, "too many messages may be the one")
        else:
            await self._search(row, ids, keyboard, is_all=is_all)

    async def _search(
        self, row: Outgoing, ids: Sequence[int], keyboard: InlineKeyboardMarkup, *, is_all: bool
    ) -> None:
        absent = self._absent[row.id]
        for number in ids:
            if number in self.known.found or number in absent:
                continue
            match await self._ask(row.chat_id, number, keyboard):
                case _Answer.HERE:
                    return await self._found(row, number)
                case _Answer.NO_ANSWER:
                    return None
                case _Answer.NO_PROOF:
                    return await self._give_up(row, "Telegram's answer proves nothing")
                case _Answer.NOT_HERE:
                    absent.add(number)
        return await self._not_found(row, is_all=is_all)

    def _is_bounded(self, row: Outgoing) -> bool:
        """Whether something was sent after nobody was sending this row any more: then its id is below that one's."""
        begun, lease_until = self.known.begun, row.lease_until
        return begun is not None and lease_until is not None and begun >= lease_until

    async def _candidates(self, row: Outgoing, *, is_all: bool) -> list[int] | None:
        """The ids that its message may have, None if they are too many."""
        low = row.known_id or 0
        async with self.database.reader() as session:
            high = self.known.last if is_all else await unclear.highest_known(session) + _BEYOND
            if high - low > _WIDEST:
                return None
            taken = await unclear.accounted(session, low, high)
        ids = [number for number in range(low + 1, high + 1) if number not in taken]
        return ids if len(ids) <= _MOST else None

    async def _ask(self, chat_id: int, number: int, keyboard: InlineKeyboardMarkup) -> _Answer:
        while delay := self.pace.delay(chat_id, False, self.monotonic()):
            if await self._wait(delay):
                return _Answer.NO_ANSWER
        self.pace.take(chat_id, False, self.monotonic())
        try:
            await self.bot.edit_message_reply_markup(chat_id, number, reply_markup=keyboard)
        except TelegramError as error:
            return await self._answer_in(error)
        return _Answer.NO_PROOF

    async def _answer_in(self, error: TelegramError) -> _Answer:
        match classify(error):
            case Done() if "not modified" in str(error).lower():
                return _Answer.HERE
            case EditGone():  # nothing with this id here, or nothing of ours
                return _Answer.NOT_HERE
            case Wait(seconds):
                self.pace.pause(self.monotonic() + seconds)
                async with self.database.writer.begin() as session:
                    await delivery.pause(session, self.machine() + timedelta(seconds=seconds))
            case Retry() | Unknown():
                self.breaker.trip()
            case RefusedToken():
                self.fatal.set()
            case _:
                return _Answer.NO_PROOF
        return _Answer.NO_ANSWER

    async def _found(self, row: Outgoing, number: int) -> None:
        self.known.found.add(number)
        del self._absent[row.id]
        log.info("row %s (%s) has arrived, though its answer was lost", row.id, row.kind)
        async with self.database.writer.begin() as session:
            await unclear.found(session, row, number, self.now())
        self.changed()

    async def _not_found(self, row: Outgoing, *, is_all: bool) -> None:
        if is_all:
            del self._absent[row.id]
            log.info("row %s (%s) has not arrived: it is sent again", row.id, row.kind)
            async with self.database.writer.begin() as session:
                await unclear.missed(session, row)
            self.changed()
        else:
            await self._give_up(row, "nothing that was sent later shows that it is not there")

    async def _give_up(self, row: Outgoing, why: str) -> None:
        self._absent.pop(row.id, None)
        log.warning("row %s (%s) stays unclear: %s", row.id, row.kind, why)
        async with self.database.writer.begin() as session:
            await unclear.give_up(session, row)
        self.changed()

    async def _wait(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        return self._stop.is_set()


def _says(keyboard: InlineKeyboardMarkup, row: int) -> bool:
    """Whether a button of it holds the number of this row."""
    data = (each.callback_data for line in keyboard.inline_keyboard for each in line)
    return any(isinstance(each, str) and unmarked(each)[1] == row for each in data)
