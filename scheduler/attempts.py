"""One attempt to deliver a claimed outbox row: read what it says now, word it, send it, record the result."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import TelegramError
from telegram.ext import ExtBot

import messages
from actions.contents import contents, why_not
from actions.exchange import outbox
from actions.exchange.delivery import SendResult
from actions.exchange.operator import Operator
from db import intact
from db.models import NOWHERE, Outgoing, Priority
from db.session import TROUBLE, Database
from domain.error_reports import describe
from domain.outcomes.organising.rehearsals import RehearsalPlayed
from messages import Message
from scheduler import consequences, meters, sending
from scheduler.circuit_breaker import CircuitBreaker
from scheduler.errors import (
    Dead,
    Diagnosis,
    EditGone,
    RefusedToken,
    Retry,
    Unknown,
    Wait,
    classify,
    classify_copy,
)
from scheduler.pace import Pace
from scheduler.probing import KnownIds, with_row
from scheduler.recorder import AttemptResult, Recorder

log = logging.getLogger(__name__)

Worded = asyncio.Future[Message | SendResult]
"""What a row says now, once that is known, or what to record instead."""

_RECORD_AGAIN = 0.5  # seconds
_SLOW = {RehearsalPlayed.__name__}
"""The kinds that take seconds to word."""


class DeliveryAttempts:
    """Runs claimed rows, several at a time. No transaction is open while Telegram is awaited."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        operator: Operator,
        pace: Pace,
        circuit_breaker: CircuitBreaker,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        monotonic: Callable[[], float],
        lease_owner: str,
        fatal: asyncio.Event,
    ) -> None:
        self._database = database
        self._bot = bot
        self._operator = operator
        self._pace = pace
        self._breaker = circuit_breaker
        self._now = now
        self._machine = machine
        self._monotonic = monotonic
        self._recorder = Recorder(database, lease_owner)
        self._fatal = fatal
        self.known = KnownIds()
        self._calls: set[asyncio.Task[int | Diagnosis]] = set()
        self._wordings: set[asyncio.Task[None]] = set()
        self._called_off = False

    def begin(self) -> None:
        """Start again after `call_off`."""
        self._called_off = False

    def call_off(self) -> None:
        """Cancel the calls that are not answered yet and start no more; open transactions may finish."""
        self._called_off = True
        for call in self._calls:
            call.cancel()

    def word(self, rows: Sequence[Outgoing]) -> list[Worded]:
        """Begin to word rows that were claimed together, one after the other; each is given to `run`. One that takes
        seconds is worded alongside the others.
        """
        loop = asyncio.get_running_loop()
        worded: dict[Outgoing, Worded] = {row: loop.create_future() for row in rows}
        quick = {row: each for row, each in worded.items() if row.kind not in _SLOW}
        slow = [{row: each} for row, each in worded.items() if row.kind in _SLOW]
        for together in filter(None, (quick, *slow)):
            wording = asyncio.create_task(self._word_all(together))
            self._wordings.add(wording)
            wording.add_done_callback(self._wordings.discard)
        return list(worded.values())

    async def run(self, row: Outgoing, worded: Worded) -> bool:
        """Returns whether the row is settled and needs no other attempt."""
        claimed_at = self._now()
        message = await worded
        if isinstance(message, SendResult):
            return await self._write_down(row, message, None, claimed_at)
        begun = self._machine()
        answer = await self._say(row, message if row.known_id is None else with_row(message, row.id))
        if answer is None:
            return False  # called off: nobody knows whether it arrived, and the row still says so
        self._pace.landed(row.chat_id, self._monotonic())
        if isinstance(answer, int):
            if row.chat_id > NOWHERE and row.edits_message is None:
                self.known.sent(answer, begun)
            return await self._write_down(row, consequences.sent(answer, self._now()), None, claimed_at)
        self._heed(row, answer)
        result = consequences.after(answer, row, self._now(), self._machine())
        return await self._write_down(row, result, answer, claimed_at)

    async def reword(self, row: Outgoing) -> Message | SendResult:
        """What the row says now, or what to record instead."""
        (worded,) = self.word([row])
        return await worded

    async def _word_all(self, worded: Mapping[Outgoing, Worded]) -> None:
        """In one session, which reads their readers at once. Whatever is wrong with one row, the others are worded."""
        left = dict(worded)
        try:
            async with self._database.reader() as session:
                await intact.know(session, {row.person_id for row in worded if row.person_id is not None})
                for row in worded:
                    message = await self._word(session, row)
                    left.pop(row).set_result(message)
        except TROUBLE as error:
            for row, future in left.items():
                log.warning("row %s (%s) cannot be read now: %s", row.id, row.kind, describe(error))
                future.set_result(consequences.after(Retry(), row, self._now(), self._machine()))
        except Exception as error:  # noqa: BLE001 - nobody may wait for ever
            for future in left.values():
                future.set_exception(error)

    async def _word(self, session: AsyncSession, row: Outgoing) -> Message | SendResult:
        """The message of a row, or what to record instead if it has none now."""
        try:
            said = await contents(session, row, self._now(), self._operator)
            if said is None:
                return consequences.cancelled(await why_not(session, row, self._now()))
            message = messages.of(
                said.outcome, said.voice, said.today, asked=said.asked, party=said.party, actor=said.actor
            )
            return await _drawn(message)
        except TROUBLE:
            raise
        except Exception as error:  # noqa: BLE001 - our own bug in one message must not hold up the others
            log.error("row %s (%s) cannot be worded: %s", row.id, row.kind, describe(error))  # noqa: TRY400
            session.expunge_all()  # it may know the half of something
            return consequences.faulty()

    async def _say(self, row: Outgoing, message: Message) -> int | Diagnosis | None:
        """Send the message: its id, or what the failed call means, or None if it was called off."""
        if self._called_off:
            return None
        call = asyncio.create_task(self._call(row, message))
        self._calls.add(call)
        await asyncio.wait((call,))
        self._calls.discard(call)
        return None if call.cancelled() else call.result()

    async def _call(self, row: Outgoing, message: Message) -> int | Diagnosis:
        try:
            if row.edits_message is not None:
                return await sending.edit(self._bot, row.chat_id, row.edits_message, message)
            return await sending.send(self._bot, row.chat_id, message, outbox.thread_of(row.args))
        except sending.Uneditable:
            return EditGone()
        except TelegramError as error:
            return classify(error) if message.copy is None else classify_copy(error)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have been sent
            log.error("row %s (%s): the call broke: %s", row.id, row.kind, describe(error))  # noqa: TRY400
            return Unknown()

    def _heed(self, row: Outgoing, diagnosis: Diagnosis) -> None:
        """Act on what concerns every message, before the next one is sent."""
        match diagnosis:
            case Retry() | Unknown():
                self._breaker.trip()
            case Wait() if consequences.is_edit(row):
                log.warning("Telegram asks for silence in one chat; row %s waits", row.id)
            case Wait(seconds):
                log.warning("Telegram asks for %s seconds of silence", seconds)
                self._pace.pause(self._monotonic() + seconds)
            case RefusedToken():
                log.critical("Telegram refuses the token")
                self._fatal.set()
            case Dead(reason):
                log.warning("row %s (%s) is refused for good: %s", row.id, row.kind, reason)

    async def _write_down(
        self, row: Outgoing, result: SendResult, diagnosis: Diagnosis | None, claimed_at: datetime
    ) -> bool:
        """Try until it is written or the lease is lost: otherwise a sent message would be sent again.

        Returns whether the row is settled.
        """
        while not await self._recorder.write(AttemptResult(row, result, diagnosis, claimed_at, self._now())):
            if self._called_off:
                return False
            await asyncio.sleep(_RECORD_AGAIN)
        meters.SENDS.labels(result.state.value).inc()
        if result.sent_at is not None and row.priority is Priority.REPLY:
            meters.ANSWER_SECONDS.observe((result.sent_at - row.created_at).total_seconds())
        return result.state not in outbox.OPEN


async def _drawn(message: Message) -> Message:
    """The message with its picture or file, if that has to be drawn: in a thread, since it would hold up the loop."""
    if message.draw is None:
        return message
    drawn = await asyncio.to_thread(message.draw)
    if message.document is None:
        return replace(message, photo=drawn)
    return replace(message, document=replace(message.document, content=drawn))
