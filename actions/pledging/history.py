"""The history of a pledge: every event of it is written here, and what follows from them is read here."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Exists, Select, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from actions.exchange.turn import Turn
from db import intact, queries
from db.models import Person, Pledge, PledgeEvent
from db.once import once_each
from domain.history import ANSWERS, NOTES, Answer, Answers, Event, EventKind, after, replay
from domain.nudging import Period
from domain.pledges import NOTE_LIMIT, Blocker, NoBecause, Status
from domain.readers import Readership
from domain.words import utf16_length


class EventWords(TypedDict, total=False):
    """What an event says besides its kind. `text`: the sentence; `day`: of the pledge, or of the talk, which may have a
    time; `note`: also a reason in own words, or a link; `photo`: Telegram's id of it. `reported`: by the other party.
    """

    period: Period
    status: Status | None
    day: date | None
    talk_time: time | None
    text: str | None
    note: str | None
    because: NoBecause | None
    blocker: Blocker
    photo: str | None
    readers: Readership
    reported: bool


def record(turn: Turn, pledge: Pledge, kind: EventKind, **said: Unpack[EventWords]) -> None:
    """Somebody did this, for the party whose turn it is; the pledge's state follows (`domain.history.POSSIBLE`)."""
    _add(turn.session, pledge, kind, turn.now, turn.party, turn.actor, **said)


def record_for(
    turn: Turn, pledge: Pledge, kind: EventKind, party: Person, **said: Unpack[EventWords]
) -> None:
    """Somebody's tap did this for another party: a proposal that was held out to them is its author's."""
    _add(turn.session, pledge, kind, turn.now, party, turn.actor, **said)


def record_clock(session: AsyncSession, pledge: Pledge, kind: EventKind, now: datetime) -> None:
    """The clock did this, an erasure, or the team, of whom the audit says who it was."""
    _add(session, pledge, kind, now, None, None)


def _add(
    session: AsyncSession,
    pledge: Pledge,
    kind: EventKind,
    now: datetime,
    party: Person | None,
    actor: Person | None,
    **said: Unpack[EventWords],
) -> None:
    """Write an event, and bring the pledge into the state that follows.

    `party`: for whom; `actor`: who tapped; both None for the clock. Raises ImpossibleEventError for what cannot happen
    to the pledge as it is.
    """
    pledge.state = after(pledge.state, kind)
    session.add(_row(pledge, kind, now, party.id if party else None, actor.id if actor else None, **said))


def _row(
    pledge: Pledge, kind: EventKind, now: datetime,
    party_id: int | None, actor_id: int | None, **said: Unpack[EventWords],
) -> PledgeEvent:  # fmt: skip
    note = said.get("note")
    return PledgeEvent(
        pledge_id=pledge.id,
        kind=kind,
        party_id=party_id,
        actor_id=actor_id,
        period=said.get("period"),
        status=said.get("status"),
        day=said.get("day"),
        talk_time=said.get("talk_time"),
        text=said.get("text"),
        notes=[note] if note else None,
        because=said.get("because"),
        blocker=said.get("blocker"),
        photo=said.get("photo"),
        readers=said.get("readers"),
        reported=said.get("reported", False),
        at=now,
    )


async def keep_sentence(session: AsyncSession, pledge: Pledge) -> None:
    """The sentence is about to change: keep it, if it is from before there was a history."""
    worded = select(PledgeEvent.id).where(
        PledgeEvent.pledge_id == pledge.id, PledgeEvent.kind.in_((EventKind.PROPOSED, EventKind.WORDED))
    )
    if pledge.text and await session.scalar(worded.limit(1)) is None:
        writer = pledge.author_id if pledge.worded_by_author else pledge.partner_id
        said: EventWords = {"text": pledge.text, "day": pledge.deadline}
        session.add(_row(pledge, EventKind.PROPOSED, pledge.created_at, writer, writer, **said))


async def answers(session: AsyncSession, pledge: Pledge, person_id: int | None) -> Answers:
    """What this party has answered; nothing for a party who was erased."""
    return (await answers_about(session, {pledge.id}, person_id))[pledge.id]


async def answers_about(
    session: AsyncSession, pledge_ids: Collection[int], person_id: int | None
) -> dict[int, Answers]:
    """What this party has answered about each of these pledges, without reading the pledges."""
    happened = await _events_once(session, pledge_ids)
    return {pledge_id: replay(happened[pledge_id], person_id) for pledge_id in pledge_ids}


async def events(session: AsyncSession, pledge_id: int) -> list[Event]:
    """What happened to the pledge, in its order."""
    return (await _events_once(session, {pledge_id}))[pledge_id]


async def know(session: AsyncSession, pledge_ids: Collection[int]) -> None:
    """Read at once what happened to all of these, for a session that only reads."""
    await _events_once(session, pledge_ids)


async def _events_once(session: AsyncSession, pledge_ids: Collection[int]) -> Mapping[int, list[Event]]:
    return await once_each(session, "events", pledge_ids, lambda new: events_about(session, new))


async def events_about(session: AsyncSession, pledge_ids: Collection[int]) -> dict[int, list[Event]]:
    """What happened to the pledges, in its order. No words are read: damaged ones stop nothing."""
    rows = await session.execute(_events_of(), {"pledges": list(pledge_ids)})
    happened: defaultdict[int, list[Event]] = defaultdict(list)
    for number, kind, party, period, status, at, day, readers, told, blocker, actor, pledge_id in rows:
        event = Event(number, kind, party, period, status, at, day, readers, told, blocker, actor)
        happened[pledge_id].append(event)
    return happened


@cache
def _events_of() -> Select[*tuple[Any, ...]]:
    of = PledgeEvent
    return (
        select(
            of.id,
            of.kind,
            of.party_id,
            of.period,
            of.status,
            of.at,
            of.day,
            of.readers,
            of.reported,
            of.blocker,
            of.actor_id,
            of.pledge_id,
        )
        .where(of.pledge_id.in_(bindparam("pledges", expanding=True)))
        .order_by(of.id)
    )


async def who_answered(session: AsyncSession, pledge: Pledge) -> set[int]:
    """The ids of the parties who have answered or noted anything."""
    happened = await events(session, pledge.id)
    return {party for party in pledge.parties if replay(happened, party).given}


async def notes_to(session: AsyncSession, answer: Answer) -> str:
    """All notes on this answer; if that is too long for a message, the newest. Damaged ones are left out."""
    notes = await _notes(session, PledgeEvent.id.in_(answer.notes)) if answer.notes else []
    together = " ".join(notes)
    return together if utf16_length(together) <= NOTE_LIMIT else notes[-1]


async def notes_of(session: AsyncSession, person_id: int, *, on: Pledge | None = None) -> list[str]:
    """What this person noted on any pledge, oldest first; `on`: on this one, as the other party reads it.

    Damaged notes are left out.
    """
    theirs = and_(PledgeEvent.party_id == person_id, PledgeEvent.notes.is_not(None))
    read = and_(theirs, PledgeEvent.kind != EventKind.ADVISED)
    return await _notes(session, theirs if on is None else and_(read, PledgeEvent.pledge_id == on.id))


async def _notes(session: AsyncSession, which: ColumnElement[bool]) -> list[str]:
    found = select(PledgeEvent.id).where(which).order_by(PledgeEvent.id)
    return [note for row in await intact.rows(session, PledgeEvent, found) for note in row.notes or ()]


@cache
def has_answers(pledge_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that a party of this pledge has answered or noted anything."""
    given = aliased(PledgeEvent)
    return exists().where(given.pledge_id == pledge_id, or_(given.kind.in_(NOTES), stands(given)))


@cache
def has_answered(
    pledge_id: InstrumentedAttribute[int],
    person_id: InstrumentedAttribute[int],
    period: InstrumentedAttribute[Period],
) -> Exists:
    """The condition that this party's answer to this question stands. Notes alone are not an answer."""
    given = aliased(PledgeEvent)
    return exists().where(
        given.pledge_id == pledge_id,
        given.party_id == person_id,
        given.period == period,
        stands(given),
        ~_is_open_again(given),
    )


def _is_open_again(given: type[PledgeEvent]) -> ColumnElement[bool]:
    """The condition that this answer was given on the pledge's day, and that both moved the day afterwards."""
    moved = aliased(PledgeEvent)
    later = exists().where(
        moved.pledge_id == given.pledge_id,
        moved.id > given.id,
        moved.kind == EventKind.AMENDMENT_ACCEPTED,
        moved.day.is_not(None),
    )
    return and_(given.period == Period.DEADLINE, later)


def stands(given: type[PledgeEvent], kinds: Collection[EventKind] = ANSWERS) -> ColumnElement[bool]:
    """The condition that this event is an answer, or of one of these kinds, that was not taken back."""
    later = aliased(PledgeEvent)
    back = exists().where(
        later.pledge_id == given.pledge_id,
        later.id > given.id,
        later.party_id == given.party_id,
        later.period == given.period,
        later.kind == EventKind.TAKEN_BACK,
    )
    return and_(given.kind.in_(kinds), ~back)


@cache
def waits(pledge_id: InstrumentedAttribute[int]) -> Exists:
    """The condition that one party has said how this pledge ended, before its day, and the other did not object."""
    asked = aliased(PledgeEvent)
    return exists().where(asked.pledge_id == pledge_id, still_asks(asked))


def still_asks(asked: type[PledgeEvent]) -> ColumnElement[bool]:
    """The condition that this event asks the other to agree with an ending, and that nothing came of it yet.

    It is the rule of `domain.history.replay`, for many pledges at once.
    """
    later = aliased(PledgeEvent)
    otherwise = or_(later.period != asked.period, later.status != asked.status)
    changed = and_(
        later.party_id == asked.party_id,
        or_(
            later.kind.in_((EventKind.TAKEN_BACK, EventKind.ASKED)),
            and_(later.kind == EventKind.SAID, otherwise),
        ),
    )
    denied = and_(later.party_id != asked.party_id, later.kind == EventKind.DISAGREED)
    over = exists().where(later.pledge_id == asked.pledge_id, later.id > asked.id, or_(changed, denied))
    return and_(asked.kind == EventKind.ASKED, ~over)


async def all_of(session: AsyncSession, pledge: Pledge, kind: EventKind) -> list[PledgeEvent]:
    """The events of this kind, oldest first, with what they hold; what was deleted or cannot be read is left out."""
    of = PledgeEvent
    found = select(of.id).where(of.pledge_id == pledge.id, of.kind == kind, queries.has_words())
    return await intact.rows(session, PledgeEvent, found.order_by(of.id))


def is_by_office(event: PledgeEvent) -> bool:
    """Whether somebody in the party's office did it, as of `Event.by_office`."""
    return not event.reported and event.actor_id is not None and event.actor_id != event.party_id


async def latest(session: AsyncSession, pledge: Pledge, *kinds: EventKind) -> PledgeEvent | None:
    """The last event of one of these kinds; None if there is none, or if it cannot be read."""
    own = select(PledgeEvent.id).where(PledgeEvent.pledge_id == pledge.id, PledgeEvent.kind.in_(kinds))
    newest = own.order_by(PledgeEvent.id.desc()).limit(1)
    return next(iter(await intact.rows(session, PledgeEvent, newest)), None)


async def event(session: AsyncSession, event_id: int) -> PledgeEvent | None:
    """The event with this id; None if it is gone, or cannot be read."""
    own = select(PledgeEvent.id).where(PledgeEvent.id == event_id)
    return next(iter(await intact.rows(session, PledgeEvent, own)), None)
