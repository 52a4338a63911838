"""Inquiries: what somebody asks the team of their workshop is one conversation, in which it answers.

Whether one waits for an answer follows from its words: the last are a question, or an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import changes, entries, outbox, transcript
from actions.exchange.turn import Turn
from actions.organising.team import team
from db import intact, reach
from db.models import Audit, Inquiry, InquiryWords, Person, Priority, SendState
from db.moments import Moment
from domain.calendar import instant
from domain.limits import QUESTIONS_TO_TEAM_A_DAY
from domain.outcomes.organising.inquiries import (
    InquiryList,
    InquiryShown,
    TeamAnswerAsked,
    TeamAnswered,
    TeamAnswerOffered,
    TeamAnswerSent,
    TeamClosed,
)
from domain.refusal import Reason, Refusal
from domain.team import Duty, Scope

NAMING: entries.Kinds = (
    InquiryShown.Payload, TeamAnswerAsked.Payload, TeamAnswerOffered.Payload, TeamAnswerSent.Payload
)  # fmt: skip
"""What names whoever asks, and of the team whoever sees to it or has answered; its object is the inquiry."""
LISTING: entries.Kinds = (InquiryList.Payload,)
"""What may name any of them."""
EVERY = select(Inquiry.id)
"""Ids of all there are."""

_SHOWN = 4  # words of an inquiry at the desk
WAS_SENT = "was sent a question to the team"
_NOT_THERE = (SendState.PENDING, *entries.IN_VAIN)  # a pending one has yet to be worded


@dataclass(frozen=True)
class WaitingInquiry:
    """An open inquiry without an answer. `words_id`: of the first question that waits; `since`: when that was asked."""

    inquiry_id: int
    workshop_id: int | None
    words_id: int
    since: datetime


# --- which there are


def open_ones() -> tuple[ColumnElement[bool], ...]:
    """The conditions: not closed, and whoever asks agrees to be written to."""
    return Inquiry.closed_at.is_(None), reach.agreeing(Inquiry.person_id)


async def waiting(session: AsyncSession, *which: ColumnElement[bool]) -> list[WaitingInquiry]:
    """The open inquiries of these conditions that wait for an answer, the longest first."""
    found = await session.execute(waiting_ones().where(*which) if which else waiting_ones())
    return [WaitingInquiry(*row) for row in found]


@cache
def waiting_ones() -> Select[int, int | None, int, datetime]:
    """Selects what `Waiting` holds of the open inquiries that wait for an answer, the longest first."""
    first = func.min(InquiryWords.id)
    return (
        select(Inquiry.id, Inquiry.workshop_id, first, func.min(InquiryWords.at))
        .join(InquiryWords, InquiryWords.inquiry_id == Inquiry.id)
        .where(*open_ones(), _is_unanswered())
        .group_by(Inquiry.id, Inquiry.workshop_id)
        .order_by(first)
    )


def _is_unanswered() -> ColumnElement[bool]:
    """The condition that words are a question which no answer follows."""
    later = aliased(InquiryWords)
    answered = exists().where(
        later.inquiry_id == InquiryWords.inquiry_id, later.id > InquiryWords.id, later.by_team.is_(True)
    )
    return and_(InquiryWords.by_team.is_(False), ~answered)


async def listed(session: AsyncSession, there: Scope) -> list[tuple[Inquiry, WaitingInquiry | None]]:
    """The open inquiries of these workshops, and since when each waits, if it does.

    Those that wait come first, the longest of them first.
    """
    waits = {each.inquiry_id: each for each in await waiting(session)}
    here = team.within(Inquiry.workshop_id, there)
    found = await session.scalars(select(Inquiry).where(*open_ones(), here).order_by(Inquiry.id))
    mine = list(found)
    mine.sort(key=lambda each: (each.id not in waits, waits[each.id].words_id if each.id in waits else 0))
    return [(each, waits.get(each.id)) for each in mine]


def number(there: Scope) -> ScalarSelect[int]:
    """How many are open in these workshops."""
    here = team.within(Inquiry.workshop_id, there)
    return select(func.count(Inquiry.id)).where(*open_ones(), here).scalar_subquery()


def number_waiting(there: Scope) -> ScalarSelect[int]:
    """How many of them wait for an answer."""
    waits = waiting_ones().where(team.within(Inquiry.workshop_id, there)).order_by(None).subquery()
    return select(func.count()).select_from(waits).scalar_subquery()


def over_since(moment: Moment) -> ColumnElement[bool]:
    """The condition that an inquiry was closed before this moment, or answered, and nothing was said in it since."""
    said = InquiryWords.inquiry_id == Inquiry.id
    lately = exists().where(said, InquiryWords.at >= moment)
    unanswered = exists().where(said, _is_unanswered())
    return or_(Inquiry.closed_at < moment, and_(Inquiry.closed_at.is_(None), ~lately, ~unanswered))


def naming(person_id: int) -> Select[int]:
    """Ids of the inquiries whose messages at the desk name this person: who asks, sees to it, or has answered."""
    wrote = select(InquiryWords.inquiry_id).where(InquiryWords.writer_id == person_id)
    return select(Inquiry.id).where(
        or_(Inquiry.person_id == person_id, Inquiry.taken_by_id == person_id, Inquiry.id.in_(wrote))
    )


async def open_of(session: AsyncSession, person: Person, *, lock: bool = False) -> Inquiry | None:
    """This person's open inquiry in the workshop that they are in."""
    own = select(Inquiry).where(
        Inquiry.person_id == person.id,
        Inquiry.workshop_id == person.present_workshop_id,
        Inquiry.closed_at.is_(None),
    )
    return await session.scalar(own.with_for_update() if lock else own)


async def words_of(session: AsyncSession, inquiry_id: int) -> Sequence[InquiryWords]:
    """What was said in it, the oldest first, without words that cannot be read."""
    said = select(InquiryWords.id).where(InquiryWords.inquiry_id == inquiry_id)
    return await intact.rows(session, InquiryWords, said.order_by(InquiryWords.id))


async def last_words(session: AsyncSession, inquiry_id: int) -> Sequence[InquiryWords]:
    """Those of its words that are shown at the desk."""
    return (await words_of(session, inquiry_id))[-_SHOWN:]


# --- what is said


async def ask(turn: Turn, words: str) -> None:
    """Give a question of mine to the team: it joins my open inquiry, or begins one.

    Raises Refusal(ENOUGH_QUESTIONS) for one too many on this day.
    """
    inquiry = await open_of(turn.session, turn.me, lock=True)
    await _check_number(turn)
    if inquiry is None:
        inquiry = Inquiry(person_id=turn.me.id, workshop_id=turn.me.present_workshop_id)
        turn.session.add(inquiry)
        await turn.session.flush()
    await _say(turn, inquiry, words, by_team=False)
    await tell_team(turn, inquiry, asked=True)


async def answer(turn: Turn, inquiry: Inquiry, words: str) -> None:
    """Answer for the team. Whoever asked reads it even in a pause: it answers words of their own."""
    said = await _say(turn, inquiry, words, by_team=True)
    inquiry.taken_by_id = inquiry.taken_by_id or turn.me.id
    await _tell_asker(turn, inquiry, TeamAnswered.Payload(said.id))
    await tell_team(turn, inquiry)


async def close(turn: Turn, inquiry: Inquiry) -> None:
    """It is settled. Whoever asked is told, unless the last word was an answer."""
    if inquiry.closed_at is not None:
        return
    if await waiting(turn.session, Inquiry.id == inquiry.id):
        await _tell_asker(turn, inquiry, TeamClosed.Payload(inquiry.id))
    inquiry.closed_at = turn.now
    await tell_team(turn, inquiry)


async def _check_number(turn: Turn) -> None:
    morning = instant(turn.today, time(), turn.operator.zone)
    number = await turn.session.scalar(
        select(func.count())
        .select_from(InquiryWords)
        .where(
            InquiryWords.writer_id == turn.me.id,
            InquiryWords.by_team.is_(False),
            InquiryWords.at >= morning,
        )
    )
    if (number or 0) >= QUESTIONS_TO_TEAM_A_DAY:
        raise Refusal(Reason.ENOUGH_QUESTIONS)


async def _say(turn: Turn, inquiry: Inquiry, words: str, *, by_team: bool) -> InquiryWords:
    said = InquiryWords(
        inquiry_id=inquiry.id, writer_id=turn.me.id, by_team=by_team, words=words, at=turn.now
    )
    turn.session.add(said)
    await turn.session.flush()
    return said


async def _tell_asker(
    turn: Turn, inquiry: Inquiry, payload: TeamAnswered.Payload | TeamClosed.Payload
) -> None:
    asker = await intact.person(turn.session, inquiry.person_id)
    if asker is not None:
        turn.news(asker, payload)


async def tell_team(turn: Turn, inquiry: Inquiry, *, asked: bool = False) -> None:
    """Show everybody of the team how the inquiry stands, in the messages that they have about it.

    A question that was just `asked` also rings: at whoever sees to the inquiry, or at all of them if nobody does.
    """
    people = await team.within_reach(turn.session, turn.operator, Duty.RECEIVE, inquiry.workshop_id)
    others = [each for each in people if each.id != turn.me.id]
    holder = [each for each in others if each.id == inquiry.taken_by_id]
    rung = (holder or others) if asked else []
    for each in rung:
        await changes.tell(turn, each, InquiryShown.Payload(inquiry.id), inquiry.id)
        note_sent(turn.session, each, inquiry.person_id, turn.now)
    for each in people:
        if each not in rung:
            await _show_again(turn, each, inquiry)


def note_sent(session: AsyncSession, organiser: Person, person_id: int, now: datetime) -> None:
    """Whoever asked finds in their data who of the team was sent their words. In a pause nobody is."""
    if organiser.chat_id is not None and not reach.is_paused(organiser, now):
        session.add(Audit(organiser_chat_id=organiser.chat_id, person_id=person_id, action=WAS_SENT, at=now))


async def _show_again(turn: Turn, organiser: Person, inquiry: Inquiry) -> None:
    """Change all of this organiser's messages about it, but for the one whose button was pressed."""
    to = outbox.Recipient.of(organiser)
    for entry in await transcript.owed_about(turn.session, organiser.id, InquiryShown.Payload, inquiry.id):
        here = organiser.id == turn.me.id and entry.is_in(turn.pressed)
        if entry.row.state not in _NOT_THERE and not here:
            outbox.owe(
                turn.session, entry.payload, to, turn.now, priority=Priority.NEWS, edits_row=entry.row.id
            )
