"""Rows of the outbox, read as what was said; and conditions and sub-queries that find them, for other queries.

Kinds are payload classes. "Owed" means rows in any state.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Exists,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from actions.exchange import outbox
from db.models import Outgoing, Priority, SendState
from db.moments import Moment, from_now
from db.planning import unindexed, unindexed_number
from domain.outcomes.kinds import PAYLOADS
from domain.outcomes.payload import Payload
from domain.voice import Voice

Kinds = tuple[type[Payload], ...]

IN_VAIN = (SendState.CANCELLED, SendState.DEAD)  # never arrived, and never will


@dataclass(frozen=True)
class Entry:
    """One row of the outbox as something that was said or is about to be."""

    row: Outgoing

    @property
    def payload(self) -> Payload:
        """What it says. Raises KeyError or ValueError like `outbox.payload_of`."""
        return outbox.payload_in(self.row)

    @property
    def recipient(self) -> outbox.Recipient:
        """Where it went, so that it can be changed there."""
        return outbox.Recipient.of_row(self.row)

    @property
    def voice(self) -> Voice | None:
        """How the row itself says its reader is to be spoken to; None: as the person chose."""
        return outbox.voice_of(self.row.args)

    @property
    def message(self) -> int | None:
        """Telegram's id of the message that shows it, or that it is about to change; None: there is none yet."""
        return self.row.message_id if self.row.message_id is not None else self.row.edits_message

    @property
    def arrived(self) -> bool:
        """Whether it is in the chat."""
        return self.row.state is SendState.SENT and self.row.message_id is not None

    @property
    def came_unasked(self) -> bool:
        """Whether it is news, a nudge or a broadcast: its reader may not have seen it yet when they write."""
        return self.row.priority is not Priority.REPLY

    def is_in(self, message: int | None) -> bool:
        """Whether this message shows it; None is no message."""
        return message is not None and self.message == message

    def is_one_of(self, kinds: Kinds) -> bool:
        """Whether it is of one of these kinds."""
        return self.row.kind in _names(kinds)


def _names(kinds: Kinds) -> list[str]:
    return [kind.outcome_name() for kind in kinds]


def is_of(kinds: Kinds, row: type[Outgoing] = Outgoing) -> ColumnElement[bool]:
    """The condition that a row is of one of these kinds; `row`: an alias of the table."""
    return row.kind.in_(_names(kinds))


def newest(kind: type[Payload], number: int) -> Select[Outgoing]:
    """At most this many rows of the kind, whoever was owed them, the newest first."""
    return select(Outgoing).where(is_of((kind,))).order_by(Outgoing.id.desc()).limit(number)


def news_since(chat_id: int, payload: Payload, object_id: int, row_id: int) -> Select[int]:
    """Ids of the news about the object of this payload, whatever they say of it, that this chat was owed after that
    row. A pledge and an introduction may have the same id.
    """
    return select(Outgoing.id).where(
        Outgoing.chat_id == chat_id,
        Outgoing.priority == Priority.NEWS,
        Outgoing.object_id == object_id,
        is_of(alike(type(payload))),
        Outgoing.edits_row.is_(None),
        Outgoing.id > row_id,
    )


def alike(kind: type[Payload]) -> Kinds:
    """The kinds that are about the same sort of object: an introduction, a pledge."""
    return tuple(each for each in PAYLOADS.values() if _object_of(each) == _object_of(kind))


def kinds_about(field: str) -> Kinds:
    """The kinds whose object this field names: `person_id`, `intro_id`."""
    return tuple(each for each in PAYLOADS.values() if _object_of(each) == field)


def _object_of(kind: type[Payload]) -> str | None:
    """The field of these payloads that names what they are about."""
    return next((each.name for each in fields(kind) if each.metadata.get("object")), None)


def objects_owed_since(person_id: int, kind: type[Payload], since: datetime) -> Select[int | None]:
    """Ids of the objects about which this person was owed a message of this kind after this moment."""
    return select(Outgoing.object_id).where(
        Outgoing.party_id == person_id, is_of((kind,)), Outgoing.created_at >= since
    )


def chats_told_within(
    chats: BindParameter[int], kind: type[Payload], since: Moment, now: Moment
) -> Select[int]:
    """Those of these chats that were owed a message of this kind after the one moment, and not after the other."""
    lately = (Outgoing.created_at > since, Outgoing.created_at <= now)
    return select(Outgoing.chat_id).where(Outgoing.chat_id.in_(chats), is_of((kind,)), *lately)


def told_last(
    person_id: InstrumentedAttribute[int], kinds: Kinds, among: Kinds, now: datetime
) -> ColumnElement[bool]:
    """The condition that the row due last to this person among these kinds is of one of `kinds`; later ones do not
    count.
    """
    latest = (
        select(Outgoing.kind)
        .where(Outgoing.person_id == person_id, is_of(among), Outgoing.due_at <= now)
        .order_by(Outgoing.due_at.desc(), Outgoing.id.desc())
        .limit(1)
    )
    return latest.scalar_subquery().in_(_names(kinds))


def last_due(person_id: InstrumentedAttribute[int], kind: type[Payload]) -> ScalarSelect[datetime]:
    """When this person was last due a message of this kind about no object. Messages that failed or were cancelled do
    not count. It is looked for among what they were told: nearly all that is about no object may be of this kind.
    """
    of_kind = unindexed(Outgoing.kind) == kind.outcome_name()
    owed = (of_kind, unindexed_number(Outgoing.object_id).is_(None), Outgoing.state.not_in(IN_VAIN))
    return select(func.max(Outgoing.due_at)).where(Outgoing.party_id == person_id, *owed).scalar_subquery()


def last_said(before: Outgoing) -> Select[datetime]:
    """When the last message of the kind of this row was owed to the same person before it, and arrived, or was not sent
    since there was nothing to say.
    """
    nothing_to_say = and_(Outgoing.state == SendState.CANCELLED, Outgoing.error == outbox.WITHDRAWN)
    return select(func.max(Outgoing.created_at)).where(
        Outgoing.person_id == before.person_id,
        Outgoing.kind == before.kind,
        Outgoing.id < before.id,
        or_(Outgoing.state == SendState.SENT, nothing_to_say),
    )


def unsent(kind: type[Payload]) -> Select[int]:
    """Ids of the rows of this kind about no object that were cancelled, or whose reader could not be reached.

    Rows that Telegram refused for another reason are not among them.
    """
    unreached = and_(Outgoing.state == SendState.DEAD, Outgoing.error == outbox.UNREACHABLE)
    return select(Outgoing.id).where(
        about(kind, None),
        Outgoing.state.in_(IN_VAIN),
        Outgoing.message_id.is_(None),
        or_(Outgoing.state == SendState.CANCELLED, unreached),
    )


def has_unsent(object_id: InstrumentedAttribute[int]) -> Exists:
    """The condition that a message about the object with this id, of whatever kind, is still to be delivered."""
    return exists().where(Outgoing.object_id == object_id, Outgoing.state.in_(outbox.OPEN))


def told_about(
    kind: type[Payload],
    object_id: InstrumentedAttribute[int] | ColumnElement[int],
    person_id: InstrumentedAttribute[int | None],
    *,
    unless: str | None = None,
) -> Exists:
    """The condition that this person was owed a message of this kind about the object with this id.

    `unless`: one that was cancelled for this reason does not count.
    """
    counts = (func.coalesce(Outgoing.error, "") != unless,) if unless is not None else ()
    about_it = (Outgoing.object_id == object_id, Outgoing.party_id == person_id)
    return exists().where(is_of((kind,)), *about_it, *counts)


def told_anew(
    kind: type[Payload], object_id: InstrumentedAttribute[int], party_id: InstrumentedAttribute[int | None]
) -> Exists:
    """The condition that this party was owed such a message about the object with this id, edits aside, as
    `transcript.owed_about` says.
    """
    return exists().where(_is_new(Outgoing, kind, object_id, party_id))


def failed_last(
    kind: type[Payload],
    object_id: InstrumentedAttribute[int],
    party_id: InstrumentedAttribute[int | None],
    reasons: Collection[str],
) -> ColumnElement[bool]:
    """The condition that none of the messages of `told_anew` arrived, and that it is not clear what became of the last,
    or that it failed for one of these reasons.
    """
    last, later = aliased(Outgoing), aliased(Outgoing)
    mine, newer = (_is_new(row, kind, object_id, party_id) for row in (last, later))
    failed = or_(last.state == SendState.UNDECIDED, last.error.in_(reasons))
    return and_(
        exists().where(mine, failed, ~exists().where(newer, later.id > last.id)),
        ~exists().where(mine, last.state == SendState.SENT),
    )


def _is_new(
    row: type[Outgoing],
    kind: type[Payload],
    object_id: InstrumentedAttribute[int],
    party_id: InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    about_it = (row.object_id == object_id, row.party_id == party_id)
    return and_(is_of((kind,), row), *about_it, row.edits_message.is_(None), row.edits_row.is_(None))


def told_to_another(
    kind: type[Payload],
    object_id: InstrumentedAttribute[int],
    person_id: InstrumentedAttribute[int],
    before: datetime | None = None,
) -> Exists:
    """The condition that somebody else than this person was owed a message of this kind about the object with this id;
    `before`: a moment by which it had arrived.
    """
    arrived = () if before is None else (Outgoing.state == SendState.SENT, Outgoing.sent_at <= before)
    return exists().where(
        is_of((kind,)), Outgoing.object_id == object_id, Outgoing.party_id != person_id, *arrived
    )


def objects(kind: type[Payload]) -> Select[int | None]:
    """Selects the ids of what messages of this kind are about."""
    return select(Outgoing.object_id).where(is_of((kind,)))


def is_owed_as(prefix: str, object_id: InstrumentedAttribute[int]) -> Exists:
    """The condition that what has this prefix and the object's id for its key was already said, or is about to be."""
    return was_owed(literal(prefix) + cast(object_id, String))


def was_owed(key: ColumnElement[str]) -> Exists:
    """The condition that what has this key was already said, or is about to be."""
    return exists().where(Outgoing.key == key)


def about(kind: type[Payload], object_id: int | None) -> ColumnElement[bool]:
    """The condition that a row is of this kind and about this object; None: about none."""
    return and_(Outgoing.kind == kind.outcome_name(), Outgoing.object_id == object_id)


def owed_often(kind: type[Payload], times: int, within: timedelta) -> Select[int]:
    """For each chat that was owed this many messages of the kind lately: the id of the first. It has places for
    moments (`db.moments.as_of`).
    """
    lately = select(func.min(Outgoing.id)).where(is_of((kind,)), Outgoing.created_at > from_now(-within))
    return lately.group_by(Outgoing.chat_id).having(func.count() >= times)
