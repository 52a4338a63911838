"""An organiser types or sends the programme of a workshop: read, shown line by line, and taken over at one word, or
not at all.

What is shown is worked out each time from what is stored, so that a programme taken over twice changes nothing.
"""

from collections.abc import Iterable
from datetime import time

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.programme import programme
from db.beforehand import done_in_thread
from db.models import DraftKind, ProgrammeItem, ProgrammeUpload, Workshop
from domain import programme as rules
from domain.outcomes.organising.programme import (
    ProgrammeAsked,
    ProgrammeDesk,
    ProgrammeDropped,
    ProgrammePreview,
    ProgrammeRefused,
)
from domain.programme import Item, ItemFault, KnownItem, ProgrammeError, ProgrammePlan, SentRead
from domain.refusal import Reason, Refusal
from domain.versions import spelled_of

_TOLD = 8  # items that one notice tells


def of_upload(upload_id: int, *_: object) -> Select[int]:
    """The workshop of a programme that was sent."""
    return select(ProgrammeUpload.workshop_id).where(ProgrammeUpload.id == upload_id)


async def ask(turn: Turn, workshop_id: int) -> None:
    """The next words, or the next file, are its programme. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.PROGRAMME, workshop.id)
    turn.tell(ProgrammeAsked.Payload(workshop.id))


async def receive(turn: Turn, workshop_id: int, content: bytes | None) -> None:
    """Read what was sent and show what it would change; if nothing can be read, it is asked for again. `content` None:
    it did not come. Raises Refusal like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    try:
        read = await done_in_thread(
            turn.session, "programme", rules.read_programme, content, workshop.day, turn.operator.zone
        )
    except ProgrammeError as error:
        turn.tell(ProgrammeRefused(workshop.id, error.fault))
        return
    upload = ProgrammeUpload(workshop_id=workshop.id, content=_stored(read), made_at=turn.now)
    turn.session.add(upload)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(ProgrammePreview.Payload(upload.id))


async def turn_page(turn: Turn, upload_id: int, page: int) -> None:
    """Another page of what it would change, counted from 0. Raises Refusal like `_open`."""
    turn.tell(ProgrammePreview.Payload((await _open(turn, upload_id)).id, page), edit=True)


async def drop(turn: Turn, upload_id: int) -> None:
    """Delete what was read. Raises Refusal like `_open`."""
    upload = await _open(turn, upload_id)
    turn.tell(ProgrammeDropped(upload.workshop_id), edit=True)
    await turn.session.delete(upload)


async def take_over(turn: Turn, upload_id: int, seen: str) -> None:
    """All that was shown, without the lines that are wrong; what was sent is deleted. `seen`: the version of what was
    shown. If the programme has changed meanwhile, it is shown again, and nothing is taken over. Raises Refusal like
    `_open`.
    """
    upload = await _open(turn, upload_id)
    read = read_again(upload)
    plan = await planned(turn.session, upload.workshop_id, read)
    if seen != version(plan, read):
        turn.tell(ProgrammePreview.Payload(upload.id, changed_since=True), edit=True)
        return
    changed = await _write(turn.session, upload.workshop_id, plan)
    turn.tell(ProgrammeDesk.Payload(upload.workshop_id, saved=True, changed=changed[:_TOLD]), edit=True)
    await turn.session.delete(upload)


async def _write(session: AsyncSession, workshop_id: int, plan: ProgrammePlan) -> tuple[int, ...]:
    """Write what is planned; returns the ids of the items that read otherwise than people know them."""
    was_empty = not await programme.rows(session, workshop_id)
    new = [ProgrammeItem(workshop_id=workshop_id) for _ in plan.new]
    for row, (_, item) in zip(new, plan.new, strict=True):
        write(row, item)
    session.add_all(new)
    for change in plan.changed:
        write(await session.get_one(ProgrammeItem, change.was.id), change.item)
    await session.flush()
    return (*(each.was.id for each in plan.changed), *(() if was_empty else (row.id for row in new)))


def write(row: ProgrammeItem, item: Item) -> None:
    """From now on the row holds this item."""
    row.begins, row.ends, row.title, row.place = item.begins, item.ends, item.title, item.place


async def _open(turn: Turn, upload_id: int) -> ProgrammeUpload:
    """What was sent, and its workshop, held until the turn ends: of two who take over, the other sees what has changed.

    Raises Refusal(STALE_BUTTON) for what is taken over already, or gone.
    """
    await hold(turn.session, of_upload(upload_id))
    upload = await turn.session.get(ProgrammeUpload, upload_id, with_for_update=True)
    if upload is None:
        raise Refusal(Reason.STALE_BUTTON)
    return upload


async def hold(session: AsyncSession, workshops: Select[int]) -> None:
    """Whoever changes the programme of these workshops at the same moment waits here."""
    there = select(Workshop.id).where(Workshop.id.in_(workshops))
    await session.execute(there.with_for_update(key_share=True))


async def planned(session: AsyncSession, workshop_id: int, read: SentRead) -> ProgrammePlan:
    """What this list would change now."""
    known = [KnownItem(row.id, programme.item_of(row)) for row in await programme.rows(session, workshop_id)]
    return rules.plan(known, read.items, moves=read.whole)


def version(plan: ProgrammePlan, read: SentRead) -> str:
    """Tells two previews apart."""
    return spelled_of(plan, read.faults)


def _stored(read: SentRead) -> dict[str, object]:
    return {
        "items": [
            [
                line,
                item.begins.isoformat(),
                item.title,
                item.place,
                item.ends.isoformat() if item.ends else None,
            ]
            for line, item in read.items
        ],
        "faults": [[line, fault.value] for line, fault in read.faults],
        "whole": read.whole,
    }


def read_again(upload: ProgrammeUpload) -> SentRead:
    """What was read from what was sent."""
    stored = upload.content
    lines: Iterable[tuple[int, str, str, str, str | None]] = stored["items"]
    return SentRead(
        tuple(
            (line, Item(time.fromisoformat(begins), title, place, time.fromisoformat(ends) if ends else None))
            for line, begins, title, place, ends in lines
        ),
        tuple((line, ItemFault(fault)) for line, fault in stored["faults"]),
        stored["whole"],
    )
