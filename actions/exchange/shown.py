"""What phones show now, whoever reads them; and silent edits that bring it up to date, or take it away."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox
from actions.exchange.entries import Entry, Kinds, is_of
from db.models import NOWHERE, Outgoing, Person, Priority, SendState
from db.planning import unindexed
from db.session import keep_still
from domain.outcomes.payload import Payload
from domain.outcomes.rights import Forgotten

COVERS: Kinds = (Forgotten.Payload,)

_VISIBLE = (SendState.SENT, *outbox.OPEN)  # shown by the phone, or on its way with what was true a moment ago


def says(kinds: Kinds, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows that say one of these kinds: as they were owed, or in the place of a message about somebody else."""
    again = Outgoing.args["again"].as_string().in_([kind.outcome_name() for kind in kinds])
    # The first condition is for the index: it has no use for an "or".
    return and_(is_of((*kinds, *COVERS)), or_(is_of(kinds), again), *which)


async def visible(session: AsyncSession, *which: ColumnElement[bool]) -> list[Entry]:
    """The newest row of each message that meets all these conditions, which is what it says now.

    A message that an edit is about to cover already needs no second edit: the first is worded when it goes out. Nor
    does one for later: it is worded when it is due, and its edit would wait as long.
    """
    rows = await session.scalars(_all_visible().where(*which))
    return [Entry(row) for row in rows]


@cache
def _all_visible() -> Select[Outgoing]:
    return (
        select(Outgoing)
        .join(Person, Person.id == Outgoing.person_id)
        .where(
            unindexed(Outgoing.state).in_(_VISIBLE),
            Outgoing.chat_id != NOWHERE,
            ~and_(Outgoing.state == SendState.PENDING, Outgoing.due_at > Outgoing.created_at),
            Person.unreachable_since.is_(None),
            ~_changed_later(),
            ~and_(is_of(COVERS), Outgoing.state == SendState.PENDING),
            ~_about_to_be_covered(),
        )
        .order_by(Outgoing.id)
    )


def _changed_later() -> Exists:
    later = aliased(Outgoing)
    return exists().where(
        later.chat_id == Outgoing.chat_id,
        later.id > Outgoing.id,
        later.state.in_(_VISIBLE),
        func.coalesce(later.message_id, later.edits_message)
        == func.coalesce(Outgoing.message_id, Outgoing.edits_message),
    )


def _about_to_be_covered() -> Exists:
    owed = aliased(Outgoing)
    return exists().where(owed.edits_row == Outgoing.id, is_of(COVERS, owed), owed.state == SendState.PENDING)


def owe_cover(session: AsyncSession, entry: Entry, by: Forgotten.Payload, now: datetime) -> None:
    """Owe the edit that covers this message: silent, of the last priority, so that no pause holds it up."""
    carried = {**(entry.row.args or {}), "again": None}
    outbox.owe(
        session,
        by,
        entry.recipient,
        now,
        priority=Priority.BROADCAST,
        edits_row=entry.row.id,
        carried=carried,
    )


async def show_anew(session: AsyncSession, kinds: Kinds, object_id: int, now: datetime) -> None:
    """Every message of these kinds about this object says from now on what is true from now on.

    Nothing is said meanwhile that could not be found here: the outbox is held until this transaction ends. Call it
    before anything is owed, and with the rows locked whose change it follows.
    """
    await keep_still(session, Outgoing)
    for entry in await visible(session, says(kinds, Outgoing.object_id == object_id)):
        said = entry.payload
        if isinstance(said, Forgotten.Payload):
            again, is_photo = said.again, said.is_photo
        else:
            again, is_photo = None if said.replaced else said.outcome_name(), said.replaced
        owe_cover(session, entry, Forgotten.Payload(object_id, again, quiet=True, is_photo=is_photo), now)


async def say_again(
    session: AsyncSession,
    payload: Payload,
    object_id: int,
    now: datetime,
    *,
    to: int | None = None,
    since: datetime | None = None,
) -> None:
    """Every message that says this about this object is edited, silently, and says it as things are now. `to`: only
    what was said to this party; `since`: only what was said from then on.
    """
    which = [is_of((type(payload),)), Outgoing.object_id == object_id]
    which += [Outgoing.party_id == to] if to is not None else []
    which += [Outgoing.created_at >= since] if since is not None else []
    for entry in await visible(session, *which):
        outbox.owe(session, payload, entry.recipient, now, priority=Priority.NEWS, edits_row=entry.row.id)
