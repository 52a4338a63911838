"""A round goes out: the cards that are still right, and a word to everybody in it who gets none."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from sqlalchemy import delete, select

from actions.exchange import transcript
from actions.exchange.turn import Turn
from actions.matching import reasons
from actions.organising.rounds import rounds
from db import queries
from db.models import Person, Round, RoundLine, RoundState, Suggestion, Workshop
from domain.meeting import CARD_IS_NEW
from domain.outcomes.matching import CardIsOut, EarlierCardOpen, NobodyYet, Suggested, TopicWanted
from domain.outcomes.organising.rounds import NoCard, RoundPreview, RoundReport
from domain.outcomes.payload import Payload
from domain.presence import most_talks
from domain.refusal import Reason, Refusal

People = dict[int, Person]


async def confirm(turn: Turn, round_id: int, revision: int) -> None:
    """Send the cards that were shown, each only if its reason is still true. A second tap sends nothing more.

    If the plan was changed since it was shown, it is shown as it is. Whoever was planned for and gets no card hears so,
    and what comes next. Raises Refusal(STALE_BUTTON) if the round was dropped.
    """
    planned = await turn.session.get(Round, round_id, with_for_update=True)
    if planned is None or planned.state is RoundState.DROPPED:
        raise Refusal(Reason.STALE_BUTTON)
    if planned.state is RoundState.PREVIEW and planned.revision != revision:
        turn.tell(RoundPreview.Payload(planned.id, changed=True), edit=True)
        return
    if planned.state is RoundState.PREVIEW:
        people = {p.id: p for p in await queries.people_of(turn.session, planned.workshop_id)}
        lines = (
            await turn.session.scalars(
                select(RoundLine).where(RoundLine.round_id == planned.id).order_by(RoundLine.id)
            )
        ).all()
        seats = await _still_valid(turn, planned, [line for line in lines if line.left is None], people)
        await _send(turn, planned, seats, people)
        await _tell_the_others(turn, planned, lines, seats, people)
        planned.planned, planned.sent = sum(line.left is None for line in lines), len(seats)
        planned.state = RoundState.SENT
        await turn.session.execute(delete(RoundLine).where(RoundLine.round_id == planned.id))
    turn.tell(RoundReport.Payload(planned.id), edit=True)


async def _send(turn: Turn, planned: Round, seats: Sequence[RoundLine], people: People) -> None:
    together = {(seat.person_id, seat.other_id) for seat in seats}
    cards = [
        Suggestion(
            person_id=seat.person_id, other_id=seat.other_id, workshop_id=planned.workshop_id,
            why=seat.why, topic=seat.topic, theirs=seat.theirs, words=seat.words,
            shown_at=turn.now, round_id=planned.id,
            third_id=seat.third_id if (seat.third_id, seat.other_id) in together else None,
        )
        for seat in seats
    ]  # fmt: skip
    turn.session.add_all(cards)
    await turn.session.flush()
    for card in cards:
        turn.news(people[card.person_id], Suggested.Payload(card.id), key=f"round:{card.id}")


async def _still_valid(
    turn: Turn, planned: Round, lines: Iterable[RoundLine], people: People
) -> list[RoundLine]:
    """The lines that may still be sent: both take part, the reason is true, it is new to the reader, who has not got
    another card just now, and an MP has room.
    """
    shown = await queries.shown(turn.session, planned.workshop_id, people)
    taken = await rounds.taken(turn.session, planned.workshop_id, turn.now)
    just_now = queries.got_card_since(turn.now - CARD_IS_NEW)
    workshop = await turn.session.get_one(Workshop, planned.workshop_id)
    busy = set(await turn.session.scalars(select(Person.id).where(just_now)))
    valid: list[RoundLine] = []
    going: set[tuple[int | None, int | None]] = set()
    for line in lines:
        reader, other = people.get(line.person_id), people.get(line.other_id or 0)
        if reader is None or other is None or reader.id in busy or other.id in shown.get(reader.id, ()):
            continue
        if not _is_true(turn, line, reader, other):
            continue
        if (line.third_id, line.other_id) in going:  # they are expected by now: it is the same conversation
            valid.append(line)
        elif _has_room(turn, workshop, other, taken):
            taken[other.id] += 1
            going.add((line.person_id, line.other_id))
            valid.append(line)
    return valid


def _is_true(turn: Turn, line: RoundLine, reader: Person, other: Person) -> bool:
    """Whether both take part, and the reason is as true as it was."""
    if any(rounds.takes_no_part(each, turn.now, turn.operator) for each in (reader, other)):
        return False
    return reasons.is_true(line, reader, other)


def _has_room(turn: Turn, workshop: Workshop, other: Person, taken: Counter[int]) -> bool:
    most = most_talks(other, workshop.day, turn.operator.wall(turn.now))
    return reasons.as_candidate(other, 0, taken[other.id], most).can_be_suggested


async def _tell_the_others(
    turn: Turn, planned: Round, lines: Sequence[RoundLine], seats: Sequence[RoundLine], people: People
) -> None:
    """A word to everybody else in the round. Whoever has no topics is asked for one, once in a workshop."""
    full = {line.person_id for line in lines if line.left is NoCard.FULL}
    out = full | {seat.other_id for seat in seats}
    waiting = await queries.with_open_card(turn.session, planned.workshop_id)
    in_it = {line.person_id for line in lines} | {line.other_id for line in lines}
    for person_id in sorted((people.keys() & in_it) - {seat.person_id for seat in seats}):
        word = _word(turn, people[person_id], out, waiting)
        is_question = isinstance(word, TopicWanted)
        key = (
            rounds.topics_key(planned.workshop_id, person_id)
            if is_question
            else f"round:{planned.id}:{person_id}"
        )
        if word is not None and not await transcript.was_owed(turn.session, key):
            turn.news(people[person_id], word, key=key)


def _word(turn: Turn, person: Person, out: Container[int | None], waiting: Container[int]) -> Payload | None:
    """What somebody without a card hears; None if they take no part. `out`: whose cards others have."""
    match rounds.takes_no_part(person, turn.now, turn.operator):
        case NoCard.NO_TOPICS:
            return TopicWanted()
        case None if person.id in waiting:
            return EarlierCardOpen()
        case None if person.id in out:
            return CardIsOut()
        case None:
            return NobodyYet()
        case _:
            return None
