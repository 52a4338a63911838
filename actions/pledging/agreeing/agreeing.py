"""From a draft to a pledge: it is proposed, and the other party agrees, asks for other words, or declines."""

from datetime import date

from actions.exchange import changes, drafts
from actions.exchange.turn import Turn
from actions.pledging import history, pledges, relays
from actions.pledging.agreeing import proposing
from actions.pledging.drafting import handshakes
from actions.pledging.nudges import nudges
from actions.pledging.pledges import must_agree, other_party
from db.models import DraftKind, Person, Pledge
from domain.history import EventKind
from domain.nudging import deadline_for, is_too_late
from domain.outcomes.pledging.entered import InvitationToForward, PartnerEntered
from domain.outcomes.pledging.pledges import (
    ProposalDeclined,
    ProposalSent,
    Proposed,
    SentenceAsked,
    Withdrawn,
    YouDeclined,
)
from domain.outcomes.pledging.talks import TalkAsked
from domain.pledges import TEXT_LIMIT, NoBecause, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def propose(turn: Turn, pledge_id: int) -> None:
    """The author confirms the words, and the other party is asked for a yes to the same text.

    Without a partner they are held out to whoever stands by. A pledge that is no complete draft is shown as it is.
    Raises Refusal like `proposing.check`, and RELAY_STOPPED where one of the two wants no words from the other.
    """
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.awaits_partner and pledge.text and pledge.acts is not None:
        await handshakes.hold_out(turn, pledge)
        return
    other = await other_party(turn, pledge)
    if pledge.state is not State.DRAFT or not pledge.text or pledge.acts is None or other is None:
        await pledges.present(turn, pledge)
        return
    await proposing.check(turn, other)
    if await relays.is_stopped(turn.session, turn.party.id, other.id):
        raise Refusal(Reason.RELAY_STOPPED)
    history.record(turn, pledge, EventKind.PROPOSED, text=pledge.text, day=pledge.deadline)
    await drafts.end(turn)
    turn.news(other, Proposed.Payload(pledge.id))
    tell_sent(turn, pledge, other)


def tell_sent(turn: Turn, pledge: Pledge, other: Person, *, edit: bool = False) -> None:
    """Say that the other's yes is missing; of somebody without Telegram, with the text to pass on."""
    if other.is_entered:
        turn.tell(PartnerEntered.Payload(pledge.id))
        turn.tell(InvitationToForward.Payload(pledge.id))
    else:
        turn.tell(ProposalSent.Payload(pledge.id), edit=edit)


async def accept(turn: Turn, pledge_id: int, revision: int) -> None:
    """Ich bin dabei: a yes to this very revision, by the party whose yes is missing.

    If its day is over meanwhile, or so near that little could be done, that yes proposes a new day to the other:
    nobody is bound to a day they have not seen. Any other tap shows the pledge as it is.
    """
    pledge = await pledges.mine(turn, pledge_id)
    if (
        pledge.state is not State.PROPOSED
        or must_agree(pledge) != turn.party.id
        or pledge.revision != revision
    ):
        await pledges.present(turn, pledge)
        return
    await drafts.end_of(turn, pledge.id, DraftKind.ADJUST, DraftKind.DEADLINE)
    if comes_too_late(turn, pledge):
        await counter(turn, pledge)
        return
    await seal(turn, pledge, turn.party)


async def seal(turn: Turn, pledge: Pledge, party: Person) -> None:
    """With the yes of this party both have agreed, and are asked when they talk again."""
    pledge.made_on = turn.today
    history.record_for(turn, pledge, EventKind.ACCEPTED, party, reported=party.is_entered)
    await nudges.plan(turn, pledge)
    turn.tell(TalkAsked.Payload(pledge.id), shared=True)
    if other := await other_party(turn, pledge):
        turn.news(other, TalkAsked.Payload(pledge.id))


async def ask_other_words(turn: Turn, pledge_id: int) -> None:
    """The next words are the sentence as I would agree to it. Raises Refusal(STALE_BUTTON) unless my yes is missing."""
    pledge = await _waiting_for_me(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.ADJUST, pledge.id)
    turn.tell(SentenceAsked.Payload(pledge.id))


async def receive_other_words(turn: Turn, pledge_id: int, text: str) -> None:
    """Other words are a counter-proposal. Raises Refusal(STALE_BUTTON) unless my yes is missing."""
    pledge = await _waiting_for_me(turn, pledge_id)
    words = clean(text, limit=TEXT_LIMIT)
    await drafts.end(turn)
    await counter(turn, pledge, words=words)


async def counter(
    turn: Turn, pledge: Pledge, *, words: str | None = None, day: date | None = None, edit: bool = False
) -> None:
    """The proposal, with other words or another day, is mine now, and the other's yes is missing.

    A deadline that is too near is moved.
    """
    pledge.text, pledge.deadline = words or pledge.text, day or pledge.deadline
    if comes_too_late(turn, pledge):
        pledge.deadline = deadline_for(turn.today)
    kind = EventKind.WORDED if words else EventKind.DATED
    history.record(turn, pledge, kind, text=words, day=pledge.deadline)
    again = pledges.waits_for_other(turn, pledge)
    pledge.worded_by_author = pledge.author_id == turn.party.id
    pledge.revision += 1
    other, proposed = await other_party(turn, pledge), Proposed.Payload(pledge.id)
    if other is not None and again:
        await changes.tell(turn, other, proposed, pledge.id)
    elif other is not None:
        turn.news(other, proposed)
    if other is not None:
        tell_sent(turn, pledge, other, edit=edit)
    else:
        turn.tell(ProposalSent.Payload(pledge.id), edit=edit)


def comes_too_late(turn: Turn, pledge: Pledge) -> bool:
    """Whether nobody should be bound any more to the pledge's day by a yes given now."""
    written_on = turn.operator.day(pledge.created_at)
    return pledge.deadline is None or is_too_late(turn.today, pledge.deadline, written_on=written_on)


async def decline(
    turn: Turn, pledge_id: int, because: NoBecause | None = None, reason: str | None = None
) -> None:
    """My no ends the proposal, and the other is told, with the reason if there is one.

    Raises Refusal(STALE_BUTTON) unless my yes is missing.
    """
    pledge = await _waiting_for_me(turn, pledge_id)
    await drafts.end_of(turn, pledge.id, DraftKind.ADJUST, DraftKind.DEADLINE, DraftKind.BECAUSE)
    pledge.ended_at = turn.now
    history.record(turn, pledge, EventKind.DECLINED, because=because, note=reason)
    if other := await other_party(turn, pledge):
        turn.news(other, ProposalDeclined.Payload(pledge.id), key=f"declined:{pledge.id}")
    turn.tell(YouDeclined.Payload(pledge.id))


async def withdraw(turn: Turn, pledge_id: int) -> None:
    """My draft ends; my proposal is taken back, and the other is told. Raises Refusal(STALE_BUTTON) otherwise."""
    pledge = await pledges.mine(turn, pledge_id)
    proposed = pledges.waits_for_other(turn, pledge)
    if pledge.state is not State.DRAFT and not proposed:
        raise Refusal(Reason.STALE_BUTTON)
    await drafts.end_of(turn, pledge.id, DraftKind.SENTENCE, DraftKind.DEADLINE, DraftKind.ADJUST)
    if proposed:
        history.record(turn, pledge, EventKind.WITHDRAWN)
    if proposed and (other := await other_party(turn, pledge)):
        turn.news(other, Withdrawn.Payload(pledge.id, by_me=False))
    pledge.state, pledge.ended_at = State.WITHDRAWN, turn.now  # a draft, too, which has no history
    turn.tell(Withdrawn.Payload(pledge.id, by_me=True))


async def _waiting_for_me(turn: Turn, pledge_id: int) -> Pledge:
    pledge = await pledges.mine(turn, pledge_id)
    if not waits_for_me(turn, pledge):
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


def waits_for_me(turn: Turn, pledge: Pledge) -> bool:
    """Whether it is a proposal, and my yes is missing."""
    return pledge.state is State.PROPOSED and must_agree(pledge) == turn.party.id
