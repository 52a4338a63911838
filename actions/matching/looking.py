"""Looking for whoever waits for a card: by the clock, or as somebody of the team wants it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass
from actions.matching import suggestions
from db import queries, reach
from db.models import Introduction, Person, Priority, Workshop
from domain.calendar import by_day, office_hours
from domain.meeting import CARD_IS_NEW, KEEPS_LOOKING
from domain.outcomes.matching import Suggested
from domain.suggestions import RankedCandidate


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
    workshop = await _held(session, workshop_id)
    waiting = await _waiting(session, workshop, now, operator)
    return await _give(session, workshop, waiting, now, operator) if waiting else 0


async def suggest_to(
    session: AsyncSession, workshop_id: int, person_id: int, now: datetime, operator: Operator
) -> bool:
    """Show this person the first who fits, as somebody of the team wants it. Returns whether there is anybody."""
    workshop, to = await _held(session, workshop_id), await outbox.recipient(session, person_id)
    return to is not None and await _give(session, workshop, [to], now, operator) > 0


async def _held(session: AsyncSession, workshop_id: int) -> Workshop:
    """Another pass waits here, and finds nobody waiting any more."""
    return await session.get_one(Workshop, workshop_id, with_for_update=FOR_CHANGE)


async def _give(
    session: AsyncSession,
    workshop: Workshop,
    waiting: Sequence[outbox.Recipient],
    now: datetime,
    operator: Operator,
) -> int:
    people = [to.person_id for to in waiting if to.person_id]
    ranked = await _best_of_all(session, people, workshop, now, operator)
    cards = {person_id: suggestions.as_shown(person_id, workshop, best, now) for person_id, best in ranked}
    session.add_all(cards.values())
    await session.flush()
    for to in waiting:
        if card := cards.get(to.person_id or 0):
            outbox.owe(session, Suggested.Payload(card.id), to, now, priority=Priority.NEWS)
    return len(cards)


async def _best_of_all(
    session: AsyncSession, people: Sequence[int], workshop: Workshop, now: datetime, operator: Operator
) -> list[tuple[int, RankedCandidate]]:
    """For each of these people, by id, whoever is best for them. Those who come later find that somebody has been given
    out once more.
    """
    from domain.matching import Pool  # noqa: PLC0415 - with NumPy, which takes 80 ms of a start

    pool = Pool([*(await suggestions.candidates(session, workshop, now, operator)).values()])
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
        entries.told_last(Person.id, suggestions.WAITING, suggestions.CARDS, now),
        ~queries.got_card_since(now - CARD_IS_NEW),
    )
    rows = await session.execute(waiting.order_by(Person.id))
    return [outbox.Recipient(chat_id, number) for chat_id, number in rows if chat_id is not None]
