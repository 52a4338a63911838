"""Views of an organiser's question why somebody is asked nothing."""

from datetime import datetime

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views
from actions.pledging.nudges import next_questions
from db import intact, queries, reach
from db.models import Nudge, Person
from domain.nudging import Next, WhyNot, hour_of
from domain.outcomes.organising.whys import NextQuestion, PeopleFound, WhyNothing
from domain.outcomes.pledging.partners import PartnerFound
from domain.pledges import State

VIEWS = Views()

_ASKED = func.coalesce(Nudge.asked_again_at, Nudge.asked_at)


@VIEWS.reads(PeopleFound.Payload)
async def people(context: ViewContext, payload: PeopleFound.Payload) -> PeopleFound | None:
    """Those who are still there; None without any."""
    found = [await intact.person(context.session, person_id) for person_id in payload.hits]
    hits = tuple(
        PartnerFound(each.id, each.name or "", (each.place or "") if each.id in payload.alike else "")
        for each in found
        if each is not None and reach.agrees(each)
    )
    return PeopleFound(hits) if hits else None


@VIEWS.reads(WhyNothing.Payload)
async def why(context: ViewContext, payload: WhyNothing.Payload) -> WhyNothing | None:
    """None of somebody who is gone, or has taken their consent back."""
    person = await intact.person(context.session, payload.person_id)
    if person is None or not reach.agrees(person):
        return None
    asked: list[NextQuestion] = []
    for pledge in await queries.pledges_of(context.session, person, State.ACTIVE):
        about = Nudge.pledge_id == pledge.id
        found = await next_questions.next_for(context.session, person, context.now, context.operator, about)
        before = await context.session.scalar(
            select(func.max(_ASKED)).where(about, Nudge.person_id == person.id)
        )
        asked.append(_told(context, person, before, found))
    return WhyNothing(person.id, person.name or "", tuple(asked), hour_of(person.asking_hour).hour)


def _told(context: ViewContext, person: Person, before: datetime | None, found: Next | None) -> NextQuestion:
    """Organisers hear of a silence only in their list, long after the other party: here nothing is asked for now."""
    asked = context.day(before) if before is not None else None
    if found is None or found.why is WhyNot.SILENT:
        return NextQuestion(asked, None, None)
    why = next_questions.not_now(person, found, context.now, context.operator)
    return NextQuestion(asked, context.day(found.at) if found.at is not None else None, why)
