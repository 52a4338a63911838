"""Reception and organisers hear that somebody waits to be confirmed as an MP: one note for all, at most every ten
minutes.
"""

from actions.exchange import outbox, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db.models import Person, Priority
from domain.limits import PING_EVERY
from domain.outcomes.organising.desk import ClaimsWaiting
from domain.team import Duty


async def tell(turn: Turn) -> None:
    """After a turn: if the role of whoever spoke waits for a decision, all in reach who may decide hear of it."""
    if turn.person is None or not desk.is_waiting(turn.person):
        return
    await turn.session.flush()
    waiting = tuple(await desk.waiting_claims(turn.session, None))
    here = [each.workshop_id for each in turn.person.memberships]
    for each in await team.within_reach(turn.session, turn.operator, Duty.RECEIVE, *here):
        await _note(turn, each, waiting)


async def _note(turn: Turn, organiser: Person, waiting: tuple[int, ...]) -> None:
    """A note that has not gone out yet gives way to one that knows of all who wait."""
    to, due = outbox.Recipient.of(organiser), turn.now
    for last in await transcript.newest(turn.session, to.chat_id, (ClaimsWaiting.Payload,), 1):
        if isinstance(last.payload, ClaimsWaiting.Payload) and turn.me.id in last.payload.people:
            return
        ahead = last.row.due_at > turn.now
        due = last.row.due_at if ahead else max(due, last.row.due_at + PING_EVERY)
        if ahead:
            await outbox.take_back(turn.session, last.row.id)
    note = ClaimsWaiting.Payload(people=waiting)
    outbox.owe(turn.session, note, to, turn.now, priority=Priority.NEWS, due=due)
