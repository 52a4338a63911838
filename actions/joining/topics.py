"""What somebody seeks and offers: words put on topics, corrected by tap, or picked from the list.

A message further up may show what no longer holds. A tap on a topic in it, or its "Bestätigen", would take for said
what the person does not see: it brings the message up to date and changes nothing; the next tap counts.
"""

import asyncio
from collections.abc import Iterable

from actions.exchange.turn import Turn
from actions.joining import profile
from db.models import Interest
from domain import topics
from domain.outcomes.choices import Direction, Offer, Question, offered
from domain.outcomes.joining import Asked, TopicsBrowsed, TopicsHeard
from domain.profile import MAX_INTERESTS, OWN_WORDS_LIMIT, TOPICS_TEXT_LIMIT, is_answered
from domain.refusal import Reason, Refusal
from domain.words import clean, cut


def of(turn: Turn, direction: Direction) -> list[Interest]:
    return [i for i in turn.me.interests if i.direction is direction]


async def hear(turn: Turn, direction: Direction, text: str) -> None:
    """Words replace what was there for this direction; the four taps of an MP stay. A greeting replaces nothing."""
    said = clean(text, limit=TOPICS_TEXT_LIMIT, lines=True)
    heard = await asyncio.to_thread(_understand, said)
    if found := [*_interests(direction, heard)]:
        for interest in of(turn, direction):
            if offered(interest.topic) is None:
                turn.me.interests.remove(interest)
        taken = {i.topic for i in of(turn, direction)}
        new = [i for i in found if i.topic is None or i.topic not in taken]
        turn.me.interests.extend(new[:MAX_INTERESTS])
    await turn.session.flush()
    turn.tell(TopicsHeard.Payload(direction=direction))


def _understand(said: str) -> topics.Understood:
    """Takes some milliseconds, and some tenths of a second at the first time: call it in a thread."""
    return topics.load().understand(said)


def _interests(direction: Direction, heard: topics.Understood) -> Iterable[Interest]:
    for guess in heard.sure:
        yield Interest(direction=direction, topic=guess.topic)
    for part in dict.fromkeys(guess.part for guess in heard.ask):
        candidates = [g.topic for g in heard.ask if g.part == part]
        yield Interest(direction=direction, words=cut(part, OWN_WORDS_LIMIT), candidates=candidates)
    for words in heard.words:
        yield Interest(direction=direction, words=cut(words, OWN_WORDS_LIMIT))


async def confirm(turn: Turn, direction: Direction) -> None:
    """As it stands in this message. A doubt nobody resolved keeps the person's own words."""
    if of(turn, direction) and not await profile.is_newest(turn):
        turn.tell(TopicsHeard.Payload(direction=direction), edit=True)
        return
    for interest in of(turn, direction):
        interest.candidates = None
    await turn.session.flush()
    await profile.settle(turn, direction)


async def say_differently(turn: Turn, direction: Direction) -> None:
    await profile.await_line(turn, Question(direction.value))
    turn.tell(Asked.Payload(question=Question(direction.value), editing=is_answered(turn.me, direction)))


async def show_dropping(turn: Turn, direction: Direction) -> None:
    turn.tell(TopicsHeard.Payload(direction=direction, dropping=True), edit=True)


async def drop(turn: Turn, interest_id: int) -> None:
    interest = _mine(turn, interest_id)
    direction = interest.direction
    turn.me.interests.remove(interest)
    await turn.session.flush()
    if of(turn, direction):
        turn.tell(TopicsHeard.Payload(direction=direction), edit=True)
    else:
        await say_differently(turn, direction)


async def pick(turn: Turn, interest_id: int, topic: str) -> None:
    doubt = _doubt(turn, interest_id)
    if topic not in (doubt.candidates or ()):
        raise Refusal(Reason.STALE_BUTTON)
    await _resolve(turn, doubt, [topic])


async def pick_all(turn: Turn, interest_id: int) -> None:
    doubt = _doubt(turn, interest_id)
    await _resolve(turn, doubt, doubt.candidates or [])


async def pick_none(turn: Turn, interest_id: int) -> None:
    doubt = _doubt(turn, interest_id)
    doubt.candidates = None
    turn.tell(TopicsHeard.Payload(direction=doubt.direction), edit=True)


async def _resolve(turn: Turn, doubt: Interest, chosen: list[str]) -> None:
    direction = doubt.direction
    turn.me.interests.remove(doubt)
    _take(turn, direction, chosen)
    await turn.session.flush()
    turn.tell(TopicsHeard.Payload(direction=direction), edit=True)


def _take(turn: Turn, direction: Direction, chosen: Iterable[str]) -> None:
    taken = {i.topic for i in of(turn, direction)}
    for topic in chosen:
        if topic not in taken:
            turn.me.interests.append(Interest(direction=direction, topic=topic))


async def browse(turn: Turn, direction: Direction) -> None:
    turn.tell(TopicsBrowsed.Payload(direction=direction, page=0), edit=True)


async def browse_group(turn: Turn, direction: Direction, group: str, page: int) -> None:
    index = [g.id for g in topics.load().groups()].index(group)
    turn.tell(TopicsBrowsed.Payload(group=index, direction=direction, page=page), edit=True)


async def toggle(turn: Turn, direction: Direction, topic: str, page: int) -> None:
    """A tap in the list takes a topic or gives it back."""
    known = topics.load().topics.get(topic)
    if known is None:
        raise Refusal(Reason.STALE_BUTTON)
    mine = next((i for i in of(turn, direction) if i.topic == topic), None)
    if not await profile.is_newest(turn):
        pass
    elif mine is not None:
        turn.me.interests.remove(mine)
    elif len(of(turn, direction)) < MAX_INTERESTS:
        _take(turn, direction, [topic])
    await turn.session.flush()
    await browse_group(turn, direction, known.group, page)


async def offer(turn: Turn, what: Offer) -> None:
    """One of the four things that MPs, offices and authorities offer by tap; a second tap takes it back."""
    mine = next((i for i in of(turn, Direction.OFFERS) if i.topic == what.topic), None)
    if not await profile.is_newest(turn):
        pass
    elif mine is not None:
        turn.me.interests.remove(mine)
    else:
        _take(turn, Direction.OFFERS, [what.topic])
    await turn.session.flush()
    turn.tell(
        Asked.Payload(question=Question.OFFERS, editing=is_answered(turn.me, Direction.OFFERS)), edit=True
    )


def _mine(turn: Turn, interest_id: int) -> Interest:
    found = next((i for i in turn.me.interests if i.id == interest_id), None)
    if found is None:
        raise Refusal(Reason.STALE_BUTTON)
    return found


def _doubt(turn: Turn, interest_id: int) -> Interest:
    found = _mine(turn, interest_id)
    if not found.candidates:
        raise Refusal(Reason.STALE_BUTTON)
    return found
