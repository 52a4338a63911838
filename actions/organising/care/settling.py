"""The one tap that settles a concern, where it is no decision with a message of its own."""

from actions.exchange import not_arrived
from actions.exchange.turn import Turn
from actions.matching import asking_again, looking
from actions.organising.care.concerns import Concern
from actions.organising.rounds import round_edits
from db.models import HelpCall
from domain.care import ConcernKind
from domain.outcomes.organising.care import Did


async def settle(turn: Turn, concern: Concern) -> Did:
    """Do what is to be done about it."""
    match concern.kind:
        case ConcernKind.HELP_CALL:
            return await _settle_call(turn, concern.object_id)
        case ConcernKind.NO_TOPICS if concern.workshop_id is not None:
            asked = await round_edits.ask_one_for_topics(turn, concern.workshop_id, concern.object_id)
            return Did.ASKED if asked else Did.NOT_NOW
        case ConcernKind.NO_CARD if concern.workshop_id is not None:
            got = await looking.suggest_to(
                turn.session, concern.workshop_id, concern.object_id, turn.now, turn.operator
            )
            return Did.CARD if got else Did.NO_CARD
        case ConcernKind.EXPIRED:
            asked = await asking_again.ask_now(turn.session, concern.object_id, turn.now, turn.operator)
            return Did.ASKED if asked else Did.NOT_NOW
        case ConcernKind.UNSENT:
            sent = await not_arrived.send_again(turn.session, concern.object_id, turn.now)
            return Did.SENT if sent else Did.CHANGED
        case _:
            return Did.CHANGED


async def _settle_call(turn: Turn, call_id: int) -> Did:
    call = await turn.session.get_one(HelpCall, call_id, with_for_update=True)
    call.settled_at = turn.now
    return Did.LEFT
