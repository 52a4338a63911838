"""A broadcast written before its workshop was chosen: it waits, encrypted, in a draft without an object."""

import json
from typing import Any

from actions.exchange import drafts
from actions.exchange.turn import Turn
from db.models import Draft, DraftKind
from domain.outcomes.small import EditTaken

Words = dict[str, Any] | None


async def keep(turn: Turn, content: str, message_id: int, words: Words) -> None:
    """Keep what this message says; of several messages the last counts."""
    await forget(turn)
    draft = await drafts.await_words(turn, DraftKind.BROADCAST_CONTENT)
    draft.words = json.dumps(words)
    drafts.note_answer(draft, message_id, content)
    await drafts.end(turn)


async def take(turn: Turn, workshop_id: int) -> tuple[int, Words] | None:
    """The message and its words, which belong to this workshop from now on; None if nothing was written early."""
    for early in await _written(turn):
        words = json.loads(early.words or "null")
        early.object_id, early.words = workshop_id, None
        return drafts.details_of(early).message or 0, words
    return None


async def reword(turn: Turn, message_id: int, words: Words) -> bool:
    """The message was edited: False if it is not the one that is kept."""
    for early in await _written(turn):
        if drafts.details_of(early).message == message_id:
            early.words = json.dumps(words)
            turn.tell(EditTaken())
            return True
    return False


async def forget(turn: Turn) -> None:
    """Another broadcast begins."""
    for early in await _written(turn):
        await turn.session.delete(early)


async def _written(turn: Turn) -> list[Draft]:
    recent = await drafts.recent(turn)
    return [
        each
        for each in recent
        if each.kind is DraftKind.BROADCAST_CONTENT and each.object_id is None and each.words
    ]
