"""Views of promises: lists, cards, proposals."""

import asyncio

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views, card
from actions.pledging import nudges
from actions.pledging.endings import correctable
from actions.pledging.pledges import must_agree
from db import queries, reach
from db.models import Nudge, Person, Pledge, Report
from domain import names, topics
from domain.days import day_in
from domain.nudging import may_be_deadline
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    LastWord,
    PartnerAsked,
    PartnersFound,
    PledgeCard,
    PledgeLine,
    PledgeList,
    PledgePreview,
    ProposalDeclined,
    ProposalSent,
    Proposed,
    Sealed,
    SentenceAsked,
    TalkAsked,
    TalkMoved,
    Withdrawn,
    YouDeclined,
)
from domain.pledges import NOTE_LIMIT, TITLE_LIMIT, Acts, State, short_title, surest_topic
from domain.words import cut, utf16_length

SHOWN = (State.DRAFT, State.PROPOSED, State.ACTIVE, State.ENDED)


VIEWS = Views()


async def title(context: ViewContext, pledge: Pledge) -> str:
    """Its short name: a noun of its own, else the topic it is surely about, in the reader's language. Empty for what
    has neither; of a text that went with its writer only the topic is left. The two people's names are no title, even
    where they are nouns or topics: it is about what they do."""
    text = pledge.text or ""
    for person_id in pledge.parties:
        person = await context.session.get(Person, person_id)
        text = names.blocked(text, person.name or "") if person else text
    if noun := short_title(text):
        return noun
    topic = await asyncio.to_thread(surest_topic, text) or pledge.topic
    return cut(topics.load().label(topic, context.voice.language), TITLE_LIMIT) if topic else ""


async def found(context: ViewContext, pledge_id: int) -> tuple[Pledge, str] | None:
    """The reader's pledge and the other's name (empty: erased); None if it is gone or not theirs."""
    pledge = await context.session.get(Pledge, pledge_id)
    if pledge is None or not pledge.is_party(context.me.id):
        return None
    return pledge, await other_name(context, pledge)


async def other_name(context: ViewContext, pledge: Pledge) -> str:
    other = await _other(context, pledge)
    return (other.name or "") if other else ""


async def _other(context: ViewContext, pledge: Pledge) -> Person | None:
    other_id = pledge.other_than(context.me.id)
    return await context.session.get(Person, other_id) if other_id is not None else None


async def last_word(context: ViewContext, pledge: Pledge, person_id: int | None) -> LastWord | None:
    """What this party said last, of status or note."""
    report = await context.session.scalar(
        select(Report)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id)
        .order_by(Report.at.desc(), Report.id.desc())
        .limit(1)
    )
    return LastWord(report.status, context.day(report.at), _notes(report)) if report else None


def _notes(report: Report) -> str:
    """All that was noted to this answer; where that is too long for a message, the newest."""
    *_, newest = notes = report.notes or [""]
    together = " ".join(notes)
    return together if utf16_length(together) <= NOTE_LIMIT else newest


@VIEWS.reads(PledgeList.Payload)
async def pledge_list(context: ViewContext, _payload: PledgeList.Payload) -> PledgeList:
    mine = [
        p
        for p in await queries.pledges_of(context.session, context.me, *SHOWN)
        if p.is_known_to(context.me.id)
    ]
    lines = [
        PledgeLine(
            pledge_id=p.id,
            title=await title(context, p),
            other=await other_name(context, p),
            state=p.state,
            waits_for_me=p.state is State.PROPOSED and must_agree(p) == context.me.id,
            deadline=p.deadline,
        )
        for p in mine
    ]
    return PledgeList(tuple(lines), can_start=context.me.seeks_at is not None)


@VIEWS.reads(PledgeCard.Payload)
async def pledge_card(context: ViewContext, payload: PledgeCard.Payload) -> PledgeCard | None:
    hit = await found(context, payload.pledge_id)
    if hit is None:
        return None
    pledge, other = hit
    return PledgeCard(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        text=pledge.text or "",
        other=other,
        side=pledge.side_of(context.me.id),
        acts=pledge.acts or Acts.AUTHOR,
        i_am_author=pledge.author_id == context.me.id,
        state=pledge.state,
        made_on=pledge.made_on,
        deadline=pledge.deadline or context.day(pledge.created_at),
        talk_on=pledge.talk_on,
        mine=await last_word(context, pledge, context.me.id),
        theirs=await last_word(context, pledge, pledge.other_than(context.me.id)),
        period=await nudges.current_period(context.session, pledge, context.me, context.now),
        opened=payload.opened,
        correctable=await correctable(context.session, pledge, context.me.id, context.now) is not None,
        other_paused=await _other_paused(context, pledge),
    )


async def _other_paused(context: ViewContext, pledge: Pledge) -> bool:
    other = await _other(context, pledge)
    return other is not None and reach.is_paused(other, context.now)


@VIEWS.reads(PartnerAsked.Payload)
async def partner_asked(context: ViewContext, _payload: PartnerAsked.Payload) -> PartnerAsked:
    met = await queries.matches_of(context.session, context.me)
    people = [p for p in met if reach.may_be_shown(p, context.now)]
    return PartnerAsked(tuple((p.id, p.name or "") for p in people))


@VIEWS.reads(PartnersFound.Payload)
async def partners_found(context: ViewContext, payload: PartnersFound.Payload) -> PartnersFound:
    people = {
        p.id: p for p in await context.session.scalars(select(Person).where(Person.id.in_(payload.hits)))
    }
    return PartnersFound(tuple((i, card(people[i])) for i in payload.hits if i in people))


@VIEWS.reads(ActsAsked.Payload)
async def acts_asked(context: ViewContext, payload: ActsAsked.Payload) -> ActsAsked | None:
    hit = await found(context, payload.pledge_id)
    return ActsAsked(hit[0].id, hit[1]) if hit else None


@VIEWS.reads(SentenceAsked.Payload)
async def sentence_asked(context: ViewContext, payload: SentenceAsked.Payload) -> SentenceAsked | None:
    hit = await found(context, payload.pledge_id)
    if hit is None:
        return None
    pledge, other = hit
    adjusting = pledge.state is State.PROPOSED
    return SentenceAsked(pledge.id, other, _acts_for(context, pledge), adjusting, pledge.text or "")


def _acts_for(context: ViewContext, pledge: Pledge) -> Acts:
    """Who acts, as the reader says it: "author" is the reader."""
    acts = pledge.acts or Acts.AUTHOR
    if pledge.author_id == context.me.id or acts is Acts.BOTH:
        return acts
    return Acts.PARTNER if acts is Acts.AUTHOR else Acts.AUTHOR


@VIEWS.reads(PledgePreview.Payload)
async def preview(context: ViewContext, payload: PledgePreview.Payload) -> PledgePreview | None:
    hit = await found(context, payload.pledge_id)
    if hit is None:
        return None
    pledge, other = hit
    if pledge.state is not State.DRAFT or pledge.text is None or pledge.deadline is None:
        return None
    today = context.day(context.now)
    said = day_in(pledge.text, today)
    return PledgePreview(
        pledge_id=pledge.id,
        text=pledge.text,
        other=other,
        acts=pledge.acts or Acts.AUTHOR,
        deadline=pledge.deadline,
        said=said if said != pledge.deadline else None,
        fits=said is not None and may_be_deadline(today, said),
    )


@VIEWS.reads(DeadlineAsked.Payload)
async def deadline_asked(context: ViewContext, payload: DeadlineAsked.Payload) -> DeadlineAsked | None:
    hit = await found(context, payload.pledge_id)
    if hit is None or hit[0].deadline is None:
        return None
    return DeadlineAsked(hit[0].id, hit[0].deadline, payload.typed)


@VIEWS.reads(Proposed.Payload)
async def proposed(context: ViewContext, payload: Proposed.Payload) -> Proposed | None:
    """Only while the reader's yes is the one that is missing."""
    hit = await found(context, payload.pledge_id)
    if hit is None:
        return None
    pledge, other = hit
    if pledge.state is not State.PROPOSED or must_agree(pledge) != context.me.id or pledge.deadline is None:
        return None
    return Proposed(
        pledge_id=pledge.id,
        revision=pledge.revision,
        proposer=other,
        text=pledge.text or "",
        side=pledge.side_of(context.me.id),
        acts=_acts_for(context, pledge),
        deadline=pledge.deadline,
    )


@VIEWS.reads(ProposalSent.Payload)
async def sent(context: ViewContext, payload: ProposalSent.Payload) -> ProposalSent | None:
    hit = await found(context, payload.pledge_id)
    if hit is None or hit[0].deadline is None:
        return None
    pledge, other = hit
    today = context.day(context.now)
    mine_again = (
        pledge.revision > 1 and pledge.state is State.PROPOSED and must_agree(pledge) != context.me.id
    )
    said = day_in(pledge.text or "", today) if mine_again else None
    fits = said is not None and said != pledge.deadline and may_be_deadline(today, said)
    return ProposalSent(pledge.id, other, hit[0].deadline, said if fits else None)


@VIEWS.reads(ProposalDeclined.Payload)
async def declined(context: ViewContext, payload: ProposalDeclined.Payload) -> ProposalDeclined | None:
    hit = await found(context, payload.pledge_id)
    return ProposalDeclined(hit[1], await title(context, hit[0])) if hit else None


@VIEWS.reads(YouDeclined.Payload)
async def you_declined(context: ViewContext, payload: YouDeclined.Payload) -> YouDeclined | None:
    hit = await found(context, payload.pledge_id)
    return YouDeclined(hit[1]) if hit else None


@VIEWS.reads(Withdrawn.Payload)
async def withdrawn(context: ViewContext, payload: Withdrawn.Payload) -> Withdrawn | None:
    hit = await found(context, payload.pledge_id)
    return Withdrawn(hit[1], payload.by_me) if hit else None


@VIEWS.reads(TalkAsked.Payload)
async def talk_asked(context: ViewContext, payload: TalkAsked.Payload) -> TalkAsked | None:
    hit = await found(context, payload.pledge_id)
    if hit is None or hit[0].state is not State.ACTIVE:
        return None
    pledge, other = hit
    return TalkAsked(pledge.id, other, payload.typed, payload.change, pledge.talk_on)


@VIEWS.reads(TalkMoved.Payload)
async def talk_moved(context: ViewContext, payload: TalkMoved.Payload) -> TalkMoved | None:
    hit = await found(context, payload.pledge_id)
    if hit is None or hit[0].state is not State.ACTIVE:
        return None
    return TalkMoved(hit[0].id, await title(context, hit[0]), hit[1], hit[0].talk_on)


@VIEWS.reads(Sealed.Payload)
async def sealed(context: ViewContext, payload: Sealed.Payload) -> Sealed | None:
    hit = await found(context, payload.pledge_id)
    if hit is None or hit[0].deadline is None:
        return None
    pledge, other = hit
    first = await context.session.scalar(
        select(func.min(Nudge.due_at)).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == context.me.id, Nudge.due_at > context.now
        )
    )
    next_on = context.day(first) if first else None
    return Sealed(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        text=pledge.text or "",
        other=other,
        deadline=hit[0].deadline,
        talk_on=pledge.talk_on,
        next_on=next_on,
        already=payload.already,
    )
