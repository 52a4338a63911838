"""What a view may look at: the row, its reader, the time, and the session to read with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from db.models import Outgoing, Person
from domain.outcomes import Outcome
from domain.outcomes.matching import Card
from domain.roles import Role
from domain.voice import Voice


@dataclass(frozen=True)
class ViewContext:
    session: AsyncSession
    row: Outgoing
    reader: Person | None
    voice: Voice
    now: datetime
    operator: Operator
    args: dict[str, Any]

    @property
    def object_id(self) -> int:
        """The row's object. Raises ValueError for a row that should name one and does not."""
        if self.row.object_id is None:
            raise ValueError(f"{self.row.kind} names no object")
        return self.row.object_id

    @property
    def me(self) -> Person:
        if self.reader is None:
            raise ValueError(f"{self.row.kind} has no reader")
        return self.reader

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.operator.zone).date()


View = Callable[[ViewContext], Awaitable[Outcome | None]]


def card(person: Person) -> Card:
    """As others may see this person."""
    return Card(
        name=person.name or "",
        role=person.role or Role.OTHER,
        confirmed=bool(person.role_confirmed),
        organisation=person.organisation or "",
        place=person.place or "",
        land=person.land or None,
    )
