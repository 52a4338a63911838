"""The end of a mandate: what an MP has under way ends, by nobody's fault, and whoever waits for it is told."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from actions.organising.offices import office_ends, offices
from actions.pledging import history
from actions.pledging.endings import endings
from db import intact, queries
from db.models import Introduction, IntroState, Person, Pledge
from domain.history import EventKind
from domain.outcomes.organising.offices import MandateAsked, MandateOver, PledgeResigned
from domain.pledges import LIVE, State
from domain.roles import Role
from domain.versions import version_of


async def ask(turn: Turn, mp_id: int) -> None:
    """Ask what is to become of what is under way. Raises Refusal like `offices.chosen`."""
    turn.tell(MandateAsked.Payload((await offices.chosen(turn, mp_id)).id))


async def end(turn: Turn, mp_id: int, seen: int) -> None:
    """The mandate is over: every pledge of the MP's that is not over ends, and so does the office.

    `seen`: the version of what was under way when it was asked; if that has changed it is asked again. Raises
    Refusal like `offices.chosen`.
    """
    mp = await offices.chosen(turn, mp_id)
    under_way = await pledges_under_way(turn.session, mp.id)
    if seen != version(under_way):
        turn.tell(MandateAsked.Payload(mp.id), edit=True)
        return
    for pledge in under_way:
        await resign(turn, pledge, mp)
    over = MandateOver.Payload(mp.id, pledges=len(under_way))
    turn.tell(over, edit=True)
    if turn.person is not mp:
        turn.news(mp, over)
    await close(turn, mp)


async def close(turn: Turn, mp: Person) -> None:
    """Nobody asks to meet an MP any more, nobody acts for one, and the role is another."""
    await _meet_nobody(turn.session, mp.id)
    await office_ends.end_all(turn, mp)
    mp.role, mp.role_confirmed = Role.OTHER, None


async def pledges_under_way(session: AsyncSession, mp_id: int) -> Sequence[Pledge]:
    """The MP's pledges that are not over, locked."""
    own = select(Pledge).where(queries.in_pledge(mp_id), Pledge.state.in_(LIVE)).order_by(Pledge.id)
    return [each for each in (await session.scalars(own.with_for_update())).all() if each.is_known_to(mp_id)]


def version(under_way: Sequence[Pledge]) -> int:
    """What was under way, short enough for a button."""
    return version_of(*((each.id, each.state.value) for each in under_way))


async def resign(turn: Turn, pledge: Pledge, mp: Person) -> None:
    """End the pledge, and tell the other party, who knows nothing of a draft."""
    await endings.stop(turn.session, pledge, turn.now)
    if pledge.state is State.DRAFT:
        pledge.state = State.WITHDRAWN
        return
    history.record_for(turn, pledge, EventKind.RESIGNED, mp)
    other_id = pledge.other_than(mp.id)
    other = await intact.person(turn.session, other_id) if other_id is not None else None
    if other is not None:
        turn.news(other, PledgeResigned.Payload(pledge.id), key=f"resigned:{pledge.id}")


async def _meet_nobody(session: AsyncSession, mp_id: int) -> None:
    """Whoever asked to meet the MP hears nothing of it before the time is over, as after a no."""
    asked = select(Introduction).where(Introduction.asked_id == mp_id, Introduction.state == IntroState.ASKED)
    for intro in (await session.scalars(asked.with_for_update())).all():
        intro.state = IntroState.DECLINED
