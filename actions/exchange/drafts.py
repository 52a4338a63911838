"""Drafts: what a person's next words belong to. At most one of each person awaits words; a newer one sets it aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypedDict, Unpack
from zlib import crc32

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codec
from actions.exchange.turn import Turn
from db import queries
from db.models import Draft, DraftKind
from domain.nudging import DIALOGUE, Period
from domain.outcomes.choices import ContactKind, ProfileQuestion
from domain.outcomes.payload import stored_as
from domain.retrospectives import Line
from domain.workshops import WorkshopField

_RECENT = 30


@dataclass(frozen=True)
class DraftDetails:
    """What a draft needs to know beside its kind and object.

    `number`: of a handshake, that its number was typed. `line`: of a retrospective. `message`: the person's own message
    that answered it. Of a broadcast also `checksum`, of what it says. `several`: that several messages did.
    `detail`: of a workshop, and `seen` which value it had.
    """

    question: ProfileQuestion | None = None
    period: Period | None = None
    contact: ContactKind | None = field(default=None, metadata=stored_as("by"))
    change: bool = False
    amendment: int | None = None
    number: bool = False
    line: Line | None = None
    message: int | None = None
    checksum: int | None = None
    several: bool = False
    detail: WorkshopField | None = None
    seen: int | None = None


class Noted(TypedDict, total=False):
    """What becomes known of a draft once it awaits words; named as in `DraftDetails`."""

    period: Period | None
    message: int | None
    checksum: int | None
    several: bool


async def await_words(
    turn: Turn, kind: DraftKind, object_id: int | None = None, details: DraftDetails | None = None
) -> Draft:
    """Await the next words for this. The draft before it is set aside: it is taken up again from its own button."""
    await end(turn)
    _, args = codec.encode(details or DraftDetails())
    draft = Draft(
        person_id=turn.me.id,
        kind=kind,
        object_id=object_id,
        args=args or None,
        awaiting=True,
        created_at=turn.now,
    )
    turn.session.add(draft)
    await turn.session.flush()
    return draft


def details_of(draft: Draft) -> DraftDetails:
    """What was noted when its words were asked for."""
    return codec.decode(DraftDetails, None, draft.args)


def note(draft: Draft, **details: Unpack[Noted]) -> None:
    """Note this in the draft, beside what was noted before."""
    _, args = codec.encode(replace(details_of(draft), **details))
    draft.args = args or None


def note_answer(draft: Draft, message: int, content: str) -> None:
    """Note that this message answered the draft; of a broadcast, which is not stored, also a checksum."""
    announcing = draft.kind is DraftKind.BROADCAST_CONTENT
    note(draft, message=message, checksum=checksum(content) if announcing else None)


def checksum(content: str) -> int:
    return crc32(content.encode())


async def recent(turn: Turn) -> Sequence[Draft]:
    """My newest drafts, the newest first, whether they await words or not."""
    mine = select(Draft).where(Draft.person_id == turn.me.id).order_by(Draft.id.desc())
    return (await turn.session.scalars(mine.limit(_RECENT))).all()


async def made_of(turn: Turn, message: int) -> Draft | None:
    """The draft that this message of mine answered; None if it answered none lately."""
    return next((each for each in await recent(turn) if details_of(each).message == message), None)


async def take_up(turn: Turn, draft: Draft) -> None:
    """Await words for this draft again, which may have been set aside or answered."""
    await end(turn)
    draft.awaiting = True
    await turn.session.flush()


async def end(turn: Turn) -> bool:
    """Stop awaiting words. Returns False if none were awaited."""
    ended = await turn.session.scalars(
        update(Draft)
        .where(Draft.person_id == turn.me.id, Draft.awaiting.is_(True))
        .values(awaiting=False)
        .returning(Draft.id)
    )
    return bool(ended.all())


async def end_of(turn: Turn, object_id: int, *kinds: DraftKind) -> None:
    """Stop awaiting words of these kinds for this object."""
    await turn.session.execute(
        update(Draft)
        .where(
            Draft.person_id == turn.me.id,
            Draft.object_id == object_id,
            Draft.kind.in_(kinds),
            Draft.awaiting.is_(True),
        )
        .values(awaiting=False)
    )


async def in_dialogue(session: AsyncSession, person_id: int, now: datetime) -> bool:
    """Whether they are just writing something, which no question interrupts."""
    lately = select(Draft.id).where(
        Draft.person_id == person_id, Draft.awaiting.is_(True), Draft.created_at > now - DIALOGUE
    )
    return await session.scalar(lately.limit(1)) is not None


async def awaiting(turn: Turn) -> Draft | None:
    """The draft that awaits words, if there is one."""
    return await queries.awaiting_draft(turn.session, turn.me)
