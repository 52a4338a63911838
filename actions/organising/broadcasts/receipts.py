"""Who got a broadcast, and who did not and why: read by its organisers, and taken along as a list for an hour."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import mailings, outbox
from actions.exchange.context import ViewContext, Views
from actions.exchange.mailings import Fate
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.broadcasts import running, workshops_chosen
from actions.organising.team import team
from db import crowd
from db.models import Broadcast, BroadcastState, Person, SendState
from domain import names
from domain.outcomes.organising.broadcasts import BroadcastTakenBack
from domain.outcomes.organising.receipts import (
    GOT_IT,
    ListFor,
    Receipt,
    ReceiptLine,
    ReceiptList,
    ReceiptsShown,
)
from domain.refusal import Reason, Refusal
from domain.team import Duty

NAMED = 12
"""How many of a group are named in the message."""
_NOTED = {ListFor.FOLLOW_UP: "took along to follow up", ListFor.RECORD: "took along as a record"}
_OVER = (BroadcastState.CONFIRMED, BroadcastState.HALTED, BroadcastState.FINISHED)

VIEWS = Views()

People = dict[Receipt, list[tuple[int, ReceiptLine]]]


async def show(turn: Turn, broadcast_id: int) -> None:
    """The groups, with names. Whoever is named finds that in their data.

    Raises Refusal(STALE_BUTTON) before it has set out.
    """
    broadcast = await _set_out(turn, broadcast_id)
    for group in (await _people(turn.session, turn.operator, broadcast)).values():
        for person_id, _ in group[:NAMED]:
            desk.audit(turn, person_id, "saw who got an announcement")
    turn.tell(ReceiptsShown.Payload(broadcast.id))


async def take_along(turn: Turn, broadcast_id: int, purpose: ListFor) -> None:
    """A protected file, deleted after an hour; everybody on it finds in their data what it is for.

    Raises Refusal(STALE_BUTTON) before it has set out, or if nobody is on it.
    """
    broadcast = await _set_out(turn, broadcast_id)
    listed = _for(purpose, await _people(turn.session, turn.operator, broadcast))
    if not listed:
        raise Refusal(Reason.STALE_BUTTON)
    for person_id, _ in listed:
        desk.audit(turn, person_id, _NOTED[purpose])
    to = outbox.Recipient(turn.chat_id, turn.me.id)
    outbox.owe(turn.session, ReceiptList.Payload(broadcast.id, purpose), to, turn.now, thread=turn.thread)


async def _set_out(turn: Turn, broadcast_id: int) -> Broadcast:
    await desk.organiser(turn)
    broadcast = await turn.session.get(Broadcast, broadcast_id)
    if broadcast is None or broadcast.state not in _OVER:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


def _for(purpose: ListFor, people: People) -> Sequence[tuple[int, ReceiptLine]]:
    """Everybody on the list, in the order in which they are on it."""
    return [
        each
        for receipt, group in people.items()
        if purpose is ListFor.RECORD or receipt not in GOT_IT
        for each in group
    ]


async def _people(session: AsyncSession, operator: Operator, broadcast: Broadcast) -> People:
    """By what became of their copies, and by name. Of several workshops only those of whom are in one that its author
    still runs, as whoever reads it does.
    """
    found = await mailings.fates(session, running.copies(broadcast.id), BroadcastTakenBack.Payload)
    fates = {each.person_id: each for each in found}
    through = await workshops_chosen.through(session, operator, broadcast)
    named = set(fates) if through is None else set(fates) & through.keys()
    everybody = await crowd.named(session, select(Person.id).where(Person.id.in_(named)))
    called = [each.name for each in everybody]
    groups: People = {receipt: [] for receipt in Receipt}
    for each in sorted(everybody, key=lambda each: (names.in_order(each.name), each.id)):
        fate = fates[each.id]
        receipt = _receipt(fate)
        place = each.place if called.count(each.name) > 1 else ""
        reason = fate.reason if receipt is Receipt.FAILED else ""
        where = through[each.id] if through is not None else ""
        line = ReceiptLine(each.name, place, receipt, reason, repeated=fate.repeated, workshop=where)
        groups[receipt].append((each.id, line))
    return {receipt: group for receipt, group in groups.items() if group}


def _receipt(fate: Fate) -> Receipt:
    match fate.state:
        case SendState.SENT:
            return Receipt.DELETED if fate.taken_back else Receipt.DELIVERED
        case SendState.DEAD | SendState.CANCELLED if fate.unreachable:
            return Receipt.UNREACHABLE
        case SendState.DEAD:
            return Receipt.FAILED
        case SendState.CANCELLED:
            return Receipt.UNSENT if fate.halted else Receipt.WITHDRAWN
        case SendState.UNDECIDED | SendState.UNKNOWN | SendState.SENDING:
            return Receipt.UNDECIDED
        case SendState.PENDING:
            return Receipt.UNSENT


# --- what is read when it is said


@VIEWS.reads(ReceiptsShown.Payload)
async def shown(context: ViewContext, payload: ReceiptsShown.Payload) -> ReceiptsShown | None:
    """None for a reader who no longer runs its workshops."""
    broadcast, titles = await _read_by(context, payload.broadcast_id)
    if broadcast is None:
        return None
    groups = (await _people(context.session, context.operator, broadcast)).items()
    return ReceiptsShown(
        payload.broadcast_id,
        titles,
        tuple((receipt, len(group), tuple(line for _, line in group[:NAMED])) for receipt, group in groups),
    )


@VIEWS.reads(ReceiptList.Payload)
async def taken_along(context: ViewContext, payload: ReceiptList.Payload) -> ReceiptList | None:
    broadcast, titles = await _read_by(context, payload.broadcast_id)
    if broadcast is None:
        return None
    listed = _for(payload.purpose, await _people(context.session, context.operator, broadcast))
    return ReceiptList(titles, payload.purpose, tuple(line for _, line in listed))


async def _read_by(
    context: ViewContext, broadcast_id: int
) -> tuple[Broadcast, tuple[str, ...]] | tuple[None, tuple[()]]:
    """It and what its workshops are called; None for a reader who no longer runs all of them."""
    broadcast = await context.session.get(Broadcast, broadcast_id)
    if broadcast is None:
        return None, ()
    ids = await workshops_chosen.reached(context.session, context.operator, broadcast)
    there = await team.scope_of(context, Duty.RUN)
    if there is not None and not (ids and there.issuperset(ids)):
        return None, ()
    return broadcast, tuple((await workshops_chosen.titles(context.session, ids)).values())
