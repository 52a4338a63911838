"""One person's turn: who speaks, when, in which transaction; and how an action answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.operator import Operator
from db.models import Outgoing, Person, Priority
from domain.outcomes import Outcome
from domain.refusal import Reason, Refusal
from domain.voice import Voice


@dataclass(frozen=True)
class Arrival:
    """What the last messages to somebody who has not agreed led into, how they spoke, and whether consent K is asked
    at the end of them. Of somebody unknown nothing else is known.
    """

    workshop_id: int
    voice: Voice
    asked: bool


@dataclass
class Turn:
    """`now` is the clock people live by, aware. `pressed`: the message whose button was pressed."""

    session: AsyncSession
    now: datetime
    operator: Operator
    chat_id: int
    person: Person | None
    pressed: int | None = None
    telegram_name: str | None = None  # the writer's current @name; only used after a yes to G
    arrival: Arrival | None = None  # only without consent K

    @property
    def me(self) -> Person:
        """The person whose turn it is. Refuses who has not joined: to them no button is theirs."""
        if self.person is None:
            raise Refusal(Reason.STALE_BUTTON)
        return self.person

    @property
    def today(self) -> date:
        return self.now.astimezone(self.operator.zone).date()

    @property
    def is_owner(self) -> bool:
        return self.chat_id in self.operator.owners

    def tell(self, outcome: Outcome, *, edit: bool = False) -> None:
        """Answer with something that needs no words from the database."""
        row = outbox.tell(
            self.session,
            outcome,
            chat_id=self.chat_id,
            person=self.person,
            now=self.now,
            edits=self._edited(edit),
        )
        if self.person is None and self.arrival is not None:
            row.args = {**(row.args or {}), **self.speak(self.arrival.voice)}

    def show(
        self, kind: type[Outcome], object_id: int | None = None, *, edit: bool = False, **args: Any
    ) -> Outgoing:
        """Answer with something that is read from the database when it is said."""
        if self.person is None and self.arrival is not None:
            args.setdefault("voice", self.arrival.voice)
        return outbox.show(
            self.session,
            kind,
            object_id,
            chat_id=self.chat_id,
            person=self.person,
            now=self.now,
            edits=self._edited(edit),
            **args,
        )

    def news(
        self,
        to: Person,
        kind: type[Outcome],
        object_id: int | None = None,
        key: str | None = None,
        **args: Any,
    ) -> None:
        """Tell somebody else. Whoever cannot be reached misses it; what it says stands in their lists."""
        if to.chat_id is not None:
            outbox.show(
                self.session,
                kind,
                object_id,
                chat_id=to.chat_id,
                person=to,
                now=self.now,
                priority=Priority.NEWS,
                key=key,
                **args,
            )

    def speak(self, voice: Voice) -> dict[str, str]:
        """Args that make a message to somebody unknown speak in this voice."""
        return {"voice": voice.value}

    def _edited(self, edit: bool) -> int | None:
        return self.pressed if edit else None
