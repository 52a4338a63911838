"""The guest list at the desk: paged, searched by name, printed as cards with personal codes, and ticked at reception.

Whoever on it has joined, or joins later with their code, finds the look in their data.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from sqlalchemy import Select, select

from actions.exchange import drafts
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.guests import guest_arrivals, guest_lists
from db import personal_codes, reach
from db.models import Audit, DraftKind, Guest, Person, Workshop
from domain import names
from domain.calendar import instant
from domain.outcomes.organising.guests import (
    GuestCards,
    GuestNameAsked,
    GuestOffered,
    GuestsFound,
    GuestShown,
    GuestsListed,
)
from domain.outcomes.organising.papers import GuestLink
from domain.refusal import Reason, Refusal
from domain.retention import GUESTS_KEPT
from domain.versions import spelled_of
from domain.words import clean

_NAME_LIMIT = 200  # UTF-16 units of a name to search for


def of_guest(guest_id: int, *_: object) -> Select[int]:
    """The workshop on whose list this guest is."""
    return select(Guest.workshop_id).where(Guest.id == guest_id)


async def show(turn: Turn, workshop_id: int, page: int) -> None:
    """A page of the list, counted from 0."""
    workshop = await desk.chosen(turn, workshop_id)
    guests = await guest_lists.on_list(turn.session, workshop.id)
    _saw(turn, on_page(in_order(guests), page)[1])
    turn.tell(GuestsListed.Payload(workshop.id, page))


def in_order(guests: Iterable[Guest]) -> list[Guest]:
    """By name. Names are encrypted, so they are sorted here."""
    return sorted(guests, key=lambda guest: (names.in_order(guest.name), guest.id))


def _saw(turn: Turn, guests: Iterable[Guest]) -> None:
    for guest in guests:
        desk.audit_guest(turn, guest, "saw guest list")


async def ask_name(turn: Turn, workshop_id: int) -> None:
    """The next words are the name of a guest."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.GUEST_NAME, workshop.id)
    turn.tell(GuestNameAsked(workshop.id))


async def receive_name(turn: Turn, workshop_id: int, text: str) -> None:
    """Show at most three guests whose names come near; a single one's card at once. Raises Refusal(NOBODY_FOUND)."""
    guests = await guest_lists.on_list(turn.session, workshop_id)
    somebody = [names.Somebody(guest.id, guest.name, guest.place) for guest in guests]
    hits = [hit.id for hit in names.search(clean(text, limit=_NAME_LIMIT), somebody)]
    if not hits:
        raise Refusal(Reason.NOBODY_FOUND)
    await drafts.end(turn)
    _saw(turn, (guest for guest in guests if guest.id in hits))
    if len(hits) == 1:
        turn.tell(GuestShown.Payload(hits[0]))
    else:
        turn.tell(GuestsFound.Payload(workshop_id, tuple(hits)))


async def card(turn: Turn, guest_id: int) -> None:
    """One guest. Raises Refusal(STALE_BUTTON) for one who is gone."""
    guest, _ = await _held(turn, guest_id)
    _saw(turn, [guest])
    turn.tell(GuestShown.Payload(guest.id))


async def hand_over(turn: Turn, guest_id: int, seen: str) -> None:
    """*Ausgegeben*: the badge is in the hands of this guest, as reception has made sure. If the card has changed since
    it was shown (`seen`), it is shown again, and nothing else happens. Raises Refusal like `card`.
    """
    guest, person = await _held(turn, guest_id)
    if seen == version(guest, person):
        await guest_arrivals.hand_over(turn, guest, person)
    turn.tell(GuestShown.Payload(guest.id), edit=True)


async def take_back(turn: Turn, guest_id: int) -> None:
    """It was not: from now on nobody is confirmed by it. A role that is confirmed already is changed at its own card.

    Raises Refusal like `card`.
    """
    guest, _ = await _held(turn, guest_id)
    guest.given_at = None
    desk.audit_guest(turn, guest, "took back that the badge is given")
    turn.tell(GuestShown.Payload(guest.id), edit=True)


async def ask_whether_same(turn: Turn, guest_id: int, other_id: int, seen: str) -> None:
    """*Dieselbe*: two rows of the list look alike, and whoever has joined as one of them is asked whether the other is
    theirs, too. Nothing but their own yes joins the two. If the card has changed since it was shown (`seen`), or nobody
    can be asked, it is shown again. Raises Refusal like `card` and `_code_of`, and for two that are not shown together.
    """
    rows = {each: await _held(turn, each) for each in sorted({guest_id, other_id})}
    (guest, person), (other, owner) = rows[guest_id], rows[other_id]
    if not are_alike(guest, other):
        raise Refusal(Reason.STALE_BUTTON)
    joined = person or owner
    if (
        joined is None
        or not may_be_one(guest, other, joined, turn.now)
        or seen != beside(guest, person, other)
    ):
        turn.tell(GuestShown.Payload(guest.id), edit=True)
        return
    code_id = await _code_of(turn, other if person is not None else guest)
    desk.audit(turn, joined.id, "asked whether another row of the guest list is theirs")
    turn.news(joined, GuestOffered.Payload(code_id, vouched=True))
    turn.tell(GuestShown.Payload(guest.id, asked=True), edit=True)


def are_alike(guest: Guest, other: Guest) -> bool:
    """Whether these are two of one list whose names look the same."""
    two = guest.id != other.id and guest.workshop_id == other.workshop_id
    return two and names.looks_like(guest.name, other.name)


def may_be_one(guest: Guest, other: Guest, joined: Person, now: datetime) -> bool:
    """Whether somebody can be asked whether both are theirs: one has joined, as one, and may be written to."""
    return {guest.person_id, other.person_id} == {joined.id, None} and reach.may_be_written_to(joined, now)


def beside(guest: Guest, person: Person | None, other: Guest) -> str:
    """The same as `version`, of the card of a guest with another beside it."""
    return spelled_of(version(guest, person), guest_lists.row_of(other), other.person_id)


async def _held(turn: Turn, guest_id: int) -> tuple[Guest, Person | None]:
    """A guest, and whoever has joined as this guest."""
    await desk.organiser(turn)
    guest = await turn.session.get(Guest, guest_id, with_for_update=True)
    if guest is None:
        raise Refusal(Reason.STALE_BUTTON)
    if guest.person_id is None:
        return guest, None
    return guest, await turn.session.get(Person, guest.person_id, with_for_update=True)


def version(guest: Guest, person: Person | None) -> str:
    """Tells two cards of a guest apart: by what the list says, and what whoever has joined as them does."""
    claimed = (person.name, person.role) if person is not None else None
    return spelled_of(guest_lists.row_of(guest), claimed)


async def print_cards(turn: Turn, workshop_id: int) -> None:
    """Cards with new codes for all who have not joined yet; older ones open nothing from now on.

    Raises Refusal(STALE_BUTTON) once the codes would be over, or if there is nobody to print one for.
    """
    workshop = await desk.chosen(turn, workshop_id)
    ends = instant(workshop.day + GUESTS_KEPT, time(), turn.operator.zone)
    guests = await _waiting(turn, workshop)
    if not guests or ends <= turn.now:
        raise Refusal(Reason.STALE_BUTTON)
    await personal_codes.make_for_guests(turn.session, guests, turn.now, ends)
    made = Audit(organiser_chat_id=turn.chat_id, person_id=None, action="printed guest cards", at=turn.now)
    turn.session.add(made)
    turn.tell(GuestCards.Payload(workshop.id))


async def make_link(turn: Turn, guest_id: int) -> None:
    """The personal link of one guest, to be passed on: the one that is printed, if it opens anything. Raises
    Refusal(STALE_BUTTON) for a guest who has joined, or is gone, and once codes would be over.
    """
    guest, _ = await _held(turn, guest_id)
    await _code_of(turn, guest)
    desk.audit_guest(turn, guest, "made a personal link")
    turn.tell(GuestLink.Payload(guest.id))


async def _code_of(turn: Turn, guest: Guest) -> int:
    """The id of this guest's code: the one that is printed, if it opens anything. Raises Refusal like `make_link`."""
    workshop = await turn.session.get_one(Workshop, guest.workshop_id)
    ends = instant(workshop.day + GUESTS_KEPT, time(), turn.operator.zone)
    if guest.person_id is not None or ends <= turn.now:
        raise Refusal(Reason.STALE_BUTTON)
    if not await personal_codes.of_guests(turn.session, [guest.id], turn.now):
        await personal_codes.make_for_guests(turn.session, [guest.id], turn.now, ends)
    return (await personal_codes.of_guests(turn.session, [guest.id], turn.now))[guest.id].id


async def _waiting(turn: Turn, workshop: Workshop) -> Sequence[int]:
    """The guests who have not joined. Their rows are held: nobody may join with a code that is being renewed."""
    waiting = select(Guest.id).where(Guest.workshop_id == workshop.id, Guest.person_id.is_(None))
    return (await turn.session.scalars(waiting.order_by(Guest.id).with_for_update())).all()
