"""Views of nudges, notes and results."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from actions.exchange import transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page
from actions.pledging import history
from actions.pledging.endings import tacit_ends
from actions.pledging.endings.agreement import dissent_key
from actions.pledging.endings.endings import correctable
from actions.pledging.nudges import hearing, next_questions, nudges, questions, terms
from actions.pledging.pledge_views import (
    how_it_ended,
    is_with_entered,
    last_word,
    other_name,
    own_pledge,
    talk_to_come,
    title,
)
from actions.pledging.silences import silences
from db import queries
from db.models import Nudge, Pledge
from domain import nudging
from domain.calendar import months_apart
from domain.history import Answer
from domain.nudging import Period, Snooze, hour_of, snoozes
from domain.outcomes.pledging.nudges import (
    AgreementAsked,
    AgreementOver,
    ListPart,
    Nudged,
    NudgeRow,
    Reported,
    Result,
    SeenDifferently,
)
from domain.outcomes.pledging.snoozes import NextAsked, Snoozed
from domain.pledges import CLOSING, State, closes_on

VIEWS = Views()


@VIEWS.reads(Nudged.Payload)
async def nudged(context: ViewContext, payload: Nudged.Payload) -> Nudged | None:
    """All questions of this message, the most urgent first; None if none of them is open when it goes out.

    An edit names the row that asked them first.
    """
    first = payload.first or context.row.id
    found = await context.session.execute(
        select(Nudge, Pledge)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(questions.asked_by(first), Nudge.person_id == context.party.id)
        .where(queries.in_pledge(context.party.id))  # they may have passed it on
        .order_by(Pledge.deadline, Pledge.id)
    )
    asked = found.all()
    await history.know(context.session, {pledge.id for _, pledge in asked})
    silent = await silences.silent_months(context.session, context.party, context.now, context.operator)
    rows = [await _row(context, nudge, pledge, first, silent) for nudge, pledge in asked]
    if not rows or (payload.first is None and not _any_open(rows)):
        return None
    opened = (payload.opened, payload.period) if payload.opened and payload.period else None
    told = tuple(row for row, _ in rows)
    shown, part = _page(told, payload.at or payload.opened)
    next_on = await _next_on(context, first) if len(told) == 1 else None
    return Nudged(first, shown, opened, await _snoozes(context, told), part, next_on)


def _page(rows: tuple[NudgeRow, ...], at: int | None) -> tuple[tuple[NudgeRow, ...], ListPart]:
    """The page with this pledge, by default the first, and what is beside it."""
    place = next((place for place, row in enumerate(rows) if row.pledge_id == at), 0)
    page, shown = on_page(rows, place // PAGE)
    start, end = page * PAGE, page * PAGE + len(shown)
    beside = (*rows[:start], *rows[end:])
    part = ListPart(
        rank=start + 1,
        rows=len(beside),
        left=sum(row.is_open for row in beside),
        before=rows[start - PAGE].pledge_id if start else None,
        after=rows[end].pledge_id if end < len(rows) else None,
    )
    return tuple(shown), part


async def _next_on(context: ViewContext, first: int) -> date | None:
    """When the reader is asked next about anything, if they answer this now; None if that is within a week."""
    answered = questions.asked_by(first)
    found = await next_questions.next_for(
        context.session, context.party, context.now, context.operator, answered=answered
    )
    on = context.day(found.at) if found is not None and found.at is not None else None
    return on if on is not None and on - context.day(context.now) > nudging.LATELY else None


async def _snoozes(context: ViewContext, rows: tuple[NudgeRow, ...]) -> tuple[Snooze, ...]:
    """For how long the open questions can be put off; not at all with that of a deadline among them."""
    if any(row.period is Period.DEADLINE for row in rows):
        return ()
    left = max((row.days_left or 0 for row in rows if row.is_open), default=0)
    known, me = await terms.known(context.session), context.party
    return snoozes(context.day(context.now), left, me.land or None, me.role, known)


def _any_open(rows: list[tuple[NudgeRow, State]]) -> bool:
    """Whether any is left to ask: a pledge may have ended before the message went out."""
    return any(state is State.ACTIVE for _, state in rows)


async def _row(
    context: ViewContext, nudge: Nudge, pledge: Pledge, asked_by: int, silent: Collection[int]
) -> tuple[NudgeRow, State]:
    today = context.day(context.now)
    deadline, made_on = pledge.deadline or today, pledge.made_on or today
    said = (await history.answers(context.session, pledge, context.party.id)).to(nudge.period)
    last_day, pausing = await _closing(context, pledge, said, context.party.id)
    again = nudge.again_id == asked_by
    word = await last_word(context, pledge, pledge.other_than(context.party.id))
    row = NudgeRow(
        pledge_id=pledge.id,
        period=nudge.period,
        side=pledge.side_of(context.party.id),
        title=await title(context, pledge),
        text=pledge.text or "",
        other=await other_name(context, pledge),
        weeks_left=max(0, (deadline - today).days // 7),
        months=months_apart(made_on, deadline),
        mine=await last_word(context, pledge, context.party.id),
        theirs=await hearing.new_in(context, word, nudge, pledge, again=again),
        talk_on=talk_to_come(context, pledge),
        talk_time=pledge.talk_time,
        answer=said.status if said is not None else None,
        blocker=said.blocker if said is not None else None,
        over=pledge.state is not State.ACTIVE,
        correctable=await correctable(context.session, pledge, context.party.id, context.now) is not None,
        closes_on=last_day,
        other_pauses=pausing,
        again=again,
        days_left=max(0, (deadline - today).days),
        other_asked=word is None and await _was_asked_before(context, pledge, nudge.period),
        day_was=deadline if nudge.period is Period.DEADLINE and deadline < today else None,
        silent=pledge.id in silent and nudge.period is not Period.DEADLINE,  # nothing comes after that
        entered=await is_with_entered(context, pledge),
    )
    return row, pledge.state


async def _was_asked_before(context: ViewContext, pledge: Pledge, period: Period) -> bool:
    """Whether the other party was asked before this question, which both are asked at one time, and is quiet since."""
    other_id = pledge.other_than(context.party.id)
    return await nudges.is_quiet(context.session, pledge, other_id, but=period)


async def _closing(
    context: ViewContext, pledge: Pledge, said: Answer | None, party_id: int | None
) -> tuple[date | None, bool]:
    """The day on which the pledge ends by what this party said, if the other says nothing else; and whether that is the
    latest, because the other pauses and was not asked yet.
    """
    if said is None or said.waits_since is None or pledge.state is not State.ACTIVE or party_id is None:
        return None, False
    since, operator = said.waits_since, context.operator
    found = await tacit_ends.wait(context.session, pledge, party_id, since, context.now, operator)
    return closes_on(found.counts_from), found.pausing


@VIEWS.reads(NextAsked.Payload)
async def next_asked(context: ViewContext, payload: NextAsked.Payload) -> NextAsked | None:
    """Of this pledge alone. That the other party pauses, or answered, changes nothing here and is not told."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    about = Nudge.pledge_id == own.pledge.id
    found = await next_questions.next_for(
        context.session, context.party, context.now, context.operator, about
    )
    on = context.day(found.at) if found is not None and found.at is not None else None
    why = next_questions.not_now(context.party, found, context.now, context.operator)
    hour = hour_of(context.party.asking_hour).hour
    return NextAsked(own.pledge.id, await title(context, own.pledge), on, why, hour)


@VIEWS.reads(Reported.Payload)
async def reported(context: ViewContext, payload: Reported.Payload) -> Reported | None:
    """The answer that stands now; none if the only one was taken back."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    word = await last_word(context, own.pledge, context.party.id)
    status = word.status if word is not None else None
    said = (await history.answers(context.session, own.pledge, context.party.id)).last_said()
    day, pausing = await _closing(context, own.pledge, said, context.party.id)
    heading, entered = await title(context, own.pledge), await is_with_entered(context, own.pledge)
    asks = said.period if said is not None and said.asks_what_blocks else None
    blocker = said.blocker if said is not None else None
    return Reported(own.pledge.id, heading, status, own.other, day, pausing, entered, asks, blocker)


@VIEWS.reads(AgreementAsked.Payload)
async def agreement(
    context: ViewContext, payload: AgreementAsked.Payload
) -> AgreementAsked | SeenDifferently | AgreementOver | None:
    """A question on its way is not asked once there is nothing left to agree with, and one in the chat says so."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state not in (State.ACTIVE, State.ENDED):
        return None
    pledge, heading = own.pledge, await title(context, own.pledge)
    other_id = pledge.other_than(context.party.id)
    theirs = (await history.answers(context.session, pledge, other_id)).last_said()
    status = theirs.status if theirs is not None else None
    if theirs is not None and status in CLOSING and pledge.state is State.ACTIVE:
        denied = other_id is not None and await transcript.was_owed(
            context.session, dissent_key(pledge, other_id, theirs)
        )
        if theirs.waits_since is None and denied:
            return SeenDifferently(
                pledge.id, heading, own.other, status, mine=False, talk_on=talk_to_come(context, pledge)
            )
        day, _ = await _closing(context, pledge, theirs, other_id)
        text, told = pledge.text or "", theirs.reported
        return AgreementAsked(pledge.id, heading, text, own.other, status, day, told)
    ended = pledge.state is State.ENDED
    return AgreementOver(pledge.id, heading, own.other, status, ended) if context.is_edit else None


@VIEWS.reads(SeenDifferently.Payload)
async def seen_differently(context: ViewContext, payload: SeenDifferently.Payload) -> SeenDifferently | None:
    """None if the reader has said something else meanwhile."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    mine = (await history.answers(context.session, own.pledge, context.party.id)).last_said()
    if mine is None or mine.status not in CLOSING:
        return None
    heading = await title(context, own.pledge)
    talk_on = talk_to_come(context, own.pledge)
    return SeenDifferently(own.pledge.id, heading, own.other, mine.status, mine=True, talk_on=talk_on)


@VIEWS.reads(Snoozed.Payload)
async def snoozed(context: ViewContext, payload: Snoozed.Payload) -> Snoozed:
    own = await own_pledge(context, payload.pledge_id) if payload.pledge_id is not None else None
    return Snoozed(payload.until, payload.sooner, await title(context, own.pledge) if own else None)


@VIEWS.reads(Result.Payload)
async def result(context: ViewContext, payload: Result.Payload) -> Result | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ENDED or not own.other:
        return None
    pledge = own.pledge
    mine, theirs = await how_it_ended(context, pledge)
    return Result(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        text=pledge.text or "",
        other=own.other,
        mine=mine.status if mine is not None else None,
        theirs=theirs.status if theirs is not None else None,
        my_note=await history.notes_to(context.session, mine) if mine is not None else "",
        their_note=await history.notes_to(context.session, theirs) if theirs is not None else "",
        period=await correctable(context.session, pledge, context.party.id, context.now),
        opened=payload.opened,
        entered=await is_with_entered(context, pledge),
        mine_reported=mine is not None and mine.reported,
        theirs_reported=theirs is not None and theirs.reported,
        looks_back=bool(pledge.text),
    )
