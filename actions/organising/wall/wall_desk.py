"""Which of the pledges that everybody may read are on the wall: an organiser says so of each, and may say otherwise."""

from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.organising import desk, moderating
from actions.organising.moderating import Word
from actions.organising.released import line
from actions.pledging.releases import readable
from db.models import Pledge, Workshop
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.wall import OnWall, WallCandidate, WallPledges

VIEWS = Views()
_QUEUE = moderating.Queue(
    readable.ON_WALL,
    noted={
        OnWall.SHOWN: "put released promise on the wall",
        OnWall.HIDDEN: "kept released promise off the wall",
    },
    tells=WallPledges.Payload,
)


async def choose(turn: Turn) -> None:
    """The wall of one workshop."""
    await desk.choose_workshop(turn, DeskTask.WALL, show)


async def show(turn: Turn, workshop_id: int) -> None:
    """The first that waits, else the latest that is on the wall. Raises Refusal like `desk.chosen`."""
    await _QUEUE.show(turn, workshop_id, 0, edit=False)


async def turn_page(turn: Turn, workshop_id: int, page: int) -> None:
    """Another one, counted from 0. Raises Refusal like `desk.chosen`."""
    await _QUEUE.show(turn, workshop_id, page, edit=True)


async def show_one(turn: Turn, pledge_id: int) -> None:
    """This one, or the first if it is not public any more. Raises Refusal like `desk.chosen`."""
    await _QUEUE.show_one(turn, pledge_id)


async def put_up(turn: Turn, pledge_id: int, version: int) -> None:
    """*Zeigen*. Raises Refusal(STALE_BUTTON) if there is no such pledge that everybody may read."""
    await _QUEUE.say(turn, pledge_id, version, OnWall.SHOWN)


async def keep_off(turn: Turn, pledge_id: int, version: int) -> None:
    """*Nicht zeigen*. Raises like `put_up`."""
    await _QUEUE.say(turn, pledge_id, version, OnWall.HIDDEN)


@VIEWS.reads(WallPledges.Payload)
async def wall_pledges(context: ViewContext, payload: WallPledges.Payload) -> WallPledges | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    page = await _QUEUE.page(context.session, workshop.id, payload.page)
    link = "" if workshop.closed_at is not None else context.operator.wall_of(workshop.code)
    of = await _candidate(context, *page.of) if page.of is not None else None
    return WallPledges(
        workshop.id, workshop.title, link, of, page.waiting, page.number, page.pages, payload.put_up
    )


async def _candidate(context: ViewContext, pledge: Pledge, word: Word) -> WallCandidate:
    return WallCandidate(word.pledge_id, word.event_id, await line(context, pledge), word.said)
