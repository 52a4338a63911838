"""Three who meet at once: in a round two people got the card of the same third one, for one conversation.

Each says yes or no to that card as to any other. Once both have their yes, the two are introduced to each other, too.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from actions.matching import reasons
from db import intact, queries
from db.models import Introduction, IntroState, Person, Suggestion
from db.talks import is_open_request
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import MeetCard, Why
from domain.reasons import strongest

_BOTH = Introduction.state == IntroState.BOTH


async def is_expected(session: AsyncSession, card: Suggestion) -> bool:
    """Whether somebody who got the same card has asked already: whoever comes along takes no further conversation."""
    if card.third_id is None:
        return False
    asked = (Introduction.asker_id == card.third_id, Introduction.asked_id == card.other_id)
    return bool(await session.scalar(select(exists().where(*asked, is_open_request()))))


async def talks(session: AsyncSession, intro: Introduction) -> Sequence[Introduction]:
    """All introductions of those who meet at once, this one among them, the first made first."""
    card = await session.get_one(Suggestion, intro.suggestion_id)
    if card.third_id is None:
        return [intro]
    trio = (intro.asker_id, intro.asked_id, card.third_id)
    among = and_(Introduction.asker_id.in_(trio), Introduction.asked_id.in_(trio))
    return (await session.scalars(select(Introduction).where(among).order_by(Introduction.id))).all()


async def third_of(session: AsyncSession, card: Suggestion) -> str | None:
    """The name of who comes along, according to this card."""
    third = await intact.person(session, card.third_id) if card.third_id is not None else None
    return third.name if third is not None else None


async def complete(turn: Turn, intro: Introduction, key: Callable[[int], str]) -> None:
    """The two who got the same card are introduced to each other, if both have their yes by now. Of a card without a
    third nothing comes. `key`: of the news to the one who asked, by the introduction.
    """
    await turn.session.flush()
    card = await turn.session.get_one(Suggestion, intro.suggestion_id)
    if card.third_id is None or not await _have_their_yes(turn, card):
        return
    between = queries.introduces(card.person_id, card.third_id)
    known = await turn.session.scalar(select(Introduction).where(between).with_for_update())
    one, third = [await intact.person(turn.session, each) for each in (card.person_id, card.third_id)]
    if one is None or third is None or (known is not None and known.state is IntroState.BOTH):
        return
    known = known or Introduction(asked_at=turn.now)
    known.suggestion_id = (await _card_between(turn, card, one, third)).id
    known.asker_id, known.asked_id, known.workshop_id = one.id, third.id, intro.workshop_id
    known.expires_at, known.state = turn.now, IntroState.BOTH
    turn.session.add(known)
    await turn.session.flush()
    turn.news(one, MeetCard.Payload(known.id), key=key(known.id))
    turn.news(third, MeetCard.Payload(known.id), key=f"{key(known.id)}:{third.id}")


async def _have_their_yes(turn: Turn, card: Suggestion) -> bool:
    """Whoever says yes to the other of the two at the same moment waits here, and then finds this yes."""
    trio = select(Person.id).where(Person.id.in_((card.person_id, card.other_id, card.third_id)))
    await turn.session.execute(trio.order_by(Person.id).with_for_update(key_share=True))
    pairs = [queries.introduces(each, card.other_id) for each in (card.person_id, card.third_id)]
    yes = select(func.count()).select_from(Introduction).where(or_(*pairs), _BOTH)
    return await turn.session.scalar(yes) == len(pairs)


async def _card_between(turn: Turn, card: Suggestion, one: Person, third: Person) -> Suggestion:
    """Why these two meet: what they have in common, or only that both are here."""
    own = (Suggestion.person_id == one.id, Suggestion.other_id == third.id)
    between = await turn.session.scalar(select(Suggestion).where(*own))
    if between is None:
        of = {"person_id": one.id, "other_id": third.id, "workshop_id": card.workshop_id}
        between = Suggestion(**of, shown_at=turn.now, why=Why.HERE)
        await intact.read_interests(turn.session, one, third)
        found = strongest(reasons.as_candidate(one, 0, 0), reasons.as_candidate(third, 0, 0), {})
        for column, value in reasons.reasoned(found).items() if found.topic or found.words else ():
            setattr(between, column, value)
        turn.session.add(between)
    between.third_id, between.verdict = card.other_id, Verdict.MEET
    await turn.session.flush()
    return between


def cards_of_others(third_id: int) -> Select[int]:
    """The ids of the cards that say to others that this person comes along."""
    return select(Suggestion.id).where(Suggestion.third_id == third_id)


def introductions_of_others(third_id: int) -> Select[int]:
    """The ids of the introductions of others to which this person comes along."""
    return select(Introduction.id).where(Introduction.suggestion_id.in_(cards_of_others(third_id)))
