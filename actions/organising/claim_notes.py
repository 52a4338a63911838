"""Organisers hear that somebody waits to be confirmed as an MP: one note for all, at most every ten minutes."""

from sqlalchemy import select

from actions.exchange import outbox, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from db import reach
from db.models import Person, Priority
from domain.limits import PING_EVERY
from domain.outcomes.organising.desk import ClaimsWaiting


async def tell(turn: Turn) -> None:
    """After a turn: if the role of whoever spoke waits for a decision, every organiser in reach hears of it."""
    if turn.person is None or not desk.is_waiting(turn.person):
        return
    await turn.session.flush()
    waiting = tuple(await desk.waiting_claims(turn.session))
    organisers = select(Person).where(Person.chat_id.in_(turn.operator.owners), reach.reachable())
    for organiser in (await turn.session.scalars(organisers.order_by(Person.id))).all():
        await _note(turn, organiser, waiting)


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
