"""Traces: the messages in other people's chats that name somebody who is being erased."""

from collections.abc import Sequence
from datetime import datetime
from math import inf

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox, transcript
from actions.exchange.transcript import Entry, Kinds
from actions.pledging import questions
from db import queries
from db.models import (
    Audit,
    Broadcast,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Priority,
    Round,
    SendState,
    Suggestion,
)
from domain.outcomes.matching import (
    Asking,
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    IntroAsked,
    MeetCard,
    Suggested,
)
from domain.outcomes.organising.broadcasts import (
    BroadcastToConfirm,
    BroadcastWaiting,
)
from domain.outcomes.organising.complaints import ComplaintShown
from domain.outcomes.organising.desk import (
    RoleClaim,
    RoleClaims,
)
from domain.outcomes.organising.rounds import (
    RoundLeft,
    RoundSeats,
)
from domain.outcomes.payload import KindName
from domain.outcomes.pledging.nudges import (
    AdviceAsked,
    AgreementAsked,
    NextAsked,
    NoteAsked,
    NoteOffered,
    NoteSaved,
    Nudged,
    Reported,
    Result,
    SeenDifferently,
)
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    History,
    PartnerAsked,
    PartnersFound,
    PartnerUnreachable,
    PledgeCard,
    PledgeList,
    PledgePreview,
    ProposalDeclined,
    ProposalSent,
    Proposed,
    SentenceAsked,
    Withdrawn,
    YouDeclined,
)
from domain.outcomes.pledging.talks import Sealed, TalkAsked, TalkMoved
from domain.outcomes.rights import Forgotten, Resumed, TextEnding
from domain.outcomes.small import NothingExpected
from domain.pledges import LIVE
from domain.roles import Role

# The kinds of messages that name somebody, by what the object of their row is.
_A_PLEDGE: Kinds = (
    ActsAsked.Payload, SentenceAsked.Payload, PledgePreview.Payload, DeadlineAsked.Payload, Proposed.Payload,
    ProposalSent.Payload, ProposalDeclined.Payload, YouDeclined.Payload, Withdrawn.Payload, TalkAsked.Payload,
    TalkMoved.Payload, Sealed.Payload, PledgeCard.Payload, Reported.Payload, AgreementAsked.Payload,
    SeenDifferently.Payload, History.Payload, NoteAsked.Payload, NoteSaved.Payload, AdviceAsked.Payload, Result.Payload,
    TextEnding.Payload, PartnerUnreachable.Payload, NextAsked.Payload,
)  # fmt: skip
_AN_INTRODUCTION: Kinds = (
    IntroAsked.Payload, MeetCard.Payload, ContactAsked.Payload, ContactWordsAsked.Payload, ContactReceived.Payload,
)  # fmt: skip
_A_PERSON: Kinds = (Asking.Payload, ContactNoted.Payload, RoleClaim.Payload)
_BEFORE_A_YES: Kinds = (Suggested.Payload, Asking.Payload)
_A_ROUND: Kinds = (RoundSeats.Payload, RoundLeft.Payload)
_AT_THE_DESK: Kinds = (RoleClaims.Payload, ComplaintShown.Payload)
# Lists of one's own pledges or matches, and of what others did meanwhile.
_LISTS: Kinds = (PledgeList.Payload, PartnerAsked.Payload, NoteOffered.Payload, Resumed.Payload)
# Whom these name is in the payload (`_may_name`).
_NAMED_WITHIN: Kinds = (PartnersFound.Payload, BroadcastWaiting.Payload)

# These show the buttons of another row once more, which is their object.
_AGAIN: Kinds = (NothingExpected,)

_VISIBLE = (SendState.SENT, *outbox.OPEN)  # shown by the phone, or on its way with what was true a moment ago
_COVERS: Kinds = (Forgotten.Payload,)
_SHOWN_AGAIN: Kinds = (*_LISTS, *_A_ROUND, *_AT_THE_DESK)


async def cover(session: AsyncSession, me: Person, now: datetime) -> None:
    """Owe an edit to each message to others that holds my name or my words. Call it before my rows are deleted.

    Of the messages about a pledge the lowest in each chat becomes the pledge's card as it is by then, without me;
    the others, like all that is no list, become a neutral sentence, which does not say why where somebody may
    wait for me. A list is made anew. The edits are rows of this transaction, of the last priority, and silent on
    the phone, so that a pause does not hold them up. Anyone who has withdrawn a consent gets the neutral sentence
    only, and anyone who blocked the bot gets no edit. Files sent on request, and broadcasts, are not changed.
    """
    carded: set[tuple[int, int | None]] = set()
    for shown in sorted(await _visible(session, me), key=_position, reverse=True):
        again, object_id = await _instead(session, shown)
        if again == PledgeCard.Payload.outcome_name():
            again = None if (shown.row.chat_id, object_id) in carded else again
            carded.add((shown.row.chat_id, object_id))
        outbox.owe(
            session,
            Forgotten.Payload(object_id, again, quiet=_is_quiet(shown)),
            shown.recipient,
            now,
            priority=Priority.BROADCAST,
            edits_row=shown.row.id,
            carried={**(shown.row.args or {}), "again": None},
        )


def _is_quiet(shown: Entry) -> bool:
    """Whether it is a card, or says that somebody is being asked: that they are gone is not told (`outlast`)."""
    covered = shown.payload
    return isinstance(covered, _BEFORE_A_YES) or (isinstance(covered, Forgotten.Payload) and covered.quiet)


async def _visible(session: AsyncSession, me: Person) -> Sequence[Entry]:
    """The newest row of each message that names me, which is what it says now.

    A message that an edit is about to cover already needs no second edit: the first is worded when it goes out, and I
    am gone by then.
    """
    rows = await session.scalars(
        select(Outgoing)
        .join(Person, Person.id == Outgoing.person_id)
        .where(
            Outgoing.person_id != me.id,
            Outgoing.state.in_(_VISIBLE),
            Person.unreachable_since.is_(None),
            or_(*await _about(session, me)),
            ~_changed_later(),
            ~_of(_COVERS, Outgoing.state == SendState.PENDING),
            ~_about_to_be_covered(),
        )
        .order_by(Outgoing.id)
    )
    return [entry for entry in map(Entry, rows) if _may_name(entry, me)]


def _changed_later() -> Exists:
    later = aliased(Outgoing)
    return exists().where(
        later.chat_id == Outgoing.chat_id,
        later.id > Outgoing.id,
        later.state.in_(_VISIBLE),
        func.coalesce(later.message_id, later.edits_message)
        == func.coalesce(Outgoing.message_id, Outgoing.edits_message),
    )


def _about_to_be_covered() -> Exists:
    owed = aliased(Outgoing)
    return exists().where(
        owed.edits_row == Outgoing.id, transcript.is_of(_COVERS, owed), owed.state == SendState.PENDING
    )


def _position(entry: Entry) -> tuple[float, int]:
    """How far down in its chat; what has not arrived yet is lowest."""
    return entry.message or inf, entry.row.id


def _may_name(entry: Entry, me: Person) -> bool:
    """Whether it names me, as far as the conditions that found it leave that open."""
    match entry.payload:
        case PartnersFound.Payload(hits=named) | BroadcastWaiting.Payload(second_organisers=named):
            return me.id in named
        case _:
            return True  # found by its object, or its reader, which is about me


async def _about(session: AsyncSession, me: Person) -> list[ColumnElement[bool]]:
    """The conditions that find the rows which may name me; each of them suffices."""
    pledges = select(Pledge.id).where(queries.in_pledge(me.id))
    met = queries.in_introduction(me.id)
    rounds = select(Round.id).where(Round.workshop_id.in_([m.workshop_id for m in me.memberships]))
    asked = questions.messages(Nudge.pledge_id.in_(pledges))
    cards = select(Suggestion.id).where(Suggestion.other_id == me.id)
    over = await _about_what_is_over(session, me)
    with_me = await _counterparts(session, me) | {row.person_id for row in over}
    written = select(Broadcast.id).where(Broadcast.author_chat_id == me.chat_id)
    conditions = [
        _says(_A_PLEDGE, Outgoing.object_id.in_(pledges)),
        _says(_AN_INTRODUCTION, Outgoing.object_id.in_(select(Introduction.id).where(met))),
        _says(_A_PERSON, Outgoing.object_id == me.id),
        _says(_A_ROUND, Outgoing.object_id.in_(rounds)),
        _says((Suggested.Payload,), Outgoing.object_id.in_(cards)),
        _says((Nudged.Payload,), or_(Outgoing.id.in_(asked), Outgoing.object_id.in_(asked))),
        Outgoing.id.in_([row.id for row in over]),
        _says(_LISTS, Outgoing.person_id.in_(with_me), Outgoing.created_at >= me.created_at),
        _says(_NAMED_WITHIN, Outgoing.created_at >= me.created_at),
        _says((BroadcastToConfirm.Payload,), Outgoing.object_id.in_(written)),
    ]
    if await _has_claimed(session, me):
        conditions.append(_says(_AT_THE_DESK, Outgoing.created_at >= me.created_at))
    again = select(Outgoing.id).where(or_(*conditions)).correlate(None)
    return [*conditions, _of(_AGAIN, Outgoing.object_id.in_(again))]


async def _has_claimed(session: AsyncSession, me: Person) -> bool:
    """Whether I may stand in a list of role claims: I claim the role, or an organiser has looked at my claim."""
    looked_at = select(Audit.id).where(Audit.person_id == me.id).limit(1)
    return me.role is Role.MP or await session.scalar(looked_at) is not None


def _says(kinds: Kinds, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows that say one of these kinds: as they were owed, or in the place of a message about somebody else."""
    again = Outgoing.args["again"].as_string().in_([kind.outcome_name() for kind in kinds])
    return and_(or_(transcript.is_of(kinds), and_(transcript.is_of(_COVERS), again)), *which)


def _of(kinds: Kinds, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(transcript.is_of(kinds), *which)


def may_name(since: datetime) -> ColumnElement[bool]:
    """The condition that an erasure may yet have to change the message of a row.

    That is true of messages about a pledge that is live, ended since then, or is deleted but was written about since
    then; and of all others while their reader and their object exist.
    """
    pledges = select(Pledge.id).where(or_(Pledge.state.in_(LIVE), Pledge.ended_at >= since))
    asked = questions.messages(Nudge.pledge_id.in_(pledges))
    about = func.coalesce(Outgoing.object_id, 0)
    later, shown_again = aliased(Outgoing), aliased(Outgoing)
    lately = exists().where(
        transcript.is_of(_A_PLEDGE, later),
        later.object_id == Outgoing.object_id,
        later.created_at >= since,
    )
    return and_(
        Outgoing.person_id.is_not(None),
        or_(
            _of(_A_PLEDGE, or_(about.in_(pledges), lately)),
            _of((Nudged.Payload,), or_(Outgoing.id.in_(asked), about.in_(asked))),
            _of(_AN_INTRODUCTION, about.in_(select(Introduction.id))),
            _of((Suggested.Payload,), about.in_(select(Suggestion.id))),
            _of(_A_PERSON, about.in_(select(Person.id))),
            _of((*_A_ROUND, *_AT_THE_DESK, *_LISTS, *_NAMED_WITHIN, *_COVERS, BroadcastToConfirm.Payload)),
            _of(_AGAIN, about.in_(select(shown_again.id))),
        ),
    )


async def _about_what_is_over(session: AsyncSession, me: Person) -> list[Outgoing]:
    """Rows about pledges with me that are deleted themselves (`keep_between`)."""
    gone = _of(_A_PLEDGE, Outgoing.object_id.not_in(select(Pledge.id)), Outgoing.created_at >= me.created_at)
    rows = await session.scalars(select(Outgoing).where(gone, Outgoing.person_id != me.id))
    return [row for row in rows if me.id in (row.args or {}).get("between", ())]


async def _counterparts(session: AsyncSession, me: Person) -> set[int]:
    """The ids of those who have a pledge or an introduction with me."""
    pairs = (
        select(Pledge.author_id, Pledge.partner_id).where(queries.in_pledge(me.id)),
        select(Introduction.asker_id, Introduction.asked_id).where(queries.in_introduction(me.id)),
    )
    parties = [pair for query in pairs for pair in await session.execute(query)]
    return {each for pair in parties for each in pair if each is not None} - {me.id}


async def _instead(session: AsyncSession, shown: Entry) -> tuple[KindName | None, int | None]:
    """The kind and the object of what the message is to say instead; no kind: the neutral sentence."""
    covered = shown.payload
    if isinstance(covered, Forgotten.Payload):
        return covered.again, covered.object_id
    if isinstance(covered, Nudged.Payload):
        first = covered.first or shown.row.id
        pledges = (await session.scalars(select(Nudge.pledge_id).where(questions.asked_by(first)))).all()
        return (
            (PledgeCard.Payload.outcome_name(), pledges[0])
            if len(pledges) == 1
            else (Nudged.Payload.outcome_name(), first)
        )
    if isinstance(covered, Resumed.Payload):
        return covered.outcome_name(), covered.first or shown.row.id
    if isinstance(covered, _SHOWN_AGAIN):
        return covered.outcome_name(), shown.row.object_id
    about_pledge = isinstance(covered, _A_PLEDGE)
    return (PledgeCard.Payload.outcome_name() if about_pledge else None), shown.row.object_id


async def keep_between(session: AsyncSession, over: Select[int]) -> None:
    """Note who the parties of these pledges are, which are about to be deleted while messages about them are not."""
    parties = await session.execute(
        select(Pledge.id, Pledge.author_id, Pledge.partner_id).where(Pledge.id.in_(over))
    )
    between = {pledge: [each for each in pair if each is not None] for pledge, *pair in parties}
    for row in await session.scalars(select(Outgoing).where(_of(_A_PLEDGE, Outgoing.object_id.in_(between)))):
        row.args = {**(row.args or {}), "between": between[row.object_id or 0]}
