"""What everybody may ask for at any time: what is stored, a pause, a consent back, everything erased."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, inspect, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import introductions, joining
from actions.turn import Turn
from db.models import (
    Audit,
    Base,
    Broadcast,
    Draft,
    Inbox,
    InboxState,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Report,
    SendState,
    Suggestion,
)
from domain.outcomes import (
    ConsentChanged,
    ConsentsListed,
    EraseAsked,
    Erased,
    EraseKept,
    MyData,
    PartnerErased,
    PauseAsked,
    Paused,
    Privacy,
    Purpose,
    Resumed,
)
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.words import cut

SHORTEST_NAME = 3  # letters; shorter ones are words of their own
LIVE = (State.DRAFT, State.PROPOSED, State.ACTIVE)


async def privacy(turn: Turn) -> None:
    """Answers in every state, before joining too."""
    workshop = turn.person.memberships[-1].workshop_id if turn.person and turn.person.memberships else None
    turn.show(Privacy, workshop)


# --- consents


async def list_consents(turn: Turn) -> None:
    if joining.is_newcomer(turn):
        await privacy(turn)
    else:
        turn.show(ConsentsListed)


async def withdraw(turn: Turn, purpose: Purpose) -> None:
    """At once, and for what is queued already: every send looks again. Without K or U there is no companion: erase."""
    if joining.is_newcomer(turn):
        raise Refusal(Reason.STALE_BUTTON)
    if not turn.me.answered(purpose):
        joining.answer(turn.me, purpose, given=False, now=turn.now, house=turn.house)
    if purpose in (Purpose.CORE, Purpose.CARRIER):
        await ask_erase(turn)
        return
    for consent in turn.me.consents:
        if consent.purpose is purpose and consent.given and consent.withdrawn_at is None:
            consent.withdrawn_at = turn.now
    if purpose is Purpose.SHOW_TELEGRAM:
        turn.me.telegram_name = None
    turn.tell(ConsentChanged(purpose, given=False))


async def give(turn: Turn, purpose: Purpose) -> None:
    """A yes later, to announcements or to showing the Telegram name."""
    if joining.is_newcomer(turn) or purpose in (Purpose.CORE, Purpose.CARRIER):
        raise Refusal(Reason.STALE_BUTTON)
    if not turn.me.gave(purpose):
        joining.answer(turn.me, purpose, given=True, now=turn.now, house=turn.house)
    if purpose is Purpose.SHOW_TELEGRAM:
        await introductions.share_telegram_name(turn)
    turn.tell(ConsentChanged(purpose, given=True))


# --- pause


async def ask_pause(turn: Turn) -> None:
    until = turn.me.paused_until.astimezone(turn.house.zone).date() if turn.me.paused_until else None
    turn.tell(PauseAsked(turn.me.paused, until if turn.me.paused else None))


async def pause(turn: Turn, weeks: int) -> None:
    """Nothing proactive until then; 0 weeks: until "Weiter"."""
    if weeks not in (0, 1, 2, 4):
        raise Refusal(Reason.STALE_BUTTON)
    turn.me.paused = True
    turn.me.paused_until = turn.now + timedelta(weeks=weeks) if weeks else None
    until: date | None = (
        turn.me.paused_until.astimezone(turn.house.zone).date() if turn.me.paused_until else None
    )
    turn.tell(Paused(until))


async def resume(turn: Turn) -> None:
    turn.me.paused, turn.me.paused_until = False, None
    turn.tell(Resumed())


# --- what is stored about me


async def my_data(turn: Turn) -> None:
    if joining.is_newcomer(turn):
        await privacy(turn)
    else:
        turn.show(MyData)


async def everything_about(session: AsyncSession, person: Person) -> bytes:
    """Every stored field of this person as JSON, by table; of others only what they wrote to this person."""
    mine = or_(Pledge.author_id == person.id, Pledge.partner_id == person.id)
    met = or_(Introduction.asker_id == person.id, Introduction.asked_id == person.id)
    data = {
        "person": _fields(person),
        "memberships": [_fields(m) for m in person.memberships],
        "consents": [_fields(c) for c in person.consents],
        "interests": [_fields(i) for i in person.interests],
        "suggestions": await _rows(session, Suggestion, Suggestion.person_id == person.id),
        "introductions": [_own_side(i, person) for i in await _loaded(session, Introduction, met)],
        "pledges": await _rows(session, Pledge, mine),
        "reports": await _rows(session, Report, Report.person_id == person.id),
        "questions": await _rows(session, Nudge, Nudge.person_id == person.id),
        "drafts": await _rows(session, Draft, Draft.person_id == person.id),
        "broadcasts": await _rows(session, Broadcast, Broadcast.author_chat_id == person.chat_id),
        "messages_from_me_to_you": await _rows(session, Outgoing, Outgoing.person_id == person.id),
        "updates_in_work": await _rows(session, Inbox, Inbox.chat_id == person.chat_id, without=("payload",)),
        "organiser_accesses": await _rows(
            session, Audit, Audit.person_id == person.id, without=("organiser_chat_id",)
        ),
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


async def _loaded(session: AsyncSession, table: type[Base], which: Any) -> Sequence[Any]:
    return (await session.scalars(select(table).where(which))).all()


async def _rows(
    session: AsyncSession, table: type[Base], which: Any, without: Sequence[str] = ()
) -> list[dict[str, Any]]:
    return [_fields(row, without) for row in await _loaded(session, table, which)]


def _own_side(intro: Introduction, person: Person) -> dict[str, Any]:
    """A no is never shown, what the other shares is the other's."""
    theirs = "asked_" if intro.asker_id == person.id else "asker_"
    hidden = {f"{theirs}says", f"{theirs}contact"} | ({"state"} if intro.asker_id == person.id else set())
    return _fields(intro, tuple(hidden))


def _fields(row: Base, without: Sequence[str] = ()) -> dict[str, Any]:
    return {
        column.key: _json(getattr(row, column.key))
        for column in inspect(type(row)).column_attrs
        if column.key not in without
    }


def _json(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


# --- erasure


async def ask_erase(turn: Turn) -> None:
    if joining.is_newcomer(turn) and turn.person is None:
        await privacy(turn)
        return
    turn.show(EraseAsked)


async def keep(turn: Turn) -> None:
    turn.tell(EraseKept())


async def erase(turn: Turn) -> None:
    """The second step: gone, in this one transaction. What stays is the counterpart's own, without me."""
    me, voice, chat_id = turn.me, turn.me.voice, turn.chat_id
    for pledge in await _my_pledges(turn):
        await _leave(turn, pledge)
    await _forget_messages(turn.session, chat_id)
    await turn.session.execute(delete(Person).where(Person.id == me.id))
    turn.session.expunge(me)
    turn.person = None
    turn.session.info["erased"] = True
    turn.show(Erased, voice=voice)


async def _my_pledges(turn: Turn) -> Sequence[Pledge]:
    which = or_(Pledge.author_id == turn.me.id, Pledge.partner_id == turn.me.id)
    return (await turn.session.scalars(select(Pledge).where(which).with_for_update())).all()


async def _leave(turn: Turn, pledge: Pledge) -> None:
    """My text goes; a text the other worded stays theirs, with my name taken out."""
    other_id = pledge.partner_id if pledge.author_id == turn.me.id else pledge.author_id
    mine = pledge.worded_by_author == (pledge.author_id == turn.me.id)
    other = await turn.session.get(Person, other_id) if other_id is not None else None
    if other is None or pledge.state is State.DRAFT:
        await turn.session.delete(pledge)
        return
    pledge.text = None if mine else _without_name(pledge.text or "", turn.me.name or "")
    if pledge.author_id == turn.me.id:
        pledge.author_id = None
    else:
        pledge.partner_id = None
    if pledge.state in LIVE:
        if pledge.state is State.PROPOSED:
            pledge.state = State.WITHDRAWN
        await turn.session.execute(update(Nudge).where(Nudge.pledge_id == pledge.id).values(passed_over=True))
        if pledge.state is State.ACTIVE:
            pledge.state, pledge.ended_at = State.ENDED, turn.now
        turn.news(other, PartnerErased, pledge.id, key=f"erased:{pledge.id}")


def _without_name(words: str, name: str) -> str:
    """My full name, and each part of it of three letters and more, as a block."""
    for part in sorted({name, *name.split()}, key=len, reverse=True):
        if len(part) >= SHORTEST_NAME:
            words = re.sub(rf"\b{re.escape(part)}\b", "█", words, flags=re.IGNORECASE)
    return cut(words, 500)


async def _forget_messages(session: AsyncSession, chat_id: int) -> None:
    """Nothing queued for me goes out; what was sent and received keeps its place in the counts, without me."""
    open_ = Outgoing.state.in_((SendState.PENDING, SendState.UNKNOWN))
    await session.execute(
        update(Outgoing)
        .where(Outgoing.chat_id == chat_id, open_)
        .values(state=SendState.CANCELLED, error="erased")
    )
    await session.execute(update(Outgoing).where(Outgoing.chat_id == chat_id).values(args=None, chat_id=0))
    await session.execute(
        update(Inbox)
        .where(Inbox.chat_id == chat_id, Inbox.state != InboxState.NEW)
        .values(payload=None, chat_id=0)
    )


async def count_pledges(session: AsyncSession, person: Person) -> int:
    which = or_(Pledge.author_id == person.id, Pledge.partner_id == person.id)
    return await session.scalar(select(func.count()).select_from(Pledge).where(which)) or 0
