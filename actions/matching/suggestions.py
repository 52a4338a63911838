"""Who could meet whom: suggesting people, one card at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass
from actions.exchange.turn import Turn
from actions.matching.reasons import Profiled, as_candidate, reasoned
from db import crowd, queries, reach
from db.models import Introduction, IntroState, Person, Priority, Suggestion, Workshop
from domain import matching
from domain.calendar import by_day, office_hours
from domain.meeting import CARD_HOLDS, CARD_IS_NEW, KEEPS_LOOKING, conversations_left
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import IntroAsked, IntroExpired, NobodyYet, Suggested, TopicWanted
from domain.outcomes.small import Refused
from domain.presence import most_talks
from domain.profile import can_be_suggested
from domain.refusal import Reason, Refusal

Candidates = dict[int, matching.Candidate]

_WAITING: entries.Kinds = (NobodyYet, IntroExpired)
"""After one of these, people wait for a card. Whoever is asked for a topic gets one as soon as they confirm it."""
_CARDS: entries.Kinds = (*_WAITING, TopicWanted, Suggested.Payload)


async def suggest(turn: Turn) -> None:
    """Show the next person worth meeting, or say that there is nobody right now.

    Raises Refusal(NO_WORKSHOP) without a workshop, Refusal(TAP_PLEASE) if too little is known to suggest me to others.
    """
    workshop, candidates = await _here(turn)
    if best := await _best(turn, workshop, candidates):
        turn.tell(Suggested.Payload(best.id))
    elif intro_id := await _waits_for_me(turn, workshop):
        turn.tell(IntroAsked.Payload(intro_id))
    elif unanswered := await _unanswered(turn, workshop, candidates):
        turn.tell(Suggested.Payload(unanswered.id))
    elif not has_topics(turn.me):
        turn.tell(TopicWanted())
    else:
        passed = await _passed_by(turn, workshop, candidates)
        turn.tell(NobodyYet(paused=reach.is_paused(turn.me, turn.now), again=passed is not None))


async def show_again(turn: Turn) -> None:
    """*Noch einmal zeigen*: whom I passed by with *Weiter*, the first of them; nobody comes back by themselves.

    Raises Refusal like `suggest`.
    """
    workshop, candidates = await _here(turn)
    passed = await _passed_by(turn, workshop, candidates)
    if passed is None:
        await suggest(turn)
        return
    passed.verdict, passed.workshop_id, passed.shown_at, passed.round_id = None, workshop.id, turn.now, None
    turn.tell(Suggested.Payload(passed.id))


async def _here(turn: Turn) -> tuple[Workshop, Candidates]:
    """The workshop that I am in, and who may be shown there. Raises Refusal like `suggest`."""
    workshop = await queries.present_workshop(turn.session, turn.me)
    if workshop is None:
        raise Refusal(Reason.NO_WORKSHOP)
    if not can_be_suggested(turn.me):
        raise Refusal(Reason.TAP_PLEASE)
    return workshop, await candidates(turn.session, workshop, turn.now, turn.operator)


def has_topics(person: Profiled) -> bool:
    """Whether there is anything by which somebody can be found for them. Raises ValueError without a role."""
    known = as_candidate(person, 0, 0)
    return bool(known.topics or known.words)


async def topic_was_wanted(turn: Turn) -> bool:
    """Whether the last word to me on whom I could meet was that I have to name a topic first."""
    newest = await transcript.newest(turn.session, turn.chat_id, _CARDS, 1)
    return any(each.is_one_of((TopicWanted,)) for each in newest)


async def _waits_for_me(turn: Turn, workshop: Workshop) -> int | None:
    """The id of the introduction of somebody in this workshop who would like to meet me, and has waited longest."""
    asked = select(Introduction.id).where(
        Introduction.asked_id == turn.me.id,
        reach.names(Introduction.asker_id, queries.has_member(workshop.id)),
        Introduction.state == IntroState.ASKED,
        Introduction.expires_at > turn.now,
    )
    return await turn.session.scalar(asked.order_by(Introduction.id).limit(1))


async def _unanswered(turn: Turn, workshop: Workshop, candidates: Candidates) -> Suggestion | None:
    """The newest card that I have not answered: better than nobody. It is one of this workshop from now on."""
    which = select(Suggestion).where(Suggestion.verdict.is_(None)).order_by(Suggestion.id.desc())
    card = await _card_of_mine(turn, workshop, candidates, which)
    if card is not None and card.workshop_id != workshop.id:
        card.workshop_id, card.shown_at, card.round_id = workshop.id, turn.now, None
    return card


async def _passed_by(turn: Turn, workshop: Workshop, candidates: Candidates) -> Suggestion | None:
    """The card that I passed by longest ago, of somebody who has not said "not my topic" about me."""
    refused = select(Suggestion.person_id).where(
        Suggestion.other_id == turn.me.id, Suggestion.verdict == Verdict.NOT_MY_TOPIC
    )
    which = select(Suggestion).where(
        Suggestion.verdict == Verdict.NEXT, Suggestion.other_id.not_in(refused.correlate(None))
    )
    ordered = which.order_by(Suggestion.shown_at, Suggestion.id)
    return await _card_of_mine(turn, workshop, candidates, ordered)


async def _card_of_mine(
    turn: Turn, workshop: Workshop, candidates: Candidates, which: Select[Suggestion]
) -> Suggestion | None:
    """The first of these cards of mine whose person I may still ask to meet."""
    asked = select(Introduction.id).where(
        queries.introduces(turn.me.id, Suggestion.other_id), ~queries.unanswered_elsewhere(workshop.id)
    )
    cards = (
        await turn.session.scalars(which.where(Suggestion.person_id == turn.me.id, ~asked.exists()))
    ).all()
    waiting = await queries.open_requests(turn.session, workshop.id) if cards else {}
    for card in cards:
        other = candidates.get(card.other_id)
        if other is not None and conversations_left(other.role, waiting.get(other.id, 0), other.most) != 0:
            return card
    return None


async def candidates(
    session: AsyncSession, workshop: Workshop, now: datetime, operator: Operator
) -> Candidates:
    """Everybody in the workshop who may be shown now, by id."""
    exposure = await queries.exposure(session, workshop.id)
    asked = Counter(await queries.open_requests(session, workshop.id))
    held = await queries.cards_held(session, workshop.id, now - CARD_HOLDS)
    wall = operator.wall(now)
    return {
        person.id: as_candidate(
            person,
            exposure.get(person.id, 0),
            asked[person.id] + held.get(person.id, 0),
            most_talks(person, workshop.day, wall),
        )
        for person in await crowd.attendees(session, crowd.in_workshop(workshop.id, reach.showable(now)))
    }


async def _best(turn: Turn, workshop: Workshop, candidates: Candidates) -> Suggestion | None:
    """Store the best suggestion for me, if there is any, as shown. The day decides between those who fit alike."""
    excluded = await queries.shown(turn.session, workshop.id, [turn.me.id])
    ranked = matching.rank(
        as_candidate(turn.me, 0, 0),
        candidates.values(),
        day=turn.today,
        excluded=frozenset(excluded[turn.me.id]),
        limit=1,
    )
    if not ranked:
        return None
    suggestion = _row(turn.me.id, workshop, ranked[0], turn.now)
    turn.session.add(suggestion)
    await turn.session.flush()
    return suggestion


def _row(
    person_id: int, workshop: Workshop, suggestion: matching.RankedCandidate, now: datetime
) -> Suggestion:
    return Suggestion(
        person_id=person_id,
        other_id=suggestion.other_id,
        workshop_id=workshop.id,
        shown_at=now,
        **reasoned(suggestion.reason),
    )


async def decide(turn: Turn, suggestion_id: int, verdict: Verdict) -> None:
    """Weiter, or not my topic: show the next person. A second tap on an old card changes nothing.

    Raises Refusal like `mine` and `suggest`.
    """
    suggestion = await mine(turn, suggestion_id)
    if suggestion.verdict is None:
        suggestion.verdict = verdict
        await suggest(turn)


async def mine(turn: Turn, suggestion_id: int) -> Suggestion:
    """A suggestion that was made to me. Raises Refusal(STALE_BUTTON) for any other."""
    suggestion = await turn.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    return suggestion


async def suggest_instead(turn: Turn) -> None:
    """The person suggested cannot be met any more: show the next one at once."""
    turn.tell(Refused(Reason.STALE_BUTTON))
    await suggest(turn)


def keeping_looking(now: datetime, operator: Operator) -> Pass:
    """The pass over the workshops that looks for whoever waits for a card.

    Until a week after the workshop's day, and for a week after somebody's question there expired: on that day from
    eight to six, on any other in office hours.
    """
    today = operator.day(now)
    office = office_hours(now, operator.zone, None) == now
    lately = select(Introduction.workshop_id).where(Introduction.closed_at > now - KEEPS_LOOKING)
    after_the_day = or_(Workshop.day >= today - KEEPS_LOOKING, Workshop.id.in_(lately))
    looked_in = after_the_day if office else Workshop.day == today

    async def find(session: AsyncSession) -> Iterable[int]:
        is_awake = by_day(now, operator.zone) == now
        return await session.scalars(select(Workshop.id).where(looked_in)) if is_awake else ()

    async def look(session: AsyncSession, workshop_id: int) -> None:
        await keep_looking(session, workshop_id, now, operator)

    return Pass(find, look)


async def keep_looking(session: AsyncSession, workshop_id: int, now: datetime, operator: Operator) -> int:
    """Show the first person who fits to everybody in the workshop who waits for a card: they were last told that there
    is nobody yet, or that somebody could not be met, no other card has just come, and they have not left for the day.

    Returns how many cards are owed.
    """
    # Another pass waits here, and finds nobody waiting any more.
    workshop = await session.get_one(Workshop, workshop_id, with_for_update=FOR_CHANGE)
    waiting = await _waiting(session, workshop, now, operator)
    if not waiting:
        return 0
    ranked = await _best_of_all(
        session, [to.person_id for to in waiting if to.person_id], workshop, now, operator
    )
    cards = {person_id: _row(person_id, workshop, best, now) for person_id, best in ranked}
    session.add_all(cards.values())
    await session.flush()
    for to in waiting:
        if card := cards.get(to.person_id or 0):
            outbox.owe(session, Suggested.Payload(card.id), to, now, priority=Priority.NEWS)
    return len(cards)


async def _best_of_all(
    session: AsyncSession, people: Sequence[int], workshop: Workshop, now: datetime, operator: Operator
) -> list[tuple[int, matching.RankedCandidate]]:
    """For each of these people, by id, whoever is best for them. Those who come later find that somebody has been given
    out once more.
    """
    pool = matching.Pool([*(await candidates(session, workshop, now, operator)).values()])
    today = operator.day(now)
    shown = await queries.shown(session, workshop.id, people)
    found = []
    for person_id in people:
        excluded = frozenset(shown[person_id])
        for best in (
            pool.rank(person_id, day=today, excluded=excluded, limit=1) if pool.has(person_id) else ()
        ):
            pool.was_shown(best.other_id)
            found.append((person_id, best))
    return found


async def _waiting(
    session: AsyncSession, workshop: Workshop, now: datetime, operator: Operator
) -> list[outbox.Recipient]:
    """Those who wait for a card, are in this workshop now, and have finished their profile."""
    waiting = select(Person.chat_id, Person.id).where(
        queries.has_member(workshop.id),
        queries.is_present(workshop.id),
        Person.finished_at.is_not(None),
        reach.showable(now),
        not_(reach.gone(operator.wall(now))),
        entries.told_last(Person.id, _WAITING, _CARDS, now),
        ~queries.got_card_since(now - CARD_IS_NEW),
    )
    rows = await session.execute(waiting.order_by(Person.id))
    return [outbox.Recipient(chat_id, number) for chat_id, number in rows if chat_id is not None]
