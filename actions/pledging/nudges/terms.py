"""Sitting weeks and school holidays as they are known now: what is shipped, and what organisers sent since."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CalendarUpload
from db.once import once
from domain import terms
from domain.terms import Term, Terms

CONFIRMED = (
    select(CalendarUpload.terms)
    .where(CalendarUpload.confirmed_at.is_not(None))
    .order_by(CalendarUpload.confirmed_at, CalendarUpload.id)
)
"""The terms of the uploads that count, in the order in which they came to count."""


async def known(session: AsyncSession) -> Terms:
    """The newest upload counts where several reach; one that nobody has confirmed does not count."""
    return await once(session, "terms", lambda: _known(session))


async def _known(session: AsyncSession) -> Terms:
    rows = await session.scalars(CONFIRMED)
    return _replaced(tuple(tuple(Term.stored(*each) for each in upload) for upload in rows))


@lru_cache(maxsize=4)
def _replaced(uploads: tuple[tuple[Term, ...], ...]) -> Terms:
    found = terms.shipped()
    for upload in uploads:
        found = found.replaced_by(upload)
    return found
