"""How an MP's time bears on meeting them: who may still ask, and how long a question waits for an answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from db import intact, queries, talks
from db.models import Introduction, Person, Workshop
from domain.meeting import conversations_left, expiry
from domain.presence import first_to_leave, most_talks


async def has_room(session: AsyncSession, person: Person, workshop: Workshop, wall: datetime) -> bool:
    """Whether this person may be asked for another conversation in the workshop: MPs are asked for a few only, and
    while they are there. `wall`: the moment as `Operator.wall` shows it.
    """
    if person.role is None or not person.role.is_mp:
        return True
    # Anyone who asks at the same moment waits here, so that each is counted; rows that refer to the MP are not held up.
    await session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    asked = (await talks.open_requests(session, workshop.id)).get(person.id, 0)
    return conversations_left(person.role, asked, most_talks(person, workshop.day, wall)) != 0


def expiry_of(asked_at: datetime, workshop: Workshop, two: Sequence[Person], operator: Operator) -> datetime:
    """When a question of one of these two to the other expires."""
    return expiry(asked_at, workshop.day, operator.zone, workshop.closes, first_to_leave(two, workshop.day))


async def replan(session: AsyncSession, mp: Person, workshop: Workshop, operator: Operator) -> None:
    """This MP has said once more how long they stay: questions of the workshop that nobody has answered end
    accordingly, and so do those that were answered with a no, which look the same.
    """
    open_ones = (
        queries.in_introduction(mp.id),
        queries.asker_waits(),
        Introduction.workshop_id == workshop.id,
    )
    for intro in await session.scalars(select(Introduction).where(*open_ones).with_for_update()):
        other = await intact.person(session, intro.other_than(mp.id))
        two = (mp,) if other is None else (mp, other)
        intro.expires_at = expiry_of(intro.asked_at, workshop, two, operator)
