"""The programme of a workshop: read by everybody, asked for by its people, and announced before each item."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from db import intact
from db.models import Membership, ProgrammeItem, Workshop
from domain import programme
from domain.calendar import local_day
from domain.outcomes.organising.programme import ProgrammePhase, ProgrammeShown
from domain.programme import Item, NowAndNext
from domain.refusal import Reason, Refusal


async def rows(session: AsyncSession, workshop_id: int) -> list[ProgrammeItem]:
    """The items of a workshop, in the order of its day. One that cannot be read is left out."""
    found = (
        select(ProgrammeItem.id).where(ProgrammeItem.workshop_id == workshop_id).order_by(ProgrammeItem.id)
    )
    stored = await intact.rows(session, ProgrammeItem, found)
    return sorted(stored, key=lambda row: (item_of(row).order, row.id))


def item_of(row: ProgrammeItem) -> Item:
    return Item(row.begins, row.title, row.place, row.ends)


async def items(session: AsyncSession, workshop_id: int) -> list[Item]:
    """The items of a workshop, in the order of its day."""
    return [item_of(row) for row in await rows(session, workshop_id)]


async def now_and_next(
    session: AsyncSession, workshop: Workshop, moment: datetime, zone: ZoneInfo
) -> NowAndNext:
    """What is on in a workshop at an (aware) moment, and what comes: on the days before and after its own, nothing."""
    if local_day(moment, zone) != workshop.day:
        return NowAndNext()
    at = moment.astimezone(zone).time()
    return programme.now_and_next(await items(session, workshop.id), at, workshop.closes)


def phase(workshop: Workshop, moment: datetime, zone: ZoneInfo) -> ProgrammePhase:
    """Whether the (aware) moment is before, on or after the workshop's day."""
    today = local_day(moment, zone)
    if today == workshop.day:
        return ProgrammePhase.TODAY
    return ProgrammePhase.BEFORE if today < workshop.day else ProgrammePhase.AFTER


# --- what its people ask for


async def show(turn: Turn) -> None:
    """`/programm`: of the workshop that they joined last, as it stands now."""
    present = turn.me.present_workshop_id
    if present is None:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(ProgrammeShown.Payload(present))


async def show_now(turn: Turn, workshop_id: int) -> None:
    """The same message, as it stands now. Raises Refusal like `_membership`."""
    await _membership(turn, workshop_id)
    turn.tell(ProgrammeShown.Payload(workshop_id), edit=True)


async def show_page(turn: Turn, workshop_id: int, page: int) -> None:
    """The whole day, a page counted from 0. Raises Refusal like `_membership`."""
    await _membership(turn, workshop_id)
    turn.tell(ProgrammeShown.Payload(workshop_id, page), edit=True)


async def remind(turn: Turn, workshop_id: int) -> None:
    """From now on they hear before each item of this workshop. Raises Refusal like `_membership`."""
    await _remind(turn, workshop_id, wanted=True)


async def stop_reminding(turn: Turn, workshop_id: int) -> None:
    """They hear of no further item. Raises Refusal like `_membership`."""
    await _remind(turn, workshop_id, wanted=False)


async def _remind(turn: Turn, workshop_id: int, *, wanted: bool) -> None:
    (await _membership(turn, workshop_id)).reminded = wanted
    turn.tell(ProgrammeShown.Payload(workshop_id), edit=True)


async def _membership(turn: Turn, workshop_id: int) -> Membership:
    """Raises Refusal(STALE_BUTTON) for a workshop that they are not in."""
    for membership in turn.me.memberships:
        if membership.workshop_id == workshop_id:
            return membership
    raise Refusal(Reason.STALE_BUTTON)
