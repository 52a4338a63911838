"""Erasure: what is somebody's is deleted; what is the counterpart's own is kept, without them."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, file_ends, outbox
from actions.exchange.turn import Turn
from actions.matching import introductions
from actions.organising import claim_notes
from actions.organising.care import marks
from actions.organising.exports import exports
from actions.organising.guests import guest_lists
from actions.organising.inquiries import inquiries
from actions.organising.offices import office_ends
from actions.organising.programme import programme_names
from actions.organising.team import team, team_news
from actions.pledging import history
from actions.pledging.help_calls import calling
from actions.rights import counts_kept, covering, holdings
from actions.rights.holdings import Holdings, Of
from db import intact, journal, queries
from db.models import (
    NOWHERE,
    Audit,
    Broadcast,
    BroadcastEnd,
    BroadcastState,
    Draft,
    DraftKind,
    Export,
    HelpCall,
    HelpRequest,
    Inbox,
    InboxState,
    Inquiry,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    PledgeEvent,
    RoundtableSeat,
    SendState,
)
from db.session import is_alone, keep_still
from domain import names
from domain.history import EventKind
from domain.outcomes.organising.accounts import AccountMoved
from domain.outcomes.rights import PartnerErased
from domain.pledges import LIVE, NOTE_LIMIT, TEXT_LIMIT, State
from domain.titles import surest_topic
from domain.words import cut

_PROCESSED = [state for state in InboxState if state is not InboxState.NEW]
_UNSENT = (SendState.PENDING, SendState.UNKNOWN)


async def forget(turn: Turn) -> None:
    """Delete the person whose turn it is, in this transaction.

    Their counterparts are told, once for each pledge, and what these were shown of me is edited (`covering`). Whoever
    waits for my answer to a question hears that its time is over when it is.
    """
    me, waited = turn.me, claim_notes.waits(turn)
    for each in await queries.entered_by(turn.session, me):
        await forget_entered(turn, each)
    await _hold(turn.session, me)
    of = await holdings.of(turn.session, me)
    await covering.cover(turn.session, me, of, turn.now)
    if of[Of.OFFICE]:
        await office_ends.end_all(turn, me)
    granted = await team.end_all(turn.session, me, turn.now) if of[Of.TEAM] else []
    await team_news.tell_erased(turn, granted)
    if of[Of.MEETING]:
        await introductions.outlast(turn.session, me, turn.now, turn.operator)
    await _leave_all(turn, me, of)
    if of[Of.GUESTS] or of[Of.GUEST_LIST]:
        await guest_lists.forget(turn.session, me)
    if of[Of.PROGRAMME] or of[Of.SENT_PROGRAMME]:
        await programme_names.forget(turn.session, me)
    if of[Of.EXPORT] or of[Of.AT_DESK]:
        await exports.forget_name(turn.session, me)
    if of[Of.INQUIRY]:
        await _forget_answers(turn.session, me)
    files = await file_ends.files_in(turn.session, turn.chat_id)
    await _forget_messages(turn.session, turn.chat_id, me.id)
    file_ends.delete_now(turn.session, turn.chat_id, files, turn.now)
    if of[Of.BROADCAST] or of[Of.AT_DESK] or of[Of.LOOK]:
        await _forget_organiser(turn.session, turn.chat_id)
    await turn.session.flush()
    await _end_for_good(turn, me)
    turn.person = None
    if waited:
        await claim_notes.show_settled(turn)


async def forget_entered(turn: Turn, person: Person) -> None:
    """Delete somebody without Telegram, in this transaction. Whoever entered them keeps what is their own."""
    await _hold(turn.session, person)
    of = await holdings.of(turn.session, person)
    await covering.cover(turn.session, person, of, turn.now)
    await _leave_all(turn, person, of)
    await turn.session.flush()
    await _end_for_good(turn, person)


async def _leave_all(turn: Turn, me: Person, of: Holdings) -> None:
    pledges = await _pledges_of(turn.session, me)
    await counts_kept.keep(turn.session, me, of, pledges)
    for pledge in pledges:
        await _leave(turn, pledge, me)


async def _end_for_good(turn: Turn, person: Person) -> None:
    """Delete the row, also from what is restored from a backup."""
    await marks.forget(turn.session, person.id)
    journal.note(turn.session, journal.Ended.PERSON, person.id, person.created_at, turn.now)
    await turn.session.execute(delete(Person).where(Person.id == person.id))
    turn.session.expunge(person)


async def _hold(session: AsyncSession, me: Person) -> None:
    """Lock what is about to change, and then the outbox: what is said there until I am gone would be covered by nobody.

    Whoever has one of these rows may be about to write to the outbox, so it is waited for before the outbox is held.
    What two people share comes before what is one's own, so that two who leave at once wait for each other there.
    On SQLite nobody else writes meanwhile anyway.
    """
    if is_alone(session):
        return
    agreed = select(Pledge.id).where(queries.in_pledge(me.id)).order_by(Pledge.id)
    await session.execute(agreed.with_for_update())
    shared = select(Introduction.id).where(queries.in_introduction(me.id)).order_by(Introduction.id)
    await session.execute(shared.with_for_update())
    asked = inquiries.naming(me.id).order_by(Inquiry.id)
    await session.execute(asked.with_for_update())
    asked_me = select(HelpRequest.call_id).where(HelpRequest.person_id == me.id)
    calls = select(HelpCall.id).where(or_(HelpCall.person_id == me.id, HelpCall.id.in_(asked_me)))
    await session.execute(calls.order_by(HelpCall.id).with_for_update())
    seats = select(RoundtableSeat.id).where(RoundtableSeat.person_id == me.id).order_by(RoundtableSeat.id)
    await session.execute(seats.with_for_update())
    await programme_names.hold(session, me)
    await session.execute(select(Person.id).where(Person.id == me.id).with_for_update())
    await keep_still(session, Outgoing)


async def _pledges_of(session: AsyncSession, me: Person) -> Sequence[Pledge]:
    mine = select(Pledge).where(queries.in_pledge(me.id)).order_by(Pledge.id)
    return (await session.scalars(mine.with_for_update())).all()


async def _leave(turn: Turn, pledge: Pledge, me: Person) -> None:
    """Delete my text, all but the topic that it was about; what the other worded is kept, without my name."""
    other_id = pledge.other_than(me.id)
    mine = pledge.worded_by_author == (pledge.author_id == me.id)
    other = await intact.person(turn.session, other_id) if other_id is not None else None
    if other is None or (pledge.state is State.DRAFT and pledge.author_id == me.id):
        await turn.session.delete(pledge)
        return
    text, topic = without_name(pledge.text, me.name, TEXT_LIMIT), pledge.topic
    if mine:
        said = without_name(text, other.name, TEXT_LIMIT) or ""
        topic = await asyncio.to_thread(surest_topic, said)
    await _clean_words_of(turn.session, other, pledge, me.name)
    pledge.text, pledge.topic = None if mine else text, topic
    if pledge.author_id == me.id:
        pledge.author_id = None
    else:
        pledge.partner_id = None
    if pledge.state in LIVE:
        await _end(turn, pledge, other, told=not me.is_entered)


async def _clean_words_of(session: AsyncSession, other: Person, pledge: Pledge, name: str | None) -> None:
    """Take my name out of what the other said in the pledge's history, and of what they are just writing."""
    of = PledgeEvent
    said = (
        select(of.id)
        .where(of.pledge_id == pledge.id, of.party_id == other.id, queries.has_words())
        .order_by(of.id)
    )
    for event in await intact.rows(session, PledgeEvent, said):
        event.text = without_name(event.text, name, TEXT_LIMIT)
        if event.notes is not None:
            event.notes = [without_name(note, name, NOTE_LIMIT) or "" for note in event.notes]
    for draft in await session.scalars(
        select(Draft).where(
            Draft.person_id == other.id, Draft.words.is_not(None), Draft.kind != DraftKind.EDIT
        )
    ):
        draft.words = without_name(draft.words, name, NOTE_LIMIT)


async def _end(turn: Turn, pledge: Pledge, other: Person, *, told: bool) -> None:
    """End the pledge, so that nobody is asked about it any more. The other is told, unless I never saw their draft, or
    it is they who end it (not `told`).
    """
    seen_by_both = pledge.state is not State.DRAFT
    pledge.ended_at = turn.now
    if seen_by_both:
        history.record_clock(turn.session, pledge, EventKind.ENDED, turn.now)
    else:
        pledge.state = State.WITHDRAWN
    await turn.session.execute(update(Nudge).where(Nudge.pledge_id == pledge.id).values(passed_over=True))
    await calling.end(turn.session, pledge, turn.now)
    if seen_by_both and told:
        turn.news(other, PartnerErased.Payload(pledge.id), key=f"erased:{pledge.id}")


def without_name(words: str | None, name: str | None, limit: int) -> str | None:
    """The words with a block instead of the name, cut to `limit` UTF-16 units."""
    return cut(names.blocked(words, name), limit) if words and name else words


async def _forget_answers(session: AsyncSession, me: Person) -> None:
    """What organisers are just writing to me goes; my questions go with my row, and the answers with them."""
    asked = select(Inquiry.id).where(Inquiry.person_id == me.id)
    writing = (Draft.kind == DraftKind.TEAM_ANSWER, Draft.object_id.in_(asked))
    await session.execute(delete(Draft).where(*writing).execution_options(synchronize_session=False))


async def _forget_messages(session: AsyncSession, chat_id: int, me_id: int) -> None:
    """Cancel what is queued for me. What was sent and received is still counted, but without me.

    Keys are deleted, too, since they may hold my number; and so is the number of an account that I had before.
    """
    mine = or_(
        Outgoing.chat_id == chat_id, Outgoing.person_id == me_id, entries.about(AccountMoved.Payload, me_id)
    )
    await session.execute(
        update(Outgoing)
        .where(mine, Outgoing.state.in_(_UNSENT))
        .values(state=SendState.CANCELLED, error="erased")
    )
    await session.execute(update(Outgoing).where(mine).values(args=None, key=None, chat_id=NOWHERE))
    await session.execute(
        update(Inbox)
        .where(Inbox.chat_id == chat_id, Inbox.state.in_(_PROCESSED))
        .values(payload=None, chat_id=NOWHERE)
    )


async def forget_account(session: AsyncSession, chat_id: int) -> None:
    """Forget the number of a chat that was somebody's before they had a new account: nobody objects from there."""
    last_word = (Outgoing.chat_id == chat_id, entries.is_of((AccountMoved.Payload,)))
    settled = Outgoing.state.not_in(outbox.OPEN)
    await session.execute(update(Outgoing).where(*last_word, settled).values(chat_id=NOWHERE))


async def _forget_organiser(session: AsyncSession, chat_id: int) -> None:
    """Forget my number as an organiser's. A broadcast under way still copies from my chat: a tick does that later."""
    mine = Broadcast.author_chat_id == chat_id
    await session.execute(
        update(Broadcast)
        .where(mine, Broadcast.state.in_((BroadcastState.DRAFT, BroadcastState.SCHEDULED)))
        .values(state=BroadcastState.DROPPED)
    )
    await session.execute(
        update(Broadcast)
        .where(mine, Broadcast.state == BroadcastState.HALTED)
        .values(state=BroadcastState.CONFIRMED, ended=BroadcastEnd.CALLED_OFF)
    )
    await session.execute(
        update(Broadcast)
        .where(mine, Broadcast.state.in_((BroadcastState.FINISHED, BroadcastState.DROPPED)))
        .values(author_chat_id=NOWHERE, words=None)
    )
    await session.execute(
        update(Broadcast).where(Broadcast.confirmed_by == chat_id).values(confirmed_by=NOWHERE)
    )
    for table in (Audit, Export):
        mine = table.organiser_chat_id == chat_id
        await session.execute(update(table).where(mine).values(organiser_chat_id=NOWHERE))
