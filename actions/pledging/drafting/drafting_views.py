"""Views of drafting a pledge: with whom, who acts, the sentence, the deadline, the preview."""

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.pledging.drafting.drafting import advice_on
from actions.pledging.pledge_views import is_with_entered, offices, own_pledge
from db import queries, reach
from db.models import Person, Pledge
from domain.coaching import Gap, of_words_under_way
from domain.deadlines import SaidDay, said_day
from domain.outcomes.pledging.days import DayMeant
from domain.outcomes.pledging.partners import PartnerAsked, PartnerFound, PartnersFound
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PledgePreview,
    SentenceAsked,
    SentenceCoached,
)
from domain.pledges import Acts, State

VIEWS = Views()


@VIEWS.reads(PartnerAsked.Payload)
async def partner_asked(context: ViewContext, _payload: PartnerAsked.Payload) -> PartnerAsked:
    met = await queries.matches_of(context.session, context.me)
    people = [p for p in met if reach.may_be_shown(p, context.now)]
    entered = await queries.entered_by(context.session, context.me)
    return PartnerAsked(tuple((p.id, p.name or "") for p in (*people, *entered)))


@VIEWS.reads(PartnersFound.Payload)
async def partners_found(context: ViewContext, payload: PartnersFound.Payload) -> PartnersFound:
    found = await context.session.scalars(select(Person).where(Person.id.in_(payload.hits)))
    people = {person.id: person for person in found}
    hits = tuple(_found(people[i], payload) for i in payload.hits if i in people)
    return PartnersFound(hits, payload.pledge_id)


def _found(person: Person, payload: PartnersFound.Payload) -> PartnerFound:
    place = person.place or "" if person.id in payload.alike else ""
    return PartnerFound(person.id, person.name or "", place)


@VIEWS.reads(ActsAsked.Payload)
async def acts_asked(context: ViewContext, payload: ActsAsked.Payload) -> ActsAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return ActsAsked(own.pledge.id, own.partner) if own else None


@VIEWS.reads(SentenceAsked.Payload)
async def sentence_asked(context: ViewContext, payload: SentenceAsked.Payload) -> SentenceAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    adjusting = pledge.state is State.PROPOSED
    return SentenceAsked(pledge.id, own.partner, acts_for(context, pledge), adjusting, pledge.text or "")


def acts_for(context: ViewContext, pledge: Pledge) -> Acts:
    """Who acts, from the reader's side: "author" is the reader."""
    acts = pledge.acts or Acts.AUTHOR
    if pledge.author_id == context.party.id or acts is Acts.BOTH:
        return acts
    return Acts.PARTNER if acts is Acts.AUTHOR else Acts.AUTHOR


@VIEWS.reads(SentenceCoached.Payload)
async def coached(context: ViewContext, payload: SentenceCoached.Payload) -> SentenceCoached | None:
    """None unless it is a draft whose sentence is still worth a question."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.DRAFT:
        return None
    pledge = own.pledge
    advice = advice_on(pledge, context.day(context.now), context.voice.language)
    if advice is None or not advice.asks_back:
        return None
    return SentenceCoached(pledge.id, pledge.text or "", pledge.acts or Acts.AUTHOR, advice)


@VIEWS.reads(PledgePreview.Payload)
async def preview(context: ViewContext, payload: PledgePreview.Payload) -> PledgePreview | None:
    """None unless it is a draft with a sentence and a deadline."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    if pledge.state is not State.DRAFT or pledge.text is None or pledge.deadline is None:
        return None
    advice = advice_on(pledge, context.day(context.now), context.voice.language)
    return PledgePreview(
        pledge_id=pledge.id,
        text=pledge.text,
        other=own.partner,
        acts=pledge.acts or Acts.AUTHOR,
        deadline=pledge.deadline,
        said=said_otherwise(context, pledge),
        dated=advice if advice and advice.sharper and not advice.asks_back else None,
        tells_of_silence=pledge.told_of_silence,
        entered=await is_with_entered(context, pledge),
        offices=await offices(context, pledge),
    )


def said_otherwise(context: ViewContext, pledge: Pledge) -> SaidDay | None:
    """The day that the sentence names instead of its deadline.

    The first sentence is read as on the day the pledge was begun, a changed one as of now.
    """
    if pledge.text is None or pledge.deadline is None:
        return None
    today = context.day(context.now)
    written_on = context.day(pledge.created_at) if pledge.revision == 1 else today
    return said_day(pledge.text, pledge.deadline, written_on=written_on, today=today)


@VIEWS.reads(DeadlineAsked.Payload)
async def deadline_asked(context: ViewContext, payload: DeadlineAsked.Payload) -> DeadlineAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    return DeadlineAsked(own.pledge.id, own.pledge.deadline, payload.typed)


def left_open(context: ViewContext, words: str) -> Gap | None:
    """What other words of the reader's, which are on their way to the other, leave open."""
    if not words:
        return None
    return of_words_under_way(words, context.day(context.now), context.voice.language)


@VIEWS.reads(DayMeant.Payload)
async def day_meant(context: ViewContext, payload: DayMeant.Payload) -> DayMeant | None:
    own = await own_pledge(context, payload.pledge_id)
    return DayMeant(own.pledge.id, payload.days, payload.use, payload.at) if own else None
