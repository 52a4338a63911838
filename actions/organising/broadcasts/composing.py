"""Whom a broadcast goes to, chosen by tapping, and its preview for whoever confirms it (`sending`)."""

from collections.abc import Sequence

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.broadcasts import segments, workshops_chosen
from actions.organising.broadcasts.segments import Sights
from actions.organising.team import team
from db import reach
from db.models import Broadcast, BroadcastState, DraftKind, Person
from domain import audience
from domain.audience import ALL_WORKSHOPS, EVERYBODY, MPS, SILENT, UNFINISHED, Facet
from domain.outcomes.organising.broadcasts import (
    BroadcastCopy,
    BroadcastPreview,
    BroadcastToConfirm,
    BroadcastWaiting,
    SegmentAsked,
    Whole,
)
from domain.refusal import Reason, Refusal
from domain.team import Duty

NAMED = 5
"""How many of those who get it are named in the preview."""
_SEEN = "saw among recipients"
_WHOLES = {Whole.EVERYBODY.value: EVERYBODY, Whole.MPS.value: MPS}
_SINGLE = {Facet.PROFILE: UNFINISHED, Facet.SILENCE: SILENT}  # facets of one value, which one tap turns
_AFRESH = "afresh"


def sights(turn: Turn) -> Sights:
    return Sights(turn.session, turn.now, turn.operator)


# --- whom it goes to


async def ask_whom(turn: Turn, broadcast_id: int) -> None:
    """What was chosen so far, and by what else to choose. Raises Refusal like `draft_of_mine`."""
    broadcast = await _choosing(turn, broadcast_id)
    turn.tell(SegmentAsked.Payload(broadcast.id), edit=True)


async def choose(turn: Turn, broadcast_id: int, what: str) -> None:
    """Everybody, MPs and whoever is there today are chosen with one tap; of a facet its values are shown, or its only
    one is turned.

    Raises Refusal like `preview`, and Refusal(STALE_BUTTON) for what is neither.
    """
    if what == Whole.NOTICE:
        await _choose_notice(turn, broadcast_id)
    elif what in _WHOLES:
        broadcast = await _choosing(turn, broadcast_id)
        broadcast.audience = _WHOLES[what].stored()
        await preview(turn, broadcast.id)
    elif what == _AFRESH:
        broadcast = await _choosing(turn, broadcast_id)
        broadcast.audience = None
        turn.tell(SegmentAsked.Payload(broadcast.id), edit=True)
    elif what not in set(Facet):
        raise Refusal(Reason.STALE_BUTTON)
    elif (facet := Facet(what)) in _SINGLE:
        broadcast = await _turn(turn, broadcast_id, facet, _SINGLE[facet])
        turn.tell(SegmentAsked.Payload(broadcast.id), edit=True)
    else:
        await turn_page(turn, broadcast_id, facet, 0)


async def _choose_notice(turn: Turn, broadcast_id: int) -> None:
    broadcast = await _choosing(turn, broadcast_id)
    if not await segments.may_be_notice(sights(turn), broadcast):
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.notice, broadcast.audience, broadcast.goes_at = True, None, None
    await preview(turn, broadcast.id)


async def turn_page(turn: Turn, broadcast_id: int, facet: Facet, page: int) -> None:
    """The values of a facet, by the page. Raises Refusal like `draft_of_mine`."""
    broadcast = await _choosing(turn, broadcast_id)
    turn.tell(SegmentAsked.Payload(broadcast.id, facet, page), edit=True)


async def choose_value(turn: Turn, broadcast_id: int, facet: Facet, value: str) -> None:
    """Only these; with another tap all but these; with a third one either.

    Raises Refusal like `draft_of_mine`, and Refusal(STALE_BUTTON) for a value that the facet does not have.
    """
    broadcast = await _turn(turn, broadcast_id, facet, value)
    turn.tell(SegmentAsked.Payload(broadcast.id, facet, await _page(turn)), edit=True)


async def _page(turn: Turn) -> int:
    """The page that was shown where the button was pressed."""
    shown = await transcript.shown_in(turn.session, turn.chat_id, turn.pressed or 0)
    asked = shown.payload if shown is not None else None
    return asked.page if isinstance(asked, SegmentAsked.Payload) else 0


async def _turn(turn: Turn, broadcast_id: int, facet: Facet, value: str) -> Broadcast:
    if facet is Facet.WORKSHOP:
        return await _turn_workshops(turn, broadcast_id, value)
    if not audience.is_known(facet, value):
        raise Refusal(Reason.STALE_BUTTON)
    broadcast = await _choosing(turn, broadcast_id)
    broadcast.audience = workshops_chosen.audience_of(broadcast).turned(facet, value).stored()
    return broadcast


async def _turn_workshops(turn: Turn, broadcast_id: int, value: str) -> Broadcast:
    """`value`: the id of one, a Land, or ALL_WORKSHOPS. Others than the author runs do not exist."""
    broadcast = await _choosing(turn, broadcast_id)
    mine = await workshops_chosen.of_author(turn.session, turn.operator, broadcast)
    tapped = [each.id for each in mine if value in (str(each.id), each.land, ALL_WORKSHOPS)]
    if not tapped or broadcast.workshop_id is None:
        raise Refusal(Reason.STALE_BUTTON)
    chosen = workshops_chosen.audience_of(broadcast).with_workshops(broadcast.workshop_id, tapped)
    broadcast.audience = chosen.stored()
    left = [int(each) for each in chosen.chosen(Facet.WORKSHOP)]
    if broadcast.workshop_id not in left:
        broadcast.workshop_id = left[0]
    return broadcast


async def _choosing(turn: Turn, broadcast_id: int) -> Broadcast:
    """A draft of mine for which it is open again whom it goes to. Raises Refusal like `draft_of_mine`."""
    broadcast = await _anew(turn, await draft_of_mine(turn, broadcast_id))
    broadcast.notice = False
    return broadcast


async def _anew(turn: Turn, broadcast: Broadcast) -> Broadcast:
    """Choosing again after the preview makes another broadcast of the same message.

    The one that a second organiser was shown can no longer be confirmed, so that nobody confirms other recipients
    than they have read.
    """
    if broadcast.expected is None:
        return broadcast
    broadcast.state = BroadcastState.DROPPED
    again = Broadcast(
        workshop_id=broadcast.workshop_id,
        author_chat_id=broadcast.author_chat_id,
        message_id=broadcast.message_id,
        words=broadcast.words,
        audience=broadcast.audience,
        notice=broadcast.notice,
        goes_at=broadcast.goes_at,
        state=BroadcastState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(again)
    await turn.session.flush()
    await drafts.end(turn)
    return again


# --- the preview


async def preview(turn: Turn, broadcast_id: int) -> None:
    """Show the message as it will look, the exact count and a few names; without a second organiser the count is typed,
    but for a notice of the day. One that may be none any more, as it reads now, has its recipients asked again.

    Raises Refusal like `draft_of_mine`, and Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await _anew(turn, await draft_of_mine(turn, broadcast_id))
    if broadcast.notice and not await segments.may_be_notice(sights(turn), broadcast):
        turn.tell(SegmentAsked.Payload((await _choosing(turn, broadcast.id)).id))
        return
    broadcast.expected = await segments.count(sights(turn), broadcast)
    if not broadcast.expected:
        raise Refusal(Reason.NO_RECIPIENTS)
    typed = not broadcast.notice and not await second_organisers(turn, broadcast)
    turn.tell(BroadcastCopy.Payload(broadcast.id))
    turn.tell(await preview_card(turn, broadcast, typed=typed))
    if typed:
        await drafts.await_words(turn, DraftKind.BROADCAST_COUNT, broadcast.id)


async def preview_card(turn: Turn, broadcast: Broadcast, *, typed: bool) -> BroadcastPreview.Payload:
    """The card below the preview. Whoever is named in it finds the organiser's look in their data."""
    named = await segments.some_of(sights(turn), broadcast, NAMED)
    for each in named:
        desk.audit(turn, each, _SEEN)
    return BroadcastPreview.Payload(broadcast.id, typed=typed, named=tuple(named))


async def show_again(turn: Turn, broadcast_id: int) -> None:
    """A test: the message once more, as everybody will get it. Raises Refusal like `draft_of_mine`."""
    turn.tell(BroadcastCopy.Payload((await draft_of_mine(turn, broadcast_id)).id))


async def ask_second(turn: Turn, broadcast_id: int) -> None:
    """Ask the others of the team to confirm it. Asked again, nobody is asked twice.

    Raises Refusal like `broadcast_of_mine`; Refusal(STALE_BUTTON) before there was a preview, or if nobody can be
    asked.
    """
    broadcast = await broadcast_of_mine(turn, broadcast_id)
    others = await second_organisers(turn, broadcast)
    if broadcast.expected is None or not others:
        raise Refusal(Reason.STALE_BUTTON)
    for second in others:
        if not await transcript.was_owed(turn.session, key := f"asked:{broadcast.id}:{second.id}"):
            turn.news(second, BroadcastCopy.Payload(broadcast.id), key=key)
            turn.news(second, BroadcastToConfirm.Payload(broadcast.id))
    turn.tell(
        BroadcastWaiting.Payload(broadcast.id, second_organisers=tuple([second.id for second in others])),
        edit=True,
    )


async def second_organisers(turn: Turn, broadcast: Broadcast) -> Sequence[Person]:
    """The others who organise all its workshops and whom the bot can write to, without those who are pausing."""
    ids = await workshops_chosen.reached(turn.session, turn.operator, broadcast)
    organisers = await team.within_reach_of_all(turn.session, turn.operator, Duty.RUN, ids)
    return [
        each for each in organisers if each.chat_id != turn.chat_id and not reach.is_paused(each, turn.now)
    ]


# --- whose it is


async def draft_of_mine(turn: Turn, broadcast_id: int) -> Broadcast:
    """A broadcast of my own that nobody has confirmed yet. Raises Refusal(STALE_BUTTON) for any other."""
    broadcast = await unconfirmed(turn, broadcast_id)
    if broadcast.author_chat_id != turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


async def broadcast_of_mine(turn: Turn, broadcast_id: int) -> Broadcast:
    """Likewise, and no notice of the day, which knows neither a second look nor another time."""
    broadcast = await draft_of_mine(turn, broadcast_id)
    if broadcast.notice:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


async def unconfirmed(turn: Turn, broadcast_id: int) -> Broadcast:
    """A broadcast that nobody has confirmed yet, locked for this turn. Raises Refusal(STALE_BUTTON) for any other."""
    broadcast = await turn.session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast
