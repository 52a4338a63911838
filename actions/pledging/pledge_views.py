"""Views of pledges: the list, the card, and what all views of pledges say."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import parties
from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.pledging import history, history_pages
from actions.pledging.endings.endings import correctable
from actions.pledging.endings.retrospectives import can_be_read
from actions.pledging.nudges import nudges
from actions.pledging.pledges import has_read, must_agree
from actions.pledging.releases import readable
from db import intact, queries, reach
from db.models import Person, Pledge
from domain import names, topics
from domain.absence import Absence
from domain.amendments import open_amendment
from domain.history import Answer, EventKind
from domain.outcomes.pledging.pledges import LastWord, PledgeCard, PledgeLine, PledgeList
from domain.pledges import LIVE, Acts, State
from domain.readers import OfficeReads, Readership
from domain.retrospectives import retrospective
from domain.titles import TITLE_LIMIT, object_of, short_title, still_about, title_topic
from domain.words import cut

VIEWS = Views()


@dataclass(frozen=True)
class OwnPledge:
    """A pledge of the reader's, and the name of the other party; empty if they were erased."""

    pledge: Pledge
    other: str

    @property
    def partner(self) -> str | None:
        """The same; None while it is a draft for somebody who stands by, and is not known yet."""
        return None if self.pledge.awaits_partner else self.other


async def own_pledge(context: ViewContext, pledge_id: int) -> OwnPledge | None:
    """None if the pledge is gone or not the reader's."""
    pledge = await context.session.get(Pledge, pledge_id)
    if pledge is None or not pledge.is_party(context.party.id):
        return None
    return OwnPledge(pledge, await other_name(context, pledge))


async def title(context: ViewContext, pledge: Pledge) -> str:
    """The pledge's short name: a noun of its own, else the topic that it plainly names, in the reader's language, else
    the word that says what it is about, else the topic that it may be about.

    An amended sentence is called as the one that both first agreed to while it has that word. Empty if it has none of
    these. Of a text that went with its writer only the topic is left. The names of the two parties are no title even
    where they are nouns or topics: a pledge is about what they do.
    """
    text = await without_names(context.session, pledge, pledge.text or "")
    text = await _as_known(context, pledge, text)
    if noun := short_title(text):
        return noun
    named, own = await asyncio.to_thread(title_topic, text), object_of(text)
    topic = named or (pledge.topic if not own else None)
    return cut(topics.load().label(topic, context.voice.language), TITLE_LIMIT) if topic else own


async def _as_known(context: ViewContext, pledge: Pledge, text: str) -> str:
    """The sentence that gives the title: the first agreed one, or the one that amendments made of it."""
    if pledge.made_on is None or pledge.revision == 1:
        return text
    agreed = await history.latest(context.session, pledge, EventKind.PROPOSED, EventKind.WORDED)
    before = await without_names(context.session, pledge, agreed.text or "") if agreed is not None else ""
    return before if still_about(before, text) else text


async def without_names(session: AsyncSession, pledge: Pledge, text: str) -> str:
    """The text with a block in the place of the names of the two parties."""
    for person_id in pledge.parties:
        person = await intact.person(session, person_id)
        text = names.blocked(text, person.name or "") if person else text
    return text


async def other_name(context: ViewContext, pledge: Pledge) -> str:
    """The name of the party who is not the reader; empty if they were erased."""
    other = await other_party(context, pledge)
    return (other.name or "") if other else ""


async def other_party(context: ViewContext, pledge: Pledge) -> Person | None:
    """The party who is not the reader; None if they were erased, or are not known yet."""
    other_id = pledge.other_than(context.party.id)
    return await intact.person(context.session, other_id) if other_id is not None else None


async def offices(context: ViewContext, pledge: Pledge) -> OfficeReads:
    """Whose office reads the pledge, too."""
    mine = context.represented is not None or await parties.has_office(context.session, context.party)
    theirs = await parties.has_office(context.session, await other_party(context, pledge))
    return OfficeReads.of(mine=mine, theirs=theirs)


async def last_word(context: ViewContext, pledge: Pledge, person_id: int | None) -> LastWord | None:
    """What this party answered last, with status, notes or both; None if they have not answered yet."""
    said = (await history.answers(context.session, pledge, person_id)).latest()
    if said is None:
        return None
    notes = await history.notes_to(context.session, said)
    return LastWord(said.status, context.day(said.at), notes, said.reported, said.by_office)


@VIEWS.reads(PledgeList.Payload)
async def pledge_list(context: ViewContext, payload: PledgeList.Payload) -> PledgeList:
    """What has ended has a list of its own; if nothing else is there, that is shown at once."""
    mine = await acted_on(context, *LIVE, State.ENDED)
    over = [each for each in mine if each[1].state is State.ENDED]
    living = [each for each in mine if each[1].state in LIVE and each[1].is_known_to(each[0].party.id)]
    ended = bool(over) and (payload.ended or not living)
    listed = _newest_end_first(over) if ended else sorted(living, key=_urgency)
    page, shown = on_page(listed, payload.page)
    return PledgeList(
        tuple([await _line(as_read, pledge) for as_read, pledge in shown]),
        can_start=context.me.seeks_at is not None,
        ended=ended,
        page=page,
        pages=pages(len(listed)),
        first=page * PAGE + 1,
        others=len(living if ended else over),
    )


AsRead = tuple[ViewContext, Pledge]
"""A pledge, and the context that tells for whom the reader reads it."""


async def acted_on(context: ViewContext, *states: State) -> list[AsRead]:
    """The pledges of the reader's and of the MPs in whose office they are."""
    all_parties = await parties.parties_of(context.session, context.me)
    found = []
    for pledge in await queries.pledges_acted_on(context.session, context.me, *states):
        party = parties.party_in(all_parties, pledge.parties)
        if party is not None:
            found.append((context.for_party(party), pledge))
    return found


def _newest_end_first(over: list[AsRead]) -> list[AsRead]:
    return sorted(over, key=lambda each: (each[1].ended_at or each[1].created_at, each[1].id), reverse=True)


def _urgency(as_read: AsRead) -> tuple[int, date, int]:
    """What waits for the reader comes first, then what was agreed, by its day; then proposals, then drafts."""
    context, pledge = as_read
    for_reader = pledge.state is State.PROPOSED and must_agree(pledge) == context.party.id
    rank = 0 if for_reader else 1 + (State.ACTIVE, State.PROPOSED, State.DRAFT).index(pledge.state)
    return rank, pledge.deadline or date.max, pledge.id


async def how_it_ended(context: ViewContext, pledge: Pledge) -> tuple[Answer | None, Answer | None]:
    """What the reader and the other say of it, if it has ended."""
    if pledge.state is not State.ENDED:
        return None, None
    mine, theirs = [
        (await history.answers(context.session, pledge, party)).how_it_ended(pledge.ended_at)
        for party in (context.party.id, pledge.other_than(context.party.id))
    ]
    return mine, theirs


async def _line(context: ViewContext, pledge: Pledge) -> PledgeLine:
    mine, theirs = await how_it_ended(context, pledge)
    return PledgeLine(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=None if pledge.awaits_partner else await other_name(context, pledge),
        state=pledge.state,
        waits_for_me=pledge.state is State.PROPOSED and must_agree(pledge) == context.party.id,
        deadline=pledge.deadline,
        mine=mine.status if mine is not None else None,
        theirs=theirs.status if theirs is not None else None,
        mp=(context.party.name or "") if context.represented is not None else None,
        resigned=pledge.state is State.ENDED
        and mine is theirs is None
        and await history.latest(context.session, pledge, EventKind.RESIGNED) is not None,
    )


@VIEWS.reads(PledgeCard.Payload)
async def pledge_card(context: ViewContext, payload: PledgeCard.Payload) -> PledgeCard | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    happened = await history.events(context.session, pledge.id)
    said = await has_read(context.session, pledge, context.party)
    entered = await is_with_entered(context, pledge)
    return PledgeCard(
        pledge_id=pledge.id,
        title=await title(context, pledge) if said else "",
        text=(pledge.text or "") if said else "",
        other=own.partner,
        side=pledge.side_of(context.party.id),
        acts=pledge.acts or Acts.AUTHOR,
        state=pledge.state,
        made_on=pledge.made_on,
        deadline=pledge.deadline or context.day(pledge.created_at),
        talk_on=talk_to_come(context, pledge),
        talk_time=pledge.talk_time,
        mine=await last_word(context, pledge, context.party.id),
        theirs=await last_word(context, pledge, pledge.other_than(context.party.id)),
        other_quiet=await nudges.is_quiet(context.session, pledge, pledge.other_than(context.party.id)),
        period=await nudges.current_period(context.session, pledge, context.party, context.now),
        opened=payload.opened,
        more=payload.more,
        correctable=await correctable(context.session, pledge, context.party.id, context.now) is not None,
        has_history=await history_pages.has_history(context.session, pledge, context.party.id),
        ended_on=context.day(pledge.ended_at) if pledge.ended_at is not None else None,
        absence=await absence(context, pledge),
        amendable=pledge.is_amendable,
        amendment=open_amendment(happened) is not None,
        evidence=len(await history.all_of(context.session, pledge, EventKind.EVIDENCED)),
        provable=pledge.is_provable,
        readers=await _readers(context, pledge),
        looks_back=can_be_read(pledge, retrospective(happened)),
        entered=entered,
        offices=await offices(context, pledge),
    )


def talk_to_come(context: ViewContext, pledge: Pledge) -> date | None:
    """The day on which the two talk again, if it is not past."""
    day = pledge.talk_on
    return day if day is not None and day >= context.day(context.now) else None


async def absence(context: ViewContext, pledge: Pledge) -> Absence | None:
    """Why the other party hears nothing from us now; None also if they were erased."""
    other = await other_party(context, pledge)
    if other is None:
        return None
    return reach.absence(await parties.reader(context.session, other, context.now), context.now)


async def _readers(context: ViewContext, pledge: Pledge) -> Readership | None:
    """Who may read it; None if nobody can be let: somebody without Telegram is not asked."""
    if not pledge.is_releasable or await is_with_entered(context, pledge):
        return None
    return await readable.readers(context.session, pledge)


async def is_with_entered(context: ViewContext, pledge: Pledge) -> bool:
    """Whether the other party has no Telegram, and the reader reports what they say."""
    other = await other_party(context, pledge)
    return other is not None and other.is_entered
