"""What is stored about a person, as the JSON document that `/auskunft` sends: by table, every field."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import queries
from db.models import (
    Audit,
    Base,
    Broadcast,
    Draft,
    Inbox,
    Introduction,
    IntroState,
    Lane,
    Membership,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Report,
    RoundLine,
    Suggestion,
    Workshop,
)
from domain.pledges import State

Fields = dict[str, Any]

# Never said to the partner, or no longer: what somebody began to write is theirs alone.
_UNSAID = (State.DRAFT, State.WITHDRAWN)


async def everything_about(session: AsyncSession, person: Person, ends_on: date | None) -> bytes:
    """Every stored field of this person; of others only what they said to this person."""
    met, mine = queries.in_introduction(person.id), queries.in_pledge(person.id)
    heard = or_(Outgoing.person_id == person.id, Outgoing.chat_id == person.chat_id)
    written = or_(Broadcast.author_chat_id == person.chat_id, Broadcast.confirmed_by == person.chat_id)
    data = {
        "person": fields(person),
        "promises_are_deleted_on": ends_on,
        "memberships": [await _membership(session, m) for m in person.memberships],
        "consents": [fields(c) for c in person.consents],
        "interests": [fields(i) for i in person.interests],
        "suggestions": await _rows(session, Suggestion, Suggestion.person_id == person.id),
        "suggested_to_others": await _rows(
            session, Suggestion, Suggestion.other_id == person.id, without=("person_id", "verdict", "words")
        ),
        "planned_for_you": await _rows(
            session, RoundLine, RoundLine.person_id == person.id, without=("other_id", "words")
        ),
        "planned_for_others": await _rows(
            session, RoundLine, RoundLine.other_id == person.id, without=("person_id", "words")
        ),
        "introductions": [_own_side(i, person) for i in await _loaded(session, Introduction, met)],
        "pledges": [
            _pledge(p, person) for p in await _loaded(session, Pledge, mine) if p.is_known_to(person.id)
        ],
        "reports": await _rows(session, Report, Report.person_id == person.id),
        "questions": await _rows(session, Nudge, Nudge.person_id == person.id),
        "drafts": await _rows(session, Draft, Draft.person_id == person.id),
        "announcements": await _rows(session, Broadcast, written),
        "messages_to_you": await _rows(session, Outgoing, heard),
        "messages_from_you": await _rows(session, Inbox, Inbox.chat_id == person.chat_id),
        "queue": await _rows(session, Lane, Lane.chat_id == person.chat_id),
        "organiser_accesses": [
            await _access(session, a) for a in await _loaded(session, Audit, Audit.person_id == person.id)
        ],
        "your_own_accesses_as_organiser": await _rows(
            session, Audit, Audit.organiser_chat_id == person.chat_id, without=("person_id",)
        ),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=_json).encode()


def fields(row: Base, without: Collection[str] = ()) -> Fields:
    return {
        column.key: getattr(row, column.key)
        for column in inspect(type(row)).column_attrs
        if column.key not in without
    }


def _json(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong into the document")


async def _loaded(session: AsyncSession, table: type[Base], which: Any) -> Sequence[Any]:
    return (await session.scalars(select(table).where(which))).all()


async def _rows(
    session: AsyncSession, table: type[Base], which: Any, without: Collection[str] = ()
) -> list[Fields]:
    return [fields(row, without) for row in await _loaded(session, table, which)]


async def _membership(session: AsyncSession, membership: Membership) -> Fields:
    workshop = await session.get_one(Workshop, membership.workshop_id)
    return {**fields(membership), "workshop": workshop.title, "day": workshop.day}


async def _access(session: AsyncSession, access: Audit) -> Fields:
    """Who of the team it was: by name, not by their Telegram number."""
    organiser = await session.scalar(select(Person).where(Person.chat_id == access.organiser_chat_id))
    return {
        **fields(access, without=("organiser_chat_id",)),
        "organiser": organiser.name if organiser else None,
    }


def _own_side(intro: Introduction, person: Person) -> Fields:
    """A no is never shown, and what the other shares is the other's."""
    asker = intro.asker_id == person.id
    theirs = "asked_" if asker else "asker_"
    shown = fields(intro, without=(f"{theirs}says", f"{theirs}contact"))
    if asker and intro.state is IntroState.DECLINED:
        shown["state"] = IntroState.EXPIRED if intro.closed_at else IntroState.ASKED
    return shown


def _pledge(pledge: Pledge, person: Person) -> Fields:
    said = pledge.author_id == person.id or pledge.state not in _UNSAID
    return fields(pledge, without=() if said else ("text",))
