"""The tables. People's words are in encrypted columns; what can be derived is not stored.

A person is not a chat: `chat_id` is how Telegram reaches them today, and may be missing.
"""

from datetime import date, datetime, time
from enum import Enum, IntEnum, StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from db.types import Chosen, Encrypted, EncryptedJson, Numbered, UtcDateTime
from domain.care import ConcernKind
from domain.history import EventKind
from domain.meeting import TABLES
from domain.nudging import PassedOver, Period
from domain.outcomes.choices import ContactKind, Direction, Meeting, Met, Purpose, Stance, Verdict
from domain.outcomes.matching import Why
from domain.outcomes.organising.complaints import Settlement
from domain.outcomes.organising.rounds import NoCard
from domain.pairs import other_of
from domain.pledges import RELEASABLE, Acts, Blocker, HelpsBecause, NoBecause, Side, State, Status, side
from domain.readers import Readership
from domain.roles import Role
from domain.team import TeamRole
from domain.voice import Voice


class InboxState(StrEnum):
    NEW = "new"
    DONE = "done"
    PARKED = "parked"  # failed five times, and the person was told
    POISON = "poison"  # could not even be read


class Counted(StrEnum):
    """As what an update counts against the limits of `domain/limits.py`."""

    MESSAGE = "message"
    PRESS = "press"


class SendState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # claimed by a delivery attempt
    UNKNOWN = "unknown"  # may have arrived: will be tried again
    SENT = "sent"
    UNDECIDED = "undecided"  # no reply, and too often without a clear answer: will not be tried again
    DEAD = "dead"  # Telegram refused it for good
    CANCELLED = "cancelled"  # the consent, state or person it depended on ended before it went out


class Priority(IntEnum):
    """Lower ones go first. An unclear row holds back those of its chat with its own or a higher one, never replies."""

    REPLY = 0
    NEWS = 1
    NUDGE = 2
    BROADCAST = 3


class DraftKind(StrEnum):
    """What a person's next words are taken for, before any question of the profile."""

    EDIT = "edit"  # args: question
    CODE = "code"
    HANDSHAKE = "handshake"  # object: handshake   the name, without which it cannot be opened
    PARTNER_NAME = "partner_name"
    ENTERED_NAME = "entered_name"  # object: pledge, 0 for a new one   of somebody without Telegram
    ENTERED_ORGANISATION = "entered_organisation"  # object: pledge
    OFFICE = "office"  # object: personal code   the name, without which nobody can be confirmed
    TAKEOVER = "takeover"  # object: personal code   until both core consents are given
    SENTENCE = "sentence"  # object: pledge
    ADJUST = "adjust"  # object: pledge
    DEADLINE = "deadline"  # object: pledge
    TALK = "talk"  # object: pledge
    NOTE = "note"  # object: pledge; args: period
    BECAUSE = "because"  # object: pledge; args: amendment   why not, in own words
    AMEND_WORDS = "amend_words"  # object: pledge
    AMEND_DAY = "amend_day"  # object: pledge
    REWORDED = (
        "reworded"  # object: pledge   a sentence that both agreed to, as its message reads after an edit
    )
    RELAY = "relay"  # object: pledge   words to the other party
    RELAY_TO_MATCH = "relay_to_match"  # object: introduction
    EVIDENCE = "evidence"  # object: pledge
    ADVICE = "advice"  # object: pledge
    RETROSPECTIVE = "retrospective"  # object: pledge; args: line
    UNASKED = "unasked"  # words that came unasked, kept until the person says what they belong to
    CONTACT = "contact"  # object: introduction; args: kind
    TEAM_QUESTION = "team_question"  # words: what was said until it is given to the team
    TEAM_ANSWER = "team_answer"  # object: inquiry; words likewise
    TEAM_NAME = "team_name"  # the name of whoever has joined the team
    WORKSHOP_TITLE = "workshop_title"
    WORKSHOP_DAY = "workshop_day"  # words: the title; object: the workshop that it is a copy of
    WORKSHOP_FIELD = "workshop_field"  # object: workshop; args: field, and what it was when it was asked for
    WHY_NAME = "why_name"  # of somebody who is asked nothing
    PARTICIPANT = "participant"  # a name, a place or a topic of whoever is looked for
    CALENDAR_FILE = "calendar_file"
    REHEARSAL_DAY = "rehearsal_day"  # on which a pledge is made that is only played
    GUEST_FILE = "guest_file"  # object: workshop
    PRESENCE = "presence"  # object: MP   how long they stay, how many talks they still take
    GUEST_NAME = "guest_name"  # object: workshop   of somebody on its guest list
    PAPER_FILE = "paper_file"  # object: workshop   cards of paper, in a file or typed
    EXPORT = "export"  # object: workshop   what its data is wanted for
    PROGRAMME = "programme"  # object: workshop   its items, typed or as a file
    PROGRAMME_ITEM = "programme_item"  # object: item; args: what it was when it was asked for
    BROADCAST_CONTENT = "broadcast_content"  # object: workshop
    BROADCAST_COUNT = "broadcast_count"  # object: broadcast
    BROADCAST_TIME = "broadcast_time"  # object: broadcast


class BroadcastState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"  # confirmed, and goes out at its time
    CONFIRMED = "confirmed"  # under way
    HALTED = "halted"  # what has not gone out waits until somebody lets it go on
    FINISHED = "finished"
    DROPPED = "dropped"


class BroadcastEnd(StrEnum):
    """Why a broadcast ended before everybody had it."""

    CALLED_OFF = "called_off"
    RECALLED = "recalled"  # what had arrived is deleted, too


class IntroState(StrEnum):
    ASKED = "asked"
    BOTH = "both"
    DECLINED = "declined"
    EXPIRED = "expired"


class CallEnd(StrEnum):
    """How a help call ended."""

    FOUND = "found"
    NOBODY = "nobody"  # there was nobody to ask, or nobody who said yes
    OVER = "over"  # the pledge is


class RoundState(StrEnum):
    PREVIEW = "preview"  # known to organisers only
    SENT = "sent"
    DROPPED = "dropped"


class RoundtableState(StrEnum):
    DRAFT = "draft"  # known to organisers only
    ASKING = "asking"
    SETTLED = "standing"  # enough have said yes, and each knows who comes
    CALLED_OFF = "called_off"


class Invited(StrEnum):
    """How somebody stands with a round table. A no is nobody's to know."""

    PLANNED = "planned"
    ASKED = "asked"
    YES = "yes"
    NO = "no"


NOWHERE = 0
"""The chat id in rows that have no chat, or no longer have one: an update without a chat, an erased person's."""

# SQLite would otherwise reuse the ids of deleted rows, and the id in an old button could come to mean somebody else.
NEVER_AGAIN = {"sqlite_autoincrement": True}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            # A CHECK without a name would be lost with SQLite's next copy of its table.
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    __table_args__: Any = NEVER_AGAIN
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own spelling
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(none_as_null=True),
        Enum: Chosen(Enum, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e]),
    }


class Workshop(Base):
    __tablename__ = "workshops"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(Encrypted("workshops.title"))
    day: Mapped[date]  # suggestions expire at its end
    created_at: Mapped[datetime]
    opens: Mapped[time | None]  # by the operator's clock, as is `closes`; both None: nobody said
    closes: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(Encrypted("workshops.place"))  # a name, an address, or both
    land: Mapped[str | None] = mapped_column(String(2))
    voice: Mapped[Voice | None]  # of newcomers until they choose; None: the operator's
    tables: Mapped[int] = mapped_column(default=TABLES)
    table_names: Mapped[str | None] = mapped_column(Encrypted("workshops.table_names"))  # one a line
    sender: Mapped[str | None] = mapped_column(Encrypted("workshops.sender"))  # None: its title
    closed_at: Mapped[datetime | None]  # since then nobody new comes in by its code
    report_code: Mapped[str | None] = mapped_column(
        String(16), unique=True
    )  # while everybody may read its report
    # What erased people had added to its counts, so that no figure falls when somebody is erased.
    gone_joined: Mapped[int] = mapped_column(default=0)
    gone_finished: Mapped[int] = mapped_column(default=0)
    gone_met: Mapped[int] = mapped_column(default=0)  # both said yes
    gone_got_together: Mapped[int] = mapped_column(default=0)
    gone_made: Mapped[int] = mapped_column(default=0)
    gone_answered: Mapped[int] = mapped_column(default=0)

    def name_of_table(self, number: int) -> str:
        """What the table with this number, counted from 1, is called; empty if it has no name."""
        names = (self.table_names or "").splitlines()
        return names[number - 1] if number <= len(names) else ""


_AWAY = text("unreachable_since IS NOT NULL")


class Person(Base):
    __tablename__ = "persons"
    __table_args__ = (
        Index("ix_persons_claims", "role", "role_confirmed"),
        # Few: that somebody can be reached is true of nearly everybody, and nothing is to be found by it.
        Index("ix_persons_unreachable", "unreachable_since", sqlite_where=_AWAY, postgresql_where=_AWAY),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    voice: Mapped[Voice]
    created_at: Mapped[datetime]
    name: Mapped[str | None] = mapped_column(Encrypted("persons.name"))
    role: Mapped[Role | None]
    role_confirmed: Mapped[bool | None]  # None: not decided yet
    place: Mapped[str | None] = mapped_column(Encrypted("persons.place"))
    land: Mapped[str | None] = mapped_column(String(2))
    seeks_at: Mapped[datetime | None]  # when the topics were confirmed or skipped
    organisation: Mapped[str | None] = mapped_column(Encrypted("persons.organisation"))
    offers_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]  # the summary was confirmed
    contact_phone: Mapped[str | None] = mapped_column(Encrypted("persons.contact_phone"))
    contact_email: Mapped[str | None] = mapped_column(Encrypted("persons.contact_email"))
    telegram_name: Mapped[str | None] = mapped_column(
        Encrypted("persons.telegram_name")
    )  # with consent G only
    paused: Mapped[bool] = mapped_column(default=False, index=True)
    paused_until: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]
    asking_hour: Mapped[
        int | None
    ]  # the earliest they want to be asked, by the operator's clock; None: as usual
    # What was said about an MP's presence on this day of a workshop: until when, and the most talks in all.
    present_on: Mapped[date | None]
    present_until: Mapped[time | None]  # by the operator's clock
    present_talks: Mapped[int | None]
    # Who entered somebody that has no Telegram, and tells what they say; None for everybody who came themselves.
    entered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )

    memberships: Mapped[list["Membership"]] = relationship(
        lazy="selectin", order_by="Membership.joined_at", cascade="all, delete-orphan", passive_deletes=True
    )
    consents: Mapped[list["Consent"]] = relationship(
        lazy="selectin", order_by="Consent.id", cascade="all, delete-orphan", passive_deletes=True
    )
    # Read where they are needed only (`db.intact.read_interests`).
    interests: Mapped[list["Interest"]] = relationship(
        lazy="raise", order_by="Interest.id", cascade="all, delete-orphan", passive_deletes=True
    )

    grants: Mapped[list["Grant"]] = relationship(
        lazy="raise", order_by="Grant.id", foreign_keys="Grant.person_id", viewonly=True
    )

    @property
    def is_entered(self) -> bool:
        """Whether the other party of a pledge entered them: they have no chat, and have agreed to nothing."""
        return self.entered_by_id is not None

    @property
    def present_workshop_id(self) -> int | None:
        """The id of the workshop they joined last, None for somebody who came without one."""
        latest = max(self.memberships, key=lambda m: (m.joined_at, m.workshop_id), default=None)
        return latest.workshop_id if latest is not None else None

    def gave(self, purpose: Purpose) -> bool:
        """Whether this consent is live: the latest answer is a yes that has not been withdrawn."""
        last = next((c for c in reversed(self.consents) if c.purpose is purpose), None)
        return last is not None and last.given and last.withdrawn_at is None

    def answered(self, purpose: Purpose) -> bool:
        return any(c.purpose is purpose for c in self.consents)


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = ()

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), primary_key=True, index=True)
    joined_at: Mapped[datetime]  # the latest one is the workshop the person is in now
    reminded: Mapped[bool] = mapped_column(
        default=False
    )  # they want to hear before each item of its programme


class OfficeSeat(Base):
    """Somebody's place in an MP's office: they act for the MP from their confirmation until it ends."""

    __tablename__ = "office_seats"
    __table_args__ = (UniqueConstraint("mp_id", "staff_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    mp_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]  # when they opened the invitation
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # Whose place they take once they are confirmed.
    succeeds_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))


class Grant(Base):
    """What somebody was granted on the team, until it is taken away. Owners of the settings need no row."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "workshop_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    role: Mapped[TeamRole]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"), index=True)  # None: all
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )


class Consent(Base):
    """One answer about one purpose: to which text, when, in which voice."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_last", "person_id", "purpose", "id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose]
    given: Mapped[bool]
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    voice: Mapped[Voice]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Interest(Base):
    """One thing somebody seeks or offers: a topic of the catalogue, or own words.

    A doubt has `words` and `candidates`, and no topic yet.
    """

    __tablename__ = "interests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    direction: Mapped[Direction]
    topic: Mapped[str | None] = mapped_column(String(40), index=True)
    words: Mapped[str | None] = mapped_column(Encrypted("interests.words"))
    candidates: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    stance: Mapped[Stance | None]  # on the topic; None: the words took no side


class Suggestion(Base):
    """`other` was shown to `person`, for this reason. Nobody is shown to the same person twice."""

    __tablename__ = "suggestions"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        Index("ix_suggestions_exposure", "workshop_id", "other_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    why: Mapped[Why]
    topic: Mapped[str | None] = mapped_column(String(40))
    theirs: Mapped[str | None] = mapped_column(String(40))  # Why.BOTH: what the other offers
    words: Mapped[str | None] = mapped_column(Encrypted("suggestions.words"))
    shown_at: Mapped[datetime]
    verdict: Mapped[Verdict | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"), index=True)
    # Who got the same card in a round, for one conversation of three.
    third_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)


class Round(Base):
    """Cards for everybody at once. Its lines are kept until it is sent or dropped; then the numbers are enough."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    state: Mapped[RoundState]
    planned: Mapped[int]  # cards
    made_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(
        default=1
    )  # goes up with each change: a decision counts for one only
    sent: Mapped[int | None]  # cards; fewer than planned if people have left, or have met, meanwhile


class RoundLine(Base):
    """What a round plans for one person: whose card they get and why, or why none."""

    __tablename__ = "round_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    left: Mapped[NoCard | None]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    # The third person, if the card is for one conversation of three.
    third_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    why: Mapped[Why | None]
    topic: Mapped[str | None] = mapped_column(String(40))
    theirs: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(Encrypted("round_lines.words"))


class Roundtable(Base):
    """People of one topic are asked to one table of a workshop; it stands if enough of them say yes in time."""

    __tablename__ = "roundtables"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    topic: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]  # of the table in the room
    starts_at: Mapped[datetime]
    state: Mapped[RoundtableState]
    made_at: Mapped[datetime]
    # Whoever has not said yes by then is late; None until people are asked.
    decides_at: Mapped[datetime | None] = mapped_column(index=True)


class RoundtableSeat(Base):
    """Somebody who is asked to a round table. Why follows from what they seek and offer."""

    __tablename__ = "roundtable_seats"
    __table_args__ = (UniqueConstraint("roundtable_id", "person_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    roundtable_id: Mapped[int] = mapped_column(ForeignKey("roundtables.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    state: Mapped[Invited]


class Introduction(Base):
    """The asker said yes to a suggestion, and the other is asked. To the asker, a no looks like an expiry."""

    __tablename__ = "introductions"
    __table_args__ = (
        UniqueConstraint("asker_id", "asked_id"),
        Index("ix_introductions_expiry", "state", "expires_at"),
        Index("ix_introductions_requests", "workshop_id", "asked_id", "state"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestions.id", ondelete="CASCADE"), index=True)
    state: Mapped[IntroState]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # When the asker was told that the time is over, after a no as well.
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    asker_says: Mapped[Meeting | None]
    asked_says: Mapped[Meeting | None]
    asker_contact: Mapped[ContactKind | None]  # how the asker may be reached by the asked
    asked_contact: Mapped[ContactKind | None]
    asker_contact_at: Mapped[datetime | None]  # when it was chosen; None in rows of 0.1.0: when it was asked
    asked_contact_at: Mapped[datetime | None]
    slot_at: Mapped[
        datetime | None
    ]  # when, and at which table they talk, by the timetable that was sent last
    slot_table: Mapped[int | None]
    asker_met: Mapped[Met | None]  # whether they met, as the asker says afterwards
    asked_met: Mapped[Met | None]

    asker: Mapped[Person] = relationship(foreign_keys=asker_id)
    asked: Mapped[Person] = relationship(foreign_keys=asked_id)
    suggestion: Mapped[Suggestion] = relationship()

    def is_party(self, person_id: int) -> bool:
        return person_id in (self.asker_id, self.asked_id)

    def other_than(self, person_id: int) -> int:
        """The id of the other one. Raises ValueError if this person is neither."""
        return other_of(self.asker_id, self.asked_id, person_id)


class Pledge(Base):
    """A pledge and its two parties. An erased party leaves NULL; the other keeps what is theirs."""

    __tablename__ = "pledges"
    __table_args__ = (Index("ix_pledges_state", "state", "workshop_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    acts: Mapped[Acts | None]
    text: Mapped[str | None] = mapped_column(Encrypted("pledges.text"))
    # What it is surely about, "" for nothing; None: not understood yet. Kept when the text went with its erased writer.
    topic: Mapped[str | None] = mapped_column(index=True)
    worded_by_author: Mapped[bool] = mapped_column(default=True)  # False: the author's yes is due
    revision: Mapped[int] = mapped_column(default=1)  # of the text: a yes counts only for the latest one
    state: Mapped[State]
    deadline: Mapped[date | None] = mapped_column(index=True)
    talk_on: Mapped[date | None]
    talk_time: Mapped[time | None]  # by the operator's clock; None: they named none
    talk_settled: Mapped[bool] = mapped_column(default=False)  # asked and answered, even with "noch offen"
    talk_changes: Mapped[int] = mapped_column(
        default=0
    )  # how often it was set: calendars need a number that rises
    created_at: Mapped[datetime]
    made_on: Mapped[date | None]  # the day both had agreed, from which every other date counts
    # Both parties read the rule of silence before their yes. False: it was begun before there was one; none holds.
    told_of_silence: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]  # however it ended: with a result, declined, or taken back

    author: Mapped[Person | None] = relationship(foreign_keys=author_id)
    partner: Mapped[Person | None] = relationship(foreign_keys=partner_id)

    @property
    def parties(self) -> tuple[int, ...]:
        """The ids of the parties who have not been erased, the author first."""
        return tuple(each for each in (self.author_id, self.partner_id) if each is not None)

    def is_party(self, person_id: int) -> bool:
        return person_id in self.parties

    @property
    def awaits_partner(self) -> bool:
        """Whether it is a draft made for somebody who stands by, and whom the bot does not know of yet."""
        return self.state is State.DRAFT and self.partner_id is None

    @property
    def is_amendable(self) -> bool:
        """Whether other words, or another day, may be proposed: it is active, worded, and both parties are there."""
        return self.state is State.ACTIVE and self.is_provable

    @property
    def is_provable(self) -> bool:
        """Whether evidence may be added: both parties have agreed to it and are there, and its words are kept still."""
        both_there = self.author_id is not None and self.partner_id is not None
        return self.state in RELEASABLE and both_there and bool(self.text)

    @property
    def is_releasable(self) -> bool:
        """Whether its parties may let others read it: as long as evidence may be added to it."""
        return self.is_provable

    def is_known_to(self, person_id: int) -> bool:
        """Whether this person knows of it: a draft is known only to its author, anything else to both parties."""
        return self.author_id == person_id or (self.partner_id == person_id and self.state is not State.DRAFT)

    def other_than(self, person_id: int) -> int | None:
        """The id of the other party, None if they were erased. Raises ValueError if this person is no party."""
        return other_of(self.author_id, self.partner_id, person_id)

    def side_of(self, person_id: int) -> Side:
        """The side this party is on; until somebody says who acts, the author does."""
        return side(self.acts or Acts.AUTHOR, is_author=self.author_id == person_id)


class Handshake(Base):
    """A pledge draft without a partner, held out to somebody who stands by: by a link, or a number to type, for a day.

    It is open while its pledge is such a draft. Whoever opened it is the pledge's partner.
    """

    __tablename__ = "handshakes"
    __table_args__ = (UniqueConstraint("workshop_id", "day", "number"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    number: Mapped[int]
    day: Mapped[date]  # the local day until whose end it can be opened


class CodePurpose(StrEnum):
    TAKE_OVER = "take_over"  # whoever opens it is this person
    OFFICE = "office"  # they ask for a seat in the office of this person
    MANDATE = "mandate"  # they go on with the pledges of this person that are not over
    ACCOUNT = "account"  # they are this person, in a new account
    ACCOUNT_AND_ROLE = "account_and_role"  # likewise, and are an MP still
    GUEST = "guest"  # they are on a guest list, in this row
    TEAM = "team"  # they join the team, into which this person invites them


class PersonalCode(Base):
    """A code that does something about this person for whoever has it, once (`CodePurpose`).

    Only a salted slow hash of it is stored, beside its first characters, by which it is found (`db/personal_codes.py`).
    """

    __tablename__ = "personal_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    # None of a guest's only (`CodePurpose.GUEST`), which is about a row of a list, and about nobody here yet.
    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True, nullable=True
    )
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id", ondelete="CASCADE"), index=True)
    selector: Mapped[str] = mapped_column(String(8), index=True)
    salt: Mapped[bytes]
    digest: Mapped[bytes]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    purpose: Mapped[CodePurpose] = mapped_column(default=CodePurpose.TAKE_OVER)
    # Of an invitation into an office: whose place its opener is to take.
    succeeds_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    # Of an invitation into the team: what it grants, as `Grant` has it.
    team_role: Mapped[TeamRole | None]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))


class PledgeEvent(Base):
    """Something that happened to a pledge. Rows are added only; words go when they have to (erasure, retention).

    `party`: for whom; `actor`: who tapped. Both are None for what the clock did.
    """

    __tablename__ = "pledge_events"
    __table_args__ = (
        Index("ix_pledge_events_pledge", "pledge_id", "id"),
        Index("ix_pledge_events_kind", "kind", "pledge_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"))
    kind: Mapped[EventKind]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    period: Mapped[Period | None]  # the question that it answers
    status: Mapped[Status | None]
    day: Mapped[date | None]
    talk_time: Mapped[time | None]
    # Both are stored under the names of the columns from which 0010 took them: it moved them as they were, unread.
    text: Mapped[str | None] = mapped_column(
        Encrypted("wordings.text")
    )  # the sentence, as this party worded it
    notes: Mapped[list[str] | None] = mapped_column(
        EncryptedJson("reports.notes")
    )  # one; before 0010 several
    because: Mapped[NoBecause | None]  # of a no
    blocker: Mapped[Blocker | None]
    photo: Mapped[str | None] = mapped_column(
        Encrypted("pledge_events.photo")
    )  # Telegram's id of it: no picture is stored
    readers: Mapped[Readership | None]  # whom this party lets read it
    reported: Mapped[bool] = mapped_column(default=False)  # by the other party, of somebody without Telegram
    at: Mapped[datetime]


class Nudge(Base):
    """One question to one party about one pledge: due, asked once or twice, or passed over.

    `outbox_id` and `again_id`: the messages that asked it, as long as their rows are kept.
    """

    __tablename__ = "nudges"
    __table_args__ = (
        UniqueConstraint("pledge_id", "person_id", "period"),
        Index("ix_nudges_open", "passed_over", "asked_at", "due_at"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    period: Mapped[Period]
    due_at: Mapped[datetime]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime | None]
    again_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    asked_again_at: Mapped[datetime | None]
    passed_over: Mapped[bool] = mapped_column(default=False)  # it is not asked, or not again
    passed_over_for: Mapped[PassedOver | None]

    pledge: Mapped[Pledge] = relationship()


class HelpCall(Base):
    """A pledge is stuck with one party, and somebody is sought who could help. Nobody is named before both agree."""

    __tablename__ = "help_calls"
    __table_args__ = (UniqueConstraint("pledge_id", "person_id", "period"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    period: Mapped[Period]  # the question that was answered with "hängt"
    topic: Mapped[str | None] = mapped_column(String(40))
    blocker: Mapped[Blocker]
    made_at: Mapped[datetime]
    # When the next person is asked, or the caller hears that there was nobody; None: it is over.
    look_at: Mapped[datetime | None] = mapped_column(index=True)
    end: Mapped[CallEnd | None]
    named: Mapped[bool] = mapped_column(default=False)  # the team may know who it is
    settled_at: Mapped[datetime | None]  # by the team


class HelpRequest(Base):
    """Somebody was asked for help. To the caller, a no looks like no answer."""

    __tablename__ = "help_requests"
    __table_args__ = (UniqueConstraint("call_id", "person_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("help_calls.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    because: Mapped[HelpsBecause]
    state: Mapped[IntroState]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Complaint(Base):
    """Somebody reported what another person let them read, about a pledge or as a contact after an introduction: one of
    the two is named. The words are kept as they were then.
    """

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), index=True
    )
    reporter_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Encrypted("complaints.words"))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settlement: Mapped[Settlement | None]


class Relay(Base):
    """Words that one person had passed on to another: about a pledge, or to a match."""

    __tablename__ = "relays"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), index=True
    )
    sender_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Encrypted("relays.words"))
    by_office: Mapped[bool] = mapped_column(default=False)  # somebody in the sender's office wrote them
    sent_at: Mapped[datetime]


class RelayStop(Base):
    """Somebody wants nothing passed on from this other person, and no new proposal of theirs, for half a year."""

    __tablename__ = "relay_stops"
    __table_args__ = ()

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class ToldApart(Base):
    """The team has asked: these two, who looked like one human with two accounts, are two people."""

    __tablename__ = "told_apart"
    __table_args__ = ()

    one_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class Inquiry(Base):
    """What somebody asks the team of a workshop, as one conversation; of each person and workshop at most one is open.

    `workshop_id`: None of somebody who is in none. `taken_by_id`: the organiser who sees to it.
    """

    __tablename__ = "inquiries"
    __table_args__ = (
        Index(
            "uq_inquiries_open",
            "person_id",
            "workshop_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    closed_at: Mapped[datetime | None]


class InquiryWords(Base):
    """Words in an inquiry: a question, or an answer of the team's. `writer_id`: None if the organiser was erased."""

    __tablename__ = "inquiry_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id", ondelete="CASCADE"), index=True)
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    by_team: Mapped[bool]
    words: Mapped[str] = mapped_column(Encrypted("inquiry_words.words"))
    at: Mapped[datetime]


class Draft(Base):
    """What a person's next words belong to. At most one per person awaits words; a newer one sets it aside."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "uq_drafts_awaiting",
            "person_id",
            unique=True,
            sqlite_where=text("awaiting"),
            postgresql_where=text("awaiting"),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DraftKind]
    object_id: Mapped[int | None]
    args: Mapped[dict[str, Any] | None]
    words: Mapped[str | None] = mapped_column(Encrypted("drafts.words"))
    awaiting: Mapped[bool]
    created_at: Mapped[datetime]


class Broadcast(Base):
    __tablename__ = "broadcasts"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    author_chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(
        BigInteger
    )  # of the organiser's own message, whose photo is copied
    words: Mapped[dict[str, Any] | None] = mapped_column(
        EncryptedJson("broadcasts.words")
    )  # `Written.stored`
    audience: Mapped[dict[str, Any] | None]  # `Audience.stored`
    # Under consent K: a word about today, to those who are in the workshop.
    notice: Mapped[bool] = mapped_column(default=False)
    state: Mapped[BroadcastState]
    created_at: Mapped[datetime]
    # How many people it goes to, as it was previewed and then confirmed; None: nobody was shown it yet.
    expected: Mapped[int | None]
    goes_at: Mapped[datetime | None]  # None: as soon as it is confirmed
    confirmed_at: Mapped[datetime | None]  # and when it set out, if that was later
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    # Copies are owed in batches, in the order of people's ids: up to this one. None: to all, or not begun.
    owed_up_to: Mapped[int | None]
    ended: Mapped[BroadcastEnd | None]


class Audit(Base):
    """An organiser looked at, or decided about, a person."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    organiser_chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    # Somebody on a guest list who has not joined: once they do, it is theirs.
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(index=True)
    # They are in a file that was made for a purpose.
    export_id: Mapped[int | None] = mapped_column(ForeignKey("exports.id", ondelete="SET NULL"), index=True)


class Export(Base):
    """What somebody of the team wants a workshop's data for. Once an audit refers to it, the file has been made."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organiser_chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    role: Mapped[TeamRole]  # as which they asked for it
    purpose: Mapped[str] = mapped_column(Encrypted("exports.purpose"))
    made_at: Mapped[datetime]


class ConcernMark(Base):
    """Somebody of the team sees to a concern, or it was left alone: then `holder_id` is None. It counts for no concern
    that has arisen anew `at` a later moment.
    """

    __tablename__ = "concern_marks"
    __table_args__ = (UniqueConstraint("kind", "object_id", "other_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ConcernKind]
    object_id: Mapped[int]  # whose, the kind says
    other_id: Mapped[int] = mapped_column(default=0)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    reminded: Mapped[bool] = mapped_column(default=False)  # the holder, after a working day


class CalendarUpload(Base):
    """Sitting weeks or school holidays from an organiser's file. Once confirmed they count instead of what was known.

    `terms`: [kind, of, first, last] each, as `domain.terms.Term` has them, kind and of "" until somebody says whose
    they are; `problems`: [line, problem] for each line that could not be read.
    """

    __tablename__ = "calendar_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    terms: Mapped[list[list[str]]] = mapped_column(JSON)
    problems: Mapped[list[list[Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class Guest(Base):
    """Somebody on the guest list of a workshop, as the organisers have written it. Once they have joined with the code
    that is made for the row, or reception says who they are, it is that person's.
    """

    __tablename__ = "guests"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    name: Mapped[str] = mapped_column(Encrypted("guests.name"))
    organisation: Mapped[str] = mapped_column(
        Encrypted("guests.organisation")
    )  # empty: the list does not say
    place: Mapped[str] = mapped_column(Encrypted("guests.place"))  # likewise
    land: Mapped[str] = mapped_column(String(2))  # likewise
    role: Mapped[Role | None]
    made_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    given_at: Mapped[datetime | None]  # when reception handed the badge to them


class UploadKind(StrEnum):
    """What a list that an organiser has sent is about."""

    GUESTS = "guests"
    PAPER = "paper"  # pledges that were made on paper


class GuestUpload(Base):
    """A list that an organiser has sent, until it is taken over or dropped (`guest_lists.read_again`, `papers`)."""

    __tablename__ = "guest_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("guest_uploads.content"))
    made_at: Mapped[datetime]
    kind: Mapped[UploadKind] = mapped_column(default=UploadKind.GUESTS)


class PaperPledge(Base):
    """A pledge on a card of paper, between two guests of a workshop. It binds nobody: once both say so it becomes a
    pledge, by the first one's proposal and the other's yes. `acts`: the first is the author.
    """

    __tablename__ = "paper_pledges"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("guests.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("guests.id", ondelete="CASCADE"), index=True)
    acts: Mapped[Acts]
    text: Mapped[str] = mapped_column(Encrypted("paper_pledges.text"))
    made_at: Mapped[datetime]
    # The guest who has said yes while the other was not here yet.
    agreed_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id", ondelete="CASCADE"), index=True)
    settled_at: Mapped[datetime | None]  # it became a pledge, or somebody said no


class ProgrammeItem(Base):
    """An item of a workshop's programme, on its day (`programme.Item`)."""

    __tablename__ = "programme_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    begins: Mapped[time]  # by the operator's clock, as is `ends`
    ends: Mapped[time | None]
    title: Mapped[str] = mapped_column(Encrypted("programme_items.title"))
    place: Mapped[str] = mapped_column(Encrypted("programme_items.place"))
    # The beginning of which those who want it were reminded; if it has another by now, they are reminded of that.
    reminded_of: Mapped[time | None]


class ProgrammeUpload(Base):
    """A programme that an organiser has sent, until it is taken over or dropped (`programme_lists.read_again`)."""

    __tablename__ = "programme_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("programme_uploads.content"))
    made_at: Mapped[datetime]


class PledgeMoment(Base):
    """For some minutes everybody in the hall of a workshop is asked for a pledge."""

    __tablename__ = "pledge_moments"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    is_reported: Mapped[bool] = mapped_column(default=False)  # whoever opened it was told how it went


class Lane(Base):
    """One chat's inbox queue: whoever works on it locks this row until their transaction ends."""

    __tablename__ = "lanes"
    __table_args__ = ()

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Inbox(Base):
    """An update as it came in. Its payload is kept until it is processed."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_new", "state", "chat_id", "update_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[InboxState]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]  # machine time
    payload: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("inbox.payload"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # of what somebody wrote in a private chat
    received_at: Mapped[datetime] = mapped_column(index=True)
    counted: Mapped[Counted | None]  # None: read in any case, or not read at all


_EDITS = text("edits_row IS NOT NULL")
_COPIES = text("original_id IS NOT NULL")
IS_OPEN = text("state || '' IN ('pending', 'sending', 'unknown')")
"""The condition that a row has yet to be sent. The index of these rows alone is used only for these very words: what
goes first in a chat must not be looked for in all that waits.
"""
NOT_ARRIVED = text("state || '' IN ('dead', 'undecided')")
"""The condition that a row was refused for good, or may have arrived and is not tried again; likewise."""
# The condition as its index has it: a database uses the index of a part of the rows only for the very same words.
NOTED_BETWEEN = {
    "sqlite": "json_extract(args, '$.between') IS NOT NULL",
    "postgresql": "(args ->> 'between') IS NOT NULL",
}


class Outgoing(Base):
    """One thing the bot says: written in the transaction of the change that causes it, worded when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_chat", "chat_id", "state"),
        # In the order of sending: of what waits, not of all that was ever sent.
        Index("ix_outbox_next", "priority", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_outbox_object", "kind", "object_id", "state"),
        # Few, of all that was ever sent.
        Index("ix_outbox_not_arrived", "created_at", sqlite_where=NOT_ARRIVED, postgresql_where=NOT_ARRIVED),
        # What somebody was told last of some kinds is found without reading all that they were ever told.
        Index("ix_outbox_told", "person_id", "kind", "due_at"),
        # For deleting rows. Partial, because SQLite would otherwise search all rows that edit none, for each chat.
        Index("ix_outbox_edits_row", "edits_row", sqlite_where=_EDITS, postgresql_where=_EDITS),
        Index("ix_outbox_original_id", "original_id", sqlite_where=_COPIES, postgresql_where=_COPIES),
        Index(
            "ix_outbox_between",
            "created_at",
            sqlite_where=text(NOTED_BETWEEN["sqlite"]),
            postgresql_where=text(NOTED_BETWEEN["postgresql"]),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    # For whom the person reads it: themselves, or the MP whose office they are in.
    party_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    # The row that says the same to somebody else who acts for this party.
    original_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    priority: Mapped[Priority] = mapped_column(Numbered(Priority))
    kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int | None]
    args: Mapped[dict[str, Any] | None]
    due_at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    edits_message: Mapped[int | None] = mapped_column(BigInteger)  # the id of the message to edit
    edits_row: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    state: Mapped[SendState] = mapped_column(default=SendState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]  # machine time
    not_before: Mapped[datetime | None]  # machine time
    repeated: Mapped[bool] = mapped_column(default=False)  # tried again after an unclear answer
    # The highest id of a message that was known when it was claimed: its own is above. None: nobody looks for it.
    known_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class KeyCheck(Base):
    """One row, encrypted when the first words could come: it tells whether the key at hand is the right one."""

    __tablename__ = "key_checks"
    __table_args__ = ()

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Encrypted("key_checks.words"))


class Carrier(Base):
    """What is known about Telegram itself, in a single row."""

    __tablename__ = "carrier"
    __table_args__ = ()

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paused_until: Mapped[datetime | None]  # RetryAfter, machine time
    # Until when one of several processes leads the others, by PostgreSQL's clock.
    led_until: Mapped[datetime | None]
