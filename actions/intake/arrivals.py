"""What an update tells about messages of ours: a pressed button may carry the row that its message was sent for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import unclear
from actions.intake.redaction import Raw, is_id
from domain.button_data import unmarked


@dataclass(frozen=True)
class Arrived:
    """The message of this row is there. Whoever presses can claim that only of rows of their own chat."""

    row: int
    chat_id: int
    message_id: int


def read(raw: Raw) -> tuple[Raw, Arrived | None]:
    """The update without the mark in its button's data, and what the mark tells."""
    match raw:
        case {"callback_query": dict(query)} if isinstance(data := query.get("data"), str):
            meant, row = unmarked(data)
            if row is None:
                return raw, None
            return {**raw, "callback_query": {**query, "data": meant}}, _arrived(row, query)
    return raw, None


def _arrived(row: int, query: dict[Any, Any]) -> Arrived | None:
    match query.get("message"):
        case {"message_id": message_id, "chat": {"id": chat_id}} if is_id(message_id) and is_id(row):
            return Arrived(row, chat_id, message_id) if isinstance(chat_id, int) else None
    return None


async def note(session: AsyncSession, arrived: Iterable[Arrived | None], now: datetime) -> None:
    """What was unclear is sent."""
    for each in arrived:
        if each is not None:
            await unclear.has_arrived(session, each.row, each.chat_id, each.message_id, now)
