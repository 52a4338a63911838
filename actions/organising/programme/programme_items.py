"""The items of a programme at the desk: listed, and each changed or removed.

Every change names the item that it is about (`Item.version`): of two organisers who change the same one at once, the
second is shown what the first has made of it, and nothing is lost silently.
"""

from sqlalchemy import Select, select

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.programme import programme, programme_lists
from db.models import DraftKind, ProgrammeItem
from domain import programme as rules
from domain.outcomes.organising.programme import ItemAsked, ItemShown, ProgrammeDesk
from domain.programme import Item, ItemError
from domain.refusal import Reason, Refusal


def of_item(item_id: int, *_: object) -> Select[int]:
    """The workshop of an item."""
    return select(ProgrammeItem.workshop_id).where(ProgrammeItem.id == item_id)


async def show(turn: Turn, workshop_id: int, page: int) -> None:
    """The items of a workshop, a page counted from 0. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.end_of(turn, workshop.id, DraftKind.PROGRAMME)
    turn.tell(ProgrammeDesk.Payload(workshop.id, page))


async def choose(turn: Turn, item_id: int) -> None:
    """One item. Raises Refusal like `_held`."""
    item = await _held(turn, item_id)
    await drafts.end_of(turn, item.id, DraftKind.PROGRAMME_ITEM)
    turn.tell(ItemShown.Payload(item.id), edit=True)


async def ask(turn: Turn, item_id: int) -> None:
    """The next words are what it reads from now on. Raises Refusal like `_held`."""
    await _ask(turn, await _held(turn, item_id))


async def _ask(turn: Turn, row: ProgrammeItem, *, again: bool = False) -> None:
    asked = drafts.DraftDetails(seen=programme.item_of(row).version)
    await drafts.await_words(turn, DraftKind.PROGRAMME_ITEM, row.id, asked)
    turn.tell(ItemAsked.Payload(row.id, again=again))


async def receive(turn: Turn, item_id: int, seen: int, text: str) -> None:
    """One line, as it reads from now on; if it says no item, or somebody else has changed this one since it was asked
    for, it is asked for again. Raises Refusal like `_held`.
    """
    row = await _held(turn, item_id)
    if programme.item_of(row).version != seen:
        await _ask(turn, row, again=True)
        return
    try:
        item = rules.item_in(text)
    except ItemError as wrong:
        turn.tell(ItemAsked.Payload(row.id, wrong.fault))
        return
    programme_lists.write(row, item)
    await drafts.end(turn)
    turn.tell(ProgrammeDesk.Payload(row.workshop_id, saved=True, changed=(row.id,)))


async def remove(turn: Turn, item_id: int, seen: int) -> Item | None:
    """Take it off the programme. If it has changed since it was shown, it is shown as it is now, and None is returned.

    Raises Refusal like `_held`.
    """
    row = await _held(turn, item_id)
    item = programme.item_of(row)
    if item.version != seen:
        turn.tell(ItemShown.Payload(row.id, changed=True), edit=True)
        return None
    turn.tell(ProgrammeDesk.Payload(row.workshop_id, saved=True), edit=True)
    await turn.session.delete(row)
    return item


async def _held(turn: Turn, item_id: int) -> ProgrammeItem:
    """The item, and its programme, held until the turn ends. Raises Refusal(STALE_BUTTON) for one that is gone."""
    await desk.organiser(turn)
    await programme_lists.hold(turn.session, of_item(item_id))
    row = await turn.session.get(ProgrammeItem, item_id, with_for_update=True)
    if row is None:
        raise Refusal(Reason.STALE_BUTTON)
    return row
