"""Views of pledges: the list, the card, and what all views of pledges say."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.pledging import nudges
from actions.pledging.endings import correctable
from actions.pledging.pledges import must_agree
from db import intact, queries, reach
from db.models import Person, Pledge, Report
from domain import names, topics
from domain.absence import Absence
from domain.outcomes.pledging.pledges import LastWord, PledgeCard, PledgeLine, PledgeList
from domain.pledges import NOTE_LIMIT, TITLE_LIMIT, Acts, State, short_title, surest_topic
from domain.words import cut, utf16_length

SHOWN = (State.DRAFT, State.PROPOSED, State.ACTIVE, State.ENDED)


VIEWS = Views()


@dataclass(frozen=True)
class OwnPledge:
    """A pledge of the reader's, and the name of the other party; empty if they were erased."""

    pledge: Pledge
    other: str


async def own_pledge(context: ViewContext, pledge_id: int) -> OwnPledge | None:
    """None if the pledge is gone or not the reader's."""
    pledge = await context.session.get(Pledge, pledge_id)
    if pledge is None or not pledge.is_party(context.me.id):
        return None
    return OwnPledge(pledge, await other_name(context, pledge))


async def title(context: ViewContext, pledge: Pledge) -> str:
    """The pledge's short name: a noun of its own, else the topic it is surely about, in the reader's language.

    Empty if it has neither. Of a text that went with its writer only the topic is left. The names of the two parties
    are no title even where they are nouns or topics: a pledge is about what they do.
    """
    text = pledge.text or ""
    for person_id in pledge.parties:
        person = await intact.person(context.session, person_id)
        text = names.blocked(text, person.name or "") if person else text
    if noun := short_title(text):
        return noun
    topic = await asyncio.to_thread(surest_topic, text) or pledge.topic
    return cut(topics.load().label(topic, context.voice.language), TITLE_LIMIT) if topic else ""


async def other_name(context: ViewContext, pledge: Pledge) -> str:
    """The name of the party who is not the reader; empty if they were erased."""
    other = await _other(context, pledge)
    return (other.name or "") if other else ""


async def _other(context: ViewContext, pledge: Pledge) -> Person | None:
    other_id = pledge.other_than(context.me.id)
    return await intact.person(context.session, other_id) if other_id is not None else None


async def last_word(context: ViewContext, pledge: Pledge, person_id: int | None) -> LastWord | None:
    """What this party answered last, with status, notes or both; None if they have not answered yet."""
    report = await context.session.scalar(
        select(Report)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id)
        .order_by(Report.at.desc(), Report.id.desc())
        .limit(1)
    )
    return LastWord(report.status, context.day(report.at), _notes(report)) if report else None


def _notes(report: Report) -> str:
    """All notes on this answer; if that is too long for a message, the newest."""
    *_, newest = notes = report.notes or [""]
    together = " ".join(notes)
    return together if utf16_length(together) <= NOTE_LIMIT else newest


@VIEWS.reads(PledgeList.Payload)
async def pledge_list(context: ViewContext, _payload: PledgeList.Payload) -> PledgeList:
    shown = await queries.pledges_of(context.session, context.me, *SHOWN)
    lines = [await _line(context, pledge) for pledge in shown if pledge.is_known_to(context.me.id)]
    return PledgeList(tuple(lines), can_start=context.me.seeks_at is not None)


async def _line(context: ViewContext, pledge: Pledge) -> PledgeLine:
    return PledgeLine(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=await other_name(context, pledge),
        state=pledge.state,
        waits_for_me=pledge.state is State.PROPOSED and must_agree(pledge) == context.me.id,
        deadline=pledge.deadline,
    )


@VIEWS.reads(PledgeCard.Payload)
async def pledge_card(context: ViewContext, payload: PledgeCard.Payload) -> PledgeCard | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    return PledgeCard(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        text=pledge.text or "",
        other=own.other,
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
        absence=await absence(context, pledge),
    )


async def absence(context: ViewContext, pledge: Pledge) -> Absence | None:
    """Why the other party hears nothing from us now; None also if they were erased."""
    other = await _other(context, pledge)
    return reach.absence(other, context.now) if other is not None else None
