"""A planned round is changed before it goes out: two swap, a pair is taken out, somebody is added.

Every change counts for the state of the plan that its button was shown with; for any other, the plan is shown as it is.
"""

from collections.abc import Iterable

from sqlalchemy import delete, select

from actions.exchange import outbox, transcript
from actions.exchange.paging import PAGE
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.rounds import rounds
from actions.organising.rounds.round_lineup import Lineup, Option, lineup_of
from db import intact
from db.models import Priority, Round, RoundLine
from domain.calendar import by_day
from domain.meeting import NIGHT
from domain.outcomes.matching import TopicWanted
from domain.outcomes.organising.rounds import Edit, NoCard, RoundChoice, RoundPair, RoundSeats, TopicsWanted
from domain.refusal import Reason, Refusal


async def show_pair(turn: Turn, round_id: int, line_id: int) -> None:
    """One pair, and what can be done with it. Raises Refusal(STALE_BUTTON) if there is no such pair in the preview."""
    await rounds.preview(turn, round_id)
    line = await _seat(turn, round_id, line_id)
    _look(turn, {line.person_id, line.other_id, line.third_id})
    turn.tell(RoundPair.Payload(round_id, line_id=line.id), edit=True)


async def choose(turn: Turn, round_id: int, what: tuple[Edit, int], page: int) -> None:
    """Ask with whom, or for whom, the plan is changed, a page counted from 0. `what`: how, and the line, or person.

    Raises Refusal(STALE_BUTTON) if it is no preview, and if there is nothing to choose from.
    """
    edit, of = what
    planned = await rounds.preview(turn, round_id)
    options = (await lineup_of(turn.session, turn.operator, planned, turn.now)).options(edit, of)
    shown = options[page * PAGE : (page + 1) * PAGE]
    if not shown and page:
        raise Refusal(Reason.STALE_BUTTON)
    named = {each for option in shown for pair in option.pairs for each in pair}
    _look(turn, named | ({of} if edit is Edit.GIVE else set()))
    turn.tell(RoundChoice.Payload(round_id, edit=edit, of=of, page=page), edit=True)


async def change(turn: Turn, round_id: int, what: tuple[int, Edit, int], number: int) -> None:
    """Change the plan like this, and show where. `what`: the revision that was shown, how, and the line, or person.

    Raises Refusal(STALE_BUTTON) if it is no preview.
    """
    revision, edit, of = what
    planned = await rounds.preview(turn, round_id)
    lineup = await lineup_of(turn.session, turn.operator, planned, turn.now)
    chosen = next((each for each in lineup.options(edit, of) if each.number == number), None)
    if planned.revision != revision or chosen is None:
        await _show_as_it_is(turn, planned)
        return
    planned.revision += 1
    match edit:
        case Edit.SWAP:
            line_id = _swap(lineup, chosen, of)
        case Edit.JOIN:
            line_id = await _join(turn, planned, lineup, chosen, of)
        case Edit.GIVE:
            line_id = await _give(turn, planned, lineup, chosen)
    await _show(turn, planned, line_id)


async def take_out(turn: Turn, round_id: int, revision: int, line_id: int) -> None:
    """These two do not meet in this round, whichever of them would have got the card.

    Raises Refusal(STALE_BUTTON) if it is no preview.
    """
    planned = await rounds.preview(turn, round_id)
    line = await turn.session.get(RoundLine, line_id)
    if planned.revision != revision or line is None or line.round_id != planned.id or line.left is not None:
        await _show_as_it_is(turn, planned)
        return
    planned.revision += 1
    page = await _page(turn, planned, line.id)
    both = (line.person_id, line.other_id)
    for each in await _seats(turn, planned):
        if each.person_id in both and each.other_id in both:
            await _leave(turn, planned, each)
    await turn.session.flush()
    await _show_page(turn, planned, page)


async def ask_for_topics(turn: Turn, round_id: int) -> None:
    """Everybody in the plan who has named no topics is asked for some, once in a workshop, and not at night.

    Raises Refusal(STALE_BUTTON) if it is no preview.
    """
    planned = await rounds.preview(turn, round_id)
    without = select(RoundLine.person_id).where(
        RoundLine.round_id == planned.id, RoundLine.left == NoCard.NO_TOPICS
    )
    asked = before = 0
    for person_id in (await turn.session.scalars(without.order_by(RoundLine.id))).all():
        key = rounds.topics_key(planned.workshop_id, person_id)
        if await transcript.was_owed(turn.session, key):
            before += 1
        elif await _ask_for_topics(turn, person_id, key):
            asked += 1
    turn.tell(TopicsWanted(round_id, asked=asked, before=before), edit=True)


async def ask_one_for_topics(turn: Turn, workshop_id: int, person_id: int) -> bool:
    """Likewise one person, outside of any round. Returns whether they are asked now."""
    key = rounds.topics_key(workshop_id, person_id)
    return not await transcript.was_owed(turn.session, key) and await _ask_for_topics(turn, person_id, key)


async def _ask_for_topics(turn: Turn, person_id: int, key: str) -> bool:
    person = await intact.person(turn.session, person_id)
    if person is None:
        return False
    await intact.read_interests(turn.session, person)
    if rounds.takes_no_part(person, turn.now, turn.operator) is not NoCard.NO_TOPICS:
        return False
    due = by_day(turn.now, turn.operator.zone, until=NIGHT)
    to = outbox.Recipient.of(person)
    outbox.owe(turn.session, TopicWanted(), to, turn.now, priority=Priority.NEWS, key=key, due=due)
    return True


# --- the three ways to change it


def _swap(lineup: Lineup, chosen: Option, of: int) -> int:
    by_id = {each.id: each for each in lineup.seats}
    one, two = by_id[of], by_id[chosen.number]
    thirds = {each.person_id: each for each in lineup.seats}
    for line, other in ((one, two), (two, one)):
        if (company := thirds.get(line.third_id or 0)) is not None:
            company.third_id = other.person_id
    one.third_id, two.third_id = two.third_id, one.third_id
    for line, pair in zip((one, two), chosen.pairs, strict=True):
        _card(line, lineup, *pair)
    return one.id


async def _join(turn: Turn, planned: Round, lineup: Lineup, chosen: Option, of: int) -> int:
    company = next(each for each in lineup.seats if each.id == of)
    line_id = await _give(turn, planned, lineup, chosen)
    joined = await turn.session.get_one(RoundLine, line_id)
    joined.third_id, company.third_id = company.person_id, joined.person_id
    return company.id


async def _give(turn: Turn, planned: Round, lineup: Lineup, chosen: Option) -> int:
    ((person, other),) = chosen.pairs
    own = delete(RoundLine).where(RoundLine.round_id == planned.id, RoundLine.person_id == person)
    await turn.session.execute(own)
    line = RoundLine(round_id=planned.id, person_id=person, left=None)
    _card(line, lineup, person, other)
    turn.session.add(line)
    await turn.session.flush()
    return line.id


def _card(line: RoundLine, lineup: Lineup, person: int, other: int) -> None:
    why = lineup.because(person, other)
    line.person_id, line.other_id = person, other
    line.why, line.topic, line.theirs, line.words = why.why, why.topic, why.theirs, why.words


async def _leave(turn: Turn, planned: Round, line: RoundLine) -> None:
    """Whoever gets no card any more stays in the plan; whoever would have come along has the pair for themselves."""
    if line.third_id is not None:
        company = [each for each in await _seats(turn, planned) if each.person_id == line.third_id]
        for each in company:
            each.third_id = None
    line.left, line.other_id, line.third_id = NoCard.TAKEN_OUT, None, None
    line.why = line.topic = line.theirs = line.words = None


# --- showing


async def _seats(turn: Turn, planned: Round) -> list[RoundLine]:
    own = select(RoundLine).where(RoundLine.round_id == planned.id, RoundLine.left.is_(None))
    return list(await turn.session.scalars(own.order_by(RoundLine.id)))


async def _seat(turn: Turn, round_id: int, line_id: int) -> RoundLine:
    line = await turn.session.get(RoundLine, line_id)
    if line is None or line.round_id != round_id or line.left is not None:
        raise Refusal(Reason.STALE_BUTTON)
    return line


async def _page(turn: Turn, planned: Round, line_id: int) -> int:
    """On which page of the pairs this one is, counted from 0."""
    return next((n for n, each in enumerate(await _seats(turn, planned)) if each.id == line_id), 0) // PAGE


async def _show(turn: Turn, planned: Round, line_id: int) -> None:
    await turn.session.flush()
    await _show_page(turn, planned, await _page(turn, planned, line_id))


async def _show_as_it_is(turn: Turn, planned: Round) -> None:
    """What was tapped was shown with another state of the plan."""
    await _show_page(turn, planned, 0, changed=True)


async def _show_page(turn: Turn, planned: Round, page: int, *, changed: bool = False) -> None:
    """A page of the pairs, or the last one if there are fewer by now."""
    seats = await _seats(turn, planned)
    page = min(page, max(len(seats) - 1, 0) // PAGE)
    shown = seats[page * PAGE : (page + 1) * PAGE]
    _look(turn, {each for line in shown for each in (line.person_id, line.other_id, line.third_id)})
    turn.tell(RoundSeats.Payload(planned.id, page=page, changed=changed), edit=True)


def _look(turn: Turn, named: Iterable[int | None]) -> None:
    for person_id in sorted({each for each in named if each}):
        desk.audit(turn, person_id, rounds.SEEN)
