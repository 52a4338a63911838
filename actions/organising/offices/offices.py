"""An MP's office: who is in it, who confirms them, and how it is handed over.

Somebody who opened the invitation asks for a seat; they act for the MP once the MP has tapped, or an organiser has
called. Two have a seat at a time; whoever succeeds another takes theirs.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codes, parties
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.offices import office_ends
from actions.organising.team import team
from db import intact, personal_codes, queries, reach
from db.models import CodePurpose, Membership, OfficeSeat, Person, PersonalCode
from domain import names
from domain.offices import INVITED_FOR, SEATS
from domain.outcomes.organising.offices import (
    OfficeBegins,
    OfficeCard,
    OfficeFull,
    OfficeInvitation,
    OfficeLeft,
    OfficeOffered,
    Offices,
    OwnOffices,
    Seat,
    SeatAsked,
    SeatConfirmed,
    SeatEnded,
    SeatJoined,
    SeatWaits,
)
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.team import Duty, Scope


async def show(turn: Turn, mp_id: int) -> None:
    """The office of an MP. Raises Refusal like `chosen`."""
    await _present(turn, await chosen(turn, mp_id))


async def show_mine(turn: Turn) -> None:
    """The office that concerns me, my own as an MP or the one in which I am; a list, if there are several.

    Raises Refusal(STALE_BUTTON) if there is none.
    """
    mps = await of(turn.session, turn.me)
    if not mps:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(OfficeCard.Payload(mps[0].id) if len(mps) == 1 else OwnOffices.Payload())


async def of(session: AsyncSession, person: Person) -> list[Person]:
    """The MPs whose offices concern this person: themselves first, if they are one."""
    return [each for each in await parties.parties_of(session, person) if each.role is Role.MP]


async def list_all(turn: Turn, page: int) -> None:
    """The MPs who are confirmed, to organisers; each of them finds the look in their data."""
    for person in on_page(await confirmed_mps(turn.session, turn.scope(Duty.RUN)), page)[1]:
        desk.audit(turn, person.id, "saw office")
    turn.tell(Offices.Payload(page=page), edit=turn.pressed is not None and page > 0)


async def confirmed_mps(session: AsyncSession, there: Scope) -> Sequence[Person]:
    """Those of these workshops, by name. Names are encrypted, so they are sorted here."""
    here = team.who_is_in(Person.id, there)
    mps = select(Person.id).where(Person.role == Role.MP, Person.role_confirmed.is_(True), here)
    found = await intact.rows(session, Person, mps)
    return sorted(found, key=lambda person: (names.in_order(person.name or ""), person.id))


async def chosen(turn: Turn, mp_id: int, *, deciding: bool = False) -> Person:
    """The MP whose office this is. `deciding`: whoever is in the office may not do it, only the MP or an organiser.

    An organiser's look or decision is in the MP's data. Raises Refusal(STALE_BUTTON) for anybody else, and for
    somebody who is no MP, or was not confirmed as one.
    """
    mp = await turn.session.get(Person, mp_id, with_for_update=True)
    is_mp = mp is not None and mp.role is Role.MP and mp.role_confirmed is not False
    if mp is None or not is_mp or not await _may(turn, mp, deciding=deciding):
        raise Refusal(Reason.STALE_BUTTON)
    if turn.at_desk and turn.person is not mp:
        desk.audit(turn, mp.id, "saw office")
    return mp


async def _may(turn: Turn, mp: Person, *, deciding: bool) -> bool:
    if turn.at_desk or turn.person is mp:
        return True
    me = turn.person.id if turn.person is not None else None
    return not deciding and await parties.acts_for(turn.session, me, mp.id)


async def invite(turn: Turn, mp_id: int) -> None:
    """An invitation into the office, to be passed on; an older one opens nothing from now on. Whoever is in the office
    invites their successor. Raises Refusal like `chosen`.
    """
    mp = await chosen(turn, mp_id)
    decides = turn.at_desk or turn.person is mp
    made = await personal_codes.make(
        turn.session,
        mp.id,
        turn.now,
        turn.now + INVITED_FOR,
        purpose=CodePurpose.OFFICE,
        succeeds_id=None if decides else turn.me.id,
    )
    turn.tell(OfficeInvitation.Payload(mp.id, code_id=made.id))


async def workshop_of(session: AsyncSession, mp_id: int) -> int | None:
    """The workshop that the MP is in now, which is the way in for the office, too."""
    mp = await intact.person(session, mp_id)
    return mp.present_workshop_id if mp is not None else None


async def offer(turn: Turn, code: PersonalCode) -> None:
    """Ask whether I act for the MP whose invitation I have opened. Whoever does already leaves it to somebody else.

    Raises Refusal(OWN_LINK) for the MP.
    """
    if code.person_id == turn.me.id:
        raise Refusal(Reason.OWN_LINK)
    seat = await _seat_of(turn.session, code.person_id, turn.me.id)
    if seat is not None and is_taken(seat):
        turn.tell(SeatConfirmed.Payload(code.person_id))
        return
    turn.tell(OfficeOffered.Payload(code.person_id, code_id=code.id))


async def decline(turn: Turn, code_id: int) -> None:
    """*Nein*: the invitation stays as it is. Raises Refusal(STALE_BUTTON) if this chat was not asked."""
    await codes.check_asked(turn, OfficeOffered.Payload, code_id)
    turn.tell(OfficeLeft(), edit=True)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja*: the invitation is used, and the MP is asked to confirm me.

    Raises Refusal(STALE_BUTTON) if this chat was not asked, or the invitation is over.
    """
    await codes.check_asked(turn, OfficeOffered.Payload, code_id)
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    mp = await turn.session.get(Person, code.person_id, with_for_update=True) if code is not None else None
    if code is None or mp is None:
        raise Refusal(Reason.STALE_BUTTON)
    code.used_at = turn.now
    if turn.me.role is None:
        turn.me.role, turn.me.finished_at = Role.OFFICE, turn.now  # they came to act for the MP
    workshop_id = mp.present_workshop_id
    if workshop_id is not None and not turn.me.memberships:
        turn.me.memberships.append(Membership(workshop_id=workshop_id, joined_at=turn.now))
    await ask_for_seat(turn, mp, code.succeeds_id)


async def ask_for_seat(turn: Turn, mp: Person, succeeds_id: int | None = None) -> None:
    """I have opened the invitation: the MP is asked to confirm me. `succeeds_id`: whose place I am to take.

    Raises Refusal(STALE_BUTTON) for the MP themselves.
    """
    if turn.me is mp:
        raise Refusal(Reason.STALE_BUTTON)
    seat = await _seat_of(turn.session, mp.id, turn.me.id)
    if seat is None:
        seat = OfficeSeat(mp_id=mp.id, staff_id=turn.me.id, asked_at=turn.now)
        turn.session.add(seat)
    elif is_taken(seat):
        turn.tell(SeatConfirmed.Payload(mp.id))
        return
    seat.asked_at, seat.confirmed_at, seat.ended_at = turn.now, None, None
    seat.succeeds_id = succeeds_id if succeeds_id != turn.me.id else None
    await turn.session.flush()
    turn.tell(SeatWaits.Payload(mp.id))
    turn.news(mp, SeatAsked.Payload(seat.id))


async def confirm(turn: Turn, seat_id: int, seen: int) -> None:
    """Let them act for the MP. `seen`: the version of what was shown; if that has changed, the office is shown.

    Raises Refusal like `chosen`; a third seat is refused with a word.
    """
    seat, mp, staff = await _decided(turn, seat_id)
    if not is_taken(seat) and seen == _version(seat, staff):
        if seat.ended_at is not None:
            raise Refusal(Reason.STALE_BUTTON)
        await _succeed(turn, seat, mp)
        if await _taken(turn.session, mp.id) >= SEATS:
            turn.tell(OfficeFull())
            return
        begins = not await _taken(turn.session, mp.id)
        seat.confirmed_at = turn.now
        await turn.session.flush()
        if begins:
            await _tell_partners(turn, mp, staff)
        turn.news(staff, SeatConfirmed.Payload(mp.id))
        if turn.at_desk and turn.person is not mp:
            desk.audit(turn, mp.id, "confirmed office")
            turn.news(mp, SeatJoined.Payload(seat.id))
    await _present(turn, mp, edit=True)


async def _present(turn: Turn, mp: Person, *, edit: bool = False) -> None:
    """The office as it is. Whoever is named in it finds an organiser's look in their data, too."""
    if turn.at_desk and turn.person is not mp:
        for seat in await seats_of(turn.session, mp.id):
            desk.audit(turn, seat.staff_id, "saw office")
    turn.tell(OfficeCard.Payload(mp.id), edit=edit)


async def _tell_partners(turn: Turn, mp: Person, staff: Person) -> None:
    """Whoever has a pledge with the MP hears once that an office reads it from now on."""
    newest: dict[int | None, int] = {}
    for pledge in await queries.pledges_of(turn.session, mp, State.PROPOSED, State.ACTIVE):
        other_id = pledge.other_than(mp.id)
        newest[other_id] = max(newest.get(other_id, 0), pledge.id)
    for other_id, pledge_id in sorted(newest.items(), key=lambda each: each[1]):
        other = await intact.person(turn.session, other_id) if other_id is not None else None
        if other is not None and other is not staff:
            turn.news(other, OfficeBegins.Payload(pledge_id), key=f"office:{mp.id}:{other.id}")


def _version(seat: OfficeSeat, staff: Person | None) -> int:
    name = (staff.name or "") if staff is not None else ""
    return Seat(seat.id, name, is_taken(seat), mine=False).version


async def end(turn: Turn, seat_id: int, seen: int) -> None:
    """They no longer act for the MP: not confirmed, taken away, or gone by their own tap. `seen`: as before.

    What was owed to them for the MP goes to the MP. Raises Refusal like `chosen`.
    """
    seat = await turn.session.get(OfficeSeat, seat_id, with_for_update=True)
    if seat is None:
        raise Refusal(Reason.STALE_BUTTON)
    own = turn.person is not None and seat.staff_id == turn.person.id
    mp = await turn.session.get(Person, seat.mp_id) if own else await chosen(turn, seat.mp_id, deciding=True)
    if mp is None:
        raise Refusal(Reason.STALE_BUTTON)
    if seat.ended_at is None:
        if seen != _version(seat, await intact.person(turn.session, seat.staff_id)):
            await _present(turn, mp, edit=True)
            return
        await office_ends.end(turn.session, seat, mp, turn.now, by=turn.person)
    if own:
        turn.tell(SeatEnded.Payload(mp.id))
    else:
        await _present(turn, mp, edit=True)


async def _succeed(turn: Turn, seat: OfficeSeat, mp: Person) -> None:
    """Whoever is succeeded has handed over: their seat ends."""
    if seat.succeeds_id is not None:
        before = await _seat_of(turn.session, mp.id, seat.succeeds_id)
        if before is not None and is_taken(before):
            await office_ends.end(turn.session, before, mp, turn.now, by=turn.person)


async def _decided(turn: Turn, seat_id: int) -> tuple[OfficeSeat, Person, Person]:
    """The seat, its MP, and who asks for it. Raises Refusal(STALE_BUTTON) unless it is mine to decide."""
    seat = await turn.session.get(OfficeSeat, seat_id)
    if seat is None:
        raise Refusal(Reason.STALE_BUTTON)
    mp = await chosen(turn, seat.mp_id, deciding=True)  # locks the MP, and so all seats
    await turn.session.refresh(seat)
    staff = await intact.person(turn.session, seat.staff_id)
    if staff is None:
        raise Refusal(Reason.STALE_BUTTON)
    return seat, mp, staff


def is_taken(seat: OfficeSeat) -> bool:
    """Whether whoever has it acts for the MP (`reach.seated`)."""
    return seat.confirmed_at is not None and seat.ended_at is None


async def _seat_of(session: AsyncSession, mp_id: int, staff_id: int) -> OfficeSeat | None:
    own = select(OfficeSeat).where(OfficeSeat.mp_id == mp_id, OfficeSeat.staff_id == staff_id)
    return await session.scalar(own.with_for_update())


async def _taken(session: AsyncSession, mp_id: int) -> int:
    return (await session.scalar(select(func.count()).where(OfficeSeat.mp_id == mp_id, reach.seated()))) or 0


async def seats_of(session: AsyncSession, mp_id: int) -> Sequence[OfficeSeat]:
    """Who is in this office or asks to be, whoever came first at the head."""
    mine = select(OfficeSeat).where(OfficeSeat.mp_id == mp_id, OfficeSeat.ended_at.is_(None))
    return (await session.scalars(mine.order_by(OfficeSeat.id))).all()
