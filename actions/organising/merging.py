"""Merging: all that somebody has said and done in one account is another person's, who turned out to be the same.

The person who stays keeps what they have; of the other's, whatever is missing is added. What both have with the same
third person becomes one: what both sides agreed to, before a no, before an open question, before one that ran out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import moving
from actions.pledging import handing_over
from db import queries
from db.models import (
    Base,
    Complaint,
    Consent,
    Draft,
    HelpCall,
    HelpRequest,
    Inquiry,
    InquiryWords,
    Interest,
    Introduction,
    IntroState,
    Membership,
    OfficeSeat,
    Person,
    PersonalCode,
    Relay,
    RelayStop,
    RoundLine,
    Suggestion,
)
from domain.outcomes.choices import Purpose

Column = InstrumentedAttribute[Any]

MOVED = (
    "audits.person_id",
    "drafts.person_id",
    "inquiries.taken_by_id",
    "inquiry_words.writer_id",
    "office_seats.succeeds_id",
    "personal_codes.succeeds_id",
)
"""The columns that name the person who stays from then on, beside those of `handing_over.HANDED_OVER`."""

DECIDED = {
    "consents.person_id": "added to what was said before, and so said last",
    "help_requests.person_id": "one of each call",
    "inquiries.person_id": "of two open ones in a workshop the words are put together",
    "interests.person_id": "what they seek, or offer, if nothing was said of that",
    "introductions.asked_id": "one with each person",
    "introductions.asker_id": "one with each person",
    "memberships.person_id": "each workshop once, joined at the later time",
    "office_seats.mp_id": "one of each two people, the one that is taken",
    "office_seats.staff_id": "one of each two people, the one that is taken",
    "outbox.party_id": "with all that the rows say of them (`moving.become`)",
    "outbox.person_id": "with all that the rows say of them (`moving.become`)",
    "personal_codes.person_id": "what was made for the other opens nothing any more",
    "relay_stops.other_id": "each two people once",
    "relay_stops.person_id": "each two people once",
    "round_lines.other_id": "the person has a line of their own",
    "round_lines.person_id": "the person has a line of their own",
    "suggestions.other_id": "each two people once, with what was decided last",
    "suggestions.person_id": "each two people once, with what was decided last",
}
"""The columns with a rule of their own, and which. tests/actions/organising/test_merging.py asks about every new
one.
"""

_MISSING = (
    "name", "role", "place", "land", "seeks_at", "organisation", "offers_at", "finished_at", "asking_hour",
)  # fmt: skip
_NEWER = ("contact_phone", "contact_email")
_STRONGER = (IntroState.EXPIRED, IntroState.ASKED, IntroState.DECLINED, IntroState.BOTH)


async def are_two(session: AsyncSession, one_id: int, other_id: int) -> bool:
    """Whether these must be two people: they have a pledge with each other, both said yes to meeting, or one asked for
    a seat in the other's office.
    """
    met = (queries.introduces(one_id, other_id), Introduction.state == IntroState.BOTH)
    both = (OfficeSeat.mp_id.in_((one_id, other_id)), OfficeSeat.staff_id.in_((one_id, other_id)))
    seat = select(OfficeSeat.id).where(*both, OfficeSeat.ended_at.is_(None))
    if await handing_over.share_a_pledge(session, one_id, other_id):
        return True
    found = select(Introduction.id).where(*met)
    return await session.scalar(found) is not None or await session.scalar(seat) is not None


async def merge(session: AsyncSession, gone: Person, kept: Person, now: datetime) -> None:
    """All rows of `gone` are `kept`'s, and `gone` is deleted. Whoever calls it has locked what two people share, and
    reads both anew. Raises ValueError if there is a pledge between the two.
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
    await _inquiries(session, gone.id, kept.id)
    await _pairs(session, RelayStop.person_id, RelayStop.other_id, gone.id, kept.id)
    await _pairs(session, RelayStop.other_id, RelayStop.person_id, gone.id, kept.id)
    await session.execute(delete(RoundLine).where(or_(*_names(RoundLine, gone.id))))
    await session.execute(delete(PersonalCode).where(PersonalCode.person_id == gone.id))
    await moving.become(session, gone.id, kept.id, gone.created_at)
    await session.execute(delete(Person).where(Person.id == gone.id))
    session.expunge(gone)


def _names(table: type[RoundLine], person_id: int) -> tuple[ColumnElement[bool], ...]:
    return table.person_id == person_id, table.other_id == person_id


async def _set(session: AsyncSession, column: Any, before: int, after: int) -> None:
    await session.execute(update(column.table).where(column == before).values({column: after}))


async def _carry_profile(session: AsyncSession, gone: Person, kept: Person) -> None:
    for name in _MISSING:
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(gone, name))
    for name in _NEWER:
        setattr(kept, name, getattr(gone, name) or getattr(kept, name))
    kept.created_at = min(kept.created_at, gone.created_at)
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
    await _run(session, delete(Introduction).where(queries.introduces(gone, kept)))
    for intro in await _rows(session, Introduction, queries.in_introduction(gone)):
        other_id = intro.other_than(gone)
        own = "asker_id" if intro.asker_id == gone else "asked_id"
        twin = await session.scalar(select(Introduction).where(queries.introduces(kept, other_id)))
        if twin is not None and _STRONGER.index(twin.state) >= _STRONGER.index(intro.state):
            await _replace(session, intro, twin)
            continue
        if twin is not None:
            await _replace(session, twin, intro)
        setattr(intro, own, kept)
        await session.flush()


async def _replace(session: AsyncSession, goes: Introduction, stays: Introduction) -> None:
    """What hangs on the one introduction hangs on the other, and the one is deleted."""
    for column in (Relay.introduction_id, Complaint.introduction_id):
        await _set(session, column.class_.__table__.c[column.key], goes.id, stays.id)
    await moving.rename(session, "intro_id", goes.id, stays.id)
    await session.delete(goes)
    await session.flush()


async def _suggestions(session: AsyncSession, gone: int, kept: int) -> None:
    of = Suggestion
    between = (of.person_id.in_((gone, kept)), of.other_id.in_((gone, kept)))
    await _run(session, delete(of).where(*between))
    for own, other in ((of.person_id, of.other_id), (of.other_id, of.person_id)):
        for card in await _rows(session, of, own == gone):
            twin = await session.scalar(select(of).where(own == kept, other == getattr(card, other.key)))
            if twin is None:
                setattr(card, own.key, kept)
                continue
            if card.verdict is not None and (twin.verdict is None or card.shown_at > twin.shown_at):
                twin.verdict = card.verdict
            led_to = Introduction.__table__.c.suggestion_id
            await _set(session, led_to, card.id, twin.id)
            await moving.rename(session, "suggestion_id", card.id, twin.id)
            await session.delete(card)
    await session.flush()


async def _seats(session: AsyncSession, gone: int, kept: int) -> None:
    of = OfficeSeat
    await _run(session, delete(of).where(of.mp_id.in_((gone, kept)), of.staff_id.in_((gone, kept))))
    for own, other in ((of.mp_id, of.staff_id), (of.staff_id, of.mp_id)):
        for seat in await _rows(session, of, own == gone):
            twin = await session.scalar(select(of).where(own == kept, other == getattr(seat, other.key)))
            if twin is not None:
                loses = twin if _is_taken(seat) and not _is_taken(twin) else seat
                await moving.rename(session, "seat_id", loses.id, (seat if loses is twin else twin).id)
                await session.delete(loses)
                await session.flush()
            if twin is None or loses is twin:
                setattr(seat, own.key, kept)
    await session.flush()


def _is_taken(seat: OfficeSeat) -> bool:
    return seat.confirmed_at is not None and seat.ended_at is None


async def _help_requests(session: AsyncSession, gone: int, kept: int) -> None:
    """Nobody is asked to help themselves."""
    of = HelpRequest
    own_calls = select(HelpCall.id).where(HelpCall.person_id == kept)
    await _run(session, delete(of).where(of.person_id.in_((gone, kept)), of.call_id.in_(own_calls)))
    for request in await _rows(session, of, of.person_id == gone):
        twin = await session.scalar(select(of).where(of.person_id == kept, of.call_id == request.call_id))
        if twin is not None and _STRONGER.index(twin.state) >= _STRONGER.index(request.state):
            await session.delete(request)
            continue
        if twin is not None:
            await session.delete(twin)
            await session.flush()
        request.person_id = kept
    await session.flush()


async def _inquiries(session: AsyncSession, gone: int, kept: int) -> None:
    for inquiry in await _rows(session, Inquiry, Inquiry.person_id == gone):
        same = (Inquiry.person_id == kept, Inquiry.workshop_id == inquiry.workshop_id)
        twin = await session.scalar(select(Inquiry).where(*same, Inquiry.closed_at.is_(None)))
        if twin is None or inquiry.closed_at is not None:
            inquiry.person_id = kept
            continue
        await _set(session, InquiryWords.__table__.c.inquiry_id, inquiry.id, twin.id)
        await moving.rename(session, "inquiry_id", inquiry.id, twin.id)
        await session.delete(inquiry)
    await session.flush()


async def _rows(session: AsyncSession, table: type[Base], *which: ColumnElement[bool]) -> Sequence[Any]:
    return (await session.scalars(select(table).where(*which))).all()
