"""A turn: who speaks, when, in which transaction; and how an action answers."""

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
from domain.team import OWNER, Duty, Granted, Scope, reaches, scope
from domain.voice import Voice
from domain.written import Written


@dataclass(frozen=True)
class Arrival:
    """How somebody came who has not agreed yet, as the last messages to them show; nothing else is known of them.

    `workshop_id`: the workshop that they were invited to, 0 for none. `voice`: how they were spoken to last. `asked`:
    whether consent K is the question that is open. `handshake_id`, `code_id`: the handshake, or personal code, whose
    link they opened; 0 for none.
    """

    workshop_id: int
    voice: Voice
    asked: bool
    handshake_id: int = 0
    code_id: int = 0


@dataclass
class Turn:
    """`now`: an aware moment of the clock that people live by. `pressed`: the message whose button was pressed.

    `thread`: the thread of the chat in which it was said, and is answered. `represented`: the party for whom it is
    taken, if somebody from their office takes it (`parties.take_part`).
    """

    session: AsyncSession
    now: datetime
    operator: Operator
    chat_id: int
    person: Person | None
    pressed: int | None = None
    telegram_name: str | None = None  # the writer's current @name; only used after a yes to G
    written: Written | None = None  # the message with its formatting; only used for a broadcast
    arrival: Arrival | None = None  # only without consent K
    thread: int | None = None
    phone: Voice | None = None  # before anybody has chosen: English if their phone is, Sie into an office
    represented: Person | None = None
    answer: bool | None = None  # whether the button that was pressed says yes, or no
    grants: tuple[Granted, ...] = ()  # what the team granted to whoever speaks
    at_desk: bool = False  # whether they do it for the team, which they may (`team.check`)

    @property
    def first_voice(self) -> Voice:
        """How somebody is spoken to who has not chosen yet."""
        return self.phone or self.operator.voice

    @property
    def me(self) -> Person:
        """The person whose turn it is. Raises Refusal(STALE_BUTTON) for somebody unknown, to whom no button belongs."""
        if self.person is None:
            raise Refusal(Reason.STALE_BUTTON)
        return self.person

    @property
    def actor(self) -> Person:
        """Who tapped or wrote. Raises like `me`."""
        return self.me

    @property
    def party(self) -> Person:
        """For whom: the MP whose office the actor is in, or the actor themselves. Raises like `me`."""
        return self.represented or self.me

    @property
    def today(self) -> date:
        """The local day of the turn."""
        return self.operator.day(self.now)

    @property
    def granted(self) -> tuple[Granted, ...]:
        """What whoever speaks may do on the team, by the settings or by the team itself."""
        return (OWNER,) if self.chat_id in self.operator.owners else self.grants

    @property
    def on_team(self) -> bool:
        """Whether somebody of the team speaks, in whichever role."""
        return bool(self.granted)

    def scope(self, duty: Duty | None) -> Scope:
        """The workshops in which whoever speaks does this for the team; `duty` None: anything."""
        return scope(self.granted, duty)

    def does(self, duty: Duty, workshop_id: int | None) -> bool:
        """Whether whoever speaks does this in that workshop. None: of what belongs to no workshop."""
        return reaches(self.scope(duty), (workshop_id,))

    @property
    def is_newcomer(self) -> bool:
        """Whether consent K is missing: nobody yet, taken back, or an organiser who takes no part."""
        return self.person is None or not self.person.gave(Purpose.CORE)

    @property
    def lacks_consent(self) -> bool:
        """Whether a core consent is missing: a newcomer, or somebody who has not given U yet or took it back."""
        return self.person is None or not reach.agrees(self.person)

    @property
    def is_outside(self) -> bool:
        """Whether a core consent or a workshop is missing: then that is asked before anything else."""
        return self.lacks_consent or not self.me.memberships

    def tell(
        self,
        payload: Payload,
        *,
        edit: bool = False,
        voice: Voice | None = None,
        key: str | None = None,
        shared: bool = False,
    ) -> None:
        """Answer whoever's turn it is; `edit`: in the message whose button was pressed. `shared`: everybody else who
        acts for the same party is told as well.

        `voice`: how somebody unknown is spoken to; without it, as they were spoken to last. `key`: see `outbox.owe`.
        """
        if voice is None and self.person is None:
            voice = self.arrival.voice if self.arrival is not None else self.phone
        represented = self.represented.id if self.represented is not None else None
        to = outbox.Recipient(self.chat_id, self.person.id if self.person else None, represented)
        edits = self.pressed if edit else None
        row = outbox.owe(
            self.session, payload, to, self.now, edits_message=edits, voice=voice, thread=self.thread, key=key
        )
        if shared:
            outbox.share(self.session, row)

    def news(self, to: Person, payload: Payload, *, key: str | None = None) -> None:
        """Tell somebody else. Anyone who has no chat misses it, but finds what it says in their lists.

        `key`: see `outbox.owe`.
        """
        if to.chat_id is not None:
            recipient = outbox.Recipient.of(to)
            outbox.owe(self.session, payload, recipient, self.now, priority=Priority.NEWS, key=key)
