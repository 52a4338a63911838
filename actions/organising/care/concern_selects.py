"""The concerns that a statement finds: each kind has its own, and all have the same columns, to be read at once.

Of two conditions the one that fewer people meet comes first: databases ask them in this order.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, not_arrived
from actions.exchange.operator import Operator
from actions.organising import complaints, desk
from actions.organising.inquiries import inquiries
from actions.organising.team import team
from actions.pledging.releases import readable
from db import queries, reach
from db.models import (
    CallEnd,
    Complaint,
    HelpCall,
    Inquiry,
    Interest,
    Introduction,
    IntroState,
    Membership,
    Person,
    Pledge,
    PledgeEvent,
    Suggestion,
)
from domain.care import LATELY, MATCHED_WITHIN, SEEN_BY, ConcernKind
from domain.outcomes.matching import TopicWanted
from domain.pledges import LIVE
from domain.team import NO_WORKSHOP, Duty, Scope

Recent = Mapping[int, int]
"""Workshops, and how many days ago the day of each was."""


@dataclass(frozen=True)
class Onlooker:
    """Whose list it is. `chat_id`: 0 for the clock, which sees all. `scope`: the workshops in which they do a duty."""

    session: AsyncSession
    now: datetime
    operator: Operator
    chat_id: int
    scope: Callable[[Duty], Scope]

    def sees(self, kind: ConcernKind) -> bool:
        return self.scope(SEEN_BY[kind]) != NO_WORKSHOP


_NOBODY = cast(null(), Integer)


def _row(
    kind: ConcernKind, object_id: Any, workshop_id: Any, since: Any, person_id: Any = _NOBODY,
    beside_id: Any = _NOBODY, holder_id: Any = _NOBODY,
) -> Select[Any]:  # fmt: skip
    of = literal(kind.value, String), object_id, literal(0, Integer), workshop_id, since
    return select(*of, person_id, beside_id, holder_id)


def _newest_workshop(there: Scope) -> Any:
    """Of a person's, in these workshops."""
    theirs = Membership.person_id == Person.id, team.within(Membership.workshop_id, there)
    return select(func.max(Membership.workshop_id)).where(*theirs).correlate(Person).scalar_subquery()


def _claims(of: Onlooker, _recent: Recent) -> Select[Any]:
    there = of.scope(Duty.RECEIVE)
    row = _row(ConcernKind.CLAIM, Person.id, _newest_workshop(there), Person.created_at, Person.id)
    return row.where(*desk.claiming(Person.role_confirmed.is_(None), there))


def _inquiries(of: Onlooker, _recent: Recent) -> Select[Any]:
    waits = inquiries.waiting_ones().order_by(None).subquery()
    number, _, _, since = waits.c
    row = _row(
        ConcernKind.INQUIRY,
        Inquiry.id,
        Inquiry.workshop_id,
        since,
        Inquiry.person_id,
        _NOBODY,
        Inquiry.taken_by_id,
    )
    return row.join_from(Inquiry, waits, number == Inquiry.id).where(
        team.within(Inquiry.workshop_id, of.scope(Duty.RECEIVE))
    )


def _complaints(of: Onlooker, _recent: Recent) -> Select[Any]:
    where = func.coalesce(Pledge.workshop_id, Introduction.workshop_id)
    row = _row(ConcernKind.COMPLAINT, Complaint.id, where, Complaint.made_at, Complaint.writer_id)
    about = row.select_from(Complaint).outerjoin(Pledge, Pledge.id == Complaint.pledge_id)
    about = about.outerjoin(Introduction, Introduction.id == Complaint.introduction_id)
    return about.where(*complaints.open_to(of.chat_id, of.scope(Duty.RUN)))


def _help_calls(of: Onlooker, _recent: Recent) -> Select[Any]:
    named = case((HelpCall.named.is_(True), HelpCall.person_id))
    row = _row(ConcernKind.HELP_CALL, HelpCall.id, Pledge.workshop_id, HelpCall.made_at, named)
    waits = HelpCall.end == CallEnd.NOBODY, HelpCall.settled_at.is_(None)
    return row.join_from(HelpCall, Pledge, Pledge.id == HelpCall.pledge_id).where(
        *waits, team.within(Pledge.workshop_id, of.scope(Duty.RUN))
    )


def _for_wall(of: Onlooker, _recent: Recent) -> Select[Any]:
    row = _row(ConcernKind.WALL, Pledge.id, Pledge.workshop_id, PledgeEvent.at)
    return row.join_from(Pledge, PledgeEvent, PledgeEvent.id == readable.ON_WALL.latest_word()).where(
        readable.ON_WALL.waits(), team.within(Pledge.workshop_id, of.scope(Duty.RUN))
    )


def _members(kind: ConcernKind, since: Any, workshops: Collection[int]) -> Select[Any]:
    """Those in these workshops, each once."""
    row = _row(kind, Person.id, func.max(Membership.workshop_id), since, Person.id)
    there = row.join_from(Membership, Person, Person.id == Membership.person_id)
    return there.where(Membership.workshop_id.in_(workshops)).group_by(Person.id, since)


def _an_interest() -> Any:
    """The id of one of a person's. Not `exists`, for which PostgreSQL would begin with all interests, or read all
    for each person.
    """
    return select(Interest.id).where(Interest.person_id == Person.id).limit(1).scalar_subquery()


def _no_topics(of: Onlooker, recent: Recent) -> Select[Any]:
    matched = [each for each, days in recent.items() if days <= MATCHED_WITHIN.days]
    told = entries.last_due(Person.id, TopicWanted).is_not(None)
    return _members(ConcernKind.NO_TOPICS, Person.seeks_at, matched).where(
        _an_interest().is_(None), reach.showable(of.now), ~told
    )


def _no_card(of: Onlooker, recent: Recent) -> Select[Any]:
    matched = [each for each, days in recent.items() if 0 <= days <= MATCHED_WITHIN.days]
    met = [exists().where(column == Person.id) for column in (Suggestion.person_id, Suggestion.other_id)]
    return _members(ConcernKind.NO_CARD, Person.finished_at, matched).where(
        Person.finished_at.is_not(None),
        *(~each for each in met),
        reach.showable(of.now),
        _an_interest().is_not(None),
    )


def _expired(of: Onlooker, _recent: Recent) -> Select[Any]:
    """What was answered with a no is not among them: that is nobody's to know."""
    i = Introduction
    row = _row(ConcernKind.EXPIRED, i.id, i.workshop_id, i.expires_at, i.asker_id, i.asked_id)
    return row.where(
        i.state == IntroState.EXPIRED,
        i.expires_at > of.now - LATELY,
        reach.agreeing(i.asker_id),
        reach.agreeing(i.asked_id),
        team.within(i.workshop_id, of.scope(Duty.RUN)),
    )


def _unreachable(of: Onlooker, recent: Recent) -> Select[Any]:
    there = of.scope(Duty.RUN)
    pledged = exists().where(
        queries.in_pledge(Person.id), Pledge.state.in_(LIVE), team.within(Pledge.workshop_id, there)
    )
    to_come = [each for each, days in recent.items() if days <= 0]
    comes = exists().where(Membership.person_id == Person.id, Membership.workshop_id.in_(to_come))
    at = Person.unreachable_since
    row = _row(ConcernKind.UNREACHABLE, Person.id, _newest_workshop(there), at, Person.id)
    return row.where(at <= of.now, reach.agreeing(), team.who_is_in(Person.id, there), or_(pledged, comes))


def _unsent(of: Onlooker, _recent: Recent) -> Select[Any]:
    there = of.scope(Duty.RUN)
    number, reader, at = (rows := not_arrived.rows(of.now - LATELY).subquery()).c
    row = _row(ConcernKind.UNSENT, number, _newest_workshop(there), at, Person.id)
    return row.join_from(rows, Person, Person.id == reader).where(
        team.who_is_in(Person.id, there), reach.reachable(), reach.agreeing()
    )


SELECTS: Mapping[ConcernKind, Callable[[Onlooker, Recent], Select[Any]]] = {
    ConcernKind.CLAIM: _claims,
    ConcernKind.INQUIRY: _inquiries,
    ConcernKind.COMPLAINT: _complaints,
    ConcernKind.HELP_CALL: _help_calls,
    ConcernKind.WALL: _for_wall,
    ConcernKind.NO_TOPICS: _no_topics,
    ConcernKind.NO_CARD: _no_card,
    ConcernKind.EXPIRED: _expired,
    ConcernKind.UNREACHABLE: _unreachable,
    ConcernKind.UNSENT: _unsent,
}
