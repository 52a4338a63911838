"""The round: everybody gets somebody to meet at once. An organiser looks at it first, then the cards go out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.exchange.paging import PAGE
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from actions.matching import suggestions
from actions.matching.reasons import as_candidate, reasoned
from actions.organising import desk
from db import crowd, queries, reach, talks
from db.beforehand import done_in_thread
from db.crowd import Attendee
from db.models import Person, Round, RoundLine, RoundState, Workshop
from db.moments import as_of, from_now
from domain.meeting import PREVIEW_LASTS, ROUND_CARD_HOLDS
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.rounds import (
    NoCard,
    OpenWords,
    RoundDropped,
    RoundLeft,
    RoundPreview,
    RoundSeats,
)
from domain.presence import has_left, most_talks
from domain.profile import can_be_suggested
from domain.refusal import Reason, Refusal
from domain.suggestions import Candidate
from domain.versions import spelled_of

if TYPE_CHECKING:
    from domain.seating import Seating

SEEN = "saw in a round"
"""What people find in their data when an organiser saw their name in a round."""


def topics_key(workshop_id: int, person_id: int) -> str:
    """The key of the question for topics, which nobody is asked twice in a workshop."""
    return f"wanted:{workshop_id}:{person_id}"


async def prepare(turn: Turn) -> None:
    """`/runde`: ask in which workshop, if there are several."""
    await desk.choose_workshop(turn, DeskTask.ROUND, prepare_in)


async def prepare_in(turn: Turn, workshop_id: int) -> None:
    """Plan a round and show its numbers to the organiser; nobody else learns of it.

    Raises Refusal like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    await _drop_earlier(turn, workshop)
    people = await crowd.attendees(turn.session, crowd.in_workshop(workshop.id))
    without_card = {
        person.id: why
        for person in people
        if (why := takes_no_part(person, turn.now, turn.operator)) is not None
    }
    others = [person for person in people if person.id not in without_card]
    taking_part = await ranked(turn.session, turn.operator, workshop, others, turn.now)
    seating = await _seat(turn, workshop.id, taking_part)
    without_card |= await _unseated(turn.session, workshop, taking_part, seating)
    planned = Round(
        workshop_id=workshop.id, state=RoundState.PREVIEW, planned=len(seating.seats), made_at=turn.now
    )
    turn.session.add(planned)
    await turn.session.flush()
    lines = [*_seats(planned, seating), *_left(planned, without_card)]
    if lines:
        await turn.session.execute(insert(RoundLine), lines, execution_options={"render_nulls": True})
    turn.tell(RoundPreview.Payload(planned.id))


async def _drop_earlier(turn: Turn, workshop: Workshop) -> None:
    """A newer preview takes the place of an older one, whoever made it."""
    # Whoever plans at the same moment waits here.
    await turn.session.execute(
        select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)
    )
    await _drop_previews(turn.session, Round.workshop_id == workshop.id)


async def _unseated(
    session: AsyncSession, workshop: Workshop, taking_part: Iterable[Candidate], seating: "Seating"
) -> dict[int, NoCard]:
    """Why those who take part and get no card get none, by their id."""
    waiting = await queries.with_open_card(session, workshop.id)
    full = {person.id: NoCard.FULL for person in taking_part if person.cap_left == 0}
    crowded = dict.fromkeys(seating.crowded, NoCard.CROWDED)
    alone = {person: NoCard.WAITING if person in waiting else NoCard.ALONE for person in seating.alone}
    return full | crowded | alone


_OLD_PREVIEWS = select(Round.id).where(
    Round.state == RoundState.PREVIEW, Round.made_at < from_now(-PREVIEW_LASTS)
)


def dropping(now: datetime) -> Pass:
    """The pass that drops previews which nobody has confirmed for a day: they name nobody any more."""

    async def drop(session: AsyncSession, round_id: int) -> None:
        await _drop_previews(session, Round.id == round_id)

    return Pass(Selected(_OLD_PREVIEWS, as_of(now)), drop)


async def _drop_previews(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """One that is just being sent is not dropped: this waits for it, and looks at the state afterwards."""
    drop = update(Round).where(Round.state == RoundState.PREVIEW, which).values(state=RoundState.DROPPED)
    dropped = await session.scalars(drop.returning(Round.id))
    await session.execute(delete(RoundLine).where(RoundLine.round_id.in_(dropped.all())))


def takes_no_part(person: Person | Attendee, now: datetime, operator: Operator) -> NoCard | None:
    """Why somebody in the workshop takes no part in a round at all; None if they do."""
    if not reach.is_reachable(person):
        return NoCard.UNREACHABLE
    if reach.is_paused(person, now):
        return NoCard.PAUSED
    if has_left(person, operator.wall(now)):
        return NoCard.GONE
    if not can_be_suggested(person):
        return NoCard.UNFINISHED
    return None if suggestions.has_topics(person) else NoCard.NO_TOPICS


async def ranked(
    session: AsyncSession, operator: Operator, workshop: Workshop, people: Iterable[Attendee], now: datetime
) -> list[Candidate]:
    """These people as matching sees them now."""
    exposure = await queries.exposure(session, workshop.id)
    spoken_for = await taken(session, workshop.id, now)
    wall = operator.wall(now)
    return [
        as_candidate(p, exposure.get(p.id, 0), spoken_for[p.id], most_talks(p, workshop.day, wall))
        for p in people
    ]


async def taken(session: AsyncSession, workshop_id: int, now: datetime) -> Counter[int]:
    """How many conversations with each person are spoken for: asked, agreed, or on a card of an earlier round."""
    held = await talks.cards_held(session, workshop_id, now - ROUND_CARD_HOLDS, of_rounds=True)
    return Counter(await talks.open_requests(session, workshop_id)) + Counter(held)


async def _seat(turn: Turn, workshop_id: int, people: Sequence[Candidate]) -> "Seating":
    shown = await queries.shown(turn.session, workshop_id, [person.id for person in people])
    excluded = {person.id: frozenset(shown.get(person.id, ())) for person in people}
    given = spelled_of(people, sorted((each, sorted(others)) for each, others in excluded.items()))
    return await done_in_thread(turn.session, f"seats {given}", _seated, people, turn.today, excluded)


def _seated(people: Sequence[Candidate], day: date, excluded: dict[int, frozenset[int]]) -> "Seating":
    """Seat them in a thread, before the tap's transaction: it takes some tenths of a second. It imports there, too:
    SciPy takes half a second to load.
    """
    from domain import seating  # noqa: PLC0415 - in the thread

    return seating.seat(people, day=day, excluded=excluded)


def _seats(planned: Round, seating: "Seating") -> list[dict[str, Any]]:
    return [
        {
            "round_id": planned.id,
            "person_id": seat.reader,
            "other_id": seat.other,
            "left": None,
            "third_id": seat.third,
            **reasoned(seat.reason),
        }
        for seat in seating.seats
    ]


def _left(planned: Round, left: dict[int, NoCard]) -> list[dict[str, Any]]:
    no_card = {"other_id": None, "third_id": None, "why": None, "topic": None, "theirs": None, "words": None}
    return [
        {"round_id": planned.id, "person_id": person, "left": why, **no_card} for person, why in left.items()
    ]


# --- looking


async def show_open_words(turn: Turn) -> None:
    """What people wrote that no topic knows. It names nobody, so it is no look at anybody."""
    turn.tell(OpenWords.Payload())


async def show(turn: Turn, round_id: int) -> None:
    """The numbers again, instead of names. Raises Refusal(STALE_BUTTON) if it is no longer a preview."""
    await preview(turn, round_id)
    turn.tell(RoundPreview.Payload(round_id), edit=True)


async def show_seats(turn: Turn, round_id: int, page: int) -> None:
    """Who gets whose card, a page counted from 0. Raises Refusal(STALE_BUTTON) for an empty page or no preview."""
    await _look(turn, round_id, page, with_card=True)
    turn.tell(RoundSeats.Payload(round_id, page=page), edit=True)


async def show_left(turn: Turn, round_id: int, page: int) -> None:
    """Who gets no card, and why, with those who have come since it was planned. Raises Refusal like `show_seats`."""
    await _note_newcomers(turn, await preview(turn, round_id))
    await _look(turn, round_id, page, with_card=False)
    turn.tell(RoundLeft.Payload(round_id, page=page), edit=True)


async def _look(turn: Turn, round_id: int, page: int, *, with_card: bool) -> None:
    """Everybody named on the page finds the organiser's look in their data."""
    await preview(turn, round_id)
    shown = await lines(turn.session, round_id, page, with_card=with_card)
    if not shown:
        raise Refusal(Reason.STALE_BUTTON)
    named = {each for line in shown for each in (line.person_id, line.other_id, line.third_id) if each}
    for person_id in sorted(named):
        desk.audit(turn, person_id, SEEN)


async def _note_newcomers(turn: Turn, planned: Round) -> None:
    """Whoever has come since it was planned may be given a card, too."""
    known = select(RoundLine.person_id, RoundLine.other_id).where(RoundLine.round_id == planned.id)
    in_it = {each for pair in await turn.session.execute(known) for each in pair}
    people = await crowd.attendees(turn.session, crowd.in_workshop(planned.workshop_id))
    new = {p.id: takes_no_part(p, turn.now, turn.operator) or NoCard.NEW for p in people if p.id not in in_it}
    if new:
        await turn.session.execute(
            insert(RoundLine), _left(planned, new), execution_options={"render_nulls": True}
        )


async def lines(session: AsyncSession, round_id: int, page: int, *, with_card: bool) -> Sequence[RoundLine]:
    """A page, counted from 0, of who gets whose card, or of who gets none."""
    which = RoundLine.left.is_(None) if with_card else RoundLine.left.is_not(None)
    listed = select(RoundLine).where(RoundLine.round_id == round_id, which).order_by(RoundLine.id)
    return (await session.scalars(listed.offset(page * PAGE).limit(PAGE))).all()


async def preview(turn: Turn, round_id: int) -> Round:
    """The round, locked, while it is a preview. Raises Refusal(STALE_BUTTON) for any other."""
    planned = await turn.session.get(Round, round_id, with_for_update=True)
    if planned is None or planned.state is not RoundState.PREVIEW:
        raise Refusal(Reason.STALE_BUTTON)
    return planned


# --- deciding


async def drop(turn: Turn, round_id: int) -> None:
    """No round after all. Raises Refusal(STALE_BUTTON) if it is no longer a preview."""
    planned = await preview(turn, round_id)
    await _drop_previews(turn.session, Round.id == planned.id)
    turn.tell(RoundDropped(), edit=True)
