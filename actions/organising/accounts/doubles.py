"""Accounts that may be one human's: who are called alike, or came by the guest list under the name of somebody else.

Nothing is merged here. An organiser asks, and makes the link for a new account (`accounts`); whoever it is opens it in
the other one and says so themselves. Two who turn out to be two people are not shown again (`tell_apart`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange.context import ViewContext, Views, card
from actions.exchange.paging import PAGE, on_page, pages
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db import crowd, intact, reach
from db.models import (
    Guest,
    Introduction,
    IntroState,
    Membership,
    OfficeSeat,
    Person,
    Pledge,
    ToldApart,
)
from db.planning import unindexed, unindexed_number
from domain.guest_lists import same_name
from domain.outcomes.organising.participants import DoubleShown, DoublesListed
from domain.refusal import Reason, Refusal
from domain.team import NO_WORKSHOP, Duty, Scope

VIEWS = Views()
Pair = tuple[int, int]
_Ids = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
"""A column of ids, perhaps with none in it."""


async def show(turn: Turn, page: int) -> None:
    """A page of the pairs, counted from 0; everybody on it finds the look in their data."""
    await desk.organiser(turn)
    found = await pairs(turn.session, turn.scope(Duty.RUN))
    for person_id in sorted({each for pair in on_page(found, page)[1] for each in pair}):
        desk.audit(turn, person_id, "saw who may be one")
    turn.tell(DoublesListed.Payload(page))


async def compare(turn: Turn, one_id: int, other_id: int) -> None:
    """Both side by side. Raises Refusal(STALE_BUTTON) for two who do not look like one, or not any more."""
    await desk.organiser(turn)
    if (one_id, other_id) not in await pairs(turn.session, turn.scope(Duty.RUN)):
        raise Refusal(Reason.STALE_BUTTON)
    for each in (one_id, other_id):
        desk.audit(turn, each, "saw beside another account")
    turn.tell(DoubleShown.Payload(people=(one_id, other_id)))


async def tell_apart(turn: Turn, one_id: int, other_id: int) -> None:
    """*Das sind zwei*: they are not shown as one again, and find in their data who said so. Raises like `compare`."""
    await desk.organiser(turn)
    if (one_id, other_id) not in await pairs(turn.session, turn.scope(Duty.RUN)):
        raise Refusal(Reason.STALE_BUTTON)
    for each in (one_id, other_id):
        desk.audit(turn, each, "told apart from another account")
    turn.session.add(ToldApart(one_id=one_id, other_id=other_id, at=turn.now))
    await turn.session.flush()
    turn.tell(DoublesListed.Payload(), edit=True)


async def pairs(session: AsyncSession, there: Scope) -> list[Pair]:
    """The pairs in these workshops that may be one human, who agree, and are not surely two, nor told apart."""
    if there == NO_WORKSHOP:
        return []
    members = select(Membership.person_id).where(team.within(Membership.workshop_id, there))
    names = await crowd.names(session, select(Person.id).where(Person.id.in_(members), reach.agreeing()))
    called: defaultdict[object, set[int]] = defaultdict(set)
    for person_id, name in names.items():
        if name:
            called[same_name(name)].add(person_id)
    joined = select(Guest.id).where(Guest.person_id.in_(members))
    for guest in await intact.rows(session, Guest, joined):
        if guest.person_id in names:
            called[same_name(guest.name)].add(guest.person_id)
    apart = await surely_two(session, members) | await _told_apart(session, members)
    return [pair for pair in _pairs(called.values()) if frozenset(pair) not in apart]


async def are_two(session: AsyncSession, one_id: int, other_id: int) -> bool:
    """Whether these must be two people (`surely_two`)."""
    return frozenset((one_id, other_id)) in await surely_two(session, (one_id, other_id))


async def surely_two(session: AsyncSession, people: Select[int] | Collection[int]) -> set[frozenset[int]]:
    """Each two of these who must be two people: they have a pledge with each other, both said yes to meeting, or one
    asked for a seat in the other's office, or had one. One statement for any number.
    """

    def between(one: _Ids, other: _Ids, *which: ColumnElement[bool]) -> Select[Any, Any]:
        return select(one, other).where(one.in_(people), unindexed_number(other).in_(people), *which)

    known = or_(OfficeSeat.ended_at.is_(None), OfficeSeat.confirmed_at.is_not(None))
    both_yes = unindexed(Introduction.state) == IntroState.BOTH
    pairs = union_all(
        between(Pledge.author_id, Pledge.partner_id),
        between(Introduction.asker_id, Introduction.asked_id, both_yes),
        between(OfficeSeat.mp_id, OfficeSeat.staff_id, known),
    )
    return {frozenset(pair) for pair in (await session.execute(pairs)).all()}


async def _told_apart(session: AsyncSession, people: Select[int]) -> set[frozenset[int]]:
    told = await session.execute(
        select(ToldApart.one_id, ToldApart.other_id).where(ToldApart.one_id.in_(people))
    )
    return {frozenset(pair) for pair in told}


def _pairs(groups: Iterable[set[int]]) -> list[Pair]:
    found = {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}
    return sorted(found)


@VIEWS.reads(DoublesListed.Payload)
async def listed(context: ViewContext, payload: DoublesListed.Payload) -> DoublesListed:
    found = await pairs(context.session, await team.scope_of(context, Duty.RUN))
    page, shown = on_page(found, payload.page)
    ids = sorted({each for pair in shown for each in pair})
    cards = {each.id: card(each) for each in await desk.on_list(context.session, ids)}
    lines = tuple((*pair, cards[pair[0]], cards[pair[1]]) for pair in shown if cards.keys() >= set(pair))
    return DoublesListed(lines, page * PAGE + 1, page, pages(len(found)))


@VIEWS.reads(DoubleShown.Payload)
async def shown(context: ViewContext, payload: DoubleShown.Payload) -> DoubleShown | None:
    """None once they are one, or one of them is gone, or agrees no more."""
    if payload.people not in await pairs(context.session, await team.scope_of(context, Duty.RUN)):
        return None
    both = await desk.on_list(context.session, payload.people)
    return DoubleShown(tuple((each.id, card(each)) for each in both))
