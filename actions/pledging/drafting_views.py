"""Views of drafting a pledge: with whom, who acts, the sentence, the deadline, the preview."""

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views, card
from actions.pledging.pledge_views import own_pledge
from db import queries, reach
from db.models import Person, Pledge
from domain.days import day_in
from domain.nudging import may_be_deadline
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PartnerAsked,
    PartnersFound,
    PledgePreview,
    SentenceAsked,
)
from domain.pledges import Acts, State

VIEWS = Views()


@VIEWS.reads(PartnerAsked.Payload)
async def partner_asked(context: ViewContext, _payload: PartnerAsked.Payload) -> PartnerAsked:
    met = await queries.matches_of(context.session, context.me)
    people = [p for p in met if reach.may_be_shown(p, context.now)]
    return PartnerAsked(tuple((p.id, p.name or "") for p in people))


@VIEWS.reads(PartnersFound.Payload)
async def partners_found(context: ViewContext, payload: PartnersFound.Payload) -> PartnersFound:
    found = await context.session.scalars(select(Person).where(Person.id.in_(payload.hits)))
    people = {person.id: person for person in found}
    return PartnersFound(tuple((i, card(people[i])) for i in payload.hits if i in people))


@VIEWS.reads(ActsAsked.Payload)
async def acts_asked(context: ViewContext, payload: ActsAsked.Payload) -> ActsAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return ActsAsked(own.pledge.id, own.other) if own else None


@VIEWS.reads(SentenceAsked.Payload)
async def sentence_asked(context: ViewContext, payload: SentenceAsked.Payload) -> SentenceAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    adjusting = pledge.state is State.PROPOSED
    return SentenceAsked(pledge.id, own.other, acts_for(context, pledge), adjusting, pledge.text or "")


def acts_for(context: ViewContext, pledge: Pledge) -> Acts:
    """Who acts, from the reader's side: "author" is the reader."""
    acts = pledge.acts or Acts.AUTHOR
    if pledge.author_id == context.me.id or acts is Acts.BOTH:
        return acts
    return Acts.PARTNER if acts is Acts.AUTHOR else Acts.AUTHOR


@VIEWS.reads(PledgePreview.Payload)
async def preview(context: ViewContext, payload: PledgePreview.Payload) -> PledgePreview | None:
    """None unless it is a draft with a sentence and a deadline."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    if pledge.state is not State.DRAFT or pledge.text is None or pledge.deadline is None:
        return None
    today = context.day(context.now)
    named = day_in(pledge.text, today)
    return PledgePreview(
        pledge_id=pledge.id,
        text=pledge.text,
        other=own.other,
        acts=pledge.acts or Acts.AUTHOR,
        deadline=pledge.deadline,
        said=named if named != pledge.deadline else None,
        fits=named is not None and may_be_deadline(today, named),
    )


@VIEWS.reads(DeadlineAsked.Payload)
async def deadline_asked(context: ViewContext, payload: DeadlineAsked.Payload) -> DeadlineAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    return DeadlineAsked(own.pledge.id, own.pledge.deadline, payload.typed)
