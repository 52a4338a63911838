"""What a view may read: the row, its reader, the time, and the session to read with; and how views are found."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from db.models import Outgoing, Person
from domain.outcomes.kinds import Outcome
from domain.outcomes.matching import Card
from domain.outcomes.payload import Payload
from domain.roles import Role
from domain.voice import Voice


@dataclass(frozen=True)
class ViewContext:
    """`row`: the row that is being said; what it is about is in the payload that the view gets beside it.

    `represented`: the party for whom the reader reads it, if the reader is in their office.
    """

    session: AsyncSession
    row: Outgoing
    reader: Person | None
    voice: Voice
    now: datetime
    operator: Operator
    represented: Person | None = None

    @property
    def me(self) -> Person:
        """The reader. Raises ValueError for a row that goes to nobody the bot knows."""
        if self.reader is None:
            raise ValueError(f"{self.row.kind} has no reader")
        return self.reader

    @property
    def party(self) -> Person:
        """For whom the reader reads it: themselves, or the MP whose office they are in. Raises like `me`."""
        return self.represented or self.me

    def for_party(self, party: Person) -> "ViewContext":
        """The same, as the reader reads it for this party: something in a list, each of which may be for another."""
        return replace(self, represented=party if party.id != self.me.id else None)

    @property
    def is_edit(self) -> bool:
        """Whether the row changes a message instead of sending one."""
        return self.row.edits_message is not None or self.row.edits_row is not None

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return self.operator.day(moment)


P = TypeVar("P", bound=Payload)
View = Callable[[ViewContext, P], Awaitable[Outcome | None]]


class Views:
    """A subject's views, by the payload that each reads. A view returns None if the reason to say it is gone."""

    def __init__(self, *others: "Views") -> None:
        self._views: dict[type[Payload], View[Any]] = {}
        for each in others:
            self._views |= each._views  # noqa: SLF001 - of the same class

    def reads(self, payload: type[P]) -> Callable[[View[P]], View[P]]:
        """Register the decorated view for this payload."""

        def register(view: View[P]) -> View[P]:
            self._views[payload] = view
            return view

        return register

    def of(self, payload: P) -> View[P] | None:
        """The view that reads this payload; None if the payload needs nothing read."""
        return self._views.get(type(payload))


def card(person: Person) -> Card:
    """This person as others may see them."""
    return Card(
        name=person.name or "",
        role=person.role or Role.OTHER,
        confirmed=bool(person.role_confirmed),
        organisation=person.organisation or "",
        place=person.place or "",
        land=person.land or None,
        speaks_english=person.voice is Voice.EN,
    )
