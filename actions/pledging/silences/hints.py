"""A silence goes sideways: the other party is told of it, once and privately, and whoever comes back is welcome."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from actions.exchange import entries, outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, Statement, nothing
from actions.exchange.turn import Turn
from actions.matching import contacts
from actions.pledging import history, pledges
from actions.pledging.nudges import nudges
from actions.pledging.pledge_views import own_pledge, title
from actions.pledging.silences import silences
from actions.pledging.silences.silences import Silence
from db import reach
from db.models import Nudge, Pledge, PledgeEvent, Priority
from db.moments import NOW, as_of, from_now
from domain.calendar import asking_hours
from domain.history import EventKind
from domain.outcomes.pledging.silences import SilenceHint, SilenceOver, WelcomeBack
from domain.pledges import State

VIEWS = Views()
_LATELY = timedelta(days=7)


# --- the hint


def telling(now: datetime, operator: Operator) -> Pass:
    """The pass that tells the other party of each silence, on working days from ten o'clock on, once for each pledge
    and reader, and of one person's only one at a time. Nobody is told of somebody who is pausing, cannot be reached, or
    took a consent back.
    """

    async def find(session: AsyncSession) -> Iterable[int]:
        return dict.fromkeys([each.pledge_id for each in await _to_tell(session, now, operator)])

    async def tell(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        pledge = await session.scalar(own.with_for_update())
        here = await _to_tell(session, now, operator, Nudge.pledge_id == pledge_id)
        for silence in here if pledge is not None else []:
            to = await outbox.recipient(session, silence.reader_id) if silence.reader_id is not None else None
            if to is not None:
                outbox.owe(session, SilenceHint.Payload(pledge_id), to, now, priority=Priority.NEWS)

    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_perhaps_untold(), as_of(now), find) if is_time else nothing, tell)


async def _to_tell(
    session: AsyncSession, now: datetime, operator: Operator, *which: ColumnElement[bool]
) -> list[Silence]:
    """The silences that are told of now."""
    untold = await _untold(session, now, operator, *which)
    return [each for each in untold if each.start <= now]


async def _untold(
    session: AsyncSession, now: datetime, operator: Operator, *which: ColumnElement[bool]
) -> list[Silence]:
    """The silences of which nobody was told, and those that will begin: of one person, a reader is told of the first,
    and of none while they have a hint about that person that holds.
    """
    untold = await silences.found(session, now, operator, *_is_untold(), *which)
    people = {each.person_id for each in untold}
    told = (
        await silences.present(session, now, operator, _was_told(), Nudge.person_id.in_(people))
        if people
        else []
    )
    of_pairs = {(each.person_id, each.reader_id): each for each in sorted(untold, key=_last_first)}
    has_one = {(each.person_id, each.reader_id) for each in told}
    return [each for pair, each in of_pairs.items() if pair not in has_one]


def _last_first(silence: Silence) -> tuple[float, int]:
    return -silence.start.timestamp(), -silence.pledge_id


@cache
def _perhaps_untold() -> Statement:
    return silences.often_asked().where(*_is_untold())


@cache
def _is_untold() -> tuple[ColumnElement[bool], ...]:
    return (*may_be_told(), ~_was_told(), ~_heard_by_the_other())


def _heard_by_the_other() -> ColumnElement[bool]:
    """The condition on questions that their reader did something lately about any pledge with the same other party."""
    own = aliased(Pledge)
    return exists().where(
        own.id == PledgeEvent.pledge_id,
        PledgeEvent.party_id == Nudge.person_id,
        PledgeEvent.at > from_now(-_LATELY),
        _is_of(own, Pledge.author_id, Pledge.partner_id),
    )


def _is_of(pledge: type[Pledge], one: Any, other: Any) -> ColumnElement[bool]:
    """The condition that a pledge is of these two, whoever is its author."""
    return or_(
        and_(pledge.author_id == one, pledge.partner_id == other),
        and_(pledge.author_id == other, pledge.partner_id == one),
    )


@cache
def may_be_told() -> tuple[ColumnElement[bool], ...]:
    """The conditions on questions that a silence about them may be told of: it is not explained by anything else. They
    have places for moments (`db.moments.as_of`).
    """
    return reach.names(Nudge.person_id, reach.hears(NOW)), ~history.waits(Nudge.pledge_id)


@cache
def _was_told() -> ColumnElement[bool]:
    return entries.told_to_another(SilenceHint.Payload, Nudge.pledge_id, Nudge.person_id)


def was_told(before: datetime) -> ColumnElement[bool]:
    """The condition on questions that the other party had the hint by then."""
    return entries.told_to_another(SilenceHint.Payload, Nudge.pledge_id, Nudge.person_id, before)


async def hinted(session: AsyncSession) -> Sequence[int | None]:
    """The ids of the pledges of which there is a hint, and there are few."""
    return (await session.scalars(entries.objects(SilenceHint.Payload).distinct())).all()


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which the other party hears of a silence, as things are. The walker goes there."""
    untold = await _untold(session, now, operator)
    told = (asking_hours(max(each.start, now), operator.zone, None) for each in untold)
    return min((each for each in told if each > now), default=None)


async def show(turn: Turn, pledge_id: int) -> None:
    """The hint once more, from the list after a pause; the pledge if it holds no more. Raises Refusal(STALE_BUTTON) if
    it is not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    if await _told_me(turn, pledge) is not None:
        turn.tell(SilenceHint.Payload(pledge.id))
    else:
        await pledges.present(turn, pledge)


async def _told_me(turn: Turn, pledge: Pledge) -> list[entries.Entry] | None:
    """The hints that I got about this pledge; None if there is none that still holds."""
    theirs = (Nudge.pledge_id == pledge.id, Nudge.person_id != turn.party.id, *may_be_told())
    told = await transcript.owed_about(turn.session, turn.party.id, SilenceHint.Payload, pledge.id)
    return told if told and await silences.present(turn.session, turn.now, turn.operator, *theirs) else None


@VIEWS.reads(SilenceHint.Payload)
async def hint(context: ViewContext, payload: SilenceHint.Payload) -> SilenceHint | SilenceOver | None:
    """None if the other was heard of before it goes out; in the chat it says so."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE or not own.other:
        return None
    heading, session, me = await title(context, own.pledge), context.session, context.party
    which = (Nudge.pledge_id == own.pledge.id, *(() if context.is_edit else may_be_told()))
    silent = await silences.present(session, context.now, context.operator, *which)
    theirs = next((each for each in silent if each.person_id != me.id), None)
    if theirs is None:
        return SilenceOver(own.pledge.id, heading, own.other) if context.is_edit else None
    return SilenceHint(
        pledge_id=own.pledge.id,
        title=heading,
        me=me.name or "",
        other=own.other,
        since=theirs.since,
        both=len(silent) > 1,
        others=await _others(context, theirs),
        in_touch=await _is_in_touch(session, own.pledge.id, me.id),
        intro_id=await contacts.shared_in(session, theirs.person_id, me.id),
        contact=context.operator.contact,
    )


async def _others(context: ViewContext, silence: Silence) -> int:
    """About how many more pledges with the reader the same person is silent."""
    which = (Nudge.person_id == silence.person_id, Nudge.pledge_id != silence.pledge_id)
    theirs = await silences.present(context.session, context.now, context.operator, *which)
    return sum(each.reader_id == context.party.id for each in theirs)


async def say_in_touch(turn: Turn, pledge_id: int) -> None:
    """*Wir sind in Kontakt*: then the team is not told. Raises Refusal(STALE_BUTTON) if the pledge is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    told = await _told_me(turn, pledge)
    if told is None:
        await pledges.present(turn, pledge)
        return
    if not await _is_in_touch(turn.session, pledge.id, turn.party.id):
        history.record(turn, pledge, EventKind.IN_TOUCH)
    turn.tell(SilenceHint.Payload(pledge.id), edit=any(each.is_in(turn.pressed) for each in told))


async def _is_in_touch(session: AsyncSession, pledge_id: int, person_id: int) -> bool:
    said = select(PledgeEvent.id).where(
        PledgeEvent.pledge_id == pledge_id,
        PledgeEvent.party_id == person_id,
        PledgeEvent.kind == EventKind.IN_TOUCH,
    )
    return await session.scalar(said.limit(1)) is not None


def is_in_touch() -> ColumnElement[bool]:
    """The condition on questions that the other party says that the two talk to each other."""
    return exists().where(
        PledgeEvent.pledge_id == Nudge.pledge_id,
        PledgeEvent.party_id != Nudge.person_id,
        PledgeEvent.kind == EventKind.IN_TOUCH,
    )


# --- coming back


async def come_back(turn: Turn, pledge_id: int) -> None:
    """*Ich bin wieder da*: nothing has to be made up for. Raises Refusal(STALE_BUTTON) if the pledge is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is State.ACTIVE:
        turn.tell(WelcomeBack.Payload(pledge.id, asks=True))
    else:
        await pledges.present(turn, pledge)


async def notice(turn: Turn) -> None:
    """After a turn: whoever was silent about a pledge until now, and has just said or tapped anything about it, is
    welcome, once, and the hint in the other's chat says that it is settled.
    """
    if turn.person is None or turn.lacks_consent:
        return
    await turn.session.flush()
    party = turn.party
    were = await silences.present(turn.session, turn.now, turn.operator, of=party.id, before=turn.now)
    if not were:
        return
    still = await silences.silent_months(turn.session, party, turn.now, turn.operator)
    over = [each for each in were if each.pledge_id not in still]
    for other_id in {each.reader_id for each in over}:
        await _refresh(turn, other_id)
    if not over or reach.is_paused(turn.me, turn.now) or await _was_welcomed(turn, over):
        return
    if (pledge_id := await _goes_on(turn, over)) is not None:
        turn.tell(WelcomeBack.Payload(pledge_id))


async def _goes_on(turn: Turn, over: list[Silence]) -> int | None:
    """One of these pledges that is still asked about: to the last answer of all, nobody says "from now on"."""
    going_on = select(Pledge.id).where(
        Pledge.id.in_([each.pledge_id for each in over]),
        Pledge.state == State.ACTIVE,
        Pledge.deadline > turn.operator.day(turn.now),
    )
    return await turn.session.scalar(going_on.order_by(Pledge.id).limit(1))


async def _was_welcomed(turn: Turn, over: list[Silence]) -> bool:
    """Whether I was since the last of these silences began: one welcome does for several pledges."""
    began = max(each.start for each in over)
    return await transcript.owed_to_since(turn.session, turn.party.id, WelcomeBack.Payload, began) > 0


async def _refresh(turn: Turn, other_id: int | None) -> None:
    """Every hint about a pledge of these two says how things are now, in both chats."""
    mine = select(Pledge.id).where(_is_of(Pledge, turn.party.id, other_id))
    for pledge_id, party in product((await turn.session.scalars(mine)).all(), (turn.party.id, other_id)):
        for each in await transcript.owed_about(turn.session, party or 0, SilenceHint.Payload, pledge_id):
            if each.message is not None:
                payload, to, row = SilenceHint.Payload(pledge_id), each.recipient, each.row.id
                outbox.owe(turn.session, payload, to, turn.now, priority=Priority.NEWS, edits_row=row)


@VIEWS.reads(WelcomeBack.Payload)
async def welcome_back(context: ViewContext, payload: WelcomeBack.Payload) -> WelcomeBack | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    period = await nudges.current_period(context.session, own.pledge, context.party, context.now)
    heading = await title(context, own.pledge)
    return WelcomeBack(
        own.pledge.id, heading, own.pledge.side_of(context.party.id), period if payload.asks else None
    )
