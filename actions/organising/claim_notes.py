"""Reception and organisers hear that somebody waits to be confirmed as an MP: one note for all, at most every ten
minutes.
"""

from math import inf

from actions.exchange import outbox, shown, transcript
from actions.exchange.entries import Entry, is_of
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db.models import Person, Priority
from domain.limits import PING_EVERY
from domain.outcomes.organising.desk import ClaimsWaiting, RoleDecided
from domain.team import Duty

_NOTES = (ClaimsWaiting.Payload,)


def waits(turn: Turn) -> bool:
    """Whether the role of whoever's turn it is waits for a decision."""
    return turn.person is not None and desk.is_waiting(turn.person)


async def tell(turn: Turn, *, waited: bool) -> None:
    """After a turn: if the role of whoever spoke waits for a decision, all in reach who may decide hear of it; if one
    was decided, or the one of whoever spoke no longer waits, as it `waited` before, they read so.
    """
    decided = any(row.kind == RoleDecided.outcome_name() for row in outbox.owed_in(turn.session))
    if decided or (waited and turn.person is not None and not waits(turn)):
        await show_settled(turn)
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
    for last in await transcript.newest(turn.session, to.chat_id, _NOTES, 1):
        if turn.me.id in _people(last):
            return
    for last in await transcript.newest(turn.session, to.chat_id, _NOTES, 1, rings=True):
        ahead = last.row.due_at > turn.now
        due = last.row.due_at if ahead else max(due, last.row.due_at + PING_EVERY)
        if ahead:
            await outbox.take_back(turn.session, last.row.id)
    note = ClaimsWaiting.Payload(people=waiting)
    outbox.owe(turn.session, note, to, turn.now, priority=Priority.NEWS, due=due)


async def show_settled(turn: Turn) -> None:
    """Somebody may wait no more. Notes change without a sound: the last one in each chat, and older ones once nobody of
    theirs waits.
    """
    await turn.session.flush()
    waiting = set(await desk.waiting_claims(turn.session, None))
    last: dict[int, Entry] = {}
    settled = []
    for note in sorted(await shown.visible(turn.session, is_of(_NOTES)), key=_place):
        if (before := last.get(note.row.chat_id)) is not None and waiting.isdisjoint(_people(before)):
            settled.append(before)
        last[note.row.chat_id] = note
    for note in (*settled, *last.values()):
        people = tuple(each for each in _people(note) if each in waiting)
        if people != _people(note):
            says = ClaimsWaiting.Payload(people=people)
            outbox.owe(
                turn.session, says, note.recipient, turn.now, priority=Priority.NEWS, edits_row=note.row.id
            )


def _place(note: Entry) -> float:
    """Where in its chat the message is; one that is on its way comes last."""
    return note.row.message_id or note.row.edits_message or inf


def _people(note: Entry) -> tuple[int, ...]:
    return note.payload.people if isinstance(note.payload, ClaimsWaiting.Payload) else ()
