"""How somebody's seat in an office ends, whoever or whatever ends it: they hear it in one sentence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import addressing, outbox
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from db import intact, reach
from db.models import OfficeSeat, Person, Priority
from domain.outcomes.organising.offices import SeatEnded

# Built once, since every tick asks.
_IS_OVER = (OfficeSeat.ended_at.is_(None), ~reach.has_mp())
_OVER = select(OfficeSeat.id).where(*_IS_OVER).order_by(OfficeSeat.id)


async def end(
    session: AsyncSession, seat: OfficeSeat, mp: Person, now: datetime, by: Person | None = None
) -> None:
    """What was owed to them for the MP goes to the MP. `by`: who ends it, and needs no message."""
    seat.ended_at = now
    await addressing.give_back(session, seat.staff_id, mp)
    staff = await intact.person(session, seat.staff_id)
    if staff is not None and staff.chat_id is not None and staff is not by:
        outbox.owe(session, SeatEnded.Payload(mp.id), outbox.Recipient.of(staff), now, priority=Priority.NEWS)


async def end_all(turn: Turn, mp: Person) -> None:
    """End all seats in this MP's office."""
    for seat in await _open_seats(turn.session, mp.id):
        await end(turn.session, seat, mp, turn.now, by=turn.person)


async def _open_seats(session: AsyncSession, mp_id: int) -> Sequence[OfficeSeat]:
    own = select(OfficeSeat).where(OfficeSeat.mp_id == mp_id, OfficeSeat.ended_at.is_(None))
    return (await session.scalars(own.order_by(OfficeSeat.id).with_for_update())).all()


def ending(now: datetime) -> Pass:
    """The pass that ends the seats of everybody who is no longer an MP, or has taken a core consent back."""

    async def change(session: AsyncSession, seat_id: int) -> None:
        own = select(OfficeSeat).where(OfficeSeat.id == seat_id, *_IS_OVER).with_for_update()
        seat = await session.scalar(own)
        mp = await session.get(Person, seat.mp_id) if seat is not None else None
        if seat is not None and mp is not None:
            await end(session, seat, mp, now)

    return Pass(Selected(_OVER), change)
