"""Who could meet whom: suggesting people, one card at a time."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.matching.reasons import Profiled, as_candidate, reasoned
from db import crowd, intact, queries, reach, talks
from db.models import Introduction, IntroState, Person, Suggestion, Workshop
from domain.meeting import CARD_HOLDS, conversations_left
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import IntroAsked, IntroExpired, NobodyYet, Suggested, TopicWanted
from domain.outcomes.small import Refused
from domain.presence import most_talks
from domain.profile import can_be_suggested
from domain.refusal import Reason, Refusal
from domain.suggestions import Candidate, RankedCandidate

Candidates = dict[int, Candidate]

WAITING: entries.Kinds = (NobodyYet, IntroExpired)
"""After one of these, people wait for a card. Whoever is asked for a topic gets one as soon as they confirm it."""
CARDS: entries.Kinds = (*WAITING, TopicWanted, Suggested.Payload)


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
    await intact.read_interests(turn.session, turn.me)
    return workshop, await candidates(turn.session, workshop, turn.now, turn.operator, by=turn.me)


def has_topics(person: Profiled) -> bool:
    """Whether there is anything by which somebody can be found for them. Raises ValueError without a role."""
    known = as_candidate(person, 0, 0)
    return bool(known.topics or known.words)


async def topic_was_wanted(turn: Turn) -> bool:
    """Whether the last word to me on whom I could meet was that I have to name a topic first."""
    newest = await transcript.newest(turn.session, turn.chat_id, CARDS, 1)
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
    waiting = await talks.open_requests(turn.session, workshop.id) if cards else {}
    for card in cards:
        other = candidates.get(card.other_id)
        if other is not None and conversations_left(other.role, waiting.get(other.id, 0), other.most) != 0:
            return card
    return None


async def candidates(
    session: AsyncSession, workshop: Workshop, now: datetime, operator: Operator, *, by: Person | None = None
) -> Candidates:
    """Everybody in the workshop who may be shown now, by id. `by`: to whom, if it is one person; then with no more of
    what they seek and offer than has to do with this person's.
    """
    exposure = await queries.exposure(session, workshop.id)
    asked = Counter(await talks.open_requests(session, workshop.id))
    held = await talks.cards_held(session, workshop.id, now - CARD_HOLDS)
    wall = operator.wall(now)
    bearing = [crowd.bearing_on(by.interests)] if by is not None else []
    return {
        person.id: as_candidate(
            person,
            exposure.get(person.id, 0),
            asked[person.id] + held.get(person.id, 0),
            most_talks(person, workshop.day, wall),
        )
        for person in await crowd.attendees(session, crowd.showable(workshop.id, now), *bearing)
    }


async def _best(turn: Turn, workshop: Workshop, candidates: Candidates) -> Suggestion | None:
    """Store the best suggestion for me, if there is any, as shown. The day decides between those who fit alike."""
    from domain.matching import rank  # noqa: PLC0415 - with NumPy, which takes 80 ms of a start

    excluded = await queries.shown(turn.session, workshop.id, [turn.me.id])
    ranked = rank(
        as_candidate(turn.me, 0, 0),
        candidates.values(),
        day=turn.today,
        excluded=frozenset(excluded[turn.me.id]),
        limit=1,
    )
    if not ranked:
        return None
    suggestion = as_shown(turn.me.id, workshop, ranked[0], turn.now)
    turn.session.add(suggestion)
    await turn.session.flush()
    return suggestion


def as_shown(person_id: int, workshop: Workshop, suggestion: RankedCandidate, now: datetime) -> Suggestion:
    """The row of this suggestion, shown now."""
    return Suggestion(
        person_id=person_id,
        other_id=suggestion.other_id,
        workshop_id=workshop.id,
        shown_at=now,
        **reasoned(suggestion.reason),
    )


async def decide(turn: Turn, suggestion_id: int, verdict: Verdict) -> None:
    """Weiter, or not my topic: show the next person. A second tap on an old card changes nothing; on the card of
    somebody whom I asked to meet, it shows the card that waits for me, or the next person.

    Raises Refusal like `mine` and `suggest`.
    """
    suggestion = await mine(turn, suggestion_id)
    if suggestion.verdict is None:
        suggestion.verdict = verdict
        await suggest(turn)
    elif suggestion.verdict is Verdict.MEET:
        await _show_waiting(turn)


async def _show_waiting(turn: Turn) -> None:
    if unanswered := await _unanswered(turn, *await _here(turn)):
        turn.tell(Suggested.Payload(unanswered.id))
    else:
        await suggest(turn)


async def mine(turn: Turn, suggestion_id: int) -> Suggestion:
    """A suggestion that was made to me. Raises Refusal(STALE_BUTTON) for any other."""
    suggestion = await turn.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    return suggestion


async def suggest_instead(turn: Turn) -> None:
    """The person suggested can no longer be met: show the next one at once."""
    turn.tell(Refused(Reason.STALE_BUTTON))
    await suggest(turn)
