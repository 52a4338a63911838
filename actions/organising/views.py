"""Views of the organisers' desk."""

from sqlalchemy import Select, func, select

from actions.exchange.context import ViewContext, Views, card
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising import complaints, desk, segments, sending, team
from actions.pledging import history
from db import intact, queries
from db.models import (
    NOWHERE,
    Broadcast,
    BroadcastState,
    Introduction,
    IntroState,
    Membership,
    Person,
    Pledge,
    Priority,
    Workshop,
)
from domain.figures import figure, within
from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    BroadcastWaiting,
    SegmentAsked,
)
from domain.outcomes.organising.complaints import ComplaintShown, NoComplaints
from domain.outcomes.organising.desk import (
    ClaimsWaiting,
    NoClaims,
    PeopleCounts,
    RoleClaim,
    RoleClaims,
)
from domain.outcomes.small import GroupHint
from domain.team import Duty
from domain.written import Written

VIEWS = Views()


@VIEWS.reads(RoleClaims.Payload)
async def claims(context: ViewContext, payload: RoleClaims.Payload) -> RoleClaims | NoClaims:
    there = await team.scope_of(context, Duty.RECEIVE)
    refused = await desk.refused_claims(context.session, there)
    listed = refused if payload.refused else await desk.waiting_claims(context.session, there)
    page, named = on_page(listed, payload.page)
    people = await desk.on_list(context.session, named)
    others = bool(refused) and not payload.refused
    if not people:
        return NoClaims(others)
    return RoleClaims(
        page=page,
        pages=pages(len(listed)),
        waiting=len(listed),
        first=page * PAGE + 1,
        people=tuple((p.id, card(p)) for p in people),
        refused=payload.refused,
        others_refused=others,
    )


@VIEWS.reads(NoClaims.Payload)
async def no_claims(context: ViewContext, _payload: NoClaims.Payload) -> NoClaims:
    there = await team.scope_of(context, Duty.RECEIVE)
    return NoClaims(bool(await desk.refused_claims(context.session, there)))


@VIEWS.reads(ClaimsWaiting.Payload)
async def claims_waiting(context: ViewContext, _payload: ClaimsWaiting.Payload) -> ClaimsWaiting | None:
    """None once all are decided, and for somebody who confirms nobody any more."""
    waiting = len(await desk.waiting_claims(context.session, await team.scope_of(context, Duty.RECEIVE)))
    return ClaimsWaiting(waiting) if waiting else None


@VIEWS.reads(RoleClaim.Payload)
async def claim(context: ViewContext, payload: RoleClaim.Payload) -> RoleClaim | None:
    person = await intact.person(context.session, payload.person_id)
    if person is None:
        return None
    there = await team.scope_of(context, Duty.RECEIVE)
    left = len({*await desk.waiting_claims(context.session, there)} - {person.id})
    alike = await desk.looks_like_confirmed(context.session, person)
    return RoleClaim(person.id, card(person), left, person.role_confirmed, alike, changed=payload.changed)


@VIEWS.reads(ComplaintShown.Payload)
async def complaint(context: ViewContext, _payload: ComplaintShown.Payload) -> ComplaintShown | NoComplaints:
    there = await team.scope_of(context, Duty.RUN)
    oldest = await complaints.oldest(context.session, context.row.chat_id, there)
    if oldest is None:
        return NoComplaints()
    writer = await intact.person(context.session, oldest.writer_id)
    waiting = await complaints.waiting(context.session, context.row.chat_id, there)
    name, contact = (writer.name or "") if writer else "", oldest.introduction_id is not None
    return ComplaintShown(oldest.id, name, oldest.words, waiting, contact)


async def _broadcast(context: ViewContext, broadcast_id: int) -> Broadcast | None:
    return await context.session.get(Broadcast, broadcast_id)


async def _workshop_title(context: ViewContext, workshop_id: int | None) -> str:
    """The title of the workshop that a broadcast goes to; empty if there is none."""
    workshop = await context.session.get(Workshop, workshop_id) if workshop_id is not None else None
    return workshop.title if workshop is not None else ""


async def _sender(context: ViewContext, workshop_id: int | None) -> str:
    """Who an announcement to a workshop is from: what its organisers chose, else its title; empty if there is none."""
    workshop = await context.session.get(Workshop, workshop_id) if workshop_id is not None else None
    return (workshop.sender or workshop.title) if workshop is not None else ""


@VIEWS.reads(BroadcastContentAsked.Payload)
async def content_asked(
    context: ViewContext, payload: BroadcastContentAsked.Payload
) -> BroadcastContentAsked:
    return BroadcastContentAsked(await _workshop_title(context, payload.workshop_id))


@VIEWS.reads(SegmentAsked.Payload)
async def segment_asked(context: ViewContext, payload: SegmentAsked.Payload) -> SegmentAsked | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None:
        return None
    step = payload.step
    title = await _workshop_title(context, broadcast.workshop_id)
    options = await segments.options(context.session, broadcast, step, context.now)
    return SegmentAsked(broadcast.id, title, step, options)


@VIEWS.reads(BroadcastPreview.Payload)
async def preview(context: ViewContext, payload: BroadcastPreview.Payload) -> BroadcastPreview | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.segment is None:
        return None
    return BroadcastPreview(
        broadcast.id,
        await _workshop_title(context, broadcast.workshop_id),
        broadcast.segment,
        broadcast.segment_value or "",
        await segments.count(context.session, broadcast, context.now),
        typed=payload.typed,
        links=_links(broadcast),
    )


@VIEWS.reads(BroadcastToConfirm.Payload)
async def to_confirm(context: ViewContext, payload: BroadcastToConfirm.Payload) -> BroadcastToConfirm | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.segment is None:
        return None
    author = await intact.person_in_chat(context.session, broadcast.author_chat_id)
    return BroadcastToConfirm(
        broadcast.id,
        await _workshop_title(context, broadcast.workshop_id),
        (author.name or "") if author else "",
        broadcast.segment,
        broadcast.segment_value or "",
        await segments.count(context.session, broadcast, context.now),
        changed=payload.changed,
        links=_links(broadcast),
    )


@VIEWS.reads(BroadcastWaiting.Payload)
async def waiting(context: ViewContext, payload: BroadcastWaiting.Payload) -> BroadcastWaiting:
    ids = payload.second_organisers
    people = await context.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return BroadcastWaiting(payload.broadcast_id, tuple(p.name for p in people if p.name))


@VIEWS.reads(BroadcastProgress.Payload)
async def progress(context: ViewContext, payload: BroadcastProgress.Payload) -> BroadcastProgress | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    return await sending.progress(context.session, broadcast) if broadcast else None


@VIEWS.reads(BroadcastCopy.Payload)
async def copy(context: ViewContext, payload: BroadcastCopy.Payload) -> BroadcastCopy | None:
    """None if the broadcast was dropped, its author is gone, or no organiser any more when it goes out."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.state is BroadcastState.DROPPED or broadcast.author_chat_id == NOWHERE:
        return None
    going_out = context.row.priority is Priority.BROADCAST
    if going_out and not await sending.may_announce(context.session, broadcast, context.operator):
        return None
    title = await _sender(context, broadcast.workshop_id)
    return BroadcastCopy(broadcast.author_chat_id, broadcast.message_id, title, _written(broadcast))


def _written(broadcast: Broadcast) -> Written | None:
    return Written.read(broadcast.words) if broadcast.words is not None else None


def _links(broadcast: Broadcast) -> tuple[str, ...]:
    written = _written(broadcast)
    return written.links if written is not None else ()


@VIEWS.reads(PeopleCounts.Payload)
async def counts(context: ViewContext, payload: PeopleCounts.Payload) -> PeopleCounts | None:
    """How far people of one workshop came, from joining to answering, of all who ever joined.

    The erased are counted, too, as numbers of nobody. A number below five is told to nobody.
    """
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    joined = select(Membership.person_id).where(Membership.workshop_id == workshop.id)
    finished = select(Person.id).where(Person.id.in_(joined), Person.finished_at.is_not(None))
    met = select(Introduction.id).where(
        Introduction.workshop_id == workshop.id, Introduction.state == IntroState.BOTH
    )
    together = met.where(queries.got_together())
    made = select(Pledge.id).where(Pledge.workshop_id == workshop.id, Pledge.made_on.is_not(None))
    answered = made.where(history.has_answers(Pledge.id))
    of_all = await _with_gone(context, joined, workshop.gone_joined)
    of_met = await _with_gone(context, met, workshop.gone_met)
    of_made = await _with_gone(context, made, workshop.gone_made)
    return PeopleCounts(
        workshop.title,
        joined=figure(of_all),
        profiles=within(await _with_gone(context, finished, workshop.gone_finished), of_all),
        both_yes=figure(of_met),
        got_together=within(await _with_gone(context, together, workshop.gone_got_together), of_met),
        promised=figure(of_made),
        answered=within(await _with_gone(context, answered, workshop.gone_answered), of_made),
    )


async def _with_gone(context: ViewContext, present: Select[int], gone: int) -> int:
    """How many rows there are, with those that are gone."""
    return gone + (await context.session.scalar(select(func.count()).select_from(present.subquery())) or 0)


@VIEWS.reads(GroupHint.Payload)
async def group_hint(context: ViewContext, _payload: GroupHint.Payload) -> GroupHint:
    return GroupHint(context.operator.bot)
