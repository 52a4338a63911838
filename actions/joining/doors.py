"""A workshop's door: whether its code lets somebody in, and how they are spoken to there."""

from actions.exchange.turn import Turn
from db.models import Workshop
from domain.outcomes.small import Refused
from domain.refusal import Reason
from domain.voice import Voice


def is_closed_to(turn: Turn, workshop: Workshop) -> bool:
    """Whether the workshop takes in nobody new, and whoever's turn it is would be new there."""
    mine = turn.person.memberships if turn.person is not None else []
    return workshop.closed_at is not None and all(each.workshop_id != workshop.id for each in mine)


def open_to(turn: Turn, workshop: Workshop | None) -> Workshop | None:
    """The workshop, unless it takes in nobody new, which is said kindly."""
    if workshop is None or not is_closed_to(turn, workshop):
        return workshop
    turn.tell(Refused(Reason.WORKSHOP_CLOSED, joined=False), voice=spoken_to(turn, workshop))
    return None


def spoken_to(turn: Turn, workshop: Workshop | None) -> Voice | None:
    """How a newcomer to this workshop is spoken to: as they chose, as their phone or office speaks, as its organisers
    say. None: as they were spoken to last, or as everybody is.
    """
    last = turn.arrival.voice if turn.arrival is not None else turn.operator.voice
    if workshop is None or turn.person is not None or last is not turn.operator.voice:
        return None
    return turn.phone or workshop.voice
