"""One person's turn: who speaks, when, in which transaction; and how an action answers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.operator import Operator
from db import reach
from db.models import Person, Priority
from domain.outcomes.choices import Purpose
from domain.outcomes.payload import Payload
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
        return self.operator.day(self.now)

    @property
    def is_owner(self) -> bool:
        return self.chat_id in self.operator.owners

    @property
    def is_newcomer(self) -> bool:
        """Without consent K: nobody yet, taken back, or an organiser who works without taking part."""
        return self.person is None or not self.person.gave(Purpose.CORE)

    @property
    def lacks_consent(self) -> bool:
        """Without one of the core consents: a newcomer, or U is not given yet or taken back."""
        return self.person is None or not reach.agrees(self.person)

    @property
    def is_outside(self) -> bool:
        """Without both core consents and a workshop there is a question to answer before anything else."""
        return self.lacks_consent or not self.me.memberships

    def tell(self, payload: Payload, *, edit: bool = False, voice: Voice | None = None) -> None:
        """Answer the one whose turn it is; `edit`: in the message whose button was pressed.

        `voice`: how somebody unknown is spoken to, else as at the last step of their arrival.
        """
        if voice is None and self.person is None and self.arrival is not None:
            voice = self.arrival.voice
        to = outbox.Recipient(self.chat_id, self.person.id if self.person else None)
        edits = self.pressed if edit else None
        outbox.owe(self.session, payload, to, self.now, edits_message=edits, voice=voice)

    def news(self, to: Person, payload: Payload, *, key: str | None = None) -> None:
        """Tell somebody else. Whoever cannot be reached misses it; what it says can be found in their lists."""
        if to.chat_id is not None:
            recipient = outbox.Recipient.of(to)
            outbox.owe(self.session, payload, recipient, self.now, priority=Priority.NEWS, key=key)
