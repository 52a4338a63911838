"""Somebody on the guest list opens their personal code: who they are is confirmed with one tap, and what the list says
is theirs where they have said nothing themselves.

The role of an MP is confirmed once both have happened, in any order: the code was opened, and reception has handed the
badge to this guest.
"""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codes, transcript
from actions.exchange.turn import Turn
from actions.joining import answering, entry
from actions.organising import desk
from actions.organising.papers import paper_answers
from db import personal_codes
from db.models import Audit, Guest, Person, PersonalCode, Workshop
from domain.guest_lists import same_name
from domain.outcomes.joining import MpNotice
from domain.outcomes.organising.desk import RoleDecided
from domain.outcomes.organising.guests import GuestOffered, GuestTwice, GuestWelcome
from domain.outcomes.pledging.takeovers import TakeoverLeft, TakeoverUnknown
from domain.roles import Role


async def workshop_of(session: AsyncSession, code: PersonalCode) -> int | None:
    """The workshop to which this code is a door; None if its guest is gone."""
    guest = await session.get(Guest, code.guest_id) if code.guest_id is not None else None
    return guest.workshop_id if guest is not None else None


async def offer(turn: Turn, code: PersonalCode) -> bool:
    """Ask whether I am the guest whom this code is for, unless I am another one. False if that is somebody already, or
    gone.
    """
    guest = await turn.session.get(Guest, code.guest_id) if code.guest_id is not None else None
    if guest is None or guest.person_id is not None:
        return False
    if await _am_another(turn, guest):
        turn.tell(GuestTwice())
        await _go_on(turn)
    else:
        turn.tell(GuestOffered.Payload(code.id))
    return True


async def _am_another(turn: Turn, guest: Guest) -> bool:
    """Whether I am on this list already, and not under this guest's name: somebody may well be listed twice."""
    mine = select(Guest).where(Guest.workshop_id == guest.workshop_id, Guest.person_id == turn.me.id)
    rows = (await turn.session.scalars(mine)).all()
    called = {same_name(name) for name in (turn.me.name, *(row.name for row in rows)) if name}
    return bool(rows) and same_name(guest.name) not in called


async def _is_vouched_for(turn: Turn, code_id: int) -> bool:
    """Whether reception has asked me about this code: I may well be on the list under two names."""
    asked = await transcript.owed_about(turn.session, turn.me.id, GuestOffered.Payload, code_id)
    payloads = [each.payload for each in asked]
    return any(isinstance(each, GuestOffered.Payload) and each.vouched for each in payloads)


async def decline(turn: Turn, code_id: int) -> None:
    """*Das bin ich nicht*: the code stays as it is, and joining goes on without it.

    Raises Refusal(STALE_BUTTON) if this chat was not asked.
    """
    await codes.check_asked(turn, GuestOffered.Payload, code_id)
    turn.tell(TakeoverLeft(), edit=True)
    await _go_on(turn)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja, das bin ich*. Whoever is another guest already leaves the code as it is, unless reception has asked them.
    Raises Refusal(STALE_BUTTON) if this chat was not asked.
    """
    await codes.check_asked(turn, GuestOffered.Payload, code_id)
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    guest = await _held(turn, code) if code is not None else None
    if code is None or guest is None or guest.person_id is not None:
        turn.tell(TakeoverUnknown(joined=not turn.is_outside), edit=True)
        await _go_on(turn)
        return
    if await _am_another(turn, guest) and not await _is_vouched_for(turn, code_id):
        turn.tell(GuestTwice(), edit=True)
        await _go_on(turn)
        return
    code.used_at = turn.now
    guest.person_id = turn.me.id
    if all(each.workshop_id != guest.workshop_id for each in turn.me.memberships):
        entry.enter(turn, await turn.session.get_one(Workshop, guest.workshop_id))
    await _introduce(turn, guest)
    turn.tell(GuestWelcome(confirm(guest, turn.me)), edit=True)
    if turn.me.role is Role.MP and turn.me.role_confirmed is None:
        turn.tell(MpNotice.Payload())
    await _looks_are_mine(turn, guest)
    await paper_answers.come(turn, guest)
    await _go_on(turn)


async def _looks_are_mine(turn: Turn, guest: Guest) -> None:
    """Who of the team has looked at this row, and handed the badge over, is in my data from now on."""
    theirs = update(Audit).where(Audit.guest_id == guest.id)
    await turn.session.execute(theirs.values(person_id=turn.me.id, guest_id=None))


async def _held(turn: Turn, code: PersonalCode) -> Guest | None:
    return await turn.session.get(Guest, code.guest_id, with_for_update=True) if code.guest_id else None


async def _go_on(turn: Turn) -> None:
    if turn.me.finished_at is None:
        await entry.go_on(turn)


async def _introduce(turn: Turn, guest: Guest) -> None:
    """What the list says holds where they said nothing themselves. A postcode alone is no place that people say."""
    await answering.read_confirmation(turn)
    me = turn.me
    me.name = me.name or guest.name
    me.role = me.role or guest.role
    if me.organisation is None and guest.organisation:
        me.organisation = guest.organisation
    if me.place is None and guest.place and not guest.place.isdecimal():
        me.place, me.land = guest.place, me.land or guest.land or None


def confirm(guest: Guest, person: Person) -> bool:
    """Confirm the role if this is the guest to whom reception handed the badge, by the same name.

    Returns whether it did.
    """
    waits = person.role is Role.MP and person.role_confirmed is None
    listed = guest.role is Role.MP and same_name(guest.name) == same_name(person.name or "")
    if not (waits and listed and guest.given_at is not None):
        return False
    person.role_confirmed = True
    return True


async def hand_over(turn: Turn, guest: Guest, person: Person | None) -> None:
    """Reception has handed the badge to this guest: whoever has joined as them hears that their role is confirmed."""
    guest.given_at = guest.given_at or turn.now
    desk.audit_guest(turn, guest, "handed over badge")
    if person is not None and confirm(guest, person):
        desk.audit(turn, person.id, "confirmed role")
        turn.news(person, RoleDecided(confirmed=True))
