"""Views of the care list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising import desk
from actions.organising.care import care, concerns
from actions.organising.care.concern_selects import Onlooker
from actions.organising.care.concerns import Concern
from actions.organising.team import team
from db import intact
from db.models import HelpCall, Person, Workshop
from domain.care import ConcernKind
from domain.outcomes.organising.care import CareLine, CareListed, CareOverview
from domain.team import NO_WORKSHOP, Duty, scope

VIEWS = Views()


async def onlooker(context: ViewContext) -> Onlooker:
    """The reader."""
    granted = await team.granted_in(context.session, context.operator, context.row.chat_id)
    return Onlooker(
        context.session,
        context.now,
        context.operator,
        context.row.chat_id,
        lambda duty: scope(granted, duty),
    )


@VIEWS.reads(CareOverview.Payload)
async def overview(context: ViewContext, _payload: CareOverview.Payload) -> CareOverview | None:
    """None for somebody who may not look any more."""
    of = await onlooker(context)
    if of.scope(Duty.RECEIVE) == NO_WORKSHOP:
        return None
    every = await concerns.found(of)
    number = Counter(each.kind for each in every)
    reader = context.reader.id if context.reader is not None else None
    return CareOverview(
        tuple((kind, number[kind]) for kind in ConcernKind if number[kind]),
        taken=sum(each.holder_id is not None for each in every),
        mine=sum(each.holder_id == reader for each in every) if reader is not None else 0,
    )


@VIEWS.reads(CareListed.Payload)
async def listed(context: ViewContext, payload: CareListed.Payload) -> CareListed | None:
    """None for somebody whose business it is not any more."""
    of = await onlooker(context)
    if of.scope(Duty.RECEIVE) == NO_WORKSHOP or not (payload.concern is None or of.sees(payload.concern)):
        return None
    found = await care.on_list(of, payload.concern, context.me.id)
    page, shown = on_page(found, payload.page)
    known = await _known(context, shown)
    lines = [await _line(context, of, each, known) for each in shown]
    return CareListed(
        payload.concern, tuple(lines), len(found), page * PAGE + 1, page, pages(len(found)), payload.did
    )


@dataclass(frozen=True)
class _Known:
    """What a page names, by id."""

    people: dict[int, Person]
    titles: dict[int, str]
    calls: dict[int, HelpCall]


async def _known(context: ViewContext, shown: Sequence[Concern]) -> _Known:
    people = await desk.on_list(context.session, sorted({each for one in shown for each in one.people}))
    places = select(Workshop.id).where(Workshop.id.in_({each.workshop_id for each in shown}))
    calls = [each.object_id for each in shown if each.kind is ConcernKind.HELP_CALL]
    asked = await context.session.scalars(select(HelpCall).where(HelpCall.id.in_(calls))) if calls else ()
    return _Known(
        {each.id: each for each in people},
        {each.id: each.title for each in await intact.rows(context.session, Workshop, places)},
        {each.id: each for each in asked},
    )


async def _line(context: ViewContext, of: Onlooker, each: Concern, known: _Known) -> CareLine:
    def name(person_id: int | None) -> str | None:
        if person_id is None:
            return None
        person = known.people.get(person_id)
        return (person.name or "") if person is not None else ""

    call = known.calls.get(each.object_id) if each.kind is ConcernKind.HELP_CALL else None
    holder = await care.holds(of, each)
    return CareLine(
        *each.key,
        workshop_id=each.workshop_id or 0,
        workshop=known.titles.get(each.workshop_id or 0, ""),
        since=context.day(each.since),
        name=name(each.person_id),
        beside=name(each.beside_id),
        topic=call.topic if call is not None else None,
        blocker=call.blocker if call is not None else None,
        holder=holder,
        mine=holder is not None and each.holder_id == context.me.id,
        version=care.version(each),
    )
