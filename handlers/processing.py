"""Works one update: reads it, lets PTB route it to an action, and brings what the action owes to whom it goes."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update

from actions.exchange import outbox
from actions.exchange.addressing import address
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.intake import admission, conversation, inbox
from actions.intake.admission import Sender
from actions.intake.lanes import WaitingUpdate
from actions.organising import claim_notes
from actions.pledging.silences import hints
from handlers.turns import Companion, phone, present, pressed, thread, username, written

log = logging.getLogger(__name__)


@asynccontextmanager
async def apart(session: AsyncSession) -> AsyncIterator[None]:
    """A savepoint, after which the session has forgotten every row: whoever comes next reads what is true then."""
    try:
        async with session.begin_nested():
            yield
    except BaseException:
        session.info.pop("erased", None)
        raise
    finally:
        session.expunge_all()
        session.info.pop("people", None)


class Processing:
    """`now` is the time people live by."""

    def __init__(self, application: Companion, operator: Operator, now: Callable[[], datetime]) -> None:
        self._application = application
        self._operator = operator
        self._now = now

    async def update(self, session: AsyncSession, waiting: WaitingUpdate) -> bool:
        """Work it in a savepoint, and return whether it could be read. Raises whatever its action raises."""
        payload = waiting.payload
        if payload is None:
            async with apart(session):
                payload = await inbox.payload_of(session, waiting.update_id)
        update = self._read(waiting.update_id, payload)
        if update is None:
            return False
        match admission.sender_of(payload):
            case Sender.PERSON:
                await self._take_turn(session, waiting.chat_id, update)
            case Sender.GROUP:
                async with apart(session):
                    await admission.hint(session, waiting.chat_id, self._now())
        return True

    async def _take_turn(self, session: AsyncSession, chat_id: int, update: Update) -> None:
        """A refusal undoes the turn, and another one says why."""
        try:
            async with apart(session):
                turn = await self._open_turn(session, chat_id, update)
                waited = claim_notes.waits(turn)
                await self._route(turn, update)
                await self._end_turn(turn, waited=waited)
        except conversation.REFUSALS as error:
            refusal = error
        else:
            return
        async with apart(session):
            turn = await self._open_turn(session, chat_id, update)
            await conversation.refuse(turn, refusal)
            await self._end_turn(turn, waited=claim_notes.waits(turn))

    async def _open_turn(self, session: AsyncSession, chat_id: int, update: Update) -> Turn:
        return await conversation.open_turn(
            session,
            chat_id,
            self._now(),
            self._operator,
            pressed=pressed(update),
            telegram_name=username(update),
            thread=thread(update),
            written=written(update),
            phone=phone(update),
        )

    async def _end_turn(self, turn: Turn, *, waited: bool) -> None:
        await claim_notes.tell(turn, waited=waited)
        await hints.notice(turn)
        await address(turn.session, turn)
        await outbox.supersede(turn.session, turn.now)

    async def _route(self, turn: Turn, update: Update) -> None:
        token = present.set(turn)
        try:
            await self._application.process_update(update)
        finally:
            present.reset(token)

    def _read(self, update_id: int, payload: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(payload, self._application.bot)
        except Exception as error:  # noqa: BLE001 - an odd field can make PTB raise anything
            log.warning("update %s cannot be read: %s", update_id, type(error).__name__)
            return None
