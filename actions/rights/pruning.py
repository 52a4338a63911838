"""Pruning: what the bot keeps for its own work is deleted once it has served; chats that nobody knows, too."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Delete,
    Integer,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import entries, outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Selected, Sweep
from db.inserting import insert_missing
from db.models import (
    NOWHERE,
    Audit,
    Broadcast,
    BroadcastEnd,
    BroadcastState,
    CalendarUpload,
    Complaint,
    ConcernMark,
    Export,
    Guest,
    GuestUpload,
    Handshake,
    Inbox,
    InboxState,
    Lane,
    Outgoing,
    Person,
    PersonalCode,
    ProgrammeItem,
    ProgrammeUpload,
    Relay,
    RelayStop,
    Workshop,
)
from db.planning import unindexed_number
from db.session import drop_copy, has_copy
from db.types import UtcDateTime
from domain import retention
from domain.calendar import instant, months_after
from domain.outcomes.rights import Erased

Key = InstrumentedAttribute[int]

BATCH = 5_000  # rows of a pass; whatever is left comes with the next
KNOWN = select(Person.chat_id).where(Person.chat_id.is_not(None))
_STRANGE = (Outgoing.person_id.is_(None), Outgoing.state.not_in(outbox.OPEN))  # settled, to nobody known then
_OVER = (BroadcastState.FINISHED, BroadcastState.DROPPED)


def pruning(now: datetime, operator: Operator) -> Sweep:
    """All of which can wait for an hour."""

    async def find(session: AsyncSession) -> Iterable[int]:
        places = _places(now, operator)
        return (1,) if has_copy(session) or await session.scalar(_TO_PRUNE, places) else ()

    return Sweep(find, lambda session: run(session, now, operator))


async def run(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """One idempotent pass."""
    places = _places(now, operator)
    for statement in _PRUNING:
        await session.execute(statement, places, execution_options={"synchronize_session": False})
    drop_copy(session, now - retention.COPY_KEPT)


def _places(now: datetime, operator: Operator) -> dict[str, datetime | date | int]:
    """What goes into the places of the statements: until when that was made which is deleted now."""
    return {
        "today": operator.day(now),
        "updates_until": now - retention.UPDATES_KEPT,
        "audit_until": instant(
            months_after(operator.day(now), -retention.AUDIT_MONTHS), time(), operator.zone
        ),
        "complaints_until": now - retention.COMPLAINTS_KEPT,
        "relays_until": now - retention.RELAYS_KEPT,
        "stops_until": now - retention.STOPS_KEPT,
        "drafts_until": now - retention.DRAFTS_KEPT,
        "drafts_until_day": operator.day(now - retention.DRAFTS_KEPT),
        "guests_until_day": operator.day(now) - retention.GUESTS_KEPT,
        "visitors_until": now - retention.VISITORS_KEPT,
        "limit": BATCH,
    }


def until(name: str) -> BindParameter[datetime]:
    return bindparam(f"{name}_until", type_=UtcDateTime())


def is_strange(table: type[Outgoing | Inbox]) -> ColumnElement[bool]:
    return and_(unindexed_number(table.chat_id) > NOWHERE, table.chat_id.not_in(KNOWN))


def _deletion(table: type[Inbox | Audit], key: Key, *which: ColumnElement[bool], by: Any) -> Delete:
    """Some of these rows, the first in the order of this column, whose index finds them."""
    some = select(key).where(*which).order_by(by).limit(bindparam("limit", type_=Integer()))
    return delete(table).where(key.in_(some))


_PROCESSED = Inbox.state != InboxState.NEW
_UPDATES = (_PROCESSED, Inbox.received_at < until("updates"))
_AUDIT = (Audit.at < until("audit"),)
_MARKS = (ConcernMark.at < until("audit"),)
_UNUSED = (Export.made_at < until("drafts"), ~exists().where(Audit.export_id == Export.id))
_OF_A_CONTACT = and_(Complaint.introduction_id.is_not(None), Complaint.made_at < until("complaints"))
_SETTLED = (or_(Complaint.settled_at < until("complaints"), _OF_A_CONTACT),)
"""A contact is kept for no longer than that even if nobody settled the report."""
_SHAKEN = (Handshake.day < bindparam("drafts_until_day", type_=Date()),)
_PASSED_ON = (Relay.sent_at < until("relays"),)
_STOPPED = (RelayStop.at < until("stops"),)
_EXPIRED = (PersonalCode.expires_at < until("drafts"),)
_UNSETTLED = (CalendarUpload.confirmed_at.is_(None), CalendarUpload.made_at < until("drafts"))
_UNTAKEN = (GuestUpload.made_at < until("drafts"),)
_LONG_OVER = Workshop.day < bindparam("guests_until_day", type_=Date())
_UNTAKEN_PROGRAMMES = (ProgrammeUpload.made_at < until("drafts"),)
_BEEN = (Guest.workshop_id.in_(select(Workshop.id).where(_LONG_OVER)),)
_HELD = (ProgrammeItem.workshop_id.in_(select(Workshop.id).where(_LONG_OVER)),)
# The words of broadcasts that are not under way: until then they may be confirmed, or sent once more.
_ENDED = (
    Broadcast.words.is_not(None),
    Broadcast.state.not_in((BroadcastState.CONFIRMED, BroadcastState.SCHEDULED)),
    func.coalesce(Broadcast.confirmed_at, Broadcast.created_at) < until("drafts"),
)
_UNFINISHED = (Broadcast.state == BroadcastState.DRAFT, Broadcast.created_at < until("drafts"))
# What was halted, and nobody let go on: a tick reports what became of it.
_LEFT = (Broadcast.state == BroadcastState.HALTED, Broadcast.confirmed_at < until("drafts"))
_OVER_THERE = (Person.present_on < bindparam("today", type_=Date()),)
_WAITING = select(Inbox.chat_id).where(Inbox.state == InboxState.NEW)
# Lanes of chats that nobody here knows and that have no work.
_IDLE = (Lane.chat_id.not_in(KNOWN), Lane.chat_id.not_in(_WAITING))
# The chat numbers of those who looked in and did not stay. Those of groups are kept.
_LOOKED_IN = (is_strange(Inbox), _PROCESSED, Inbox.received_at < until("visitors"))

_PRUNING = (
    _deletion(Inbox, Inbox.update_id, *_UPDATES, by=Inbox.received_at),
    _deletion(Audit, Audit.id, *_AUDIT, by=Audit.at),
    delete(ConcernMark).where(*_MARKS),
    delete(Export).where(*_UNUSED),
    delete(Complaint).where(*_SETTLED),
    delete(Handshake).where(*_SHAKEN),
    delete(Relay).where(*_PASSED_ON),
    delete(RelayStop).where(*_STOPPED),
    delete(PersonalCode).where(*_EXPIRED),
    delete(CalendarUpload).where(*_UNSETTLED),
    delete(GuestUpload).where(*_UNTAKEN),
    delete(Guest).where(*_BEEN),
    delete(ProgrammeUpload).where(*_UNTAKEN_PROGRAMMES),
    delete(ProgrammeItem).where(*_HELD),
    update(Broadcast).where(*_ENDED).values(words=None),
    update(Broadcast).where(*_UNFINISHED).values(state=BroadcastState.DROPPED),
    update(Broadcast).where(*_LEFT).values(state=BroadcastState.CONFIRMED, ended=BroadcastEnd.CALLED_OFF),
    update(Person).where(*_OVER_THERE).values(present_on=None, present_until=None, present_talks=None),
    update(Inbox).where(*_LOOKED_IN).values(chat_id=NOWHERE),
    delete(Lane).where(*_IDLE),
)
_TO_PRUNE = select(literal(1)).where(
    or_(
        *(
            exists().where(*which)
            for which in (
                _UPDATES, _AUDIT, _SETTLED, _SHAKEN, _PASSED_ON, _EXPIRED, _UNSETTLED, _UNTAKEN, _BEEN, _ENDED,
                _LOOKED_IN, _IDLE, _UNFINISHED, _LEFT, _OVER_THERE, _UNTAKEN_PROGRAMMES, _HELD, _MARKS,
                _UNUSED, _STOPPED,
            )
        )
    )
)  # fmt: skip


def forgetting_erased() -> Sweep:
    """Forgets the chat numbers of the erased, once they were told: nothing else that holds one has work left."""
    return Sweep(Selected(_TO_FORGET), forget_erased)


_TOLD = (*_STRANGE, entries.is_of((Erased,)), unindexed_number(Outgoing.chat_id) > NOWHERE)
_LOST = _WAITING.where(~select(Lane.chat_id).where(Lane.chat_id == Inbox.chat_id).exists()).distinct()
_ANNOUNCED = (Broadcast.state.in_(_OVER), Broadcast.author_chat_id.not_in(KNOWN))
_TO_FORGET = select(literal(1)).where(
    or_(exists().where(*_TOLD), _LOST.exists(), exists().where(*_ANNOUNCED))
)


async def forget_erased(session: AsyncSession) -> None:
    chats = set(await session.scalars(select(Outgoing.chat_id).where(*_TOLD)))
    if chats:
        for forget in (
            update(Outgoing).where(*_TOLD, Outgoing.chat_id.in_(chats)).values(chat_id=NOWHERE),
            delete(Lane).where(Lane.chat_id.in_(chats), *_IDLE),
        ):
            await session.execute(forget.execution_options(synchronize_session=False))
        session.info["erased"] = True  # the file is rewritten after this
    await _find_lost_lanes(session)
    await session.execute(
        update(Broadcast)
        .where(*_ANNOUNCED)
        .values(author_chat_id=NOWHERE, words=None)
        .execution_options(synchronize_session=False)
    )


async def _find_lost_lanes(session: AsyncSession) -> None:
    """On PostgreSQL an update may just be arriving in a lane that is deleted. It gets it back here."""
    lost = await session.scalars(_LOST)
    await insert_missing(session, Lane, [{"chat_id": chat_id} for chat_id in lost])
