"""The people of one's workshops: listed, looked for by name, place or topic, and by how far they have come.

Whoever is named on a page, or looked at, finds that in their data.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, transcript
from actions.exchange.operator import Operator
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk, silence_lists
from actions.organising.team import team
from db import crowd, intact, queries, reach
from db.models import DraftKind, Interest, Membership, Person, Pledge
from domain import names, topics
from domain.outcomes.organising.participants import (
    ParticipantAsked,
    ParticipantShown,
    ParticipantsListed,
    StandingsCounted,
)
from domain.participants import SEEN_BY, Participant, Standing, search
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.team import NO_WORKSHOP, Duty, Scope
from domain.words import clean

_TYPED = 200  # UTF-16 units


@dataclass(frozen=True)
class Sight:
    """What whoever looks may see. `scope`: the workshops in which they do a duty."""

    session: AsyncSession
    now: datetime
    operator: Operator
    scope: Callable[[Duty], Scope]

    @classmethod
    def of(cls, turn: Turn) -> "Sight":
        return cls(turn.session, turn.now, turn.operator, turn.scope)


async def show(turn: Turn) -> None:
    """`/teilnehmende`: everybody, by name."""
    await desk.organiser(turn)
    await _list(turn, ParticipantsListed.Payload())


async def turn_page(turn: Turn, page: int) -> None:
    """Another page of the list that was shown last, counted from 0."""
    last = await _last(turn)
    await _list(turn, ParticipantsListed.Payload(last.standing, last.hits, page), edit=True)


async def choose(turn: Turn, standing: Standing) -> None:
    """Only these of those who were listed last. Raises Refusal(STALE_BUTTON) if they may not look for these."""
    if turn.scope(SEEN_BY[standing]) == NO_WORKSHOP:
        raise Refusal(Reason.STALE_BUTTON)
    await _list(turn, ParticipantsListed.Payload(standing, (await _last(turn)).hits), edit=True)


async def _last(turn: Turn) -> ParticipantsListed.Payload:
    for last in await transcript.newest(turn.session, turn.chat_id, (ParticipantsListed.Payload,), 1):
        if isinstance(last.payload, ParticipantsListed.Payload):
            return last.payload
    return ParticipantsListed.Payload()


async def count(turn: Turn) -> None:
    """How far people have come: each standing with its number."""
    await desk.organiser(turn)
    turn.tell(StandingsCounted.Payload(), edit=True)


async def ask(turn: Turn) -> None:
    """The next words are a name, a place or a topic."""
    await desk.organiser(turn)
    await drafts.await_words(turn, DraftKind.PARTICIPANT)
    turn.tell(ParticipantAsked())


async def receive(turn: Turn, text: str) -> None:
    """List whom the words may mean; a single one is shown at once. Raises Refusal(NOBODY_FOUND)."""
    hits = await asyncio.to_thread(_search, clean(text, limit=_TYPED), await _known(turn))
    if not hits:
        raise Refusal(Reason.NOBODY_FOUND)
    await drafts.end(turn)
    if len(hits) == 1:
        await card(turn, hits[0])
    else:
        await _list(turn, ParticipantsListed.Payload(hits=tuple(hits)))


async def _known(turn: Turn) -> list[Participant]:
    who = _everybody(turn.scope(Duty.RECEIVE))
    places = {each.id: each.place for each in await crowd.named(turn.session, who)}

    def seen(each: crowd.Attendee) -> Participant:
        dealt_with = frozenset(wish.topic for wish in each.interests if wish.topic)
        return Participant(each.id, each.name or "", places.get(each.id, ""), each.land or "", dealt_with)

    return [seen(each) for each in await crowd.attendees(turn.session, who)]


def _search(typed: str, people: Sequence[Participant]) -> list[int]:
    """Takes some milliseconds: call it in a thread."""
    return search(typed, people, {guess.topic for guess in topics.load().understand(typed).sure})


async def _list(turn: Turn, payload: ParticipantsListed.Payload, *, edit: bool = False) -> None:
    everybody = await found(Sight.of(turn), payload)
    for person_id in on_page(everybody, payload.page)[1]:
        desk.audit(turn, person_id, "saw list of people")
    turn.tell(payload, edit=edit)


async def card(turn: Turn, person_id: int) -> None:
    """One of them. Raises Refusal(STALE_BUTTON) for somebody who is gone, or no longer agrees."""
    await desk.organiser(turn)
    person = await intact.person(turn.session, person_id)
    if person is None or not reach.agrees(person):
        raise Refusal(Reason.STALE_BUTTON)
    desk.audit(turn, person.id, "saw profile")
    turn.tell(ParticipantShown.Payload(person.id))


# --- who they are


def _everybody(there: Scope) -> Select[int]:
    """The ids of those in these workshops who agree."""
    joined = exists().where(Membership.person_id == Person.id, team.within(Membership.workshop_id, there))
    return select(Person.id).where(joined, reach.agreeing())


async def found(sight: Sight, of: ParticipantsListed.Payload) -> list[int]:
    """The ids of those on all pages of this list, as things are now."""
    who = _everybody(sight.scope(Duty.RECEIVE))
    if of.hits:
        who = who.where(Person.id.in_(of.hits))
    if of.standing is not None:
        who = who.where(await condition(sight, of.standing))
    people = await crowd.named(sight.session, who)
    if of.hits:
        rank = {person_id: at for at, person_id in enumerate(of.hits)}
        return sorted((each.id for each in people), key=lambda each: rank[each])
    return [each.id for each in sorted(people, key=lambda each: (names.in_order(each.name), each.id))]


async def condition(sight: Sight, standing: Standing) -> ColumnElement[bool]:
    """The condition on persons for this standing; of pledges only those in workshops whose pledges are the reader's
    business count.
    """
    there = sight.scope(SEEN_BY[standing])
    match standing:
        case Standing.UNFINISHED:
            return Person.finished_at.is_(None)
        case Standing.NO_TOPICS:
            return ~exists().where(Interest.person_id == Person.id)
        case Standing.WAITING:
            return and_(*desk.claiming(Person.role_confirmed.is_(None), there))
        case Standing.UNREACHABLE:
            return Person.unreachable_since.is_not(None)
        case Standing.PROMISED:
            made = Pledge.state.in_((State.ACTIVE, State.ENDED))
            here = team.within(Pledge.workshop_id, there)
            return exists().where(queries.in_pledge(Person.id), made, here)
        case Standing.SILENT:
            told = await silence_lists.told_of(sight.session, sight.now, sight.operator, there)
            return Person.id.in_(list(told))
