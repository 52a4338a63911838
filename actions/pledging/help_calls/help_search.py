"""Whom to ask for help, across all workshops: by what they offer, or by a pledge of theirs about the same topic.

Nothing encrypted is read, and nobody else than who has to do with the topic.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.pledging import history
from db import queries, reach
from db.models import HelpCall, HelpRequest, Interest, IntroState, OfficeSeat, Person, Pledge, Suggestion
from domain import help_calls
from domain.help_calls import ANSWERS, Call, Helper, HelperFound, Sibling
from domain.history import Answers, replay
from domain.outcomes.choices import Direction, Offer, Verdict, offered
from domain.pledges import Acts, Side, State, Status, side
from domain.roles import Role


async def ranked(session: AsyncSession, call: HelpCall, now: datetime) -> list[HelperFound]:
    """Whom to ask next, the best first; nobody about something that has no topic."""
    if not call.topic:
        return []
    land = await session.scalar(select(Person.land).where(Person.id == call.person_id))
    asked = Call(call.id, call.topic, call.blocker, land or None)
    siblings = await _siblings(session, call, call.topic)
    return help_calls.rank(asked, await _helpers(session, call, asked, siblings, now), now)


async def _helpers(
    session: AsyncSession, call: HelpCall, asked: Call, siblings: dict[int, Sibling], now: datetime
) -> list[Helper]:
    having = select(Interest.person_id).where(Interest.topic.in_(asked.topics))
    known = or_(Person.id.in_(having), Person.id.in_(siblings))
    found = select(Person.id, Person.role, Person.land, Person.role_confirmed)
    people = (await session.execute(found.where(known, *_may_be_asked(call, now)))).all()
    ids = [person_id for person_id, *_ in people]
    offers, deals, taps = await _interests(session, ids, asked)
    last = await _last_asked(session, ids)
    return [
        Helper(
            id=person_id,
            role=role or Role.OTHER,
            land=land or None,
            offers=frozenset(offers[person_id]),
            deals_with=frozenset(deals[person_id]),
            taps=frozenset(taps[person_id]),
            sibling=siblings.get(person_id, Sibling.NONE),
            confirmed=bool(confirmed),
            asked_at=last.get(person_id),
        )
        for person_id, role, land, confirmed in people
    ]


def _may_be_asked(call: HelpCall, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on people: they may be shown to others, are no party of the pledge nor in the office of one, and
    neither know the caller nor were ever asked about them; nobody's card was turned down as not their topic; and
    nobody is asking them already.
    """
    caller = call.person_id
    party = exists().where(Pledge.id == call.pledge_id, queries.in_pledge(Person.id))
    mine = and_(Pledge.id == call.pledge_id, queries.in_pledge(OfficeSeat.mp_id))
    acting = exists().where(OfficeSeat.staff_id == Person.id, reach.seated(), mine)
    turned_down = exists().where(
        Suggestion.verdict == Verdict.NOT_MY_TOPIC,
        or_(
            and_(Suggestion.person_id == caller, Suggestion.other_id == Person.id),
            and_(Suggestion.person_id == Person.id, Suggestion.other_id == caller),
        ),
    )
    being_asked = and_(HelpRequest.state == IntroState.ASKED, HelpRequest.expires_at > now)
    asked = exists().where(
        HelpRequest.person_id == Person.id, or_(HelpRequest.call_id == call.id, being_asked)
    )
    known = exists().where(queries.introduces(caller, Person.id))
    return reach.showable(now), ~party, ~acting, ~known, ~turned_down, ~asked


async def _interests(
    session: AsyncSession, ids: Collection[int], asked: Call
) -> tuple[dict[int, set[str]], dict[int, set[str]], dict[int, set[Offer]]]:
    """What each of them offers, what they deal with at all, and what they tapped, as far as it matters here.

    On which topics they take a side is nobody's business: these are no offers.
    """
    taps = {tap.topic for tap in ANSWERS[asked.blocker].taps}
    rows = await session.execute(
        select(Interest.person_id, Interest.direction, Interest.topic)
        .join(Person, Person.id == Interest.person_id)
        .where(
            Interest.person_id.in_(ids),
            Interest.topic.in_(asked.topics | taps),
            Interest.stance.is_(None),
            or_(Interest.direction == Direction.SEEKS, Person.offers_at.is_not(None)),
        )
    )
    offers, deals = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    tapped = defaultdict[int, set[Offer]](set)
    for person_id, direction, topic in rows:
        if (tap := offered(topic)) is not None:
            tapped[person_id].add(tap)
            continue
        deals[person_id].add(topic or "")
        if direction is Direction.OFFERS:
            offers[person_id].add(topic or "")
    return offers, deals, tapped


async def _last_asked(session: AsyncSession, ids: Collection[int]) -> dict[int, datetime]:
    asked = select(HelpRequest.person_id, func.max(HelpRequest.asked_at))
    rows = await session.execute(asked.where(HelpRequest.person_id.in_(ids)).group_by(HelpRequest.person_id))
    return {person_id: at for person_id, at in rows}  # noqa: C416 - dict() cannot type rows


async def _siblings(session: AsyncSession, call: HelpCall, topic: str) -> dict[int, Sibling]:
    """Who carries out, or has kept, another pledge about the topic. Whoever is stuck with it themselves is no help."""
    of = Pledge
    pledges = (
        await session.execute(
            select(of.id, of.author_id, of.partner_id, of.acts, of.state, of.ended_at).where(
                of.topic == topic, of.id != call.pledge_id, of.state.in_((State.ACTIVE, State.ENDED))
            )
        )
    ).all()
    happened = await history.events_about(session, {pledge.id for pledge in pledges})
    found: dict[int, Sibling] = {}
    for pledge in pledges:
        for party in (pledge.author_id, pledge.partner_id):
            on = side(pledge.acts or Acts.AUTHOR, is_author=party == pledge.author_id)
            said = replay(happened[pledge.id], party)
            if (
                party is not None
                and on is Side.PROMISER
                and (kin := _sibling(said, pledge.state, pledge.ended_at))
            ):
                found[party] = max(kin, found.get(party, Sibling.NONE))
    return found


def _sibling(said: Answers, state: State, ended_at: datetime | None) -> Sibling:
    if state is State.ENDED:
        ended = said.how_it_ended(ended_at)
        return Sibling.KEPT if ended is not None and ended.status is Status.KEPT else Sibling.NONE
    last = said.last_said()
    return Sibling.NONE if last is not None and last.status is Status.STUCK else Sibling.ACTIVE
