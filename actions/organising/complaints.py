"""Complaints: somebody reports another person's text, organisers look at it, and the one who reported hears of it.

Whoever wrote it is not told who reported it.
"""

import logging

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from actions.matching import contacts, introductions
from actions.organising import desk
from actions.organising.team import team
from actions.pledging import history, pledges, relays
from actions.pledging.amendments import amending
from db import intact
from db.models import Complaint, Introduction, Person, Pledge
from domain.history import EventKind
from domain.outcomes.organising.complaints import (
    ComplaintMade,
    ComplaintSettled,
    ComplaintShown,
    NoComplaints,
    Settlement,
)
from domain.refusal import Reason, Refusal
from domain.team import Duty, Scope

log = logging.getLogger(__name__)

_PHOTO = "[Foto]"  # organisers do not see it here, but hear that it was reported


async def about_sentence(turn: Turn, pledge_id: int) -> None:
    """Report the sentence of a pledge, which the other worded, or the one that they propose instead.

    Raises Refusal(STALE_BUTTON) for any other.
    """
    pledge = await pledges.mine(turn, pledge_id)
    if proposed := await amending.words_for_me(turn, pledge):
        await _make(turn, pledge.other_than(turn.party.id), proposed, pledge_id=pledge.id)
        return
    mine = pledge.worded_by_author == (pledge.author_id == turn.party.id)
    known = not mine and await pledges.has_read(turn.session, pledge, turn.party)
    words = (pledge.text or "") if known else ""
    await _make(turn, pledge.other_than(turn.party.id), words, pledge_id=pledge.id)


async def about_notes(turn: Turn, pledge_id: int) -> None:
    """Report what the other noted on a pledge, their reasons and evidence included.

    Raises Refusal(STALE_BUTTON) if there is nothing.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other_id = pledge.other_than(turn.party.id)
    notes = await history.notes_of(turn.session, other_id, on=pledge) if other_id is not None else []
    given = await history.all_of(turn.session, pledge, EventKind.EVIDENCED)
    photos = [_PHOTO for each in given if each.party_id == other_id and each.photo is not None]
    await _make(turn, other_id, "\n".join((*notes, *photos)), pledge_id=pledge.id)


async def about_contact(turn: Turn, intro_id: int) -> None:
    """Report how the other says that I can reach them. Raises Refusal(STALE_BUTTON) if they shared nothing with me."""
    _, other = await introductions.mine(turn, intro_id)
    given = await contacts.shared(turn.session, other.id, turn.party.id)
    await _make(turn, other.id, given[1] if given else "", introduction_id=intro_id)


async def about_relay(turn: Turn, relay_id: int) -> None:
    """Report words that were passed on to me. Raises Refusal(STALE_BUTTON) for any others."""
    relay = await relays.received(turn, relay_id)
    about = {"pledge_id": relay.pledge_id, "introduction_id": relay.introduction_id}
    await _make(
        turn, relay.sender_id, relay.words, **{column: i for column, i in about.items() if i is not None}
    )


async def _make(turn: Turn, writer_id: int | None, words: str, **about: int) -> None:
    """Keep the words as they are now: they may be changed before somebody looks. The same is kept once.

    `about`: the column of what they belong to, and its id.
    """
    if not words or writer_id is None:
        raise Refusal(Reason.STALE_BUTTON)
    own = select(Complaint).where(Complaint.reporter_id == turn.me.id).filter_by(**about)
    if all(each.words != words for each in await turn.session.scalars(own)):
        made = Complaint(reporter_id=turn.me.id, writer_id=writer_id, words=words, made_at=turn.now, **about)
        turn.session.add(made)
    await turn.session.flush()
    reported = [getattr(Complaint, column) == number for column, number in about.items()]
    here = await turn.session.scalars(team.reported_in().where(*reported).limit(1))
    judges = await team.within_reach(turn.session, turn.operator, Duty.RUN, *here)
    turn.tell(ComplaintMade(own=bool(judges) and all(each.id == writer_id for each in judges)))


async def waiting(session: AsyncSession, chat_id: int, there: Scope) -> int:
    """How many complaints in these workshops the organiser in this chat has to settle."""
    number = select(func.count()).select_from(Complaint).where(*open_to(chat_id, there))
    return await session.scalar(number) or 0


def open_to(chat_id: int, there: Scope) -> list[ColumnElement[bool]]:
    """The conditions: of these workshops, not settled, and not about the reader's own text, which others judge."""
    own = select(Person.id).where(Person.chat_id == chat_id)
    return [Complaint.settled_at.is_(None), Complaint.writer_id.not_in(own), _reported_in(there)]


def _reported_in(there: Scope) -> ColumnElement[bool]:
    pledges_there = select(Pledge.id).where(team.within(Pledge.workshop_id, there))
    met_there = select(Introduction.id).where(team.within(Introduction.workshop_id, there))
    about = or_(Complaint.pledge_id.in_(pledges_there), Complaint.introduction_id.in_(met_there))
    return true() if there is None else about


async def oldest(
    session: AsyncSession, chat_id: int, there: Scope, wanted_id: int | None = None
) -> Complaint | None:
    """The oldest complaint that the organiser in this chat has to settle, of those that can be read; the wanted one
    before all others.
    """
    first = (Complaint.id == (wanted_id or 0)).desc()
    open_ones = select(Complaint.id).where(*open_to(chat_id, there)).order_by(first, Complaint.id)
    for complaint_id in (await session.scalars(open_ones)).all():
        try:
            return await session.get(Complaint, complaint_id)
        except intact.UNREADABLE as error:
            log.error("complaint %s cannot be read: %s", complaint_id, type(error).__name__)  # noqa: TRY400
    return None


async def show(turn: Turn) -> None:
    """Show the oldest complaint; the look is recorded in the writer's data."""
    await desk.organiser(turn)
    await _show(turn, edit=False)


async def show_one(turn: Turn, complaint_id: int) -> None:
    """Show this one, or the oldest if it is settled; the look is recorded likewise."""
    await desk.organiser(turn)
    await _show(turn, edit=False, wanted_id=complaint_id)


async def _show(turn: Turn, *, edit: bool, wanted_id: int | None = None) -> None:
    complaint = await oldest(turn.session, turn.chat_id, turn.scope(Duty.RUN), wanted_id)
    if complaint is None:
        turn.tell(NoComplaints(), edit=edit)
        return
    desk.audit(turn, complaint.writer_id, "saw reported text")
    turn.tell(ComplaintShown.Payload(complaint.id), edit=edit)


async def settle(turn: Turn, complaint_id: int, how: Settlement) -> None:
    """Settle a complaint, tell whoever made it, and show the next. Raises Refusal(STALE_BUTTON)."""
    own = select(Complaint).where(Complaint.id == complaint_id, *open_to(turn.chat_id, None))
    complaint = await turn.session.scalar(own.with_for_update())
    if complaint is None:
        raise Refusal(Reason.STALE_BUTTON)
    complaint.settled_at, complaint.settlement = turn.now, how
    desk.audit(turn, complaint.writer_id, f"settled reported text: {how}")
    reporter = await intact.person(turn.session, complaint.reporter_id)
    if reporter is not None:
        turn.news(reporter, ComplaintSettled(how))
    await turn.session.flush()
    await _show(turn, edit=True)
