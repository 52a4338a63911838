"""When it is decided whether a round table stands; how it is called off; and what is kept of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, shown
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, Sweep
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.roundtables import roundtable_people
from db import reach
from db.models import Invited, Membership, Person, Priority, Roundtable, RoundtableSeat, RoundtableState
from db.moments import NOW, as_of, from_now
from domain.outcomes.organising.roundtables import (
    RoundtableAsked,
    RoundtableCard,
    RoundtableOff,
    RoundtableStands,
)
from domain.outcomes.payload import Payload
from domain.refusal import Reason, Refusal
from domain.roundtables import DRAFTS_LAST, FEWEST, KEPT


def _surely_coming() -> Select[int]:
    """Selects the ids of the seats of a table whose people have said yes, may be written to, are in the workshop, and
    have never said when they leave. With too few of them `roundtable_people.coming` tells, which knows the time there.
    """
    here = (
        Membership.person_id == RoundtableSeat.person_id,
        Membership.workshop_id == Roundtable.workshop_id,
    )
    member = select(Membership.person_id).where(*here).correlate(RoundtableSeat, Roundtable)
    stays = (Person.id == RoundtableSeat.person_id, reach.writable(NOW), Person.present_until.is_(None))
    who = select(Person.id).where(*stays).correlate(RoundtableSeat)
    mine = (RoundtableSeat.roundtable_id == Roundtable.id, RoundtableSeat.state == Invited.YES)
    return select(RoundtableSeat.id).where(*mine, who.exists(), member.exists())


_TOO_FEW = (
    select(func.count()).select_from(_surely_coming().correlate(Roundtable).subquery()).scalar_subquery()
    < FEWEST
)
_IS_DUE = or_(
    and_(Roundtable.state == RoundtableState.ASKING, Roundtable.decides_at <= NOW),
    and_(Roundtable.state == RoundtableState.SETTLED, Roundtable.starts_at > NOW, _TOO_FEW),
)
_DUE = select(Roundtable.id).where(_IS_DUE).order_by(Roundtable.id)
NEXT_DECISION = select(func.min(Roundtable.decides_at)).where(
    Roundtable.state == RoundtableState.ASKING, Roundtable.decides_at > NOW
)
"""When the next table is decided (`db.moments.as_of`); None if none is to be."""


def deciding(now: datetime, operator: Operator) -> Pass:
    """The pass that lets tables stand, or calls them off: too few have said yes, or come any more."""

    async def decide(session: AsyncSession, table_id: int) -> None:
        own = select(Roundtable).where(Roundtable.id == table_id, _IS_DUE).with_for_update(of=Roundtable)
        table = await session.scalar(own, as_of(now))
        if table is None:
            return
        seats = await roundtable_people.coming(session, table, now, operator)
        if len(seats) < FEWEST:
            await _call_off(session, table, seats, now)
        elif table.state is RoundtableState.ASKING:
            await _let_stand(session, table, seats, now)

    return Pass(Selected(_DUE, as_of(now)), decide)


async def _let_stand(
    session: AsyncSession, table: Roundtable, seats: Sequence[RoundtableSeat], now: datetime
) -> None:
    table.state = RoundtableState.SETTLED
    await session.flush()
    for seat in seats:
        await _tell(session, seat.person_id, RoundtableStands.Payload(seat.id), f"stands:{seat.id}", now)
    await _end_questions(session, table, now)


async def _call_off(
    session: AsyncSession, table: Roundtable, seats: Sequence[RoundtableSeat], now: datetime
) -> None:
    table.state = RoundtableState.CALLED_OFF
    await session.flush()
    for seat in seats:
        await _tell(session, seat.person_id, RoundtableOff.Payload(seat.id), f"off:{seat.id}", now)
    await _end_questions(session, table, now)


async def _end_questions(session: AsyncSession, table: Roundtable, now: datetime) -> None:
    """What nobody has answered says so from now on, and whoever planned it hears how it ended."""
    for seat in await roundtable_people.seats_of(session, table.id, Invited.ASKED):
        await shown.say_again(session, RoundtableAsked.Payload(seat.id), seat.id, now)
    await shown.say_again(session, RoundtableCard.Payload(table.id), table.id, now)
    if table.made_by_id is not None:
        key = f"decided:{table.id}:{table.state}"
        await _tell(session, table.made_by_id, RoundtableCard.Payload(table.id), key, now)


async def _tell(session: AsyncSession, person_id: int, says: Payload, key: str, now: datetime) -> None:
    to = await outbox.recipient(session, person_id)
    if to is not None:
        outbox.owe(session, says, to, now, priority=Priority.NEWS, key=key)


async def drop(turn: Turn, table_id: int) -> None:
    """An organiser calls it off, in whichever state: those who have said yes hear so. Twice is harmless.

    Raises Refusal(STALE_BUTTON) if it is gone, or has begun.
    """
    await desk.organiser(turn)
    table = await turn.session.get(Roundtable, table_id, with_for_update=True)
    has_begun = table is not None and table.state is RoundtableState.SETTLED and table.starts_at <= turn.now
    if table is None or has_begun:
        raise Refusal(Reason.STALE_BUTTON)
    if table.state is not RoundtableState.CALLED_OFF:
        seats = await roundtable_people.seats_of(turn.session, table.id, Invited.YES)
        was_draft = table.state is RoundtableState.DRAFT
        table.state = RoundtableState.CALLED_OFF
        await turn.session.flush()
        for seat in seats:
            await _tell(
                turn.session, seat.person_id, RoundtableOff.Payload(seat.id), f"off:{seat.id}", turn.now
            )
        if not was_draft:
            for seat in await roundtable_people.seats_of(turn.session, table.id, Invited.ASKED):
                await shown.say_again(turn.session, RoundtableAsked.Payload(seat.id), seat.id, turn.now)
    turn.tell(RoundtableCard.Payload(table.id), edit=True)


_LONG_OVER = and_(Roundtable.starts_at < from_now(-KEPT), Roundtable.state != RoundtableState.SETTLED)
_NEVER_ASKED = and_(Roundtable.state == RoundtableState.DRAFT, Roundtable.made_at < from_now(-DRAFTS_LAST))
_FORGOTTEN = select(Roundtable.id).where(or_(_LONG_OVER, _NEVER_ASKED))
_WAS_OVER = select(Roundtable.id).where(Roundtable.starts_at < from_now(-KEPT))
_DID_NOT_COME = select(RoundtableSeat.id).where(
    RoundtableSeat.state != Invited.YES, RoundtableSeat.roundtable_id.in_(_WAS_OVER)
)
_TO_FORGET = _FORGOTTEN.union_all(_DID_NOT_COME).subquery().select()


def forgetting(now: datetime) -> Sweep:
    """Deletes tables that nobody was asked to, that were called off, and who was asked and did not come. Who sat
    together is kept with the people, as introductions are.
    """

    async def forget(session: AsyncSession) -> None:
        for table, ids in ((RoundtableSeat, _DID_NOT_COME), (Roundtable, _FORGOTTEN)):
            gone = delete(table).where(table.id.in_(ids))
            await session.execute(gone, as_of(now), execution_options={"synchronize_session": False})

    return Sweep(Selected(_TO_FORGET, as_of(now)), forget)
