"""What has changed in the programme becomes a notice of the day, once its organiser says so."""

from collections.abc import Callable, Sequence

from actions.exchange import transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.broadcasts import broadcasts
from actions.organising.programme import programme, programme_items
from db.models import Workshop
from domain.outcomes.organising.programme import ProgrammeDesk
from domain.programme import Item
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.words import literal
from domain.written import Written

Wording = Callable[[Sequence[Item], Voice], str]


async def tell(turn: Turn, workshop_id: int, wording: Wording) -> None:
    """Preview the notice about what the pressed message says has changed, as it reads now, in the workshop's voice.

    Raises Refusal(STALE_BUTTON) if nothing of it is left, and like `broadcasts.begin_notice`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    shown = await transcript.shown_in(turn.session, turn.chat_id, turn.pressed or 0)
    said = shown.payload if shown is not None else None
    changed = said.changed if isinstance(said, ProgrammeDesk.Payload) else ()
    rows = await programme.rows(turn.session, workshop.id)
    items = [programme.item_of(row) for row in rows if row.id in changed]
    if not items:
        raise Refusal(Reason.STALE_BUTTON)
    await _preview(turn, workshop, items, wording)


async def remove_and_tell(turn: Turn, item_id: int, seen: int, wording: Wording) -> None:
    """Take an item off, and preview the notice that says so. Nobody can tell it later: the item is gone with its words.

    Raises Refusal like `programme_items.remove` and `broadcasts.begin_notice`.
    """
    workshop_id = await turn.session.scalar(programme_items.of_item(item_id))
    item = await programme_items.remove(turn, item_id, seen)
    if item is not None and workshop_id is not None:
        await _preview(turn, await desk.chosen(turn, workshop_id), [item], wording)


async def _preview(turn: Turn, workshop: Workshop, items: Sequence[Item], wording: Wording) -> None:
    text = literal(wording(items, workshop.voice or turn.operator.voice))
    await broadcasts.begin_notice(turn, workshop.id, Written(text))
