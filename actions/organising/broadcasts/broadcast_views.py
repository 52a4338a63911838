"""What is read for the outcomes of broadcasting when they are said."""

from dataclasses import replace
from datetime import timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising.broadcasts import broadcast_reports, running, segments, sending, workshops_chosen
from actions.organising.broadcasts.segments import Sights
from db import intact
from db.models import NOWHERE, Broadcast, BroadcastState, Person, Priority, Workshop
from domain.audience import Facet, Sense
from domain.figures import Withheld, figure
from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastTakenBack,
    BroadcastTimeAsked,
    BroadcastToConfirm,
    BroadcastWaiting,
    Chosen,
    Later,
    NoticeSent,
    SegmentAsked,
)
from domain.outcomes.organising.desk import OrgaWorkshop
from domain.written import Written

VIEWS = Views()


def _sights(context: ViewContext) -> Sights:
    return Sights(context.session, context.now, context.operator)


async def _broadcast(context: ViewContext, broadcast_id: int) -> Broadcast | None:
    return await context.session.get(Broadcast, broadcast_id)


async def _workshop_titles(context: ViewContext, broadcast: Broadcast) -> tuple[str, ...]:
    """The titles of the workshops that a broadcast goes to now."""
    ids = await workshops_chosen.reached(context.session, context.operator, broadcast)
    return tuple((await workshops_chosen.titles(context.session, ids)).values())


def _sender(workshop: Workshop | None) -> str:
    """Who a broadcast to a workshop is from: what its organisers chose, else its title; empty if there is none."""
    return (workshop.sender or workshop.title) if workshop is not None else ""


def _later(context: ViewContext, broadcast: Broadcast) -> Later | None:
    if broadcast.goes_at is None or sending.goes(broadcast, context.now):
        return None
    minutes = ceil((broadcast.goes_at - context.now) / timedelta(minutes=1))
    return Later(broadcast.goes_at.astimezone(context.operator.zone), *divmod(minutes, 60))


@VIEWS.reads(BroadcastTimeAsked.Payload)
async def time_asked(context: ViewContext, payload: BroadcastTimeAsked.Payload) -> BroadcastTimeAsked | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    return BroadcastTimeAsked(broadcast.id) if broadcast is not None else None


async def _chosen(context: ViewContext, broadcast: Broadcast) -> tuple[Chosen, ...]:
    """What was chosen, without the workshops that it goes to; one that is ruled out by its title."""
    choices = workshops_chosen.audience_of(broadcast).choices
    ruled_out = [int(v) for sense, (f, v) in choices if (sense, f) == (Sense.WITHOUT, Facet.WORKSHOP)]
    called = await workshops_chosen.titles(context.session, ruled_out) if ruled_out else {}
    return tuple(
        (sense, facet, called.get(value, value) if facet is Facet.WORKSHOP else value)
        for sense, (facet, value) in choices
        if (sense, facet) != (Sense.ONLY, Facet.WORKSHOP)
    )


@VIEWS.reads(BroadcastContentAsked.Payload)
async def content_asked(
    context: ViewContext, payload: BroadcastContentAsked.Payload
) -> BroadcastContentAsked:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    return BroadcastContentAsked(workshop.title if workshop is not None else "")


@VIEWS.reads(SegmentAsked.Payload)
async def segment_asked(context: ViewContext, payload: SegmentAsked.Payload) -> SegmentAsked | None:
    """None if the broadcast was dropped. The values are left out once something is chosen, until a facet is."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None:
        return None
    sights, facet = _sights(context), payload.facet
    mine = await workshops_chosen.of_author(context.session, context.operator, broadcast)
    asked = SegmentAsked(
        broadcast.id,
        await _workshop_titles(context, broadcast),
        facet,
        (),
        several=tuple(
            OrgaWorkshop(each.id, each.title, Withheld.UNTOLD, each.day) for each in mine if len(mine) > 1
        ),
    )
    if not workshops_chosen.audience_of(broadcast).is_everybody:
        reached = figure(await segments.count(sights, broadcast))
        asked = replace(asked, is_chosen=True, chosen=await _chosen(context, broadcast), count=reached)
    if asked.is_chosen and facet is None:
        return asked
    options = [
        (value, _sense(broadcast, facet, value), people)
        for value, people in await segments.options(sights, broadcast, facet)
    ]
    page, listed = on_page(options, payload.page)
    return replace(asked, options=tuple(listed), page=page, pages=pages(len(options)))


def _sense(broadcast: Broadcast, facet: Facet | None, value: str) -> Sense | None:
    if facet is Facet.WORKSHOP and value in map(str, workshops_chosen.chosen(broadcast)):
        return Sense.ONLY
    return workshops_chosen.audience_of(broadcast).sense(facet, value) if facet is not None else None


@VIEWS.reads(BroadcastPreview.Payload)
async def preview(context: ViewContext, payload: BroadcastPreview.Payload) -> BroadcastPreview | None:
    """None if the broadcast was dropped, or its recipients are being chosen again."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.expected is None:
        return None
    named = await intact.rows(context.session, Person, select(Person.id).where(Person.id.in_(payload.named)))
    return BroadcastPreview(
        broadcast.id,
        await _workshop_titles(context, broadcast),
        await _chosen(context, broadcast),
        await segments.count(_sights(context), broadcast),
        typed=payload.typed,
        names=tuple(each.name for each in named if each.name),
        links=_links(broadcast),
        later=_later(context, broadcast),
        notice=broadcast.notice,
    )


@VIEWS.reads(NoticeSent.Payload)
async def notice_sent(context: ViewContext, payload: NoticeSent.Payload) -> NoticeSent | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.expected is None:
        return None
    author = await intact.person_in_chat(context.session, broadcast.author_chat_id)
    workshop = await _home(context, broadcast)
    title = workshop.title if workshop is not None else ""
    return NoticeSent(title, (author.name or "") if author else "", broadcast.expected)


@VIEWS.reads(BroadcastToConfirm.Payload)
async def to_confirm(context: ViewContext, payload: BroadcastToConfirm.Payload) -> BroadcastToConfirm | None:
    """None if the broadcast was dropped, or its recipients are being chosen again."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.expected is None:
        return None
    author = await intact.person_in_chat(context.session, broadcast.author_chat_id)
    return BroadcastToConfirm(
        broadcast.id,
        await _workshop_titles(context, broadcast),
        (author.name or "") if author else "",
        await _chosen(context, broadcast),
        await segments.count(_sights(context), broadcast),
        changed=payload.changed,
        links=_links(broadcast),
        later=_later(context, broadcast),
    )


@VIEWS.reads(BroadcastWaiting.Payload)
async def waiting(context: ViewContext, payload: BroadcastWaiting.Payload) -> BroadcastWaiting:
    ids = payload.second_organisers
    people = await context.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return BroadcastWaiting(payload.broadcast_id, tuple(p.name for p in people if p.name))


@VIEWS.reads(BroadcastProgress.Payload)
async def progress(context: ViewContext, payload: BroadcastProgress.Payload) -> BroadcastProgress | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None:
        return None
    report = await broadcast_reports.progress(context.session, broadcast, context.now)
    until = report.recall_until
    local = until.astimezone(context.operator.zone) if until else None
    return replace(report, recall_until=local, later=_later(context, broadcast))


@VIEWS.reads(BroadcastCopy.Payload)
async def copy(context: ViewContext, payload: BroadcastCopy.Payload) -> BroadcastCopy | None:
    """None if the broadcast was dropped or stopped, its author is gone, or no longer an organiser when it goes out."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.state is BroadcastState.DROPPED or broadcast.author_chat_id == NOWHERE:
        return None
    workshop = await _home(context, broadcast)
    if context.row.priority is Priority.BROADCAST:
        if not await _may_go(context, broadcast):
            return None
        if workshops_chosen.is_of_several(broadcast):
            workshop = await workshops_chosen.of_reader(
                context.session, context.operator, broadcast, context.row.person_id
            )
            if workshop is None:
                return None
    title = _sender(workshop)
    went = broadcast.confirmed_at if payload.late else None
    since = went.astimezone(context.operator.zone) if went is not None else None
    return BroadcastCopy(broadcast.author_chat_id, broadcast.message_id, title, _written(broadcast), since)


async def _home(context: ViewContext, broadcast: Broadcast) -> Workshop | None:
    """The workshop that it goes to, or the first of several."""
    there = broadcast.workshop_id
    return await context.session.get(Workshop, there) if there is not None else None


async def _may_go(context: ViewContext, broadcast: Broadcast) -> bool:
    """Whether this copy may go out now: a notice of the day, to whoever is still there."""
    if not running.may_go(broadcast):
        return False
    if broadcast.notice and not await segments.is_there(_sights(context), broadcast, context.row.person_id):
        return False
    return await sending.may_announce(context.session, broadcast, context.operator)


async def is_stopped(session: AsyncSession, broadcast_id: int) -> bool:
    """Whether an organiser has stopped it."""
    broadcast = await session.get(Broadcast, broadcast_id)
    return broadcast is not None and not running.may_go(broadcast)


@VIEWS.reads(BroadcastTakenBack.Payload)
async def taken_back(context: ViewContext, payload: BroadcastTakenBack.Payload) -> BroadcastTakenBack | None:
    """None if there is no message of it in this chat."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or context.row.edits_message is None:
        return None
    written = _written(broadcast)
    album = written.album if written is not None else ()
    return BroadcastTakenBack(album if len(album) > 1 else ())


def _written(broadcast: Broadcast) -> Written | None:
    return Written.read(broadcast.words) if broadcast.words is not None else None


def _links(broadcast: Broadcast) -> tuple[str, ...]:
    written = _written(broadcast)
    return written.links if written is not None else ()
