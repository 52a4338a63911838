"""The buttons of broadcasts, for those who run their workshop."""

from collections.abc import Awaitable, Callable

from actions.exchange.turn import Turn
from actions.organising.broadcasts import (
    broadcasts,
    composing,
    receipts,
    scheduling,
    sending,
    stopping,
    workshops_chosen,
)
from actions.organising.team.team import Needs
from domain.audience import Facet
from domain.outcomes.organising.broadcasts import BroadcastStep
from domain.outcomes.organising.receipts import ListFor
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_THIS = Needs(Duty.RUN, in_all=workshops_chosen.reached_by)

_STEPS: dict[BroadcastStep, Callable[[Turn, int], Awaitable[None]]] = {
    BroadcastStep.PREVIEW: composing.preview,
    BroadcastStep.TEST: composing.show_again,
    BroadcastStep.ASK: composing.ask_second,
    BroadcastStep.HALT: stopping.halt,
    BroadcastStep.GO_ON: stopping.go_on,
    BroadcastStep.STOP: stopping.call_off,
    BroadcastStep.RECALL: stopping.recall,
    BroadcastStep.LATER: scheduling.ask,
    BroadcastStep.AT_ONCE: scheduling.at_once,
    BroadcastStep.CHANGE: scheduling.change,
    BroadcastStep.CALL_OFF: scheduling.call_off,
}


async def _do(turn: Turn, broadcast_id: int, step: BroadcastStep) -> None:
    await _STEPS[step](turn, broadcast_id)


ROUTES: dict[Verb, Route] = {
    Verb.BROADCAST: at_desk(Needs(Duty.RUN), broadcasts.begin),
    Verb.SEGMENTS: at_desk(_THIS, composing.ask_whom, number),
    Verb.SEGMENT: at_desk(_THIS, composing.choose, number, word),
    Verb.SEGMENT_PAGE: at_desk(_THIS, composing.turn_page, number, Facet, number),
    Verb.SEGMENT_IS: at_desk(_THIS, composing.choose_value, number, Facet, word),
    Verb.BROADCAST_DO: at_desk(_THIS, _do, number, BroadcastStep),
    Verb.BROADCAST_GO: at_desk(_THIS, sending.confirm, number, number),
    Verb.BROADCAST_DROP: at_desk(_THIS, broadcasts.drop, number),
    Verb.RECEIPTS: at_desk(_THIS, receipts.show, number),
    Verb.RECEIPT_LIST: at_desk(_THIS, receipts.take_along, number, ListFor),
    Verb.BROADCAST_AGAIN: at_desk(_THIS, stopping.send_again, number, number),
}
