"""Evidence: a link or a photo, added by either party of a pledge and seen by these two only.

Of a photo only Telegram's id is stored. It ends with the words of the pledge, and with whoever gave it.
"""

from actions.exchange import drafts
from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import retrospectives
from actions.pledging.pledge_views import absence, own_pledge, title
from db.models import Draft, DraftKind, Pledge, PledgeEvent
from domain.evidence import names_link
from domain.history import EventKind
from domain.limits import EVIDENCE, EVIDENCE_A_DAY
from domain.outcomes.pledging.evidence import EvidenceAdded, EvidenceAsked, EvidenceShown
from domain.pledges import NOTE_LIMIT
from domain.refusal import Reason, Refusal
from domain.words import clean

VIEWS = Views()


async def ask(turn: Turn, pledge_id: int) -> None:
    """The next link or photo is evidence. Raises Refusal(STALE_BUTTON) or (ENOUGH_EVIDENCE) where none can be added."""
    pledge = await _provable(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.EVIDENCE, pledge.id)
    turn.tell(EvidenceAsked.Payload(pledge.id))


async def receive_link(turn: Turn, pledge_id: int, text: str) -> None:
    """Add a link, with the words around it. Raises Refusal like `ask`, and Refusal(EVIDENCE_NEEDED) without a link."""
    words = clean(text, limit=NOTE_LIMIT, lines=True)
    if not names_link(words):
        raise Refusal(Reason.EVIDENCE_NEEDED)
    await _add(turn, await _provable(turn, pledge_id), words, None)


async def receive_photo(turn: Turn, draft: Draft, photo: str, caption: str, message_id: int) -> None:
    """Add a photo, with what stands below it. Raises Refusal like `ask`."""
    words = clean(caption, limit=NOTE_LIMIT, lines=True) if caption.strip() else None
    await _add(turn, await _provable(turn, draft.object_id or 0), words, photo)
    drafts.note_answer(draft, message_id, "")


async def _provable(turn: Turn, pledge_id: int) -> Pledge:
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.is_provable:
        raise Refusal(Reason.STALE_BUTTON)
    happened = await history.events(turn.session, pledge.id)
    mine = [each for each in happened if each.kind is EventKind.EVIDENCED and each.party == turn.party.id]
    today = [each for each in mine if turn.operator.day(each.at) == turn.today]
    if len(mine) >= EVIDENCE or len(today) >= EVIDENCE_A_DAY:
        raise Refusal(Reason.ENOUGH_EVIDENCE)
    return pledge


async def _add(turn: Turn, pledge: Pledge, words: str | None, photo: str | None) -> None:
    history.record(turn, pledge, EventKind.EVIDENCED, note=words, photo=photo)
    await drafts.end(turn)
    await turn.session.flush()
    await retrospectives.changed(turn, pledge)
    turn.tell(EvidenceAdded.Payload(pledge.id))
    event = await history.latest(turn.session, pledge, EventKind.EVIDENCED)
    other = await pledges.other_party(turn, pledge)
    if event is not None and other is not None:
        turn.news(other, shown(pledge, event), key=f"evidence:{event.id}")


def shown(pledge: Pledge, event: PledgeEvent) -> EvidenceShown.Payload:
    """What shows it."""
    return EvidenceShown.Payload(pledge.id, event.id, event.party_id or 0, event.photo is not None)


async def show(turn: Turn, pledge_id: int, place: int) -> None:
    """*Belege*: one of them, counted from 0; the last if there are fewer. Raises Refusal(STALE_BUTTON) without any."""
    pledge = await pledges.mine(turn, pledge_id)
    given = await history.all_of(turn.session, pledge, EventKind.EVIDENCED)
    if not given:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(shown(pledge, given[min(place, len(given) - 1)]))


@VIEWS.reads(EvidenceAsked.Payload)
async def asked(context: ViewContext, payload: EvidenceAsked.Payload) -> EvidenceAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return EvidenceAsked(own.pledge.id, await title(context, own.pledge), own.other) if own else None


@VIEWS.reads(EvidenceAdded.Payload)
async def added(context: ViewContext, payload: EvidenceAdded.Payload) -> EvidenceAdded | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    away = await absence(context, own.pledge)
    return EvidenceAdded(own.pledge.id, await title(context, own.pledge), own.other, away)


@VIEWS.reads(EvidenceShown.Payload)
async def show_one(context: ViewContext, payload: EvidenceShown.Payload) -> EvidenceShown | None:
    """None once it was deleted, with the words of the pledge or with whoever gave it."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    given = await history.all_of(context.session, own.pledge, EventKind.EVIDENCED)
    place = next((at for at, each in enumerate(given) if each.id == payload.event), None)
    event = given[place] if place is not None else None
    if place is None or event is None:
        return None
    return EvidenceShown(
        pledge_id=own.pledge.id,
        title=await title(context, own.pledge),
        other="" if event.party_id == context.party.id else own.other,
        on=context.day(event.at),
        note=" ".join(event.notes or ()),
        photo=event.photo,
        place=place,
        count=len(given),
        by_office=history.is_by_office(event),
    )
