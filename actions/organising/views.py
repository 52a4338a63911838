"""Views of the organisers' desk."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from actions.exchange.context import Sight, View, card
from actions.joining.views import FEW, members
from actions.organising import broadcasts, desk, segments
from actions.rights.erasure import NOWHERE
from db import queries
from db.models import (
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
from domain.outcomes.organising import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    BroadcastWaiting,
    Errand,
    NoClaims,
    OrgaMenu,
    OrgaWorkshop,
    PeopleCounts,
    RoleClaim,
    RoleClaims,
    Segment,
    SegmentAsked,
    WorkshopAsked,
    WorkshopCard,
)
from domain.outcomes.small import Fault, GroupHint
from domain.pledges import State


async def menu(sight: Sight) -> OrgaMenu:
    claims = len(await desk.waiting_claims(sight.session))
    pledges = await sight.session.scalar(
        select(func.count()).select_from(Pledge).where(Pledge.state.in_((State.ACTIVE, State.ENDED)))
    )
    found = await queries.workshops(sight.session)
    newest = desk.on_page(found, 0)[1]
    return OrgaMenu(await _listed(sight, newest), len(found), claims, _from_five(pledges or 0))


def _from_five(n: int) -> int | None:
    return n if n >= FEW else None


async def _listed(sight: Sight, found: Sequence[Workshop]) -> tuple[OrgaWorkshop, ...]:
    return tuple([OrgaWorkshop(w.id, w.title, await members(sight, w.id)) for w in found])


async def workshop_asked(sight: Sight) -> WorkshopAsked:
    found = await queries.workshops(sight.session)
    page, shown = desk.on_page(found, int(sight.args["page"]))
    errand = Errand(sight.args["errand"])
    return WorkshopAsked(errand, page, desk.pages(found), await _listed(sight, shown))


async def workshop(sight: Sight) -> WorkshopCard | None:
    found = await sight.session.get(Workshop, sight.object_id)
    if found is None:
        return None
    link = sight.house.link(f"w_{found.code}")
    return WorkshopCard(found.id, found.title, found.code, link, await members(sight, found.id))


async def claims(sight: Sight) -> RoleClaims | NoClaims:
    waiting = await desk.waiting_claims(sight.session)
    page, people = desk.on_page(waiting, int(sight.args["page"]))
    if not people:
        return NoClaims()
    first = page * desk.PAGE + 1
    return RoleClaims(page, desk.pages(waiting), len(waiting), first, tuple((p.id, card(p)) for p in people))


async def claim(sight: Sight) -> RoleClaim | None:
    person = await sight.session.get(Person, sight.object_id)
    if person is None:
        return None
    left = len([p for p in await desk.waiting_claims(sight.session) if p.id != person.id])
    return RoleClaim(person.id, card(person), left, person.role_confirmed)


async def _broadcast(sight: Sight) -> Broadcast | None:
    return await sight.session.get(Broadcast, sight.object_id)


async def _hall(sight: Sight, workshop_id: int | None) -> str:
    """The name of the workshop that an announcement goes to."""
    found = await sight.session.get(Workshop, workshop_id) if workshop_id is not None else None
    return found.title if found is not None else ""


async def content_asked(sight: Sight) -> BroadcastContentAsked:
    return BroadcastContentAsked(await _hall(sight, sight.object_id))


async def segment_asked(sight: Sight) -> SegmentAsked | None:
    broadcast = await _broadcast(sight)
    if broadcast is None:
        return None
    step = Segment(sight.args["step"]) if "step" in sight.args else None
    hall = await _hall(sight, broadcast.workshop_id)
    return SegmentAsked(broadcast.id, hall, step, await segments.options(sight.session, broadcast, step))


async def preview(sight: Sight) -> BroadcastPreview | None:
    broadcast = await _broadcast(sight)
    if broadcast is None or broadcast.segment is None:
        return None
    return BroadcastPreview(
        broadcast.id,
        await _hall(sight, broadcast.workshop_id),
        broadcast.segment,
        broadcast.segment_value or "",
        await segments.count(sight.session, broadcast),
        typed=bool(sight.args.get("typed")),
    )


async def to_confirm(sight: Sight) -> BroadcastToConfirm | None:
    broadcast = await _broadcast(sight)
    if broadcast is None or broadcast.segment is None:
        return None
    author = await queries.person_in_chat(sight.session, broadcast.author_chat_id)
    return BroadcastToConfirm(
        broadcast.id,
        await _hall(sight, broadcast.workshop_id),
        (author.name or "") if author else "",
        broadcast.segment,
        broadcast.segment_value or "",
        await segments.count(sight.session, broadcast),
        changed=bool(sight.args.get("changed")),
    )


async def waiting(sight: Sight) -> BroadcastWaiting:
    ids: list[int] = sight.args.get("seconds", [])
    people = await sight.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return BroadcastWaiting(sight.object_id, tuple(p.name for p in people if p.name))


async def progress(sight: Sight) -> BroadcastProgress | None:
    broadcast = await _broadcast(sight)
    return await broadcasts.progress(sight.session, broadcast) if broadcast else None


async def copy(sight: Sight) -> BroadcastCopy | None:
    """Nothing of one that was dropped, or whose author is gone."""
    broadcast = await _broadcast(sight)
    if broadcast is None or broadcast.state is BroadcastState.DROPPED or broadcast.author_chat_id == NOWHERE:
        return None
    return BroadcastCopy(broadcast.author_chat_id, broadcast.message_id)


async def counts(sight: Sight) -> PeopleCounts | None:
    """One workshop's way from joining to answering, of all who ever came: the erased stay in it as numbers. Below
    five nobody is told how many. Who is there now, the desk and announcements count among the people.
    """
    found = await sight.session.get(Workshop, sight.object_id)
    if found is None:
        return None
    ids = select(Membership.person_id).where(Membership.workshop_id == found.id)
    met = select(Introduction.id).where(
        Introduction.workshop_id == found.id, Introduction.state == IntroState.BOTH
    )
    made = select(Pledge.id).where(Pledge.workshop_id == found.id, Pledge.made_on.is_not(None))
    answered = made.where(select(Report.id).where(Report.pledge_id == Pledge.id).exists())

    async def count(what: Any, gone: int) -> int | None:
        live = await sight.session.scalar(select(func.count()).select_from(what.subquery())) or 0
        return _from_five(live + gone)

    finished = select(Person.id).where(Person.id.in_(ids), Person.finished_at.is_not(None))
    return PeopleCounts(
        found.title,
        await count(ids, found.gone_joined),
        await count(finished, found.gone_finished),
        await count(met, found.gone_met),
        await count(made, found.gone_made),
        await count(answered, found.gone_answered),
    )


async def fault(sight: Sight) -> Fault:
    return Fault(f"{sight.object_id:06X}")


async def group_hint(sight: Sight) -> GroupHint:
    return GroupHint(sight.house.bot)


VIEWS: dict[str, View] = {
    OrgaMenu.__name__: menu,
    WorkshopAsked.__name__: workshop_asked,
    WorkshopCard.__name__: workshop,
    RoleClaims.__name__: claims,
    RoleClaim.__name__: claim,
    BroadcastContentAsked.__name__: content_asked,
    SegmentAsked.__name__: segment_asked,
    BroadcastPreview.__name__: preview,
    BroadcastToConfirm.__name__: to_confirm,
    BroadcastWaiting.__name__: waiting,
    BroadcastProgress.__name__: progress,
    BroadcastCopy.__name__: copy,
    PeopleCounts.__name__: counts,
    Fault.__name__: fault,
    GroupHint.__name__: group_hint,
}
