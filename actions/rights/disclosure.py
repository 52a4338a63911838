"""The disclosure: everything stored about a person, table by table, as the JSON document that `/auskunft` sends."""

import json
from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, inspect, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries
from actions.pledging import pledges
from db import intact, queries
from db.models import (
    Audit,
    Base,
    Broadcast,
    Complaint,
    ConcernMark,
    Draft,
    Export,
    Grant,
    Guest,
    Handshake,
    HelpCall,
    HelpRequest,
    Inbox,
    Inquiry,
    InquiryWords,
    Introduction,
    IntroState,
    Lane,
    Membership,
    Nudge,
    OfficeSeat,
    Outgoing,
    PaperPledge,
    Person,
    PersonalCode,
    Pledge,
    PledgeEvent,
    Relay,
    RelayStop,
    RoundLine,
    Roundtable,
    RoundtableSeat,
    Suggestion,
    ToldApart,
    Workshop,
)
from domain.outcomes.organising.accounts import AccountMoved
from domain.pledges import State

Fields = dict[str, Any]

# Not said to the partner, or taken back: what somebody only began to write is theirs alone.
_UNSAID = (State.DRAFT, State.WITHDRAWN)
# A pledge has two parties, so that each of these would tell its writer who reported a text. The text itself stands with
# the pledge.
_OF_A_CODE = ("selector", "salt", "digest")  # they would help to guess it
_OF_A_REPORT = ("reporter_id", "pledge_id", "introduction_id", "words", "made_at")


async def everything_about(
    session: AsyncSession, person: Person, ends_on: date | None, contacts_end_on: date | None
) -> bytes:
    """Every stored field of this person, and of others only what they said to this person, as JSON in UTF-8.

    `ends_on`, `contacts_end_on`: the local days by which the words of their last pledge, and the last contact that
    they gave, will be deleted.
    """
    await intact.read_interests(session, person)
    data = {
        "person": fields(person),
        "promises_are_deleted_on": ends_on,
        "contacts_are_deleted_on": contacts_end_on,
        "memberships": [await _membership(session, m) for m in person.memberships],
        "consents": [fields(c) for c in person.consents],
        "interests": [fields(i) for i in person.interests],
        **await _others_and_me(session, person),
        **await _pledges_and_messages(session, person),
        **await _people_entered(session, person),
        **await _team(session, person),
        **await _organisers_looks(session, person),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=_json).encode()


async def _others_and_me(session: AsyncSession, person: Person) -> Fields:
    met = queries.in_introduction(person.id)
    listed = select(Guest.id).where(Guest.person_id == person.id)
    return {
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
        "roundtables": await _rows(session, RoundtableSeat, RoundtableSeat.person_id == person.id),
        "roundtables_you_planned": await _rows(session, Roundtable, Roundtable.made_by_id == person.id),
        "passed_on_by_you": await _rows(
            session, Relay, Relay.sender_id == person.id, without=("recipient_id",)
        ),
        "passed_on_to_you": await _rows(
            session, Relay, Relay.recipient_id == person.id, without=("sender_id",)
        ),
        "passing_on_stopped": await _rows(session, RelayStop, RelayStop.person_id == person.id),
        "told_apart_by_the_team": await _rows(
            session, ToldApart, or_(ToldApart.one_id == person.id, ToldApart.other_id == person.id)
        ),
        "guest_lists": await _rows(session, Guest, Guest.person_id == person.id),
        "pledges_on_paper": await _rows(
            session, PaperPledge, or_(PaperPledge.first_id.in_(listed), PaperPledge.second_id.in_(listed))
        ),
        "office": await _rows(
            session, OfficeSeat, or_(OfficeSeat.mp_id == person.id, OfficeSeat.staff_id == person.id)
        ),
        "introductions": [_own_side(i, person) for i in await _loaded(session, Introduction, met)],
    }


async def _pledges_and_messages(session: AsyncSession, person: Person) -> Fields:
    mine = queries.in_pledge(person.id)
    to_me = or_(
        Outgoing.person_id == person.id,
        Outgoing.chat_id == person.chat_id,
        entries.about(AccountMoved.Payload, person.id),
    )
    broadcast = or_(Broadcast.author_chat_id == person.chat_id, Broadcast.confirmed_by == person.chat_id)
    return {
        "pledges": [
            _pledge(p, person)
            for p in await _loaded(session, Pledge, mine)
            if await pledges.is_known_to(session, p, person)
        ],
        "handshakes": await _rows(session, Handshake, Handshake.pledge_id.in_(_begun_by(person))),
        "pledge_events": await _rows(session, PledgeEvent, PledgeEvent.party_id == person.id),
        "texts_you_reported": await _rows(
            session, Complaint, Complaint.reporter_id == person.id, without=("writer_id",)
        ),
        "your_texts_that_were_reported": await _rows(
            session, Complaint, Complaint.writer_id == person.id, without=_OF_A_REPORT
        ),
        "asked_the_team": await _rows(
            session, Inquiry, Inquiry.person_id == person.id, without=("taken_by_id",)
        ),
        "said_with_the_team": await _rows(
            session, InquiryWords, InquiryWords.inquiry_id.in_(_asked_by(person)), without=("writer_id",)
        ),
        "you_see_to_for_the_team": await _rows(
            session, Inquiry, Inquiry.taken_by_id == person.id, without=("person_id",)
        ),
        "concerns_you_see_to": await _rows(
            session, ConcernMark, ConcernMark.holder_id == person.id, without=("object_id", "other_id")
        ),
        "you_answered_for_the_team": await _rows(session, InquiryWords, *_answered_by(person)),
        "help_calls": await _rows(session, HelpCall, HelpCall.person_id == person.id),
        "help_requests": await _rows(session, HelpRequest, HelpRequest.person_id == person.id),
        "questions": await _rows(session, Nudge, Nudge.person_id == person.id),
        "drafts": await _rows(session, Draft, Draft.person_id == person.id),
        "announcements": [_announcement(b, person) for b in await _loaded(session, Broadcast, broadcast)],
        "messages_to_you": await _rows(session, Outgoing, to_me),
        "messages_from_you": await _rows(session, Inbox, Inbox.chat_id == person.chat_id),
        "queue": await _rows(session, Lane, Lane.chat_id == person.chat_id),
    }


async def _people_entered(session: AsyncSession, person: Person) -> Fields:
    """Those without Telegram whom this person entered, and what they reported of them."""
    theirs = select(Person.id).where(Person.entered_by_id == person.id)
    listed = select(Guest.id).where(Guest.person_id == person.id)
    codes = or_(
        PersonalCode.person_id == person.id,
        PersonalCode.person_id.in_(theirs),
        PersonalCode.guest_id.in_(listed),
    )
    return {
        "people_you_entered": await _rows(session, Person, Person.entered_by_id == person.id),
        "what_you_reported_of_them": await _rows(session, PledgeEvent, PledgeEvent.party_id.in_(theirs)),
        "personal_codes": await _rows(session, PersonalCode, codes, without=_OF_A_CODE),
    }


def _begun_by(person: Person) -> Select[int]:
    return select(Pledge.id).where(Pledge.author_id == person.id)


def _asked_by(person: Person) -> Select[int]:
    return select(Inquiry.id).where(Inquiry.person_id == person.id)


def _answered_by(person: Person) -> tuple[ColumnElement[bool], ...]:
    return InquiryWords.writer_id == person.id, InquiryWords.by_team.is_(True)


async def _team(session: AsyncSession, person: Person) -> Fields:
    """What they may do on the team, and what they let others do there. Who let them is said by name."""
    mine = await _loaded(session, Grant, Grant.person_id == person.id)
    return {
        "your_roles_on_the_team": [
            {**fields(each), "granted_by": await intact.name(session, each.granted_by_id)} for each in mine
        ],
        "roles_you_granted": await _rows(
            session, Grant, Grant.granted_by_id == person.id, without=("person_id",)
        ),
    }


async def _organisers_looks(session: AsyncSession, person: Person) -> Fields:
    return {
        "organiser_accesses": [
            await _access(session, a) for a in await _loaded(session, Audit, Audit.person_id == person.id)
        ],
        "your_own_accesses_as_organiser": await _rows(
            session, Audit, Audit.organiser_chat_id == person.chat_id, without=("person_id",)
        ),
        "your_own_exports_as_organiser": await _rows(
            session, Export, Export.organiser_chat_id == person.chat_id
        ),
    }


def fields(row: Base, without: Collection[str] = ()) -> Fields:
    """The columns of a row and their values, except those in `without`."""
    return {
        column.key: getattr(row, column.key)
        for column in inspect(type(row)).column_attrs
        if column.key not in without
    }


def _json(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in the document")


async def _loaded(session: AsyncSession, table: type[Base], which: Any) -> Sequence[Any]:
    return (await session.scalars(select(table).where(which))).all()


async def _rows(
    session: AsyncSession, table: type[Base], *which: Any, without: Collection[str] = ()
) -> list[Fields]:
    return [fields(row, without) for row in await _loaded(session, table, and_(*which))]


async def _membership(session: AsyncSession, membership: Membership) -> Fields:
    workshop = await session.get_one(Workshop, membership.workshop_id)
    return {**fields(membership), "workshop": workshop.title, "day": workshop.day}


async def _access(session: AsyncSession, access: Audit) -> Fields:
    """An organiser's look, with their name instead of their Telegram number; of a file also as what they made it, and
    what for.
    """
    export = await session.get(Export, access.export_id) if access.export_id is not None else None
    organiser = await session.scalar(select(Person).where(Person.chat_id == access.organiser_chat_id))
    return {
        **fields(access, without=("organiser_chat_id",)),
        "organiser": organiser.name if organiser else None,
        **({"as": export.role, "purpose": export.purpose} if export is not None else {}),
    }


def _own_side(intro: Introduction, person: Person) -> Fields:
    """An introduction as this person knows it: a no is never shown, and what the other shares is the other's."""
    asker = intro.asker_id == person.id
    theirs = "asked_" if asker else "asker_"
    shown = fields(
        intro, without=(f"{theirs}says", f"{theirs}contact", f"{theirs}contact_at", f"{theirs}met")
    )
    if asker and intro.state is IntroState.DECLINED:
        shown["state"] = IntroState.EXPIRED if intro.closed_at else IntroState.ASKED
    return shown


def _announcement(broadcast: Broadcast, person: Person) -> Fields:
    """Without the Telegram number of the other organiser who had to do with it."""
    organisers = ("author_chat_id", "confirmed_by")
    theirs = [each for each in organisers if getattr(broadcast, each) not in (None, person.chat_id)]
    return fields(broadcast, without=theirs)


def _pledge(pledge: Pledge, person: Person) -> Fields:
    knows_text = pledge.author_id == person.id or pledge.state not in _UNSAID
    return fields(pledge, without=() if knows_text else ("text",))
