"""Taking over: somebody who was entered without Telegram opens a personal link, and goes on with their side themselves.

The link may be renewed at any time, opens something once, and is deleted a week after it is over.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from actions.exchange import codes, parties
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import agreement, retrospectives
from actions.pledging.entered import handing_over
from actions.pledging.entered.entering import entered_party
from db import intact, personal_codes, queries
from db.models import Membership, Nudge, Person, PersonalCode, Pledge
from domain.history import EventKind
from domain.nudging import PassedOver, Period
from domain.outcomes.pledging.takeovers import (
    SideTakenOver,
    TakeoverAsked,
    TakeoverDone,
    TakeoverLeft,
    TakeoverLink,
    TakeoverUnknown,
)
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.retention import CODES_KEPT


async def make_link(turn: Turn, pledge_id: int) -> None:
    """A personal link for the other, to be passed on; any older one opens nothing from now on.

    A pledge with anybody else, or one that they were not told of yet, is shown as it is. Raises Refusal(STALE_BUTTON)
    if it is not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await entered_party(turn, pledge)
    if other is None or pledge.state is State.DRAFT:
        await pledges.present(turn, pledge)
        return
    made = await personal_codes.make(turn.session, other.id, turn.now, turn.now + CODES_KEPT)
    turn.tell(TakeoverLink.Payload(pledge.id, made.id))


async def pledge_of(turn: Turn, code: PersonalCode) -> Pledge | None:
    """The newest pledge that its opener would take over; None if none is left."""
    theirs = select(Pledge).where(queries.in_pledge(code.person_id), Pledge.state != State.DRAFT)
    return await turn.session.scalar(theirs.order_by(Pledge.id.desc()).limit(1))


async def ask(turn: Turn, code: PersonalCode) -> bool:
    """Ask whether I am the one whom this code is for. False if there is nothing to take over any more.

    Raises Refusal(OWN_LINK) for whoever made it, or has a pledge with them.
    """
    pledge = await pledge_of(turn, code)
    if pledge is None:
        return False
    person = await intact.person(turn.session, code.person_id)
    await _refuse_own(turn, person)
    turn.tell(TakeoverAsked.Payload(pledge.id, code.id))
    return True


async def _refuse_own(turn: Turn, person: Person | None) -> None:
    if person is None:
        return
    entered_by = person.entered_by_id
    mine = entered_by is not None and await parties.acts_for(turn.session, turn.me.id, entered_by)
    if mine or await handing_over.share_a_pledge(turn.session, person.id, turn.me.id):
        raise Refusal(Reason.OWN_LINK)


async def leave(turn: Turn, code_id: int) -> None:
    """*Nein*: the link stays as it is. Raises Refusal(STALE_BUTTON) if this chat was not asked."""
    await _asked(turn, code_id)
    turn.tell(TakeoverLeft(), edit=True)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja, das bin ich*: their side of each pledge is mine, with all its history, and whoever entered them is told.

    Raises Refusal(STALE_BUTTON) if this chat was not asked, and like `ask`.
    """
    person_id = await _asked(turn, code_id)
    taken = await _hold(turn, person_id)
    code = await personal_codes.still_open(turn.session, code_id, turn.now)
    person = await intact.person(turn.session, person_id)
    if code is None or person is None or not taken:
        turn.tell(TakeoverUnknown(joined=not turn.is_outside), edit=True)
        return
    await _refuse_own(turn, person)
    entered_by = await intact.person(turn.session, person.entered_by_id) if person.entered_by_id else None
    _introduce(turn, person, taken)
    await _ask_from_now_on(turn, person)
    await handing_over.hand_over(turn.session, person.id, turn.me.id)
    await turn.session.execute(delete(Person).where(Person.id == person.id))
    turn.session.expunge(person)
    await _say_so(turn, [each for each, _ in taken], entered_by)


async def _asked(turn: Turn, code_id: int) -> int:
    """The id of the person for whom this code is, 0 once it was renewed. Raises like `codes.check_asked`."""
    await codes.check_asked(turn, TakeoverAsked.Payload, code_id)
    code = await turn.session.get(PersonalCode, code_id)
    return code.person_id if code is not None else 0


async def _hold(turn: Turn, person_id: int) -> Sequence[tuple[int, int]]:
    """Lock what is taken over, in the order in which an erasure does; its pledges and their workshops."""
    theirs = select(Pledge.id, Pledge.workshop_id).where(queries.in_pledge(person_id)).order_by(Pledge.id)
    found = (await turn.session.execute(theirs.with_for_update())).all()
    await turn.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return [(pledge_id, workshop_id) for pledge_id, workshop_id in found]


def _introduce(turn: Turn, person: Person, taken: Sequence[tuple[int, int]]) -> None:
    """What was entered of them holds where they said nothing themselves; the link is a door of the workshop."""
    turn.me.name = turn.me.name or person.name
    turn.me.organisation = turn.me.organisation or person.organisation
    there = {membership.workshop_id for membership in turn.me.memberships}
    for workshop_id in {workshop_id for _, workshop_id in taken} - there:
        turn.me.memberships.append(Membership(workshop_id=workshop_id, joined_at=turn.now))


async def _ask_from_now_on(turn: Turn, person: Person) -> None:
    """What fell due while we could not ask is not made up for, except how it ended."""
    missed = (
        Nudge.person_id == person.id,
        Nudge.asked_at.is_(None),
        Nudge.due_at <= turn.now,
        Nudge.period != Period.DEADLINE,
        Nudge.passed_over.is_(False),
    )
    passed = update(Nudge).where(*missed).values(passed_over=True, passed_over_for=PassedOver.LATER)
    await turn.session.execute(passed.execution_options(synchronize_session=False))


async def _say_so(turn: Turn, pledge_ids: Sequence[int], entered_by: Person | None) -> None:
    """In the history of each pledge that both know of; and to whoever had entered me."""
    rows = await turn.session.scalars(select(Pledge).where(Pledge.id.in_(pledge_ids)).order_by(Pledge.id))
    told = [pledge for pledge in rows if pledge.state in (State.PROPOSED, State.ACTIVE, State.ENDED)]
    for pledge in told:
        history.record(turn, pledge, EventKind.TAKEN_OVER)
    turn.tell(TakeoverDone.Payload(max(pledge_ids)), edit=True)
    for pledge in told:
        await agreement.ask_if_waiting(turn, pledge)
        await retrospectives.ask_whoever_came(turn, pledge)
    if entered_by is not None:
        turn.news(entered_by, SideTakenOver.Payload(max(pledge_ids)))
