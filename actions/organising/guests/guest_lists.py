"""An organiser sends the guest list of a workshop: read, shown row by row, and taken over at one word, or not at all.

What is shown is worked out each time from what is stored, so that a list taken over twice changes nothing.
"""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from db import intact
from db.beforehand import done_in_thread
from db.models import Audit, DraftKind, Guest, GuestUpload, Person, UploadKind, Workshop
from domain import guest_lists
from domain.guest_lists import GuestListError, GuestListPlan, GuestRow, KnownGuest, ListRead, RowFault
from domain.outcomes.organising.guest_lists import (
    GuestFileAsked,
    GuestFileRefused,
    GuestListDropped,
    GuestPreview,
    GuestsTaken,
)
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.versions import spelled_of


def of_upload(upload_id: int, *_: object) -> Select[int]:
    """The workshop of a list that was sent."""
    return select(GuestUpload.workshop_id).where(GuestUpload.id == upload_id)


def sent_to(workshop_ids: Iterable[int]) -> Select[int]:
    """The lists of these workshops that are not taken over yet."""
    return select(GuestUpload.id).where(GuestUpload.workshop_id.in_(workshop_ids))


async def ask(turn: Turn, workshop_id: int) -> None:
    """The next file, or the next words, are its guest list. Raises Refusal(STALE_BUTTON) without the workshop."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.GUEST_FILE, workshop.id)
    turn.tell(GuestFileAsked.Payload(workshop.id))


async def receive(turn: Turn, workshop_id: int, content: bytes | None) -> None:
    """Read the file and show what it would change; one that cannot be read is asked for again. `content` None: it did
    not come. Raises Refusal(STALE_BUTTON) without the workshop.
    """
    await desk.chosen(turn, workshop_id)
    try:
        read = await done_in_thread(turn.session, "guests", guest_lists.read_list, content)
    except GuestListError as error:
        turn.tell(GuestFileRefused(error.fault))
        return
    upload = GuestUpload(workshop_id=workshop_id, content=_stored(read), made_at=turn.now)
    turn.session.add(upload)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(GuestPreview.Payload(upload.id))


async def turn_page(turn: Turn, upload_id: int, page: int) -> None:
    """Another page of what it would change, counted from 0. Raises Refusal like `held`."""
    turn.tell(GuestPreview.Payload((await held(turn, upload_id, UploadKind.GUESTS)).id, page), edit=True)


async def drop(turn: Turn, upload_id: int) -> None:
    """Delete what was read. Raises Refusal like `held`."""
    upload = await held(turn, upload_id, UploadKind.GUESTS)
    turn.tell(GuestListDropped(upload.workshop_id), edit=True)
    await turn.session.delete(upload)


async def take_over(turn: Turn, upload_id: int, seen: str) -> None:
    """All that was shown, without the rows that are wrong; what was sent is deleted. `seen`: the version of what was
    shown. If the list has changed meanwhile, it is shown again, and nothing is taken over. Raises Refusal like `held`.
    """
    upload = await held(turn, upload_id, UploadKind.GUESTS)
    read = read_again(upload)
    plan = await planned(turn.session, upload.workshop_id, read)
    if seen != version(plan, read):
        turn.tell(GuestPreview.Payload(upload.id, changed_since=True), edit=True)
        return
    for _, row in plan.new:
        turn.session.add(Guest(workshop_id=upload.workshop_id, made_at=turn.now, **asdict(row)))
    for change in plan.changed:
        guest = await turn.session.get_one(Guest, change.was.id)
        for name, value in asdict(change.row).items():
            setattr(guest, name, value)
    turn.session.add(
        Audit(organiser_chat_id=turn.chat_id, person_id=None, action="took over guest list", at=turn.now)
    )
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged}
    turn.tell(GuestsTaken(upload.workshop_id, **counts, wrong=len(read.faults)), edit=True)
    await turn.session.delete(upload)


async def held(turn: Turn, upload_id: int, kind: UploadKind) -> GuestUpload:
    """What was sent of this kind, and its workshop, held until the turn ends: of two who take over, the other sees what
    has changed.

    Raises Refusal(STALE_BUTTON) for what is taken over already, or gone.
    """
    there = select(Workshop.id).where(Workshop.id.in_(of_upload(upload_id)))
    await turn.session.execute(there.with_for_update())
    upload = await turn.session.get(GuestUpload, upload_id, with_for_update=True)
    if upload is None or upload.kind is not kind:
        raise Refusal(Reason.STALE_BUTTON)
    return upload


async def planned(session: AsyncSession, workshop_id: int, read: ListRead) -> GuestListPlan:
    """What this list would change now."""
    return guest_lists.plan(
        [KnownGuest(each.id, row_of(each)) for each in await on_list(session, workshop_id)], read.rows
    )


async def on_list(session: AsyncSession, workshop_id: int) -> list[Guest]:
    """The guests of a workshop, in the order in which they came onto its list."""
    found = select(Guest.id).where(Guest.workshop_id == workshop_id).order_by(Guest.id)
    return sorted(await intact.rows(session, Guest, found), key=lambda guest: guest.id)


def row_of(guest: Guest) -> GuestRow:
    return GuestRow(guest.name, guest.organisation, guest.place, guest.land, guest.role)


def version(plan: GuestListPlan, read: ListRead) -> str:
    """Tells two previews apart."""
    return spelled_of(plan, read.faults)


def _stored(read: ListRead) -> dict[str, object]:
    return {
        "rows": [[line, *asdict(row).values()] for line, row in read.rows],
        "faults": [[line, fault.value] for line, fault in read.faults],
        "left_out": list(read.left_out),
    }


def read_again(upload: GuestUpload) -> ListRead:
    """What was read from the file."""
    stored = upload.content
    rows: Iterable[tuple[int, str, str, str, str, str | None]] = stored["rows"]
    return ListRead(
        tuple(
            (line, GuestRow(name, organisation, place, land, Role(role) if role else None))
            for line, name, organisation, place, land, role in rows
        ),
        tuple((line, RowFault(fault)) for line, fault in stored["faults"]),
        tuple(stored["left_out"]),
    )


async def rows_of(session: AsyncSession, person: Person) -> list[Guest]:
    """Their rows on the lists of their workshops; where none is theirs, what is surely so (`guest_lists.surely`) of
    what is nobody's.
    """
    who = GuestRow(person.name or "", person.organisation or "", person.place or "", "", None)
    found: list[Guest] = []
    for membership in person.memberships:
        guests = {guest.id: guest for guest in await on_list(session, membership.workshop_id)}
        own = [guest for guest in guests.values() if guest.person_id == person.id]
        nobodys = [KnownGuest(each.id, row_of(each)) for each in guests.values() if each.person_id is None]
        found += own or [guests[each.id] for each in guest_lists.surely(who, nobodys)]
    return found


async def forget(session: AsyncSession, person: Person) -> None:
    """Before somebody is erased: their rows are deleted, and lists that are not taken over yet, which may name them."""
    there = [membership.workshop_id for membership in person.memberships]
    await session.execute(delete(GuestUpload).where(GuestUpload.workshop_id.in_(there)))
    for guest in await rows_of(session, person):
        await session.delete(guest)
