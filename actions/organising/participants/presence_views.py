"""Views of how long MPs stay, and how many talks they still take."""

from actions.exchange import parties
from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising.participants import presences
from actions.organising.team import team
from db import intact, queries, talks
from db.models import Person, Workshop
from domain.outcomes.organising.presences import PresenceAsked, PresenceCard, PresenceList, PresentMp
from domain.presence import hours_ahead, presence
from domain.presence_said import PresenceSaid
from domain.team import Duty, reaches

VIEWS = Views()

_TALKS = (1, 2, 3, 5, 0)


@VIEWS.reads(PresenceCard.Payload)
async def shown(context: ViewContext, payload: PresenceCard.Payload) -> PresenceCard | None:
    """None if the reader may no longer know, or the workshop is over."""
    mp = await _mp(context, payload.person_id)
    today = context.day(context.now)
    workshop = await queries.next_workshop(context.session, mp, today) if mp is not None else None
    if mp is None or workshop is None:
        return None
    present = await _present(context, mp, workshop)
    said = present.until is not None or present.talks is not None
    return PresenceCard(
        mp_id=mp.id,
        mp=present.name,
        mine=_is_me(context, mp),
        until=present.until,
        talks=present.talks,
        gone=present.gone,
        another_day=workshop.day if workshop.day != today else None,
        ways=_ways(context, workshop, said=said),
        by=payload.by,
    )


def _ways(context: ViewContext, workshop: Workshop, *, said: bool) -> tuple[PresenceSaid, ...]:
    wall = context.operator.wall(context.now)
    hours = hours_ahead(workshop.day, workshop.opens, workshop.closes, wall)
    leaves = (PresenceSaid(leaves=True),) if workshop.day == wall.date() else ()
    talks = (PresenceSaid(talks=each) for each in _TALKS)
    return (
        *(PresenceSaid(until=each) for each in hours),
        *talks,
        *leaves,
        *((PresenceSaid(open=True),) if said else ()),
    )


@VIEWS.reads(PresenceAsked.Payload)
async def asked(context: ViewContext, payload: PresenceAsked.Payload) -> PresenceAsked | None:
    mp = await _mp(context, payload.person_id)
    return PresenceAsked(mp.id, mp.name or "", _is_me(context, mp)) if mp is not None else None


@VIEWS.reads(PresenceList.Payload)
async def listed(context: ViewContext, payload: PresenceList.Payload) -> PresenceList:
    today = context.day(context.now)
    everybody = await presences.of_today(context.session, await team.scope_of(context, Duty.RECEIVE), today)
    page, named = on_page(everybody, payload.page)
    mps = []
    for each in named:
        mp = await intact.person(context.session, each.id)
        workshop = await queries.next_workshop(context.session, mp, today) if mp is not None else None
        if mp is not None and workshop is not None:
            mps.append(await _present(context, mp, workshop))
    return PresenceList(page, pages(len(everybody)), page * PAGE + 1, tuple(mps))


def _is_me(context: ViewContext, mp: Person) -> bool:
    return context.reader is not None and context.reader.id == mp.id


async def _mp(context: ViewContext, mp_id: int) -> Person | None:
    """The MP, if they agree and the reader may know; the reader may be somebody of the team without a profile."""
    mp = await intact.person(context.session, mp_id)
    if mp is None or not presences.is_one(mp):
        return None
    me = context.reader.id if context.reader is not None else None
    if await parties.acts_for(context.session, me, mp.id):
        return mp
    there = await team.scope_of(context, Duty.RECEIVE)
    return mp if reaches(there, [each.workshop_id for each in mp.memberships]) else None


async def _present(context: ViewContext, mp: Person, workshop: Workshop) -> PresentMp:
    said, wall = presence(mp, workshop.day), context.operator.wall(context.now)
    left = None
    if said.talks is not None:
        left = max(0, said.talks - await talks.agreed(context.session, workshop.id, mp.id))
    gone = workshop.day == wall.date() and not said.is_here(wall.time())
    return PresentMp(mp.id, mp.name or "", said.until, left, gone)
