"""Views of the pledge moment."""

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views
from actions.organising.broadcasts.segments import Sights
from actions.organising.pledge_moments import moment_passes, pledge_moments
from db import intact, queries, reach
from db.models import Introduction, IntroState, Person, PledgeMoment, Workshop
from db.reached import reached
from domain.figures import FEW, Figure, Withheld, figure, within
from domain.outcomes.organising.pledge_moments import MomentAsked, MomentOpened, MomentProgress

VIEWS = Views()
_MOST = 8  # people offered as buttons; all others can be found by name


@VIEWS.reads(MomentAsked.Payload)
async def asked(context: ViewContext, payload: MomentAsked.Payload) -> MomentAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    sights = Sights(context.session, context.now, context.operator)
    rule = moment_passes.in_hall(sights, workshop.id)
    people = await context.session.scalar(select(func.count()).select_from(Person).where(*rule))
    last = await pledge_moments.latest(context.session, workshop.id)
    is_today = workshop.day == context.day(context.now)
    return MomentAsked(
        workshop.id,
        workshop.title,
        figure(people or 0),
        pledge_moments.version(last),
        None if is_today else workshop.day,
        payload.minutes,
        payload.changed,
    )


@VIEWS.reads(MomentProgress.Payload)
async def progress(context: ViewContext, payload: MomentProgress.Payload) -> MomentProgress | None:
    moment = await context.session.get(PledgeMoment, payload.moment_id)
    if moment is None:
        return None
    workshop = await context.session.get_one(Workshop, moment.workshop_id)
    counted = await pledge_moments.tally(context.session, moment, context.operator)
    of = await reached(context.session, workshop.id)
    return MomentProgress(
        moment_id=moment.id,
        title=workshop.title,
        until=context.operator.wall(moment.closes_at).time(),
        is_over=not pledge_moments.is_running(moment, context.now),
        told=figure(await pledge_moments.asked(context.session, moment.id)),
        made=_of(of.joined, within(counted.made, of.made)),
        waiting=_of(of.joined, figure(counted.waiting)),
    )


def _of(people: int, number: Figure) -> Figure:
    """Of a workshop that fewer than five have joined no number is told, here as on its wall."""
    return number if people >= FEW or number is Withheld.FEW else Withheld.UNTOLD


@VIEWS.reads(MomentOpened.Payload)
async def opened(context: ViewContext, payload: MomentOpened.Payload) -> MomentOpened | None:
    """Not said once it is over; what says it already goes on saying whom they met."""
    moment = await context.session.get(PledgeMoment, payload.moment_id)
    if moment is None:
        return None
    is_running = pledge_moments.is_running(moment, context.now)
    if not (is_running or context.is_edit):
        return None
    until = context.operator.wall(moment.closes_at).time() if is_running else None
    return MomentOpened(moment.id, until, await _met(context, moment.workshop_id))


async def _met(context: ViewContext, workshop_id: int) -> tuple[tuple[int, str], ...]:
    """Those with whom they both said yes in this workshop and who may be shown now, the newest first."""
    both = (Introduction.workshop_id == workshop_id, Introduction.state == IntroState.BOTH)
    mine = select(Introduction).where(queries.in_introduction(context.me.id), *both)
    found = await context.session.scalars(mine.order_by(Introduction.id.desc()))
    ids = dict.fromkeys(intro.other_than(context.me.id) for intro in found)
    people = [person for each in ids if (person := await intact.person(context.session, each)) is not None]
    shown = [person for person in people if reach.may_be_shown(person, context.now)]
    return tuple((person.id, person.name or "") for person in shown[:_MOST])
