"""Traces: the messages in other people's chats that name somebody who is being erased."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox
from actions.exchange.entries import Entry, Kinds, is_of
from actions.exchange.shown import COVERS, says
from actions.matching import threes
from actions.organising.guests import guest_lists
from actions.organising.inquiries.inquiries import EVERY, NAMING, naming
from actions.organising.programme import programme_names
from actions.organising.roundtables import roundtable_people
from actions.pledging import relays
from actions.pledging.nudges import questions
from actions.pledging.releases.shown_to_others import SHOWN_TO_OTHERS
from actions.rights import guest_traces
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
    Audit,
    Broadcast,
    Complaint,
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
    Round,
    Roundtable,
    RoundtableSeat,
    Suggestion,
)
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


async def rows(session: AsyncSession, me: Person) -> list[int]:
    """The ids of the rows that may name me (`names`).

    What they are about is looked up first, and each condition is a query of its own: only so does a database use an
    index for each of them, however little it knows of its tables.
    """
    over = await _about_what_is_over(session, me)
    found = {row.id for row in over}
    conditions = await _conditions(session, me, {row.person_id for row in over})
    found |= set(await session.scalars(union_all(*(select(Outgoing.id).where(each) for each in conditions))))
    again = select(Outgoing.id).where(_of(AGAIN, Outgoing.object_id.in_(found)))
    return sorted(found.union(await session.scalars(again)))


async def _conditions(
    session: AsyncSession, me: Person, told: Collection[int | None]
) -> list[ColumnElement[bool]]:
    """Each of them finds rows that may name me. `told`: readers of what is over."""

    async def ids(found: Select[Any] | CompoundSelect[Any]) -> set[int]:
        return {each for each in await session.scalars(found) if each is not None}

    agreed, met = await _pledges_with_me(session, me), await _meetings(session, me)
    pledges = [pledge.id for pledge in agreed]
    asked = await ids(questions.messages(Nudge.pledge_id.in_(pledges)))
    workshops = [membership.workshop_id for membership in me.memberships]
    pairs = [each[1:3] for each in (*agreed, *met)]
    with_me = {each for pair in (told, *pairs) for each in pair if each is not None} - {me.id}
    items = await programme_names.items_naming(session, me)
    sent = await programme_names.sent_naming(session, me)
    shown_in = {each.workshop_id for each in agreed if me.id in (each.author_id, each.partner_id)}
    conditions = [
        says(A_PLEDGE, Outgoing.object_id.in_(pledges)),
        says(AN_INTRODUCTION, Outgoing.object_id.in_([intro.id for intro in met])),
        says(OF_THREE, Outgoing.object_id.in_(await ids(threes.introductions_of_others(me.id)))),
        says(A_PERSON, Outgoing.object_id == me.id),
        says(A_GUEST_LIST, Outgoing.object_id.in_(await ids(guest_lists.sent_to(workshops)))),
        says(A_FILE, Outgoing.object_id.in_(await ids(_exported(me)))),
        says(A_ROUND, Outgoing.object_id.in_(await ids(_in(Round, workshops)))),
        says(A_ROUNDTABLE, Outgoing.object_id.in_(await ids(_in(Roundtable, workshops)))),
        says(A_SEAT_AT_ONE, Outgoing.object_id.in_(await ids(roundtable_people.seats_beside(me.id)))),
        says(A_TIMETABLE, Outgoing.object_id.in_(workshops)),
        says(A_PROGRAMME, Outgoing.object_id.in_({each.workshop_id for each in items})),
        says(AN_ITEM, Outgoing.object_id.in_([each.id for each in items])),
        says(A_SENT_PROGRAMME, Outgoing.object_id.in_([each.id for each in sent])),
        says(SHOWN_TO_OTHERS, Outgoing.object_id.in_(shown_in)),
        says((Suggested.Payload,), Outgoing.object_id.in_(await ids(_cards_of(me)))),
        says((Suggested.Payload,), Outgoing.object_id.in_(await ids(threes.cards_of_others(me.id)))),
        says((Nudged.Payload,), Outgoing.id.in_(asked)),
        says((Nudged.Payload,), Outgoing.object_id.in_(asked)),
        says(LISTS, Outgoing.person_id.in_(with_me), Outgoing.created_at >= me.created_at),
        says(NAMED_WITHIN, Outgoing.created_at >= me.created_at),
        says(NAMING, Outgoing.object_id.in_(await ids(naming(me.id)))),
        says(WRITTEN_BY, Outgoing.object_id.in_(await ids(_written_by(me)))),
        *await guest_traces.on_a_guest_list(session, me),
        *await _in_an_office(session, me),
        Outgoing.party_id == me.id,  # what is read for me says so
        says(relays.NAMING, Outgoing.object_id.in_(await ids(relays.naming(me.id)))),
    ]
    if await _has_claimed(session, me):
        conditions.append(says(AT_THE_DESK, Outgoing.created_at >= me.created_at))
    elif await _has_reported(session, me):
        conditions.append(says((ComplaintShown.Payload,), Outgoing.created_at >= me.created_at))
    return conditions


async def _pledges_with_me(session: AsyncSession, me: Person) -> Sequence[Any]:
    """The ids of those, of their author and partner, who are or were my counterparts, and of their workshop."""
    passed_on = {each for each in await session.scalars(_passed_on(me)) if each is not None}
    mine = select(Pledge.id, Pledge.author_id, Pledge.partner_id, Pledge.workshop_id)
    which = or_(queries.in_pledge(me.id), Pledge.id.in_(passed_on))
    return (await session.execute(mine.where(which))).all()


async def _meetings(session: AsyncSession, me: Person) -> Sequence[Any]:
    """The ids of my introductions, and of whoever asked and was asked."""
    met = select(Introduction.id, Introduction.asker_id, Introduction.asked_id)
    return (await session.execute(met.where(queries.in_introduction(me.id)))).all()


def _cards_of(me: Person) -> Select[int]:
    return select(Suggestion.id).where(Suggestion.other_id == me.id)


def _in(table: type[Round | Roundtable], workshops: Collection[int]) -> Select[int]:
    return select(table.id).where(table.workshop_id.in_(workshops))


def _exported(me: Person) -> Select[int | None]:
    return select(Audit.export_id).where(Audit.person_id == me.id, Audit.export_id.is_not(None))


def _written_by(me: Person) -> Select[int]:
    return select(Broadcast.id).where(Broadcast.author_chat_id == me.chat_id)


def _passed_on(me: Person) -> Select[int | None]:
    """The ids of pledges that somebody else has taken on from me: the other party was told so."""
    told = aliased(Outgoing)
    named = told.args["before_id"].as_integer() == me.id
    return select(told.object_id).where(is_of((PledgePassedOn.Payload,), told), named)


async def _in_an_office(session: AsyncSession, me: Person) -> list[ColumnElement[bool]]:
    """Rows that say that I am in an office, or ask to be; and what shows the others there that it was me who tapped."""
    seats = (
        await session.execute(select(OfficeSeat.id, OfficeSeat.mp_id).where(OfficeSeat.staff_id == me.id))
    ).all()
    if not seats:
        return []
    mps = [mp for _, mp in seats]
    done = (await session.scalars(select(PledgeEvent.pledge_id).where(PledgeEvent.actor_id == me.id))).all()
    return [
        says((OfficeCard.Payload,), Outgoing.object_id.in_(mps)),
        says(A_SEAT, Outgoing.object_id.in_([seat for seat, _ in seats])),
        and_(Outgoing.party_id.in_(mps), Outgoing.args[outbox.ACTOR].as_integer() == me.id),
        says((History.Payload,), Outgoing.party_id.in_(mps), Outgoing.object_id.in_(done)),
    ]


async def _has_claimed(session: AsyncSession, me: Person) -> bool:
    """Whether I may appear in a list at the desk: I claim a role, an organiser has looked at my claim or silence, or I
    have been of the team.
    """
    looked_at, looked = (
        select(Audit.id).where(which).limit(1)
        for which in (Audit.person_id == me.id, Audit.organiser_chat_id == me.chat_id)
    )
    if me.role is Role.MP or await session.scalar(looked_at) is not None:
        return True
    return me.chat_id is not None and await session.scalar(looked) is not None


async def _has_reported(session: AsyncSession, me: Person) -> bool:
    """Whether a text that I have reported may appear in a message at the desk: it may name me."""
    reported = select(Complaint.id).where(Complaint.reporter_id == me.id).limit(1)
    return await session.scalar(reported) is not None


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
