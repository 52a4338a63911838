"""Whoever is asked to a round table says yes or no, themselves or their office; the last place goes to one only."""

from collections.abc import Sequence

from sqlalchemy import select

from actions.exchange import parties, shown
from actions.exchange.turn import Turn
from actions.organising.roundtables import roundtable_people
from db import intact
from db.models import Invited, Person, Roundtable, RoundtableSeat, RoundtableState
from domain.outcomes.organising.roundtables import (
    RoundtableAsked,
    RoundtableCard,
    RoundtableFull,
    RoundtableStands,
)
from domain.refusal import Reason, Refusal
from domain.roundtables import MOST


async def say_yes(turn: Turn, seat_id: int) -> None:
    """I am coming, if there is a place left and it is not decided yet; otherwise I am told so. Twice is harmless.

    Raises Refusal(STALE_BUTTON) if I was not asked, and Refusal(SITS_ELSEWHERE) with a place or a talk at that time.
    """
    table, seat = await _mine(turn, seat_id)
    is_open = table.state is RoundtableState.ASKING and (table.decides_at or turn.now) > turn.now
    if is_open and seat.state is not Invited.YES:
        await _is_free(turn, table, seat)
        coming = await roundtable_people.coming(turn.session, table, turn.now, turn.operator)
        if len(coming) < MOST:
            await _make_room(turn, table, coming)
            seat.state = Invited.YES
            if len(coming) + 1 == MOST:
                table.decides_at = turn.now  # the next tick says so
            await _show_team(turn, table)
    stands = table.state is RoundtableState.SETTLED and seat.state is Invited.YES
    says = RoundtableStands.Payload(seat.id) if stands else RoundtableAsked.Payload(seat.id)
    turn.tell(says, edit=True)


async def _make_room(turn: Turn, table: Roundtable, coming: Sequence[RoundtableSeat]) -> None:
    """If all places are given, one that is kept for somebody who does not come any more is given away, and they hear
    so: at once, or after their pause. So never more than `MOST` come, whoever is back.
    """
    given = await roundtable_people.seats_of(turn.session, table.id, Invited.YES)
    if len(given) < MOST:
        return
    there = {each.id for each in coming}
    kept = next(each for each in given if each.id not in there)
    kept.state = Invited.ASKED
    await shown.say_again(turn.session, RoundtableAsked.Payload(kept.id), kept.id, turn.now)
    if (person := await intact.person(turn.session, kept.person_id)) is not None:
        turn.news(person, RoundtableFull.Payload(kept.id))


async def _is_free(turn: Turn, table: Roundtable, seat: RoundtableSeat) -> None:
    # Of two who say yes for the same person at once one waits here, and reads of the other's yes.
    own = select(Person.id).where(Person.id == seat.person_id)
    await turn.session.execute(own.with_for_update(key_share=True))
    at = (table.starts_at, table.id)
    if await roundtable_people.elsewhere(turn.session, (seat.person_id,), *at, Invited.YES):
        raise Refusal(Reason.SITS_ELSEWHERE)


async def say_no(turn: Turn, seat_id: int) -> None:
    """Rather not, or not after all; nobody learns of it. Once it stands, those who come read who does.

    Raises Refusal(STALE_BUTTON) if I was not asked.
    """
    table, seat = await _mine(turn, seat_id)
    came = seat.state is Invited.YES
    if table.state in (RoundtableState.ASKING, RoundtableState.SETTLED):
        seat.state = Invited.NO
        await turn.session.flush()
    if came:
        await _show_team(turn, table)
        if table.state is RoundtableState.SETTLED:
            for other in await roundtable_people.seats_of(turn.session, table.id, Invited.YES):
                await shown.say_again(turn.session, RoundtableStands.Payload(other.id), other.id, turn.now)
    turn.tell(RoundtableAsked.Payload(seat.id), edit=True)


async def _show_team(turn: Turn, table: Roundtable) -> None:
    """The card in the organisers' chats follows, without a sound."""
    await turn.session.flush()
    await shown.say_again(turn.session, RoundtableCard.Payload(table.id), table.id, turn.now)


async def _mine(turn: Turn, seat_id: int) -> tuple[Roundtable, RoundtableSeat]:
    """The table, locked, so that of two who say yes at once one waits for the other; and my seat."""
    found = await turn.session.get(RoundtableSeat, seat_id)
    if (
        found is None
        or found.state is Invited.PLANNED
        or not await parties.take_part(turn, (found.person_id,))
    ):
        raise Refusal(Reason.STALE_BUTTON)
    table = await turn.session.get(Roundtable, found.roundtable_id, with_for_update=True)
    seat = await turn.session.get(RoundtableSeat, seat_id, with_for_update=True, populate_existing=True)
    if table is None or seat is None:
        raise Refusal(Reason.STALE_BUTTON)
    return table, seat
