"""Questions to the team that are over: they are deleted after a while, and from the chats of the team as well."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.passes import Pass, Selected
from actions.exchange.shown import show_anew
from actions.organising.inquiries import inquiries
from db.models import Inquiry
from db.moments import as_of, from_now
from domain.retention import INQUIRIES_KEPT


def ending(now: datetime) -> Pass:
    """What somebody asked the team is deleted a month after it was closed, or answered if nothing was said since."""

    async def end(session: AsyncSession, inquiry_id: int) -> None:
        own = select(Inquiry).where(Inquiry.id == inquiry_id)
        await session.execute(own.with_for_update())
        if await session.scalar(_over().where(Inquiry.id == inquiry_id), as_of(now)) is not None:
            await show_anew(session, inquiries.NAMING, inquiry_id, now)  # by then there is nothing to say
            await session.execute(delete(Inquiry).where(Inquiry.id == inquiry_id))

    return Pass(Selected(_over(), as_of(now)), end)


@cache
def _over() -> Select[int]:
    return select(Inquiry.id).where(inquiries.over_since(from_now(-INQUIRIES_KEPT)))
