"""The care list: looked at kind by kind, and what an organiser does about a concern of it.

Every button carries what was shown: if that is not so any more, the list is shown as it is, and nothing is done.
"""

from actions.exchange import transcript
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.care import concerns, marks, settling
from actions.organising.care.concern_selects import Onlooker
from actions.organising.care.concerns import Concern
from actions.organising.team import team
from db import intact
from domain.care import HELD_ELSEWHERE, SEEN_BY, SETTLED_ELSEWHERE, ConcernKind, Key
from domain.outcomes.organising.care import CareListed, CareOverview, Did
from domain.refusal import Reason, Refusal
from domain.versions import version_of


def onlooker(turn: Turn) -> Onlooker:
    """Whoever's turn it is."""
    return Onlooker(turn.session, turn.now, turn.operator, turn.chat_id, turn.scope)


def version(of: Concern) -> int:
    """Of what a line of the list shows."""
    return version_of(of.since.isoformat(), of.holder_id, of.people)


async def show(turn: Turn) -> None:
    """`/aufgaben`: each kind with its number."""
    await desk.organiser(turn)
    turn.tell(CareOverview.Payload())


async def show_kind(turn: Turn, kind: ConcernKind, page: int) -> None:
    """A page of one kind, counted from 0. Raises Refusal(STALE_BUTTON) for a kind that is not the reader's business."""
    await desk.organiser(turn)
    if not onlooker(turn).sees(kind):
        raise Refusal(Reason.STALE_BUTTON)
    await _show(turn, CareListed.Payload(kind, page))


async def show_mine(turn: Turn, page: int) -> None:
    """A page of what the reader has taken on."""
    await desk.organiser(turn)
    await _show(turn, CareListed.Payload(None, page))


async def _show(turn: Turn, payload: CareListed.Payload) -> None:
    """Everybody named on the page finds the look in their data."""
    listed = await on_list(onlooker(turn), payload.concern, turn.me.id)
    people = {person for each in on_page(listed, payload.page)[1] for person in each.people}
    for person_id in sorted(people):
        desk.audit(turn, person_id, "saw care list")
    turn.tell(payload, edit=True)


async def on_list(of: Onlooker, kind: ConcernKind | None, reader_id: int) -> list[Concern]:
    """All of a kind, or all that the reader has taken on."""
    if kind is not None:
        return await concerns.found(of, (kind,))
    return [each for each in await concerns.found(of) if each.holder_id == reader_id]


# --- what becomes of one


async def take(turn: Turn, key: Key, seen: int) -> None:
    """*Übernehme ich*, unless somebody else of the team has it already."""
    concern = await _shown(turn, key, seen)
    if concern is None or key[0] in HELD_ELSEWHERE or await holds(onlooker(turn), concern):
        await _show_again(turn, key, Did.CHANGED)
        return
    await marks.put(turn.session, key, turn.me.id, turn.now)
    _audit(turn, concern, "took on a concern")
    await _show_again(turn, key, Did.TAKEN)


async def give_back(turn: Turn, key: Key, seen: int) -> None:
    """The reader sees to it no longer."""
    concern = await _shown(turn, key, seen)
    if concern is None or key[0] in HELD_ELSEWHERE or concern.holder_id != turn.me.id:
        await _show_again(turn, key, Did.CHANGED)
        return
    await marks.remove(turn.session, key)
    await _show_again(turn, key, Did.GIVEN_BACK)


async def leave(turn: Turn, key: Key, seen: int) -> None:
    """*Erledigt*, or *lassen*: it waits no longer, until it arises anew."""
    concern = await _shown(turn, key, seen)
    if concern is None or key[0] in SETTLED_ELSEWHERE:
        await _show_again(turn, key, Did.CHANGED)
        return
    await marks.put(turn.session, key, None, turn.now)
    _audit(turn, concern, "left a concern alone")
    await _show_again(turn, key, Did.LEFT)


async def settle(turn: Turn, key: Key, seen: int) -> None:
    """The one tap that settles it, where that is no decision elsewhere."""
    concern = await _shown(turn, key, seen)
    did = await settling.settle(turn, concern) if concern is not None else Did.CHANGED
    if concern is not None and did is not Did.CHANGED:
        _audit(turn, concern, "did something about a concern")
    await _show_again(turn, key, did)


async def _shown(turn: Turn, key: Key, seen: int) -> Concern | None:
    """None if it waits no longer, is nobody's business here, or is not as it was shown.

    Raises Refusal(STALE_BUTTON) for a kind that is not the reader's business.
    """
    await desk.organiser(turn)
    of = onlooker(turn)
    if not of.sees(key[0]):
        raise Refusal(Reason.STALE_BUTTON)
    concern = await concerns.one(of, key)
    return concern if concern is not None and version(concern) == seen else None


async def _show_again(turn: Turn, key: Key, did: Did) -> None:
    """The list in which it was pressed."""
    last = await transcript.shown_in(turn.session, turn.chat_id, turn.pressed) if turn.pressed else None
    payload = last.payload if last is not None else None
    before = payload if isinstance(payload, CareListed.Payload) else CareListed.Payload(key[0])
    await turn.session.flush()
    await _show(turn, CareListed.Payload(before.concern, before.page, did))


def _audit(turn: Turn, concern: Concern, action: str) -> None:
    for person_id in concern.people:
        desk.audit(turn, person_id, action)


async def holds(of: Onlooker, concern: Concern) -> str | None:
    """Who sees to it, empty without a name; None if nobody does whose business it still is."""
    holder = await intact.person(of.session, concern.holder_id) if concern.holder_id else None
    if holder is None or holder.chat_id is None:
        return None
    duty = SEEN_BY[concern.kind]
    if not await team.may(of.session, of.operator, holder.chat_id, duty, concern.workshop_id):
        return None
    return holder.name or ""
