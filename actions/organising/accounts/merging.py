"""Merging: all that somebody has said and done in one account is another person's, who turned out to be the same.

The person who stays keeps what they have; of the other's, whatever is missing is added. What both have with the same
third person becomes one: what both sides agreed to, before a no, before an open question, before one that ran out.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import moving
from actions.organising.care import marks
from actions.organising.offices import offices
from actions.organising.team import team
from actions.pledging.entered import handing_over
from db import intact, queries
from db.models import (
    Base,
    Consent,
    Draft,
    HelpCall,
    HelpRequest,
    Inquiry,
    Interest,
    Introduction,
    IntroState,
    Invited,
    Membership,
    OfficeSeat,
    Person,
    PersonalCode,
    RelayStop,
    RoundLine,
    RoundtableSeat,
    Suggestion,
    ToldApart,
)
from domain.outcomes.choices import Purpose

Column = InstrumentedAttribute[Any]
Rank = Callable[[Any], Any]
"""What a row is worth: the one worth more of two with the same third person stays."""

MOVED = (
    "audits.person_id",
    "concern_marks.holder_id",
    "drafts.person_id",
    "guests.person_id",
    "grants.granted_by_id",
    "inquiries.taken_by_id",
    "inquiry_words.writer_id",
    "office_seats.succeeds_id",
    "personal_codes.succeeds_id",
    "roundtables.made_by_id",
    "suggestions.third_id",
)
"""The columns that name the person who stays from then on, beside those of `handing_over.HANDED_OVER`."""

DECIDED = {
    "consents.person_id": "added to what was said before, and so said last",
    "grants.person_id": "no role on the team moves, of either (`team.end_all`)",
    "help_requests.person_id": "one of each call",
    "inquiries.person_id": "of two open ones in a workshop the words are put together",
    "interests.person_id": "what they seek, or offer, if nothing was said of that",
    "introductions.asked_id": "one with each person",
    "introductions.asker_id": "one with each person",
    "memberships.person_id": "each workshop once, joined at the later time",
    "office_seats.mp_id": "one of each two people, rather taken than asked for, rather that than ended",
    "office_seats.staff_id": "one of each two people, rather taken than asked for, rather that than ended",
    "outbox.party_id": "with all that the rows say of them (`moving.become`)",
    "outbox.person_id": "with all that the rows say of them (`moving.become`)",
    "personal_codes.person_id": "what was made for the other opens nothing any more",
    "relay_stops.other_id": "each two people once",
    "relay_stops.person_id": "each two people once",
    "round_lines.other_id": "the person has a line of their own",
    "round_lines.person_id": "the person has a line of their own",
    "round_lines.third_id": "the person has a line of their own",
    "roundtable_seats.person_id": "one at each table, rather one with a yes",
    "told_apart.one_id": "each two people once",
    "told_apart.other_id": "each two people once",
    "suggestions.other_id": "each two people once, the one that was decided, or shown, last",
    "suggestions.person_id": "each two people once, the one that was decided, or shown, last",
}
"""The columns with a rule of their own, and which; tests/actions/organising/test_merging.py asks about new ones."""

_MISSING = ("name", "role", "seeks_at", "organisation", "offers_at", "finished_at", "asking_hour")
_NEWER = ("contact_phone", "contact_email")
_PLACE = ("place", "land")  # said together: a Land is that of the place
_CALLED = {
    HelpRequest: "request_id",
    Inquiry: "inquiry_id",
    Introduction: "intro_id",
    OfficeSeat: "seat_id",
    RoundtableSeat: "roundtable_seat_id",
    Suggestion: "suggestion_id",
}
"""The tables of which one row stays, and what payloads call their ids."""
_STRONGER = (IntroState.EXPIRED, IntroState.ASKED, IntroState.DECLINED, IntroState.BOTH)


async def merge(session: AsyncSession, gone: Person, kept: Person, now: datetime) -> None:
    """All rows of `gone` are `kept`'s, and `gone` is deleted. Whoever calls it has locked what two people share, and
    reads both again. Raises ValueError if there is a pledge between the two.
    """
    await session.flush()
    await handing_over.hand_over(session, gone.id, kept.id)
    await _carry_profile(session, gone, kept)
    await _carry_consents(session, gone, kept, now)
    await session.execute(delete(Draft).where(Draft.person_id == kept.id))
    for name in MOVED:
        table, column = name.split(".")
        await _set(session, Base.metadata.tables[table].c[column], gone.id, kept.id)
    await _introductions(session, gone.id, kept.id)
    await _suggestions(session, gone.id, kept.id)
    await _seats(session, gone.id, kept.id)
    await _help_requests(session, gone.id, kept.id)
    await _roundtables(session, gone.id, kept.id)
    await _inquiries(session, gone.id, kept.id)
    for one, other in ((RelayStop.person_id, RelayStop.other_id), (ToldApart.one_id, ToldApart.other_id)):
        await _pairs(session, one, other, gone.id, kept.id)
        await _pairs(session, other, one, gone.id, kept.id)
    planned = or_(RoundLine.person_id == gone.id, RoundLine.other_id == gone.id)
    await session.execute(delete(RoundLine).where(planned))
    await session.execute(delete(PersonalCode).where(PersonalCode.person_id == gone.id))
    await marks.forget(session, gone.id)
    for each in (gone, kept):
        await team.end_all(session, each, now)
    await moving.become(session, gone.id, kept.id, gone.created_at)
    await session.execute(delete(Person).where(Person.id == gone.id))
    session.expunge(gone)


async def _set(session: AsyncSession, column: Any, before: int, after: int) -> None:
    await session.execute(update(column.table).where(column == before).values({column: after}))


async def _carry_profile(session: AsyncSession, gone: Person, kept: Person) -> None:
    for name in (*_MISSING, *(_PLACE if kept.place is None else ())):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(gone, name))
    for name in _NEWER:
        setattr(kept, name, getattr(gone, name) or getattr(kept, name))
    kept.created_at = min(kept.created_at, gone.created_at)
    await intact.read_interests(session, kept)
    said = {each.direction for each in kept.interests}
    own = update(Interest).where(Interest.person_id == gone.id, Interest.direction.not_in(said))
    await _run(session, own.values(person_id=kept.id))
    there = {each.workshop_id: each for each in kept.memberships}
    for each in gone.memberships:
        if each.workshop_id in there:
            there[each.workshop_id].joined_at = max(each.joined_at, there[each.workshop_id].joined_at)
    await session.flush()
    await _pairs(session, Membership.person_id, Membership.workshop_id, gone.id, kept.id)


async def _run(session: AsyncSession, statement: Any) -> None:
    await session.execute(statement.execution_options(synchronize_session=False))


async def _carry_consents(session: AsyncSession, gone: Person, kept: Person, now: datetime) -> None:
    """Rows of their own, so that the last of each purpose is what was said in the new account. That the name of the old
    one may be shown ends with it.
    """
    kept.telegram_name = gone.telegram_name
    for each in kept.consents:
        if each.purpose is Purpose.SHOW_TELEGRAM and each.given and each.withdrawn_at is None:
            each.withdrawn_at = now
    of = ("purpose", "given", "version", "sha256", "voice", "at", "withdrawn_at")
    for each in gone.consents:
        session.add(Consent(person_id=kept.id, **{name: getattr(each, name) for name in of}))
    await session.flush()


async def _pairs(session: AsyncSession, own: Column, other: Column, gone: int, kept: int) -> None:
    """Rows of which there is one for each two things. Those that the other has, too, and about themselves, go."""
    table = own.class_
    theirs = select(other).where(own == kept)
    itself = () if other.class_ is Membership else (other == kept,)
    await _run(session, delete(table).where(own == gone, or_(other.in_(theirs), *itself)))
    await _run(session, update(table).where(own == gone).values({own.key: kept}))


# --- with the same third person


async def _introductions(session: AsyncSession, gone: int, kept: int) -> None:
    of = Introduction
    await _run(session, delete(of).where(queries.introduces(gone, kept)))
    for intro in await _rows(session, of, queries.in_introduction(gone)):
        own = of.asker_id if intro.asker_id == gone else of.asked_id
        same = (queries.introduces(kept, intro.other_than(gone)),)
        await _give(session, intro, own, kept, same, _strength)


async def _suggestions(session: AsyncSession, gone: int, kept: int) -> None:
    def decided(card: Suggestion) -> tuple[bool, datetime]:
        return card.verdict is not None, card.shown_at

    await _both_ways(session, Suggestion.person_id, Suggestion.other_id, gone, kept, decided)


async def _seats(session: AsyncSession, gone: int, kept: int) -> None:
    def open_or_taken(seat: OfficeSeat) -> tuple[bool, bool]:
        return offices.is_taken(seat), seat.ended_at is None

    await _both_ways(session, OfficeSeat.mp_id, OfficeSeat.staff_id, gone, kept, open_or_taken)


async def _help_requests(session: AsyncSession, gone: int, kept: int) -> None:
    """Nobody is asked to help themselves."""
    of = HelpRequest
    own_calls = select(HelpCall.id).where(HelpCall.person_id == kept)
    await _run(session, delete(of).where(of.person_id.in_((gone, kept)), of.call_id.in_(own_calls)))
    await _give_all(session, of.person_id, of.call_id, gone, kept, _strength)


async def _roundtables(session: AsyncSession, gone: int, kept: int) -> None:
    def said_yes(seat: RoundtableSeat) -> bool:
        return seat.state is Invited.YES

    of = RoundtableSeat
    await _give_all(session, of.person_id, of.roundtable_id, gone, kept, said_yes)


async def _inquiries(session: AsyncSession, gone: int, kept: int) -> None:
    of = Inquiry
    for inquiry in await _rows(session, of, of.person_id == gone):
        open_one = (of.person_id == kept, of.workshop_id == inquiry.workshop_id, of.closed_at.is_(None))
        same = open_one if inquiry.closed_at is None else (false(),)
        await _give(session, inquiry, of.person_id, kept, same, lambda _: 0)


def _strength(asked: Introduction | HelpRequest) -> int:
    return _STRONGER.index(asked.state)


async def _both_ways(
    session: AsyncSession, one: Column, other: Column, gone: int, kept: int, rank: Rank
) -> None:
    """Rows of which there is one for each two people, this way round. Those about the two themselves go."""
    between = (one.in_((gone, kept)), other.in_((gone, kept)))
    await _run(session, delete(one.class_).where(*between))
    await _give_all(session, one, other, gone, kept, rank)
    await _give_all(session, other, one, gone, kept, rank)


async def _give_all(
    session: AsyncSession, own: Column, other: Column, gone: int, kept: int, rank: Rank
) -> None:
    for row in await _rows(session, own.class_, own == gone):
        same = (own == kept, other == getattr(row, other.key))
        await _give(session, row, own, kept, same, rank)


async def _give(
    session: AsyncSession, row: Any, own: Column, kept: int, same: Iterable[ColumnElement[bool]], rank: Rank
) -> None:
    """The row is the person's. If they have the `same` already, the one that ranks higher stays, theirs if both are
    alike.
    """
    twin = await session.scalar(select(own.class_).where(*same))
    if twin is not None and rank(twin) >= rank(row):
        await _replace(session, row, twin)
        return
    if twin is not None:
        await _replace(session, twin, row)
    setattr(row, own.key, kept)
    await session.flush()


async def _replace(session: AsyncSession, goes: Any, stays: Any) -> None:
    """What hangs on the one row hangs on the other, messages too, and the one is deleted."""
    table = goes.__table__
    for other in Base.metadata.tables.values():
        for each in other.foreign_keys:
            if each.column.table is table:
                await _set(session, each.parent, goes.id, stays.id)
    await moving.rename(session, _CALLED[type(goes)], goes.id, stays.id)
    await session.delete(goes)
    await session.flush()


async def _rows(session: AsyncSession, table: Any, *which: ColumnElement[bool]) -> Sequence[Any]:
    return (await session.scalars(select(table).where(*which))).all()
