"""Names in programmes: whoever is erased is named by their full name in none of their workshops'."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.organising.programme import programme_lists
from db import intact
from db.models import Person, ProgrammeItem, ProgrammeUpload
from domain.names import full_name_blocked


def _without(words: str, person: Person) -> str:
    return full_name_blocked(words, person.name or "")


async def items_naming(session: AsyncSession, person: Person) -> list[ProgrammeItem]:
    """The items of their workshops that name them."""
    there = [membership.workshop_id for membership in person.memberships]
    found = select(ProgrammeItem.id).where(ProgrammeItem.workshop_id.in_(there)).order_by(ProgrammeItem.id)
    items = await intact.rows(session, ProgrammeItem, found) if there else []
    return [each for each in items if _names(each.title, person) or _names(each.place, person)]


async def sent_naming(session: AsyncSession, person: Person) -> list[ProgrammeUpload]:
    """Programmes of their workshops that are not taken over yet and name them."""
    there = [membership.workshop_id for membership in person.memberships]
    uploads = await session.scalars(select(ProgrammeUpload).where(ProgrammeUpload.workshop_id.in_(there)))
    return [
        each
        for each in uploads
        for read in (programme_lists.read_again(each),)
        if any(_names(item.title, person) or _names(item.place, person) for _, item in read.items)
    ]


def _names(words: str, person: Person) -> bool:
    return _without(words, person) != words


async def hold(session: AsyncSession, person: Person) -> None:
    """Whoever changes the programmes of their workshops waits until this transaction ends."""
    there = [membership.workshop_id for membership in person.memberships]
    rows = select(ProgrammeItem.id).where(ProgrammeItem.workshop_id.in_(there)).order_by(ProgrammeItem.id)
    await session.execute(rows.with_for_update())


async def forget(session: AsyncSession, person: Person) -> None:
    """Before somebody is erased: a block stands for them in what is taken over, and what is not, and names them, is
    deleted.
    """
    for item in await items_naming(session, person):
        item.title, item.place = _without(item.title, person), _without(item.place, person)
    for upload in await sent_naming(session, person):
        await session.delete(upload)
