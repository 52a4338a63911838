"""Passing a mandate on: somebody else takes on an MP's pledges, by a personal link.

What was said before stays the MP's in the history. The successor begins anew: what waited for a word of the MP's, or
was proposed by them, waits no more.
"""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codes
from actions.exchange.turn import Turn
from actions.organising.offices import mandates, offices
from actions.pledging import history
from actions.pledging.help_calls import calling
from actions.pledging.nudges import passing_over
from actions.pledging.pledges import must_agree
from db import intact, personal_codes
from db.models import CodePurpose, Membership, Nudge, Person, PersonalCode, Pledge
from domain.amendments import open_amendment
from domain.history import EventKind
from domain.nudging import PassedOver
from domain.offices import INVITED_FOR
from domain.outcomes.organising.offices import (
    MandateLink,
    MandateOffered,
    MandatePassedOn,
    MandateTaken,
    OfficeLeft,
    PledgePassedOn,
)
from domain.outcomes.pledging.pledges import Proposed
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def make_link(turn: Turn, mp_id: int) -> None:
    """A link to be passed on to whoever takes on the MP's pledges. Raises Refusal like `offices.chosen`."""
    mp = await offices.chosen(turn, mp_id)
    until = turn.now + INVITED_FOR
    made = await personal_codes.make(turn.session, mp.id, turn.now, until, purpose=CodePurpose.MANDATE)
    turn.tell(MandateLink.Payload(mp.id, code_id=made.id))


async def offer(turn: Turn, code: PersonalCode) -> None:
    """Ask whether I go on with the MP's pledges. Raises Refusal(OWN_LINK) for the MP."""
    if code.person_id == turn.me.id:
        raise Refusal(Reason.OWN_LINK)
    turn.tell(MandateOffered.Payload(code.person_id, code_id=code.id))


async def decline(turn: Turn, code_id: int) -> None:
    """*Nein*: the link stays as it is. Raises Refusal(STALE_BUTTON) if this chat was not asked."""
    await _asked(turn, code_id)
    turn.tell(OfficeLeft(), edit=True)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja*: the MP's pledges that are not over are mine, and their other parties are told; what waits for a yes of the
    MP's waits for mine. Those between us two end: nobody promises themselves anything.

    Raises Refusal(STALE_BUTTON) if this chat was not asked, or the link is over.
    """
    code = await _asked(turn, code_id)
    mp = await turn.session.get(Person, code.person_id, with_for_update=True)
    if mp is None:
        raise Refusal(Reason.STALE_BUTTON)
    code.used_at = turn.now
    under_way = await mandates.pledges_under_way(turn.session, mp.id)
    known = [each for each in under_way if each.state in (State.PROPOSED, State.ACTIVE)]
    taken = [each for each in known if not each.is_party(turn.me.id)]
    for pledge in known:
        if pledge.is_party(turn.me.id):
            await mandates.resign(turn, pledge, mp)
    for pledge in taken:
        await _take_over(turn, pledge, mp)
    _join(turn, taken)
    turn.tell(MandateTaken.Payload(mp.id, pledges=len(taken)), edit=True)
    for pledge in taken:
        if pledge.state is State.PROPOSED and must_agree(pledge) == turn.me.id:
            turn.tell(Proposed.Payload(pledge.id))
    turn.news(mp, MandatePassedOn.Payload(turn.me.id, pledges=len(taken)))
    await mandates.close(turn, mp)


async def _asked(turn: Turn, code_id: int) -> PersonalCode:
    """The code, which this chat was asked about, locked."""
    await codes.check_asked(turn, MandateOffered.Payload, code_id)
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    if code is None:
        raise Refusal(Reason.STALE_BUTTON)
    return code


async def _take_over(turn: Turn, pledge: Pledge, mp: Person) -> None:
    await _settle_what_waits(turn, pledge, mp)
    await calling.end(turn.session, pledge, turn.now, mp.id)
    if pledge.author_id == mp.id:
        pledge.author_id = turn.me.id
    else:
        pledge.partner_id = turn.me.id
    await turn.session.flush()
    await _move_questions(turn.session, pledge, mp.id, turn.me.id)
    history.record(turn, pledge, EventKind.TAKEN_OVER)
    other_id = pledge.other_than(turn.me.id)
    other = await intact.person(turn.session, other_id) if other_id is not None else None
    if other is not None and other.entered_by_id == mp.id:
        other.entered_by_id = turn.me.id
    if other is not None:
        turn.news(
            other, PledgePassedOn.Payload(pledge.id, before_id=mp.id), key=f"passed_on:{pledge.id}:{mp.id}"
        )


async def _settle_what_waits(turn: Turn, pledge: Pledge, mp: Person) -> None:
    """An ending that the MP alone has said, and an amendment, which one of the two would answer to the other."""
    said = (await history.answers(turn.session, pledge, mp.id)).last_said()
    if said is not None and said.waits_since is not None:
        history.record_for(turn, pledge, EventKind.TAKEN_BACK, mp, period=said.period)
    if open_amendment(await history.events(turn.session, pledge.id)) is not None:
        history.record_clock(turn.session, pledge, EventKind.AMENDMENT_LAPSED, turn.now)


async def _move_questions(session: AsyncSession, pledge: Pledge, giver_id: int, taker_id: int) -> None:
    """What is still to come is the successor's. What was asked stays with whoever was asked; if it had no answer, the
    successor is asked it instead.
    """
    theirs = (Nudge.pledge_id == pledge.id, Nudge.person_id == giver_id)
    moved = update(Nudge).where(*theirs, Nudge.asked_at.is_(None)).values(person_id=taker_id)
    await session.execute(moved.execution_options(synchronize_session=False))
    said = history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period)
    asked = Nudge.asked_at.is_not(None), Nudge.passed_over.is_(False)
    for nudge in (await session.scalars(select(Nudge).where(*theirs, *asked, ~said))).all():
        session.add(Nudge(pledge_id=pledge.id, person_id=taker_id, period=nudge.period, due_at=nudge.due_at))
    await passing_over.pass_over(session, *theirs, why=PassedOver.LATER)


def _join(turn: Turn, taken: Sequence[Pledge]) -> None:
    """The link lets its opener into the workshops of the pledges that they take over."""
    there = {membership.workshop_id for membership in turn.me.memberships}
    for workshop_id in sorted({each.workshop_id for each in taken} - there):
        turn.me.memberships.append(Membership(workshop_id=workshop_id, joined_at=turn.now))
