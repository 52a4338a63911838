"""Traces: the messages in other people's chats that name somebody who is being erased."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox
from actions.exchange.entries import Entry, Kinds, is_of
from actions.exchange.shown import COVERS, says
from actions.organising.inquiries.inquiries import EVERY, NAMING
from actions.organising.programme import programme_names
from actions.pledging import relays
from actions.pledging.nudges import questions
from actions.pledging.releases.shown_to_others import SHOWN_TO_OTHERS
from actions.rights import guest_traces
from actions.rights.holdings import ME, Holdings, Of
from actions.rights.trace_kinds import (
    A_FILE,
    A_GUEST_LIST,
    A_PAPER,
    A_PERSON,
    A_PLEDGE,
    A_PROGRAMME,
    A_ROUND,
    A_ROUNDTABLE,
    A_SEAT,
    A_SEAT_AT_ONE,
    A_SENT_PROGRAMME,
    A_TIMETABLE,
    AGAIN,
    AN_INTRODUCTION,
    AN_ITEM,
    AT_THE_DESK,
    LISTS,
    NAMED_WITHIN,
    OF_THREE,
    WRITTEN_BY,
)
from db import queries
from db.models import (
    NOTED_BETWEEN,
    Introduction,
    Nudge,
    OfficeSeat,
    Outgoing,
    PaperPledge,
    Person,
    Pledge,
    PledgeEvent,
    ProgrammeItem,
    ProgrammeUpload,
    Relay,
    Roundtable,
    RoundtableSeat,
    Suggestion,
)
from db.types import UtcDateTime
from domain.outcomes.matching import Suggested
from domain.outcomes.organising.broadcasts import BroadcastPreview, BroadcastWaiting
from domain.outcomes.organising.complaints import ComplaintShown
from domain.outcomes.organising.offices import OfficeCard, PledgePassedOn
from domain.outcomes.organising.participants import DoubleShown
from domain.outcomes.organising.whys import PeopleFound
from domain.outcomes.pledging.histories import History
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.partners import PartnersFound
from domain.pledges import LIVE
from domain.roles import Role


def names(entry: Entry, me: Person) -> bool:
    """Whether it names me, as far as the conditions that found it leave that open."""
    match entry.payload:
        case (
            PartnersFound.Payload(hits=named)
            | PeopleFound.Payload(hits=named)
            | DoubleShown.Payload(people=named)
            | BroadcastWaiting.Payload(second_organisers=named)
            | BroadcastPreview.Payload(named=named)
        ):
            return me.id in named
        case _:
            return True  # found by its object, or its reader, which is about me


async def rows(session: AsyncSession, me: Person, of: Holdings) -> list[int]:
    """The ids of the rows that may name me (`names`).

    What they are about is looked up first, and each condition is a query of its own: only so does a database use an
    index for each of them, however little it knows of its tables.
    """
    over = await _about_what_is_over(session, me)
    places, rare = await _places(session, me, of, {row.person_id for row in over})
    search = _search(tuple(sorted(each for each, ids in places.items() if ids)))
    found = {row.id for row in over}
    found |= set(await session.scalars(search, {**places, "me": me.id, "since": me.created_at}))
    if rare:
        found |= set(await session.scalars(union_all(*(select(Outgoing.id).where(each) for each in rare))))
    again = select(Outgoing.id).where(_of(AGAIN, Outgoing.object_id.in_(found)))
    return sorted(found.union(await session.scalars(again)))


async def _places(
    session: AsyncSession, me: Person, of: Holdings, told: Collection[int | None]
) -> tuple[dict[str, Collection[int]], list[ColumnElement[bool]]]:
    """The ids by which rows are found that may name me, by the place that they have in the search; and more conditions,
    which few people need. `told`: readers of what is over.
    """
    agreed = await _pledges_with_me(session, me)
    pledges = [pledge.id for pledge in agreed]
    asked = await session.scalars(questions.messages(Nudge.pledge_id.in_(pledges))) if pledges else ()
    parties = {each for pledge in agreed for each in (pledge.author_id, pledge.partner_id)}
    items = await programme_names.items_naming(session, me) if of[Of.PROGRAMME] else ()
    sent = await programme_names.sent_naming(session, me) if of[Of.SENT_PROGRAMME] else ()
    shown_in = {each.workshop_id for each in agreed if me.id in (each.author_id, each.partner_id)}
    claims = me.role is Role.MP or bool(of[Of.LOOK] or of[Of.LOOKED_AT])
    places: dict[str, Collection[int]] = {
        **of,
        _PLEDGE: pledges,
        _ASKED: {each for each in asked if each is not None},
        Of.WITH_ME: {each for each in {*of[Of.WITH_ME], *told, *parties} if each is not None} - {me.id},
        _THERE: [membership.workshop_id for membership in me.memberships],
        Of.PROGRAMME: {each.workshop_id for each in items},
        _ITEM: [each.id for each in items],
        Of.SENT_PROGRAMME: [each.id for each in sent],
        _SHOWN_IN: shown_in,
        _CLAIMS: [me.id] if claims else [],
        Of.REPORT: () if claims else of[Of.REPORT],
    }
    guests = await guest_traces.on_a_guest_list(session, me) if of[Of.GUESTS] else []
    return places, [*guests, *(await _in_an_office(session, me) if of[Of.SEAT] else ())]


_PLEDGE, _ASKED, _THERE, _ITEM, _SHOWN_IN, _CLAIMS = "pledge", "asked", "there", "item", "shown_in", "claims"
_ABOUT: tuple[tuple[str, Kinds], ...] = (
    (_PLEDGE, A_PLEDGE),
    (Of.MEETING, AN_INTRODUCTION),
    (Of.MEETING_OF_OTHERS, OF_THREE),
    (Of.GUEST_LIST, A_GUEST_LIST),
    (Of.EXPORT, A_FILE),
    (Of.ROUND, A_ROUND),
    (Of.ROUNDTABLE, A_ROUNDTABLE),
    (Of.SEAT_BESIDE, A_SEAT_AT_ONE),
    (_THERE, A_TIMETABLE),
    (Of.PROGRAMME, A_PROGRAMME),
    (_ITEM, AN_ITEM),
    (Of.SENT_PROGRAMME, A_SENT_PROGRAMME),
    (_SHOWN_IN, SHOWN_TO_OTHERS),
    (Of.CARD, (Suggested.Payload,)),
    (Of.CARD_OF_OTHERS, (Suggested.Payload,)),
    (_ASKED, (Nudged.Payload,)),
    (Of.INQUIRY, NAMING),
    (Of.BROADCAST, WRITTEN_BY),
    (Of.RELAY, relays.NAMING),
)
"""The kinds whose objects these are."""


@lru_cache(maxsize=64)
def _search(places: tuple[str, ...]) -> CompoundSelect[int]:
    """Finds the rows that may name somebody for whom there are ids for these places."""
    since = Outgoing.created_at >= bindparam("since", type_=UtcDateTime())
    about = [says(kinds, Outgoing.object_id.in_(_ids(place))) for place, kinds in _ABOUT if place in places]
    more = {
        _ASKED: says((Nudged.Payload,), Outgoing.id.in_(_ids(_ASKED))),
        Of.WITH_ME: says(LISTS, Outgoing.person_id.in_(_ids(Of.WITH_ME)), since),
        _CLAIMS: says(AT_THE_DESK, since),
        Of.REPORT: says((ComplaintShown.Payload,), since),
    }
    always = (
        says(A_PERSON, Outgoing.object_id == ME),
        says(NAMED_WITHIN, since),
        Outgoing.party_id == ME,  # what is read for me says so
    )
    conditions = (*about, *(each for place, each in more.items() if place in places), *always)
    return union_all(*(select(Outgoing.id).where(each) for each in conditions))


def _ids(place: str) -> BindParameter[Collection[int]]:
    return bindparam(place, expanding=True)


async def _pledges_with_me(session: AsyncSession, me: Person) -> Sequence[Any]:
    """The ids of those, of their author and partner, who are or were my counterparts, and of their workshop."""
    passed_on = {each for each in await session.scalars(_passed_on(me)) if each is not None}
    mine = select(Pledge.id, Pledge.author_id, Pledge.partner_id, Pledge.workshop_id)
    which = or_(queries.in_pledge(me.id), Pledge.id.in_(passed_on))
    return (await session.execute(mine.where(which))).all()


def _passed_on(me: Person) -> Select[int | None]:
    """The ids of pledges that somebody else has taken on from me: the other party was told so."""
    told = aliased(Outgoing)
    named = told.args["before_id"].as_integer() == me.id
    return select(told.object_id).where(is_of((PledgePassedOn.Payload,), told), named)


async def _in_an_office(session: AsyncSession, me: Person) -> list[ColumnElement[bool]]:
    """Rows that say that I am in an office, or ask to be; and what shows the others there that it was me who tapped."""
    own = select(OfficeSeat.id, OfficeSeat.mp_id).where(OfficeSeat.staff_id == me.id)
    seats = (await session.execute(own)).all()
    mps = [mp for _, mp in seats]
    done = (await session.scalars(select(PledgeEvent.pledge_id).where(PledgeEvent.actor_id == me.id))).all()
    return [
        says((OfficeCard.Payload,), Outgoing.object_id.in_(mps)),
        says(A_SEAT, Outgoing.object_id.in_([seat for seat, _ in seats])),
        and_(Outgoing.party_id.in_(mps), Outgoing.args[outbox.ACTOR].as_integer() == me.id),
        says((History.Payload,), Outgoing.party_id.in_(mps), Outgoing.object_id.in_(done)),
    ]


def _of(kinds: Kinds, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(is_of(kinds), *which)


def may_name(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """The condition that an erasure may yet have to change the message of a row.

    That is true of messages about a pledge that is live, ended since then, or is deleted but was written about since
    then; and of all others while their reader and their object exist.
    """

    def is_of_late(pledge_id: Any) -> ColumnElement[bool]:
        return exists().where(Pledge.id == pledge_id, or_(Pledge.state.in_(LIVE), Pledge.ended_at >= since))

    def asked(row_id: Any) -> ColumnElement[bool]:
        return exists().where(questions.asked_by(row_id), is_of_late(Nudge.pledge_id))

    about = func.coalesce(Outgoing.object_id, 0)
    later, shown_again = aliased(Outgoing), aliased(Outgoing)
    lately = exists().where(
        is_of(A_PLEDGE, later),
        later.object_id == Outgoing.object_id,
        later.created_at >= since,
    )
    return and_(
        Outgoing.person_id.is_not(None),
        or_(
            _of(A_PLEDGE, or_(is_of_late(about), lately)),
            _of((Nudged.Payload,), or_(asked(Outgoing.id), asked(about))),
            _of(AN_INTRODUCTION, about.in_(select(Introduction.id))),
            _of((Suggested.Payload,), about.in_(select(Suggestion.id))),
            _of(A_PERSON, about.in_(select(Person.id))),
            _of(A_PAPER, about.in_(select(PaperPledge.id))),
            _of(NAMING, about.in_(EVERY)),
            _of(A_SEAT, about.in_(select(OfficeSeat.id))),
            _of(relays.NAMING, about.in_(select(Relay.id))),
            _of(A_SEAT_AT_ONE, about.in_(select(RoundtableSeat.id))),
            _of(A_ROUNDTABLE, about.in_(select(Roundtable.id))),
            _of(A_PROGRAMME, about.in_(select(ProgrammeItem.workshop_id))),
            _of(AN_ITEM, about.in_(select(ProgrammeItem.id))),
            _of(A_SENT_PROGRAMME, about.in_(select(ProgrammeUpload.id))),
            _of((*A_ROUND, *A_TIMETABLE, *AT_THE_DESK, *SHOWN_TO_OTHERS, *LISTS, *NAMED_WITHIN)),
            _of((*COVERS, *WRITTEN_BY)),
            _of(AGAIN, about.in_(select(shown_again.id))),
        ),
    )


async def _about_what_is_over(session: AsyncSession, me: Person) -> list[Outgoing]:
    """Rows about pledges with me that are deleted themselves (`keep_between`)."""
    noted_between = text(NOTED_BETWEEN[session.get_bind().dialect.name])
    noted = select(Outgoing).where(noted_between, Outgoing.created_at >= me.created_at)
    rows = await session.scalars(noted.where(Outgoing.person_id != me.id))
    return [row for row in rows if me.id in (row.args or {}).get("between", ())]


async def keep_between(session: AsyncSession, over: Select[int]) -> None:
    """Note who the parties of these pledges are, which are about to be deleted while messages about them are not."""
    parties = await session.execute(
        select(Pledge.id, Pledge.author_id, Pledge.partner_id).where(Pledge.id.in_(over))
    )
    between = {pledge: [each for each in pair if each is not None] for pledge, *pair in parties}
    for row in await session.scalars(select(Outgoing).where(_of(A_PLEDGE, Outgoing.object_id.in_(between)))):
        row.args = {**(row.args or {}), "between": between[row.object_id or 0]}
