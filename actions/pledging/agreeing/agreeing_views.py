"""Views of agreeing on a pledge: proposals and the answers to them, and the day on which the two talk again."""

from datetime import date, datetime

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views
from actions.matching.acquaintance import known_from
from actions.pledging import history, history_pages
from actions.pledging.drafting.drafting_views import acts_for, left_open, said_otherwise
from actions.pledging.pledge_views import (
    absence,
    is_with_entered,
    offices,
    own_pledge,
    talk_to_come,
    title,
)
from actions.pledging.pledges import must_agree
from db import intact
from db.models import Nudge, Pledge
from domain.calendar import instant
from domain.history import EventKind
from domain.outcomes.pledging.pledges import ProposalDeclined, ProposalSent, Proposed, Withdrawn, YouDeclined
from domain.outcomes.pledging.talks import CalendarFile, Sealed, TalkAsked, TalkMoved
from domain.pledges import NoBecause, State
from domain.releases import let_read

VIEWS = Views()


@VIEWS.reads(Proposed.Payload)
async def proposed(context: ViewContext, payload: Proposed.Payload) -> Proposed | None:
    """None unless the reader's yes is the one that is missing."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    if (
        pledge.state is not State.PROPOSED
        or must_agree(pledge) != context.party.id
        or pledge.deadline is None
    ):
        return None
    return Proposed(
        pledge_id=pledge.id,
        revision=pledge.revision,
        proposer=own.other,
        text=pledge.text or "",
        side=pledge.side_of(context.party.id),
        acts=acts_for(context, pledge),
        deadline=pledge.deadline,
        said=said_otherwise(context, pledge),
        has_history=await history_pages.has_history(context.session, pledge, context.party.id),
        tells_of_silence=pledge.told_of_silence,
        known_from=await _known_from(context, pledge),
        offices=await offices(context, pledge),
    )


async def _known_from(context: ViewContext, pledge: Pledge) -> str | None:
    other_id = pledge.other_than(context.party.id)
    other = await intact.person(context.session, other_id) if other_id is not None else None
    return await known_from(context.session, context.party, other, pledge.workshop_id) if other else None


@VIEWS.reads(ProposalSent.Payload)
async def sent(context: ViewContext, payload: ProposalSent.Payload) -> ProposalSent | None:
    """With the day that the sentence names, if it is another than the deadline and the reader may still choose it."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    pledge = own.pledge
    counter_is_mine = (
        pledge.revision > 1 and pledge.state is State.PROPOSED and must_agree(pledge) != context.party.id
    )
    said = said_otherwise(context, pledge) if counter_is_mine else None
    words = await _other_words(context, pledge) if counter_is_mine else ""
    return ProposalSent(
        pledge_id=pledge.id,
        other=own.other,
        deadline=own.pledge.deadline,
        said=said,
        absence=await absence(context, pledge),
        counter=words,
        gap=left_open(context, words),
        offices=await offices(context, pledge),
    )


async def _other_words(context: ViewContext, pledge: Pledge) -> str:
    """The words of the last counter-proposal; empty if it named another day only."""
    last = await history.latest(context.session, pledge, EventKind.WORDED, EventKind.DATED)
    return (last.text or "") if last is not None and last.kind is EventKind.WORDED else ""


@VIEWS.reads(ProposalDeclined.Payload)
async def declined(context: ViewContext, payload: ProposalDeclined.Payload) -> ProposalDeclined | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    because, reason = await _why_not(context, own.pledge)
    return ProposalDeclined(own.pledge.id, own.other, await title(context, own.pledge), because, reason)


async def _why_not(context: ViewContext, pledge: Pledge) -> tuple[NoBecause | None, str]:
    """The reason that was given with the no."""
    no = await history.latest(context.session, pledge, EventKind.DECLINED)
    return (no.because, " ".join(no.notes or ())) if no is not None else (None, "")


@VIEWS.reads(YouDeclined.Payload)
async def you_declined(context: ViewContext, payload: YouDeclined.Payload) -> YouDeclined | None:
    own = await own_pledge(context, payload.pledge_id)
    because, reason = await _why_not(context, own.pledge) if own else (None, "")
    return YouDeclined(own.other, said_why=bool(because or reason)) if own else None


@VIEWS.reads(Withdrawn.Payload)
async def withdrawn(context: ViewContext, payload: Withdrawn.Payload) -> Withdrawn | None:
    own = await own_pledge(context, payload.pledge_id)
    return Withdrawn(own.other, payload.by_me) if own else None


@VIEWS.reads(TalkAsked.Payload)
async def talk_asked(context: ViewContext, payload: TalkAsked.Payload) -> TalkAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    pledge = own.pledge
    if pledge.deadline is None or (payload.days and pledge.talk_settled):
        return None
    return TalkAsked(
        pledge_id=pledge.id,
        me=context.party.name or "",
        other=own.other,
        title=await title(context, pledge),
        text=pledge.text or "",
        deadline=pledge.deadline,
        typed=payload.typed,
        change=payload.change,
        talk_on=talk_to_come(context, pledge),
        talk_time=pledge.talk_time,
        days=payload.days,
        entered=await is_with_entered(context, pledge),
    )


@VIEWS.reads(TalkMoved.Payload)
async def talk_moved(context: ViewContext, payload: TalkMoved.Payload) -> TalkMoved | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    pledge = own.pledge
    return TalkMoved(pledge.id, await title(context, pledge), own.other, pledge.talk_on, pledge.talk_time)


@VIEWS.reads(CalendarFile.Payload)
async def calendar_file(context: ViewContext, payload: CalendarFile.Payload) -> CalendarFile | None:
    """None unless the pledge is active. A day to talk that is over is left out."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    pledge, today = own.pledge, context.day(context.now)
    return CalendarFile(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=(context.party.name or "") if payload.to_forward else own.other,
        deadline=pledge.deadline or today,
        talk_on=talk_to_come(context, pledge),
        talk_at=_begins(context, pledge),
        talk_changes=pledge.talk_changes,
        revision=pledge.revision,
        made_on=pledge.made_on or today,
        bot=context.operator.bot,
        to_forward=payload.to_forward,
    )


def _begins(context: ViewContext, pledge: Pledge) -> datetime | None:
    if pledge.talk_on is None or pledge.talk_time is None:
        return None
    return instant(pledge.talk_on, pledge.talk_time, context.operator.zone)


@VIEWS.reads(Sealed.Payload)
async def sealed(context: ViewContext, payload: Sealed.Payload) -> Sealed | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    pledge = own.pledge
    return Sealed(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        text=pledge.text or "",
        other=own.other,
        deadline=own.pledge.deadline,
        talk_on=pledge.talk_on,
        talk_time=pledge.talk_time,
        next_on=await _asked_next_on(context, pledge),
        already=payload.already,
        asks_readers=await _asks_readers(context, pledge),
    )


async def _asks_readers(context: ViewContext, pledge: Pledge) -> bool:
    """Not somebody who is still joining: they were just led through a handshake, and find the question on the card."""
    if not pledge.is_releasable or context.me.finished_at is None:
        return False
    if await is_with_entered(context, pledge):
        return False
    return context.party.id not in let_read(await history.events(context.session, pledge.id))


async def _asked_next_on(context: ViewContext, pledge: Pledge) -> date | None:
    """The day on which the reader will be asked about this pledge next."""
    due = await context.session.scalar(
        select(func.min(Nudge.due_at)).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == context.party.id, Nudge.due_at > context.now
        )
    )
    return context.day(due) if due else None
