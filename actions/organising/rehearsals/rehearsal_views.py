"""The view of a rehearsal, which is played when it is said."""

from dataclasses import replace

from actions.exchange.context import ViewContext, Views
from actions.pledging.nudges import terms
from domain.outcomes.organising.rehearsals import RehearsalPlayed
from domain.rehearsals import RehearsalPlan, busiest_hour, clashes

VIEWS = Views()


@VIEWS.reads(RehearsalPlayed.Payload)
async def played(context: ViewContext, payload: RehearsalPlayed.Payload) -> RehearsalPlayed:
    """Takes some seconds, beside the event loop."""
    operator, plan = context.operator, RehearsalPlan(**vars(payload))
    uploads = list(await context.session.scalars(terms.CONFIRMED))
    said = await operator.rehearse(plan, context.voice, uploads, operator)
    found = clashes(plan, said, await terms.known(context.session), operator.zone)
    local = tuple(replace(each, at=each.at.astimezone(operator.zone)) for each in said)
    return RehearsalPlayed(plan, local, tuple(found), busiest_hour(local))
