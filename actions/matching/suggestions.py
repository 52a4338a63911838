"""Who could meet whom: suggesting people, one card at a time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from db import queries, reach
from db.models import Introduction, IntroState, Person, Priority, Suggestion, Workshop
from domain import matching
from domain.calendar import office_hours
from domain.meeting import CARD_HOLDS, KEEPS_LOOKING, conversations_left
from domain.outcomes.choices import Direction, Verdict, offered
from domain.outcomes.matching import IntroAsked, NobodyYet, Suggested, Why
from domain.outcomes.small import Refused
from domain.profile import can_be_suggested
from domain.refusal import Reason, Refusal

Candidates = dict[int, matching.Person]


async def suggest(turn: Turn) -> None:
    """The next person worth meeting, or honest words that there is none right now."""
    workshop = await queries.present_workshop(turn.session, turn.me)
    if workshop is None:
        raise Refusal(Reason.NO_WORKSHOP)
    if not can_be_suggested(turn.me):
        raise Refusal(Reason.TAP_PLEASE)
    candidates = await _candidates(turn.session, workshop, turn.now)
    if found := await _best(turn.session, turn.me, workshop, candidates, turn.now, turn.today):
        turn.tell(Suggested.Payload(found.id))
    elif waiting := await _waits_for_me(turn, workshop):
        turn.tell(IntroAsked.Payload(waiting))
    elif found := await _unanswered(turn, workshop, candidates):
        turn.tell(Suggested.Payload(found.id))
    else:
        turn.tell(NobodyYet(paused=reach.is_paused(turn.me, turn.now)))


async def _waits_for_me(turn: Turn, workshop: Workshop) -> int | None:
    """The introduction of somebody who would like to meet me and has waited longest."""
    asked = select(Introduction.id).where(
        Introduction.asked_id == turn.me.id,
        Introduction.workshop_id == workshop.id,
        Introduction.state == IntroState.ASKED,
        Introduction.expires_at > turn.now,
    )
    return await turn.session.scalar(asked.order_by(Introduction.id).limit(1))


async def _unanswered(turn: Turn, workshop: Workshop, candidates: Candidates) -> Suggestion | None:
    """The newest card that still waits for an answer: before there is nobody, there is somebody."""
    asked = select(Introduction.id).where(queries.introduces(turn.me.id, Suggestion.other_id))
    cards = await turn.session.scalars(
        select(Suggestion)
        .where(
            Suggestion.person_id == turn.me.id,
            Suggestion.workshop_id == workshop.id,
            Suggestion.verdict.is_(None),
            ~asked.exists(),
        )
        .order_by(Suggestion.id.desc())
    )
    waiting = await queries.open_requests(turn.session, workshop.id)
    for card in cards.all():
        other = candidates.get(card.other_id)
        if other is not None and conversations_left(other.role, waiting.get(other.id, 0)) != 0:
            return card
    return None


async def _candidates(session: AsyncSession, workshop: Workshop, now: datetime) -> Candidates:
    """Everybody in the workshop who may be shown now, by id."""
    exposure = await queries.exposure(session, workshop.id)
    asked = Counter(await queries.open_requests(session, workshop.id))
    held = await queries.cards_held(session, workshop.id, now - CARD_HOLDS)
    return {
        person.id: as_ranked(person, exposure.get(person.id, 0), asked[person.id] + held.get(person.id, 0))
        for person in await queries.people_of(session, workshop.id, reach.showable(now))
    }


async def _best(
    session: AsyncSession,
    person: Person,
    workshop: Workshop,
    candidates: Candidates,
    now: datetime,
    today: date,
) -> Suggestion | None:
    """The best card for this person, if any; in the hall it counts as shown. `today`: the local day, which decides
    between people who fit alike.
    """
    ranked = matching.rank(
        as_ranked(person, 0, 0),
        candidates.values(),
        day=today,
        excluded=frozenset(await queries.shown_to(session, person)),
        limit=1,
    )
    if not ranked:
        return None
    suggestion = _row(person, workshop, ranked[0], now)
    session.add(suggestion)
    await session.flush()
    candidates[suggestion.other_id] = candidates[suggestion.other_id].shown_once_more()
    return suggestion


def as_ranked(person: Person, exposure: int, asked: int) -> matching.Person:
    """As the matching sees them. `asked`: for an MP, how many of the few conversations are spoken for."""
    seeks, seek_words = _wishes(person, Direction.SEEKS)
    offers, offer_words = _wishes(person, Direction.OFFERS)
    if person.role is None:
        raise ValueError("somebody without a role is not ranked")
    return matching.Person(
        id=person.id,
        role=person.role,
        land=person.land or None,
        seeks=seeks,
        offers=offers,
        seek_words=seek_words,
        offer_words=offer_words,
        exposure=exposure,
        cap_left=conversations_left(person.role, asked),
        confirmed_mp=bool(person.role.is_mp and person.role_confirmed),
    )


def _wishes(person: Person, direction: Direction) -> tuple[dict[str, float], tuple[str, ...]]:
    """What somebody has confirmed: before, it is only what was understood."""
    confirmed = person.seeks_at if direction is Direction.SEEKS else person.offers_at
    mine = [i for i in person.interests if confirmed and i.direction is direction]
    topics = {i.topic: 1.0 for i in mine if i.topic and not offered(i.topic)}
    return topics, tuple(i.words for i in mine if i.words and i.topic is None)


def _row(person: Person, workshop: Workshop, found: matching.Suggestion, now: datetime) -> Suggestion:
    return Suggestion(
        person_id=person.id,
        other_id=found.other_id,
        workshop_id=workshop.id,
        shown_at=now,
        **reasoned(found.reason),
    )


def reasoned(reason: matching.Reason) -> dict[str, Any]:
    """The reason as rows hold it: for both, `topic` is what the reader offers and `theirs` what the other does."""
    both = reason.kind == "both"
    return {
        "why": Why(reason.kind),
        "topic": reason.also if both else reason.topic,
        "theirs": reason.topic if both else None,
        "words": reason.words,
    }


async def decide(turn: Turn, suggestion_id: int, verdict: Verdict) -> None:
    """Weiter, or not my topic: the next one. A second tap on an old card changes nothing."""
    suggestion = await mine(turn, suggestion_id)
    if suggestion.verdict is None:
        suggestion.verdict = verdict
        await suggest(turn)


async def mine(turn: Turn, suggestion_id: int) -> Suggestion:
    suggestion = await turn.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    return suggestion


async def suggest_instead(turn: Turn) -> None:
    """Somebody shown before has no time any more: the next person at once."""
    turn.tell(Refused(Reason.STALE_BUTTON))
    await suggest(turn)


async def has_room(session: AsyncSession, person: Person, workshop_id: int) -> bool:
    """An MP is asked for a few conversations in a workshop; the same number may have been shown the card."""
    if person.role is None or not person.role.is_mp:
        return True
    # Anyone who asks at the same moment waits here, so that each is counted; rows that refer to the MP are not held up.
    await session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    asked = (await queries.open_requests(session, workshop_id)).get(person.id, 0)
    return conversations_left(person.role, asked) != 0


async def keep_word(session: AsyncSession, now: datetime, operator: Operator) -> int:
    """Who heard "nobody yet" last gets the first person that fits; the number of cards.

    From the day a workshop exists until a week after its day; on other days than its own in office hours.
    """
    told, today = 0, operator.day(now)
    office = office_hours(now, operator.zone, None) == now
    for workshop in await _running(session, today):
        waiting = await _waiting(session, workshop, now) if office or workshop.day == today else []
        candidates = await _candidates(session, workshop, now) if waiting else {}
        for person in waiting:
            found = await _best(session, person, workshop, candidates, now, today)
            if found is not None and person.chat_id is not None:
                told += 1
                payload, to = Suggested.Payload(found.id), outbox.Recipient.of(person)
                outbox.owe(session, payload, to, now, priority=Priority.NEWS)
    return told


async def _running(session: AsyncSession, today: date) -> Sequence[Workshop]:
    return (await session.scalars(select(Workshop).where(Workshop.day >= today - KEEPS_LOOKING))).all()


async def _waiting(session: AsyncSession, workshop: Workshop, now: datetime) -> list[Person]:
    """Whose last word on the matter, of card or none, was none; in this workshop now, with a profile."""
    heard_none = transcript.heard_last(NobodyYet, among=(NobodyYet, Suggested.Payload))
    people = await session.scalars(
        select(Person).where(
            Person.id.in_(heard_none),
            queries.has_member(workshop.id),
            Person.finished_at.is_not(None),
            reach.showable(now),
        )
    )
    return [person for person in people if person.present_workshop_id == workshop.id]
