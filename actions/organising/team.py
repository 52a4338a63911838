"""Who the team of a workshop is. This is the one place that says so."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from db import intact, reach
from db.models import Person


def chats(operator: Operator, workshop_id: int | None) -> Collection[int]:
    """The Telegram numbers of the organisers of this workshop; None: of those people who are in none.

    Today the owners organise all workshops alike.
    """
    del workshop_id
    return operator.owners


async def within_reach(session: AsyncSession, operator: Operator, workshop_id: int | None) -> list[Person]:
    """Those organisers of this workshop who have written to the bot and have not blocked it, pausing ones included."""
    found = select(Person.id).where(Person.chat_id.in_(chats(operator, workshop_id)), reach.reachable())
    people = [await intact.person(session, each) for each in await session.scalars(found.order_by(Person.id))]
    return [each for each in people if each is not None]
