"""What somebody seeks and offers: topics understood from words, corrected by tap, or picked from the list.

A message further up may show topics that have changed since. A tap on one of them, or on its "Bestätigen", would
confirm what the person does not see: it only brings the message up to date, and the next tap counts.
"""

import asyncio
from collections.abc import Iterable

from actions.exchange.turn import Turn
from actions.joining import answering, profile
from db import intact
from db.models import Interest
from domain import topics
from domain.outcomes.choices import Direction, Offer, ProfileQuestion, Stance, offered
from domain.outcomes.joining import Asked, TopicsBrowsed, TopicsHeard
from domain.profile import MAX_INTERESTS, OWN_WORDS_LIMIT, TOPICS_TEXT_LIMIT, is_answered
from domain.refusal import Reason, Refusal
from domain.words import clean, cut
from domain.yes_and_no import answer


async def of(turn: Turn, direction: Direction) -> list[Interest]:
    """What I seek, or what I offer."""
    await intact.read_interests(turn.session, turn.me)
    return [i for i in turn.me.interests if i.direction is direction]


async def receive(turn: Turn, direction: Direction, text: str) -> None:
    """Replace what was there for this direction by what the words say; a greeting replaces nothing.

    The four things that MPs offer by tap are kept. "Bin dagegen" answers where somebody stands, if that is asked.
    """
    words = clean(text, limit=TOPICS_TEXT_LIMIT, lines=True)
    asked, said = await _first_side(turn, direction), topics.opinion(words)
    if asked is not None and said is not None:
        await take_stance(turn, asked.id, said)
        return
    understood = await asyncio.to_thread(_understand, words)
    if interests := [*_interests(direction, understood)]:
        for interest in await of(turn, direction):
            if offered(interest.topic) is None:
                turn.me.interests.remove(interest)
        taken = {i.topic for i in await of(turn, direction)}
        new = [i for i in interests if i.topic is None or i.topic not in taken]
        turn.me.interests.extend(new[:MAX_INTERESTS])
    await turn.session.flush()
    turn.tell(TopicsHeard.Payload(direction=direction))


def _understand(words: str) -> topics.Understood:
    """Takes some milliseconds, the first time some tenths of a second: call it in a thread.

    A plain yes or no names nothing: it was meant for a button that could not be told from others.
    """
    return topics.load().understand("" if answer(words) is not None else words)


def _interests(direction: Direction, understood: topics.Understood) -> Iterable[Interest]:
    for guess in understood.sure:
        yield Interest(direction=direction, topic=guess.topic)
    for guess in understood.ask:
        if guess.side:
            yield Interest(direction=direction, topic=guess.topic, stance=topics.heard(guess.part))
    doubts = [guess for guess in understood.ask if not guess.side]
    for part in dict.fromkeys(guess.part for guess in doubts):
        candidates = [g.topic for g in doubts if g.part == part]
        yield Interest(direction=direction, words=cut(part, OWN_WORDS_LIMIT), candidates=candidates)
    for words in understood.words:
        yield Interest(direction=direction, words=cut(words, OWN_WORDS_LIMIT))


async def confirm(turn: Turn, direction: Direction) -> None:
    """Confirm the topics as this message shows them. An unresolved doubt is kept as the person's own words."""
    if await of(turn, direction) and not await profile.is_newest(turn):
        turn.tell(TopicsHeard.Payload(direction=direction), edit=True)
        return
    for interest in await of(turn, direction):
        interest.candidates = None
    await turn.session.flush()
    await answering.settle(turn, direction)


async def say_differently(turn: Turn, direction: Direction) -> None:
    """The next words say it again."""
    await profile.await_line(turn, ProfileQuestion(direction.value))
    turn.tell(
        Asked.Payload(question=ProfileQuestion(direction.value), editing=is_answered(turn.me, direction))
    )


async def show_dropping(turn: Turn, direction: Direction) -> None:
    """Offer to drop each topic."""
    turn.tell(TopicsHeard.Payload(direction=direction, dropping=True), edit=True)


async def drop(turn: Turn, interest_id: int) -> None:
    """Drop one topic; without any left, ask again. Raises Refusal(STALE_BUTTON) if it is not mine."""
    interest = await _mine(turn, interest_id)
    direction = interest.direction
    turn.me.interests.remove(interest)
    await turn.session.flush()
    if await of(turn, direction):
        turn.tell(TopicsHeard.Payload(direction=direction), edit=True)
    else:
        await say_differently(turn, direction)


async def pick(turn: Turn, interest_id: int, topic: str) -> None:
    """Resolve a doubt by one of its topics. Raises Refusal(STALE_BUTTON) if it is resolved, or no such topic."""
    doubt = await _doubt(turn, interest_id)
    if topic not in (doubt.candidates or ()):
        raise Refusal(Reason.STALE_BUTTON)
    await _resolve(turn, doubt, [topic])


async def pick_all(turn: Turn, interest_id: int) -> None:
    """Resolve a doubt by all of its topics. Raises Refusal(STALE_BUTTON) if it is resolved already."""
    doubt = await _doubt(turn, interest_id)
    await _resolve(turn, doubt, doubt.candidates or [])


async def pick_none(turn: Turn, interest_id: int) -> None:
    """Resolve a doubt by none: the own words are kept. Raises Refusal(STALE_BUTTON) if it is resolved already."""
    doubt = await _doubt(turn, interest_id)
    doubt.candidates = None
    turn.tell(TopicsHeard.Payload(direction=doubt.direction), edit=True)


async def _resolve(turn: Turn, doubt: Interest, chosen: list[str]) -> None:
    direction = doubt.direction
    turn.me.interests.remove(doubt)
    await _take(turn, direction, chosen, doubt.words or "")
    await turn.session.flush()
    turn.tell(TopicsHeard.Payload(direction=direction), edit=True)


async def _take(turn: Turn, direction: Direction, chosen: Iterable[str], words: str = "") -> None:
    """Add these topics. `words`: what they were named with, which may take a side."""
    taken = {i.topic for i in await of(turn, direction)}
    for topic in chosen:
        if topic not in taken:
            stance = topics.heard(words) if topics.takes_a_side(words, topic) else None
            turn.me.interests.append(Interest(direction=direction, topic=topic, stance=stance))


async def take_stance(turn: Turn, interest_id: int, stance: Stance) -> None:
    """Note where I stand on a topic, or correct it. Raises Refusal(STALE_BUTTON) if that was not asked."""
    interest = await _mine(turn, interest_id)
    if interest.stance is None or stance.is_open_question:
        raise Refusal(Reason.STALE_BUTTON)
    interest.stance = stance
    await turn.session.flush()
    turn.tell(TopicsHeard.Payload(direction=interest.direction), edit=turn.pressed is not None)


async def _first_side(turn: Turn, direction: Direction) -> Interest | None:
    """The topic about which it is asked where I stand, unless a doubt comes first."""
    mine = await of(turn, direction)
    if any(i.candidates for i in mine):
        return None
    return next((i for i in mine if i.stance and i.stance.is_open_question), None)


async def browse(turn: Turn, direction: Direction) -> None:
    """Show the groups of topics."""
    turn.tell(TopicsBrowsed.Payload(direction=direction, page=0), edit=True)


async def browse_group(turn: Turn, direction: Direction, group: str, page: int) -> None:
    """Show the topics of one group, a page counted from 0."""
    index = [g.id for g in topics.load().groups()].index(group)
    turn.tell(TopicsBrowsed.Payload(group=index, direction=direction, page=page), edit=True)


async def toggle(turn: Turn, direction: Direction, topic: str, page: int) -> None:
    """Take a topic from the list, or give it back. Raises Refusal(STALE_BUTTON) if there is no such topic."""
    known = topics.load().topics.get(topic)
    if known is None:
        raise Refusal(Reason.STALE_BUTTON)
    mine = next((i for i in await of(turn, direction) if i.topic == topic), None)
    if not await profile.is_newest(turn):
        pass
    elif mine is not None:
        turn.me.interests.remove(mine)
    elif len(await of(turn, direction)) < MAX_INTERESTS:
        await _take(turn, direction, [topic])
    await turn.session.flush()
    await browse_group(turn, direction, known.group, page)


async def offer(turn: Turn, what: Offer) -> None:
    """Take one of the four things that MPs, offices and authorities offer by tap, or give it back."""
    mine = next((i for i in await of(turn, Direction.OFFERS) if i.topic == what.topic), None)
    if not await profile.is_newest(turn):
        pass
    elif mine is not None:
        turn.me.interests.remove(mine)
    else:
        await _take(turn, Direction.OFFERS, [what.topic])
    await turn.session.flush()
    turn.tell(
        Asked.Payload(question=ProfileQuestion.OFFERS, editing=is_answered(turn.me, Direction.OFFERS)),
        edit=True,
    )


async def _mine(turn: Turn, interest_id: int) -> Interest:
    await intact.read_interests(turn.session, turn.me)
    interest = next((i for i in turn.me.interests if i.id == interest_id), None)
    if interest is None:
        raise Refusal(Reason.STALE_BUTTON)
    return interest


async def _doubt(turn: Turn, interest_id: int) -> Interest:
    interest = await _mine(turn, interest_id)
    if not interest.candidates:
        raise Refusal(Reason.STALE_BUTTON)
    return interest
