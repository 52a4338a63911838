"""Views of the organisers' desk."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views, card
from actions.joining.views import members
from actions.organising import broadcasts, desk, segments
from actions.organising.paging import PAGE, on_page, pages
from db import queries
from db.models import (
    NOWHERE,
    Broadcast,
    BroadcastState,
    Introduction,
    IntroState,
    Membership,
    Person,
    Pledge,
    Report,
    Workshop,
)
from domain.figures import told
from domain.links import Link, LinkKind
from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    BroadcastWaiting,
    SegmentAsked,
)
from domain.outcomes.organising.desk import (
    NoClaims,
    OrgaMenu,
    OrgaWorkshop,
    PeopleCounts,
    RoleClaim,
    RoleClaims,
    WorkshopAsked,
    WorkshopCard,
)
from domain.outcomes.small import GroupHint
from domain.pledges import State

VIEWS = Views()


@VIEWS.reads(OrgaMenu.Payload)
async def menu(context: ViewContext, _payload: OrgaMenu.Payload) -> OrgaMenu:
    claims = len(await desk.waiting_claims(context.session))
    pledges = await context.session.scalar(
        select(func.count()).select_from(Pledge).where(Pledge.state.in_((State.ACTIVE, State.ENDED)))
    )
    found = await queries.workshops(context.session)
    newest = on_page(found, 0)[1]
    return OrgaMenu(await _listed(context, newest), len(found), claims, told(pledges or 0))


async def _listed(context: ViewContext, found: Sequence[Workshop]) -> tuple[OrgaWorkshop, ...]:
    return tuple([OrgaWorkshop(w.id, w.title, await members(context, w.id)) for w in found])


@VIEWS.reads(WorkshopAsked.Payload)
async def workshop_asked(context: ViewContext, payload: WorkshopAsked.Payload) -> WorkshopAsked:
    found = await queries.workshops(context.session)
    page, shown = on_page(found, payload.page)
    return WorkshopAsked(payload.task, page, pages(len(found)), await _listed(context, shown))


@VIEWS.reads(WorkshopCard.Payload)
async def workshop(context: ViewContext, payload: WorkshopCard.Payload) -> WorkshopCard | None:
    found = await context.session.get(Workshop, payload.workshop_id)
    if found is None:
        return None
    link = context.operator.address_of(Link(LinkKind.WORKSHOP, found.code))
    return WorkshopCard(found.id, found.title, found.code, link, await members(context, found.id))


@VIEWS.reads(RoleClaims.Payload)
async def claims(context: ViewContext, payload: RoleClaims.Payload) -> RoleClaims | NoClaims:
    waiting = await desk.waiting_claims(context.session)
    page, people = on_page(waiting, payload.page)
    if not people:
        return NoClaims()
    first = page * PAGE + 1
    return RoleClaims(page, pages(len(waiting)), len(waiting), first, tuple((p.id, card(p)) for p in people))


@VIEWS.reads(RoleClaim.Payload)
async def claim(context: ViewContext, payload: RoleClaim.Payload) -> RoleClaim | None:
    person = await context.session.get(Person, payload.person_id)
    if person is None:
        return None
    left = len([p for p in await desk.waiting_claims(context.session) if p.id != person.id])
    return RoleClaim(person.id, card(person), left, person.role_confirmed)


async def _broadcast(context: ViewContext, broadcast_id: int) -> Broadcast | None:
    return await context.session.get(Broadcast, broadcast_id)


async def _workshop_title(context: ViewContext, workshop_id: int | None) -> str:
    """The name of the workshop that an announcement goes to."""
    found = await context.session.get(Workshop, workshop_id) if workshop_id is not None else None
    return found.title if found is not None else ""


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
    )


@VIEWS.reads(BroadcastToConfirm.Payload)
async def to_confirm(context: ViewContext, payload: BroadcastToConfirm.Payload) -> BroadcastToConfirm | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.segment is None:
        return None
    author = await queries.person_in_chat(context.session, broadcast.author_chat_id)
    return BroadcastToConfirm(
        broadcast.id,
        await _workshop_title(context, broadcast.workshop_id),
        (author.name or "") if author else "",
        broadcast.segment,
        broadcast.segment_value or "",
        await segments.count(context.session, broadcast, context.now),
        changed=payload.changed,
    )


@VIEWS.reads(BroadcastWaiting.Payload)
async def waiting(context: ViewContext, payload: BroadcastWaiting.Payload) -> BroadcastWaiting:
    ids = payload.second_organisers
    people = await context.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return BroadcastWaiting(payload.broadcast_id, tuple(p.name for p in people if p.name))


@VIEWS.reads(BroadcastProgress.Payload)
async def progress(context: ViewContext, payload: BroadcastProgress.Payload) -> BroadcastProgress | None:
    broadcast = await _broadcast(context, payload.broadcast_id)
    return await broadcasts.progress(context.session, broadcast) if broadcast else None


@VIEWS.reads(BroadcastCopy.Payload)
async def copy(context: ViewContext, payload: BroadcastCopy.Payload) -> BroadcastCopy | None:
    """Nothing of one that was dropped, or whose author is gone."""
    broadcast = await _broadcast(context, payload.broadcast_id)
    if broadcast is None or broadcast.state is BroadcastState.DROPPED or broadcast.author_chat_id == NOWHERE:
        return None
    return BroadcastCopy(broadcast.author_chat_id, broadcast.message_id)


@VIEWS.reads(PeopleCounts.Payload)
async def counts(context: ViewContext, payload: PeopleCounts.Payload) -> PeopleCounts | None:
    """One workshop's way from joining to answering, of all who ever came: the erased stay in it as numbers. Below
    five nobody is told how many. Who is there now, the desk and announcements count among the people.
    """
    found = await context.session.get(Workshop, payload.workshop_id)
    if found is None:
        return None
    ids = select(Membership.person_id).where(Membership.workshop_id == found.id)
    met = select(Introduction.id).where(
        Introduction.workshop_id == found.id, Introduction.state == IntroState.BOTH
    )
    made = select(Pledge.id).where(Pledge.workshop_id == found.id, Pledge.made_on.is_not(None))
    answered = made.where(select(Report.id).where(Report.pledge_id == Pledge.id).exists())

    async def count(what: Any, gone: int) -> int | None:
        live = await context.session.scalar(select(func.count()).select_from(what.subquery())) or 0
        return told(live + gone)

    finished = select(Person.id).where(Person.id.in_(ids), Person.finished_at.is_not(None))
    return PeopleCounts(
        found.title,
        await count(ids, found.gone_joined),
        await count(finished, found.gone_finished),
        await count(met, found.gone_met),
        await count(made, found.gone_made),
        await count(answered, found.gone_answered),
    )


@VIEWS.reads(GroupHint.Payload)
async def group_hint(context: ViewContext, _payload: GroupHint.Payload) -> GroupHint:
    return GroupHint(context.operator.bot)
