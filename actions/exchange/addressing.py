"""What is owed to an MP goes to everybody who acts for them (`domain/outcomes/matters.py`); what one of them settles is
settled for all, since each copy of a message changes with it.

`address` does that once, at the end of a transaction, for whatever was owed in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import inf

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codec, outbox, parties
from actions.exchange.turn import Turn
from db.models import (
    HelpCall,
    HelpRequest,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Priority,
    Relay,
    SendState,
)
from domain.outcomes.kinds import PAYLOADS
from domain.outcomes.matters import Matter, matter
from domain.outcomes.payload import OfIntroduction, OfPledge, Payload
from domain.outcomes.pledging.help_calls import HelpAsked
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.relays import RelayReceived

_UNASKED = (Priority.NEWS, Priority.NUDGE)


async def address(session: AsyncSession, turn: Turn | None = None) -> None:
    """Bring what this transaction has owed to everybody who acts for its reader. `turn`: whose it was, if anybody's."""
    owed = outbox.owed_in(session)
    edits = [row for row in owed if row.edits_row is not None]
    sent = [row for row in owed if row.edits_row is None and row.edits_message is None]
    await _to_offices(session, [row for row in sent if _concerns_office(row)])
    shared = outbox.shared_in(session)
    if turn is not None and shared and has_others(turn):
        await _share(turn, shared)
    if edits:
        await _edit_all(session, edits, turn if turn is not None and has_others(turn) else None)
    if turn is not None and turn.pressed is not None and has_others(turn):
        await _show_others(turn, [row for row in owed if row.edits_message == turn.pressed])


# --- new messages


def _concerns_office(row: Outgoing) -> bool:
    to_party = row.party_id is not None and row.party_id == row.person_id
    return to_party and row.priority in _UNASKED and _matter(row) is not Matter.PRIVATE


def _matter(row: Outgoing) -> Matter:
    return matter(PAYLOADS[row.kind])


async def _to_offices(session: AsyncSession, rows: Sequence[Outgoing]) -> None:
    """Routine goes to the office instead of the MP, a milestone to both."""
    if not rows:
        return
    wanted = {row.party_id for row in rows if row.party_id is not None} - parties.without_office(session)
    staff = await parties.offices(session, wanted, rows[0].created_at) if wanted else {}
    for row in rows:
        office = await _on_this_side(session, row, staff.get(row.party_id or 0, []))
        if not office:
            continue
        if _matter(row) is Matter.ROUTINE:
            row.chat_id, row.person_id, *_ = office[0].chat_id, office[0].person_id
            office = office[1:]
        await _copy(session, row, office)


async def _share(turn: Turn, rows: Sequence[Outgoing]) -> None:
    """The MP and the rest of the office are told what the actor has just been told."""
    party = turn.party
    everybody = [outbox.Recipient.of(party)] if party.chat_id is not None else []
    everybody += (await parties.offices(turn.session, {party.id}, turn.now)).get(party.id, [])
    others = [each for each in everybody if each.person_id != turn.me.id]
    for row in rows:
        await _copy(turn.session, row, await _on_this_side(turn.session, row, others), Priority.NEWS)


async def _on_this_side(
    session: AsyncSession, row: Outgoing, people: Sequence[outbox.Recipient]
) -> list[outbox.Recipient]:
    """Those of them who act for the reader of this row, and not for the other party of what it is about
    (`parties.take_part`): they would read what is not for that party, and answer for the wrong one.
    """
    if not people:
        return []
    others = {each for each in await _concerned(session, row) if each is not None} - {row.party_id}
    sides = await parties.sides_of(session, [each.person_id for each in people], others)
    return [each for each in people if sides.get(each.person_id or 0, inf) > (row.party_id or 0)]


async def _concerned(session: AsyncSession, row: Outgoing) -> set[int | None]:
    """The parties of whatever the row is about."""
    kind = PAYLOADS[row.kind]
    if issubclass(kind, Nudged.Payload):
        asked = select(Nudge.pledge_id).where(or_(Nudge.outbox_id == row.id, Nudge.again_id == row.id))
        which = select(Pledge.author_id, Pledge.partner_id).where(Pledge.id.in_(asked))
    elif issubclass(kind, OfPledge):
        which = select(Pledge.author_id, Pledge.partner_id).where(Pledge.id == row.object_id)
    elif issubclass(kind, OfIntroduction):
        about = Introduction.id == row.object_id
        which = select(Introduction.asker_id, Introduction.asked_id).where(about)
    elif issubclass(kind, RelayReceived.Payload):
        which = select(Relay.sender_id, Relay.recipient_id).where(Relay.id == row.object_id)
    elif issubclass(kind, HelpAsked.Payload):
        call = HelpRequest.call_id == HelpCall.id
        which = select(HelpRequest.person_id, HelpCall.person_id).join(HelpCall, call)
        which = which.where(HelpRequest.id == row.object_id)
    else:
        return set()
    await session.flush()
    return {each for pair in await session.execute(which) for each in pair}


async def _copy(
    session: AsyncSession, row: Outgoing, to: Iterable[outbox.Recipient], priority: Priority | None = None
) -> None:
    await session.flush()  # a copy names its original
    for each in to:
        key = f"{row.key}:{each.person_id}" if row.key is not None else None
        copy = outbox.owe(
            session,
            asked_first_by(row),
            each,
            row.created_at,
            priority=priority or row.priority,
            key=key,
            due=row.due_at,
        )
        copy.original_id = row.id


def asked_first_by(row: Outgoing) -> Payload:
    """What the row says, in a message of its own: the questions of a nudge are those of the row that asked first."""
    payload = outbox.payload_in(row)
    return (
        replace(payload, first=row.id)
        if isinstance(payload, Nudged.Payload) and not payload.first
        else payload
    )


async def give_back(session: AsyncSession, staff_id: int, mp: Person) -> None:
    """What waits for somebody who no longer acts for this MP goes to the MP; copies are not needed."""
    waiting = (Outgoing.person_id == staff_id, Outgoing.party_id == mp.id, Outgoing.edits_row.is_(None))
    await outbox.cancel(session, outbox.WITHDRAWN, *waiting, Outgoing.original_id.is_not(None))
    if mp.chat_id is None:
        return
    unsent = (Outgoing.state == SendState.PENDING, Outgoing.edits_message.is_(None))
    to_mp = update(Outgoing).where(*waiting, *unsent).values(chat_id=mp.chat_id, person_id=mp.id)
    await session.execute(to_mp.execution_options(synchronize_session=False))


# --- edits


async def _edit_all(session: AsyncSession, edits: Sequence[Outgoing], turn: Turn | None = None) -> None:
    """An edit goes where its message went, and all copies of the message change alike.

    `turn`: of somebody who is not the only one of their party; the others of it read who that was.
    """
    await session.flush()
    copies = await _copies(session, {row.edits_row for row in edits if row.edits_row is not None})
    edited = {(row.edits_row, row.kind) for row in edits}
    before = await _last_doers(session, copies, edits)
    for edit in edits:
        for row in copies.get(edit.edits_row or 0, ()):
            if row.id == edit.edits_row:
                edit.chat_id, edit.person_id, edit.party_id = row.chat_id, row.person_id, row.party_id
                if by := _beside(turn, row) or before.get(row.id, {}):
                    edit.args = {**(edit.args or {}), **by}
            elif (row.id, edit.kind) not in edited:
                edited.add((row.id, edit.kind))
                by = _beside(turn, row) or before.get(row.id, {})
                _edit(session, row, outbox.payload_in(edit), edit.created_at, by)


async def _copies(session: AsyncSession, row_ids: Iterable[int]) -> dict[int, list[Outgoing]]:
    """For each of these rows all that say the same, itself included."""
    of = Outgoing
    roots = select(func.coalesce(of.original_id, of.id)).where(of.id.in_(list(row_ids)))
    found = await session.scalars(
        select(of).where(or_(of.id.in_(roots), of.original_id.in_(roots))).order_by(of.id)
    )
    families: defaultdict[int, list[Outgoing]] = defaultdict(list)
    for row in found:
        families[row.original_id or row.id].append(row)
    return {row.id: family for family in families.values() for row in family}


Doer = dict[str, codec.Json]
"""Who of an office did what a message shows to the others, with which answer, as a row carries it; empty: nobody."""


def _beside(turn: Turn | None, row: Outgoing) -> Doer:
    """Whose turn it was, if the message is for somebody else of the same party."""
    if turn is None or row.party_id != turn.party.id or row.person_id == turn.me.id:
        return {}
    return _doer(turn)


def _doer(turn: Turn) -> Doer:
    doer: Doer = {outbox.ACTOR: turn.me.id}
    return doer if turn.answer is None else {**doer, outbox.ANSWER: turn.answer}


async def _last_doers(
    session: AsyncSession, copies: Mapping[int, Sequence[Outgoing]], now: Sequence[Outgoing]
) -> dict[int, Doer]:
    """For each message that has copies who did what it showed before these edits: it goes on saying so."""
    shown = {row.id: row for family in copies.values() if len(family) > 1 for row in family}
    if not shown:
        return {}
    of, own = Outgoing, {(row.chat_id, row.message_id): row.id for row in shown.values()}
    pressed = and_(of.chat_id.in_({chat for chat, _ in own}), of.edits_message.in_({at for _, at in own}))
    which = (or_(of.edits_row.in_(shown), pressed), of.id.not_in([each.id for each in now]))
    last: dict[int, Doer] = {}
    for edit in await session.scalars(select(of).where(*which).order_by(of.id)):
        row_id = edit.edits_row or own.get((edit.chat_id, edit.edits_message), 0)
        last[row_id] = {k: v for k, v in (edit.args or {}).items() if k in (outbox.ACTOR, outbox.ANSWER)}
    return last


def _edit(session: AsyncSession, row: Outgoing, payload: Payload, now: datetime, by: Doer) -> None:
    to = outbox.Recipient.of_row(row)
    outbox.owe(session, payload, to, now, priority=Priority.NEWS, edits_row=row.id, carried=by)


def has_others(turn: Turn) -> bool:
    """Whether somebody else may have been told the same: the actor is in an office, or may have one."""
    return turn.represented is not None or (
        turn.person is not None and turn.person.role is not None and turn.person.role.is_mp
    )


async def _show_others(turn: Turn, edits: Sequence[Outgoing]) -> None:
    """Whatever was pressed in one copy of a message shows in the others, with who it was."""
    of = Outgoing
    pressed = await turn.session.scalar(
        select(of).where(
            of.chat_id == turn.chat_id,
            of.message_id == turn.pressed,
            of.edits_message.is_(None),
            of.edits_row.is_(None),
        )
    )
    if pressed is None:
        return
    for row in (await _copies(turn.session, {pressed.id})).get(pressed.id, ()):
        if row.id != pressed.id and row.chat_id != turn.chat_id:
            says = outbox.payload_in(edits[-1]) if edits else asked_first_by(row)
            _edit(turn.session, row, says, turn.now, _doer(turn))
