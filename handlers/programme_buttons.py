"""The buttons about the programme of a workshop: of its people, and of the desk."""

from actions.exchange.turn import Turn
from actions.organising.programme import programme, programme_items, programme_lists, programme_notices
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb
from messages.organising.programme import notice, notice_of_removal

_RUN = Needs(Duty.RUN, team.of_workshop)
_UPLOAD = Needs(Duty.RUN, programme_lists.of_upload)
_ITEM = Needs(Duty.RUN, programme_items.of_item)


async def tell(turn: Turn, workshop_id: int) -> None:
    """Raises Refusal like `programme_notices.tell`."""
    await programme_notices.tell(turn, workshop_id, notice)


async def remove(turn: Turn, item_id: int, seen: int) -> None:
    """Raises Refusal like `programme_items.remove`."""
    await programme_items.remove(turn, item_id, seen)


async def remove_and_tell(turn: Turn, item_id: int, seen: int) -> None:
    """Raises Refusal like `programme_notices.remove_and_tell`."""
    await programme_notices.remove_and_tell(turn, item_id, seen, notice_of_removal)


ROUTES: dict[Verb, Route] = {
    Verb.PROGRAMME: agreed(programme.show_now, number),
    Verb.PROGRAMME_DAY: agreed(programme.show_page, number, number),
    Verb.PROGRAMME_REMIND: agreed(programme.remind, number),
    Verb.PROGRAMME_NOT: agreed(programme.stop_reminding, number),
    Verb.ITEMS: at_desk(_RUN, programme_items.show, number, number),
    Verb.ITEMS_SEND: at_desk(_RUN, programme_lists.ask, number),
    Verb.ITEMS_PAGE: at_desk(_UPLOAD, programme_lists.turn_page, number, number),
    Verb.ITEMS_GO: at_desk(_UPLOAD, programme_lists.take_over, number, word),
    Verb.ITEMS_DROP: at_desk(_UPLOAD, programme_lists.drop, number),
    Verb.ITEMS_TELL: at_desk(_RUN, tell, number),
    Verb.ITEM: at_desk(_ITEM, programme_items.choose, number),
    Verb.ITEM_EDIT: at_desk(_ITEM, programme_items.ask, number),
    Verb.ITEM_REMOVE: at_desk(_ITEM, remove, number, number),
    Verb.ITEM_REMOVE_TELL: at_desk(_ITEM, remove_and_tell, number, number),
}
