"""Views of matching: cards, questions, ways to reach each other."""

from datetime import time
from typing import Required, TypedDict

from actions.exchange import parties
from actions.exchange.context import ViewContext, Views, card
from actions.matching import contacts, threes
from actions.matching.acquaintance import known_from
from actions.matching.reasons import because, mirrored
from db import intact, reach
from db.models import Draft, Introduction, IntroState, Person, Suggestion, Workshop
from domain.calendar import instant
from domain.meeting import table
from domain.outcomes.choices import ContactKind
from domain.outcomes.matching import (
    Asking,
    Because,
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    IntroAsked,
    MeetCard,
    MetAsked,
    MetNoted,
    NumberDoubted,
    Suggested,
)
from domain.presence import has_left, presence
from domain.workshops import is_under_way

VIEWS = Views()


@VIEWS.reads(Suggested.Payload)
async def suggested(context: ViewContext, payload: Suggested.Payload) -> Suggested | None:
    suggestion = await context.session.get(Suggestion, payload.suggestion_id)
    other = await intact.person(context.session, suggestion.other_id) if suggestion else None
    if suggestion is None or other is None or suggestion.person_id != context.party.id:
        return None
    known = await known_from(context.session, context.party, other, suggestion.workshop_id)
    until = await _here_until(context, suggestion.workshop_id, other)
    third = await threes.third_of(context.session, suggestion)
    await intact.read_interests(context.session, context.party, other)
    because_of = because(suggestion, context.party, other)
    return Suggested(suggestion.id, card(other), because_of, known, until, third)


async def _here_until(context: ViewContext, workshop_id: int, other: Person) -> time | None:
    """Until when the other says to be at the workshop; None on any other day, and once they are gone."""
    workshop, wall = await context.session.get_one(Workshop, workshop_id), context.operator.wall(context.now)
    said = presence(other, workshop.day)
    return said.until if workshop.day == wall.date() and said.is_here(wall.time()) else None


async def _intro(context: ViewContext, intro_id: int) -> tuple[Introduction, Person] | None:
    """An introduction of the reader's, and the other person; None if either is gone."""
    intro = await context.session.get(Introduction, intro_id)
    if intro is None or not intro.is_party(context.party.id):
        return None
    other = await intact.person(context.session, intro.other_than(context.party.id))
    return (intro, other) if other is not None else None


async def _reason(context: ViewContext, intro: Introduction, other: Person) -> Because:
    """From the reader's side: whoever was asked sees it mirrored."""
    suggestion = await context.session.get_one(Suggestion, intro.suggestion_id)
    await intact.read_interests(context.session, context.party, other)
    if suggestion.person_id == context.party.id:
        return because(suggestion, context.party, other)
    return mirrored(because(suggestion, other, context.party))


@VIEWS.reads(IntroAsked.Payload)
async def asked(context: ViewContext, payload: IntroAsked.Payload) -> IntroAsked | None:
    own = await _intro(context, payload.intro_id)
    if own is None or own[0].state is not IntroState.ASKED:
        return None
    intro, other = own
    known = await known_from(context.session, context.party, other, intro.workshop_id)
    until = await _here_until(context, intro.workshop_id, other)
    own_card = await context.session.get_one(Suggestion, intro.suggestion_id)
    third = await threes.third_of(context.session, own_card)
    return IntroAsked(intro.id, card(other), await _reason(context, intro, other), known, until, third)


@VIEWS.reads(MeetCard.Payload)
async def meet(context: ViewContext, payload: MeetCard.Payload) -> MeetCard | None:
    own = await _intro(context, payload.intro_id)
    if own is None or own[0].state is not IntroState.BOTH:
        return None
    intro, other = own
    i_asked = intro.asker_id == context.party.id
    return MeetCard(
        intro_id=intro.id,
        card=card(other),
        because=await _reason(context, intro, other),
        **await _where(context, intro, other),
        here_until=await _here_until(context, intro.workshop_id, other),
        mine=intro.asker_says if i_asked else intro.asked_says,
        theirs=intro.asked_says if i_asked else intro.asker_says,
        partner_id=other.id,
        absence=reach.absence(await parties.reader(context.session, other, context.now), context.now),
        known_from=await known_from(context.session, context.party, other, intro.workshop_id),
        third=await _third(context, intro),
    )


async def _third(context: ViewContext, intro: Introduction) -> str | None:
    """The name of who comes along: whoever has said yes to one of the two, and got it."""
    card = await context.session.get_one(Suggestion, intro.suggestion_id)
    if card.third_id is None:
        return None
    talks = await threes.talks(context.session, intro)
    comes = any(each.is_party(card.third_id) and each.state is IntroState.BOTH for each in talks)
    return await threes.third_of(context.session, card) if comes else None


@VIEWS.reads(MetAsked.Payload)
async def met_asked(context: ViewContext, payload: MetAsked.Payload) -> MetAsked | None:
    own = await _intro(context, payload.intro_id)
    return MetAsked(own[0].id, own[1].name or "") if own and own[0].state is IntroState.BOTH else None


@VIEWS.reads(MetNoted.Payload)
async def met_noted(context: ViewContext, payload: MetNoted.Payload) -> MetNoted | None:
    own = await _intro(context, payload.intro_id)
    if own is None:
        return None
    intro, other = own
    met = intro.asker_met if intro.asker_id == context.party.id else intro.asked_met
    can_reach = contacts.given_by(intro, other.id) is not None
    return MetNoted(intro.id, other.name or "", met, other.id, can_reach) if met is not None else None


class Where(TypedDict, total=False):
    table: Required[int | None]
    table_name: str
    opens: time | None
    at: time | None


async def _where(context: ViewContext, intro: Introduction, other: Person) -> Where:
    """The table, of three the same: on the workshop's day only, until it closes or one of the two has left."""
    workshop = await context.session.get_one(Workshop, intro.workshop_id)
    first, *_ = await threes.talks(context.session, intro)
    zone = context.operator.zone
    number = table(first.id, workshop.tables) if intro.slot_table is None else intro.slot_table
    wall = context.operator.wall(context.now)
    apart = workshop.day == wall.date() and any(has_left(each, wall) for each in (context.party, other))
    if number is None or apart or not is_under_way(workshop.day, workshop.closes, context.now, zone):
        return {"table": None}
    opens = workshop.opens
    slot = intro.slot_at
    is_early = opens is not None and context.now < instant(workshop.day, opens, zone)
    return {
        "table": number,
        "table_name": workshop.name_of_table(number),
        "opens": opens if is_early else None,
        "at": context.operator.wall(slot).time() if slot is not None and context.now < slot else None,
    }


@VIEWS.reads(Asking.Payload)
async def asking(context: ViewContext, payload: Asking.Payload) -> Asking | None:
    other = await intact.person(context.session, payload.person_id)
    return Asking(other.name or "") if other else None


@VIEWS.reads(ContactAsked.Payload)
async def contact_asked(context: ViewContext, payload: ContactAsked.Payload) -> ContactAsked | None:
    own = await _intro(context, payload.intro_id)
    if own is None:
        return None
    intro, other = own
    return ContactAsked(intro.id, other.name or "", payload.has_username)


@VIEWS.reads(ContactWordsAsked.Payload)
async def contact_words(context: ViewContext, payload: ContactWordsAsked.Payload) -> ContactWordsAsked | None:
    own = await _intro(context, payload.intro_id)
    if own is None:
        return None
    intro, other = own
    return ContactWordsAsked(intro.id, other.name or "", payload.kind)


@VIEWS.reads(NumberDoubted.Payload)
async def number_doubted(context: ViewContext, payload: NumberDoubted.Payload) -> NumberDoubted | None:
    """None once the question is settled."""
    draft = await context.session.get(Draft, payload.draft_id)
    if draft is None or not draft.words or not draft.awaiting:
        return None
    return NumberDoubted(draft.id, draft.object_id or 0, draft.words)


@VIEWS.reads(ContactReceived.Payload)
async def contact_received(context: ViewContext, payload: ContactReceived.Payload) -> ContactReceived | None:
    """None if the other took it back meanwhile, or its time is over."""
    own = await _intro(context, payload.intro_id)
    if own is None or contacts.given_by(own[0], own[1].id) is None:
        return None
    other, kind = own[1], payload.kind
    value = {
        ContactKind.TELEGRAM: other.telegram_name,
        ContactKind.PHONE: other.contact_phone,
        ContactKind.EMAIL: other.contact_email,
        ContactKind.NONE: None,
    }[kind]
    in_return = contacts.given_by(own[0], context.party.id) is None
    return ContactReceived(other.name or "", kind, value, other.id, own[0].id, in_return) if value else None


@VIEWS.reads(ContactNoted.Payload)
async def contact_noted(context: ViewContext, payload: ContactNoted.Payload) -> ContactNoted | None:
    other = await intact.person(context.session, payload.person_id)
    return ContactNoted(other.name or "", payload.kind, other.id) if other else None
