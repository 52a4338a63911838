"""What there is about somebody who is being erased: looked up at once, since most people have little of it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.matching import threes
from actions.organising.guests import guest_lists
from actions.organising.inquiries import inquiries
from actions.organising.roundtables import roundtable_people
from actions.pledging import relays
from db import queries
from db.models import (
    Audit,
    Broadcast,
    Complaint,
    Export,
    Grant,
    Guest,
    Introduction,
    OfficeSeat,
    Person,
    PersonalCode,
    ProgrammeItem,
    ProgrammeUpload,
    Round,
    Roundtable,
    Suggestion,
)

ME: Any = bindparam("me", type_=Integer())
_CHAT: Any = bindparam("chat", type_=BigInteger())
_WORKSHOPS: Any = bindparam("workshops", type_=Integer(), expanding=True)


class Of(StrEnum):
    """Whose ids they are."""

    MEETING = "meeting"
    WITH_ME = "with_me"  # people whom they met, or asked to
    MEETING_OF_OTHERS = "meeting_of_others"
    CARD = "card"
    CARD_OF_OTHERS = "card_of_others"
    EXPORT = "export"
    ROUND = "round"
    ROUNDTABLE = "roundtable"
    SEAT_BESIDE = "seat_beside"
    GUEST_LIST = "guest_list"
    GUESTS = "guests"  # workshops with a list of guests, as the following two
    PROGRAMME = "programme"
    SENT_PROGRAMME = "sent_programme"
    INQUIRY = "inquiry"
    BROADCAST = "broadcast"
    RELAY = "relay"
    SEAT = "seat"
    OFFICE = "office"  # seats in theirs
    TEAM = "team"  # what they were granted, or are invited to
    AT_DESK = "at_desk"  # what they made or confirmed there
    LOOK = "look"  # one of theirs at others
    LOOKED_AT = "looked_at"
    REPORT = "report"


Holdings = Mapping[str, Collection[int]]


async def of(session: AsyncSession, me: Person) -> Holdings:
    """The ids, by whose they are. Call it under the locks of an erasure: nothing that refers to them is added until it
    ends, and what is sent to the team from now on comes after it.
    """
    there = [membership.workshop_id for membership in me.memberships]
    found: dict[str, set[int]] = {whose: set() for whose in Of}
    values = {"me": me.id, "chat": me.chat_id, "workshops": there}
    for number, whose in await session.execute(_lookups(), values):
        if number is not None:
            found[whose].add(number)
    return found


@cache
def _lookups() -> CompoundSelect[Any]:
    """Each of them is a query of its own: only so does a database use an index for each of them."""
    return union_all(*(each.add_columns(literal_column(f"'{whose}'")) for whose, each in _each()))


def _each() -> list[tuple[Of, Select[Any]]]:
    return [
        (Of.MEETING, select(Introduction.id).where(queries.in_introduction(ME))),
        (Of.WITH_ME, select(Introduction.asked_id).where(Introduction.asker_id == ME)),
        (Of.WITH_ME, select(Introduction.asker_id).where(Introduction.asked_id == ME)),
        (Of.MEETING_OF_OTHERS, threes.introductions_of_others(ME)),
        (Of.CARD, select(Suggestion.id).where(Suggestion.other_id == ME)),
        (Of.CARD_OF_OTHERS, threes.cards_of_others(ME)),
        (Of.EXPORT, select(Audit.export_id).where(Audit.person_id == ME, Audit.export_id.is_not(None))),
        (Of.ROUND, select(Round.id).where(Round.workshop_id.in_(_WORKSHOPS))),
        (Of.ROUNDTABLE, select(Roundtable.id).where(Roundtable.workshop_id.in_(_WORKSHOPS))),
        (Of.SEAT_BESIDE, roundtable_people.seats_beside(ME)),
        (Of.GUEST_LIST, guest_lists.sent_to(_WORKSHOPS)),
        (Of.GUESTS, _with(Guest)),
        (Of.PROGRAMME, _with(ProgrammeItem)),
        (Of.SENT_PROGRAMME, _with(ProgrammeUpload)),
        (Of.INQUIRY, inquiries.naming(ME)),
        (Of.BROADCAST, select(Broadcast.id).where(Broadcast.author_chat_id == _CHAT)),
        (Of.RELAY, relays.naming(ME)),
        (Of.SEAT, select(OfficeSeat.id).where(OfficeSeat.staff_id == ME)),
        (Of.OFFICE, select(OfficeSeat.id).where(OfficeSeat.mp_id == ME)),
        (Of.TEAM, select(Grant.id).where(Grant.person_id == ME)),
        (Of.TEAM, select(PersonalCode.id).where(PersonalCode.person_id == ME)),
        (Of.AT_DESK, select(func.min(Broadcast.id)).where(Broadcast.confirmed_by == _CHAT)),
        (Of.AT_DESK, select(func.min(Export.id)).where(Export.organiser_chat_id == _CHAT)),
        (Of.LOOKED_AT, select(func.min(Audit.id)).where(Audit.person_id == ME)),
        (Of.LOOK, select(func.min(Audit.id)).where(Audit.organiser_chat_id == _CHAT)),
        (Of.REPORT, select(func.min(Complaint.id)).where(Complaint.reporter_id == ME)),
    ]


def _with(table: type[Guest | ProgrammeItem | ProgrammeUpload]) -> Select[int]:
    return select(table.workshop_id).where(table.workshop_id.in_(_WORKSHOPS)).distinct()
