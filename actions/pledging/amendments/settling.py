"""An amendment is agreed to: from now on its sentence, or its day, counts."""

from datetime import date

from actions.exchange.turn import Turn
from actions.pledging import history
from actions.pledging.amendments import replanning
from actions.pledging.releases import releasing
from db.models import Person, Pledge, PledgeEvent
from domain.history import EventKind
from domain.outcomes.pledging.amendments import AmendmentSettled
from domain.outcomes.pledging.talks import CalendarFile


def settled_key(amendment_id: int) -> str:
    """The key of the one word about it to whoever proposed it."""
    return f"amendment:{amendment_id}"


async def settle(turn: Turn, pledge: Pledge, amended: PledgeEvent, by: Person | None, agreed: Person) -> None:
    """`agreed` accepts what `by` proposed; one of the two acts, and the other is told, if they have a chat.

    A day that has passed meanwhile counts no more, as if the time for an answer were over.
    """
    is_late = amended.day is not None and amended.day <= turn.today
    if amended.text is not None and not is_late:
        await releasing.lapse(turn, pledge)
    settled = AmendmentSettled.Payload(pledge.id, amended.id)
    turn.tell(settled, edit=True)
    if by is not None and by.id != turn.party.id:
        turn.news(by, settled, key=settled_key(amended.id))
    if is_late:
        history.record_clock(turn.session, pledge, EventKind.AMENDMENT_LAPSED, turn.now)
    else:
        await _apply(turn, pledge, amended, by, agreed)


async def _apply(turn: Turn, pledge: Pledge, amended: PledgeEvent, by: Person | None, agreed: Person) -> None:
    words, day = amended.text, amended.day
    await history.keep_sentence(turn.session, pledge)
    kind = EventKind.AMENDMENT_ACCEPTED
    history.record_for(turn, pledge, kind, agreed, day=day, reported=agreed.is_entered)
    pledge.revision += 1
    if words is not None:
        pledge.text, pledge.worded_by_author = words, by is not None and pledge.author_id == by.id
        pledge.topic = None  # understood anew (`pledge_topics`)
    if day is not None:
        await _move(turn, pledge, day, by)


async def _move(turn: Turn, pledge: Pledge, day: date, by: Person | None) -> None:
    pledge.deadline = day
    await replanning.plan_anew(turn, pledge)
    file = CalendarFile.Payload(pledge.id)
    turn.tell(file)
    if by is not None and by.id != turn.party.id:
        turn.news(by, file)
