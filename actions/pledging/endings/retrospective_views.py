"""Views of retrospectives: the five lines, read from the history when they are said."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.pledging import history, pledge_views
from actions.pledging.endings import retrospective_closing, retrospectives
from actions.pledging.pledge_views import absence, is_with_entered, offices, own_pledge, title
from actions.pledging.releases import readable
from db import intact
from db.models import Pledge, PledgeEvent
from domain.history import Event, EventKind, replay
from domain.outcomes.pledging.retrospectives import (
    DeedShown,
    FiveLines,
    LineWords,
    Looking,
    RetrospectiveLineAsked,
    RetrospectivePictured,
    RetrospectiveReadersAsked,
    RetrospectiveShown,
    RetrospectiveToForward,
)
from domain.pledges import Acts, Side, closes_on
from domain.releases import let_read
from domain.retrospectives import Line, Retrospective, deeds, notes_on_the_end, retrospective, until_closed

VIEWS = Views()
DayOf = Callable[[datetime], date]
"""The local day of a moment."""


@VIEWS.reads(RetrospectiveShown.Payload)
async def shown(context: ViewContext, payload: RetrospectiveShown.Payload) -> RetrospectiveShown | None:
    own = await own_pledge(context, payload.pledge_id)
    happened = await history.events(context.session, payload.pledge_id) if own else []
    found = retrospective(happened)
    if own is None or not retrospectives.can_be_read(own.pledge, found):
        return None
    pledge, me = own.pledge, context.party.id
    entered = await is_with_entered(context, pledge)
    is_news = found.upset and found.changed_by == pledge.other_than(me) and me not in found.approvals
    return RetrospectiveShown(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=own.other,
        lines=await _lines(context.session, context.day, pledge, happened, found),
        state=_state(found, me),
        version=found.version,
        closes_on=None if entered else await _closes_on(context, pledge, found),
        changed=found.changed if is_news else None,
        choosing=payload.choosing and found.is_open,
        by_me=found.declined_by == me,
        absence=await absence(context, pledge),
        entered=entered,
        reported=_reported(happened, me),
    )


def _reported(happened: list[Event], me: int) -> bool | None:
    """Whether it is my approval that was reported; None if neither was."""
    yes = [each.party == me for each in happened if each.kind is EventKind.RETRO_APPROVED and each.reported]
    return yes[-1] if yes else None


@VIEWS.reads(RetrospectiveToForward.Payload)
async def to_forward(
    context: ViewContext, payload: RetrospectiveToForward.Payload
) -> RetrospectiveToForward | None:
    """None once it can no longer be changed, or the other has Telegram."""
    own = await own_pledge(context, payload.pledge_id)
    happened = await history.events(context.session, payload.pledge_id) if own else []
    found = retrospective(happened)
    if own is None or not retrospectives.can_be_worded(own.pledge, found):
        return None
    if not await is_with_entered(context, own.pledge):
        return None
    lines = await _lines(context.session, context.day, own.pledge, happened, found)
    return RetrospectiveToForward(own.other, context.party.name or "", lines)


def _state(found: Retrospective, me: int) -> Looking:
    if found.closed_at is not None:
        return Looking.CLOSED
    if found.declined_by is not None:
        return Looking.DECLINED
    if me in found.approvals:
        return Looking.THEIRS_MISSING
    return Looking.MINE_MISSING if found.approvals else Looking.OPEN


async def _closes_on(context: ViewContext, pledge: Pledge, found: Retrospective) -> date | None:
    """The day on which it is closed if whoever is missing says nothing; None: while that cannot be said."""
    day = await retrospective_closing.counts_from(
        context.session, pledge, found, context.now, context.operator, unsent=True
    )
    return closes_on(day) if day is not None else None


async def without_names(session: AsyncSession, pledge: Pledge, day_of: DayOf) -> FiveLines:
    """The five lines as anyone but the two parties reads them: without who said what, and with the parties' names
    replaced by a placeholder.
    """
    happened = await history.events(session, pledge.id)
    of = await _lines(session, day_of, pledge, happened, retrospective(happened))

    async def nameless(text: str) -> str:
        return await pledge_views.without_names(session, pledge, text)

    return FiveLines(
        text=await nameless(of.text),
        promiser="",
        deadline=of.deadline,
        done=tuple([replace(each, by="", words=await nameless(each.words)) for each in of.done]),
        results=tuple(("", how) for _, how in of.results),
        words=tuple([LineWords(each.line, "", await nameless(each.words)) for each in of.words]),
    )


async def _lines(
    session: AsyncSession, day_of: DayOf, pledge: Pledge, happened: list[Event], found: Retrospective
) -> FiveLines:
    ended_at = pledge.ended_at or pledge.created_at
    done = deeds(happened, pledge.parties, ended_at, day_of)
    seen = until_closed(happened)
    answers = {each: replay(seen, each).how_it_ended(ended_at) for each in pledge.parties}
    writers = [(line, *each) for line in Line for each in _writers(line, found, seen, pledge)]
    by_office = {each.id for each in seen if each.by_office}
    wanted = {each.event for each in done} | {event for *_, event in writers}
    words = await _words(session, {each for each in wanted if each is not None})
    names = {each: await intact.name(session, each) for each in pledge.parties}
    return FiveLines(
        text=pledge.text or "",
        promiser=_promiser(pledge, names),
        deadline=pledge.deadline or day_of(ended_at),
        done=tuple(
            DeedShown(
                each.kind,
                each.on,
                names.get(each.party or 0, ""),
                words.get(each.event or 0, ""),
                each.event in by_office,
            )
            for each in done
        ),
        results=tuple((names[each], answer.status if answer else None) for each, answer in answers.items()),
        words=tuple(
            LineWords(line, names[writer], words[event], event in by_office)
            for line, writer, event in writers
            if writer in names and words.get(event)
        ),
    )


def _promiser(pledge: Pledge, names: Mapping[int, str]) -> str:
    """The name of whoever acts; empty if both do, or if they were erased."""
    acting = [each for each in pledge.parties if pledge.side_of(each) is Side.PROMISER]
    return names[acting[0]] if len(acting) == 1 and pledge.acts is not Acts.BOTH else ""


def _writers(
    line: Line, found: Retrospective, seen: Collection[Event], pledge: Pledge
) -> Iterator[tuple[int, int]]:
    """Whose words stand in a line, and the event that holds them. Beside the result stands a note on it, unless its
    writer has put it otherwise.
    """
    written = found.words_in(line)
    yield from written
    for party in pledge.parties if line is Line.RESULT else ():
        notes = notes_on_the_end(seen, party, pledge.ended_at or pledge.created_at)
        if notes and party not in dict(written):
            yield party, notes[-1]


async def _words(session: AsyncSession, events: Collection[int]) -> dict[int, str]:
    """The words of these events, by their ids; without those that hold none, or cannot be read."""
    chosen = select(PledgeEvent.id).where(PledgeEvent.id.in_(events))
    rows = await intact.rows(session, PledgeEvent, chosen) if events else []
    return {row.id: " ".join(row.notes) for row in rows if row.notes}


@VIEWS.reads(RetrospectiveLineAsked.Payload)
async def line_asked(
    context: ViewContext, payload: RetrospectiveLineAsked.Payload
) -> RetrospectiveLineAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    found = await retrospectives.of(context.session, own.pledge) if own is not None else Retrospective()
    if own is None or not retrospectives.can_be_worded(own.pledge, found):
        return None
    me = context.party.id
    written = found.wording.get((payload.line, me))
    words = await _words(context.session, [written] if written is not None else [])
    mine = words.get(written or 0, "")
    learning = payload.line is Line.LEARNED and not mine
    advice = await retrospectives.advice_of(context.session, own.pledge, me) if learning else ""
    return RetrospectiveLineAsked(own.pledge.id, payload.line, own.other, mine, advice)


@VIEWS.reads(RetrospectivePictured.Payload)
async def pictured(
    context: ViewContext, payload: RetrospectivePictured.Payload
) -> RetrospectivePictured | None:
    own = await own_pledge(context, payload.pledge_id)
    happened = await history.events(context.session, payload.pledge_id) if own else []
    found = retrospective(happened)
    if own is None or found.closed_at is None or not retrospectives.can_be_read(own.pledge, found):
        return None
    names = tuple([await intact.name(context.session, each) for each in own.pledge.parties])
    lines = await _lines(context.session, context.day, own.pledge, happened, found)
    return RetrospectivePictured(own.pledge.id, names, lines, payload.theme)


@VIEWS.reads(RetrospectiveReadersAsked.Payload)
async def readers_asked(
    context: ViewContext, payload: RetrospectiveReadersAsked.Payload
) -> RetrospectiveReadersAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or not own.pledge.is_releasable:
        return None
    said = let_read(await history.events(context.session, own.pledge.id), EventKind.RETRO_READERS)
    now = await readable.readers(context.session, own.pledge, EventKind.RETRO_READERS)
    mine, beside = said.get(context.party.id), await offices(context, own.pledge)
    return RetrospectiveReadersAsked(own.pledge.id, mine, now, own.other, beside)
