"""Which of the pledges that everybody may read are on the wall: an organiser says so of each, and may say otherwise."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.released import LOOK, line
from actions.pledging import history
from actions.pledging.releases import readable
from db import intact
from db.models import Pledge, PledgeEvent, Workshop
from domain.history import EventKind
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.wall import OnWall, WallCandidate, WallPledges
from domain.refusal import Reason, Refusal

VIEWS = Views()
_SAYS = {OnWall.SHOWN: EventKind.WALL_SHOWN, OnWall.HIDDEN: EventKind.WALL_HIDDEN}
_SAID = {EventKind.WALL_SHOWN: OnWall.SHOWN, EventKind.WALL_HIDDEN: OnWall.HIDDEN}
_NOTED = {
    OnWall.SHOWN: "put released promise on the wall",
    OnWall.HIDDEN: "kept released promise off the wall",
}


@dataclass(frozen=True)
class Word:
    """What was said last about a pledge that everybody may read, and by which event."""

    pledge_id: int
    event_id: int
    on_wall: OnWall


async def choose(turn: Turn) -> None:
    """The wall of one workshop."""
    await desk.choose_workshop(turn, DeskTask.WALL, show)


async def show(turn: Turn, workshop_id: int) -> None:
    """The first that waits, else the latest that is on the wall. Raises Refusal like `desk.chosen`."""
    await _show(turn, workshop_id, 0, edit=False)


async def turn_page(turn: Turn, workshop_id: int, page: int) -> None:
    """Another one, counted from 0. Raises Refusal like `desk.chosen`."""
    await _show(turn, workshop_id, page, edit=True)


async def _show(turn: Turn, workshop_id: int, page: int, *, edit: bool, put_up: bool | None = None) -> None:
    """Both parties of the pledge that is shown find the look in their data."""
    await desk.chosen(turn, workshop_id)
    every = await words(turn.session, workshop_id)
    for word in every[_there(page, every) :][:1]:
        await _audit(turn, word.pledge_id, LOOK)
    turn.tell(WallPledges.Payload(workshop_id, page, put_up), edit=edit)


def _there(page: int, every: list[Word]) -> int:
    return max(0, min(page, len(every) - 1))


async def _audit(turn: Turn, pledge_id: int, what: str) -> None:
    parties = select(Pledge.author_id, Pledge.partner_id).where(Pledge.id == pledge_id)
    for party in (await turn.session.execute(parties)).one():
        desk.audit(turn, party, what)


async def put_up(turn: Turn, pledge_id: int, version: int) -> None:
    """*Zeigen*. Raises Refusal(STALE_BUTTON) if there is no such pledge that everybody may read."""
    await _say(turn, pledge_id, version, OnWall.SHOWN)


async def keep_off(turn: Turn, pledge_id: int, version: int) -> None:
    """*Nicht zeigen*. Raises like `put_up`."""
    await _say(turn, pledge_id, version, OnWall.HIDDEN)


async def _say(turn: Turn, pledge_id: int, version: int, on_wall: OnWall) -> None:
    """What was read counts: if anything was said about it since, that is shown, and nothing changes."""
    own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
    pledge = await turn.session.scalar(own.with_for_update())
    every = await words(turn.session, pledge.workshop_id) if pledge is not None else []
    word = next((each for each in every if each.pledge_id == pledge_id), None)
    if pledge is None or word is None:
        raise Refusal(Reason.STALE_BUTTON)
    if word.event_id != version or word.on_wall is on_wall:
        await _show(turn, pledge.workshop_id, 0, edit=True)
        return
    history.record_clock(turn.session, pledge, _SAYS[on_wall], turn.now)
    await _audit(turn, pledge_id, _NOTED[on_wall])
    await turn.session.flush()
    await _show(turn, pledge.workshop_id, 0, edit=True, put_up=on_wall is OnWall.SHOWN)


async def words(session: AsyncSession, workshop_id: int) -> list[Word]:
    """About each of the workshop's pledges that everybody may read: first those that wait, the oldest first, then those
    on the wall, and those that are not, the latest first.
    """
    found = await session.execute(
        select(Pledge.id, PledgeEvent.id, PledgeEvent.kind)
        .join(PledgeEvent, PledgeEvent.id == readable.latest_word())
        .where(Pledge.workshop_id == workshop_id, readable.for_public())
    )
    every = [Word(pledge, event, _SAID.get(kind, OnWall.WAITS)) for pledge, event, kind in found]
    order = list(OnWall)
    return sorted(every, key=lambda word: (order.index(word.on_wall), _age(word)))


def _age(word: Word) -> int:
    return word.event_id if word.on_wall is OnWall.WAITS else -word.event_id


@VIEWS.reads(WallPledges.Payload)
async def wall_pledges(context: ViewContext, payload: WallPledges.Payload) -> WallPledges | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    every = await words(context.session, workshop.id)
    page = _there(payload.page, every)
    return WallPledges(
        workshop.id,
        workshop.title,
        "" if workshop.closed_at is not None else context.operator.wall_of(workshop.code),
        await _shown(context, every[page]) if every else None,
        sum(word.on_wall is OnWall.WAITS for word in every),
        page,
        max(1, len(every)),
        payload.put_up,
    )


async def _shown(context: ViewContext, word: Word) -> WallCandidate | None:
    """None if its words are damaged."""
    for pledge in await intact.rows(
        context.session, Pledge, select(Pledge.id).where(Pledge.id == word.pledge_id)
    ):
        return WallCandidate(word.pledge_id, word.event_id, await line(context, pledge), word.on_wall)
    return None
