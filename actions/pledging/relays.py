"""The relay: a few words to the other through the bot, where no contact was exchanged.

Between the parties of a pledge, and between two who both wanted to meet. Three a day to the same person; whoever gets
them can answer, report them, and stop them for half a year, which stops new proposals between the two as well. They
are deleted after thirty days.
"""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import takewhile

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import addressing, drafts, outbox, parties, shown
from actions.exchange.context import ViewContext, Views
from actions.exchange.entries import Kinds
from actions.exchange.turn import Turn
from actions.matching import introductions
from actions.pledging import pledges
from actions.pledging.pledge_views import own_pledge
from db import intact
from db.models import DraftKind, Introduction, Person, Relay, RelayStop
from domain.calendar import instant
from domain.limits import RELAY_WORDS, RELAYS_A_DAY
from domain.outcomes.pledging.relays import RelayAsked, RelayReceived, RelaySent, RelayToMatchAsked
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.words import clean

_WITH_BOTH = (State.PROPOSED, State.ACTIVE, State.ENDED)
NAMING: Kinds = (RelaySent.Payload, RelayReceived.Payload)

VIEWS = Views()


@dataclass(frozen=True)
class Between:
    """What connects the two: the ids of one pledge or of one introduction; and the other."""

    other: Person
    pledge_id: int | None = None
    introduction_id: int | None = None


async def _of_pledge(turn: Turn, pledge_id: int) -> Between:
    """Raises Refusal(STALE_BUTTON) unless both know of the pledge, are there, and can be written to."""
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    if other is None or other.is_entered or pledge.state not in _WITH_BOTH:
        raise Refusal(Reason.STALE_BUTTON)
    return Between(other, pledge_id=pledge.id)


async def _of_introduction(turn: Turn, intro_id: int) -> Between:
    intro, other = await introductions.mine(turn, intro_id)
    return Between(other, introduction_id=intro.id)


async def ask(turn: Turn, pledge_id: int) -> None:
    """The next words go to the other party of this pledge. Raises Refusal like `receive`."""
    await _check(turn, await _of_pledge(turn, pledge_id))
    await drafts.await_words(turn, DraftKind.RELAY, pledge_id)
    turn.tell(RelayAsked.Payload(pledge_id))


async def ask_for_match(turn: Turn, intro_id: int) -> None:
    """The next words go to my match. Raises Refusal like `receive_for_match`."""
    await _check(turn, await _of_introduction(turn, intro_id))
    await drafts.await_words(turn, DraftKind.RELAY_TO_MATCH, intro_id)
    turn.tell(RelayToMatchAsked.Payload(intro_id))


async def show(turn: Turn, relay_id: int) -> None:
    """Show words that were passed on to me once more. Raises Refusal(STALE_BUTTON) for any others."""
    turn.tell(RelayReceived.Payload((await received(turn, relay_id)).id))


async def answer(turn: Turn, relay_id: int) -> None:
    """*Antworten*: the next words go back, about the same. Raises Refusal(STALE_BUTTON) if I did not get this one."""
    relay = await received(turn, relay_id)
    if relay.pledge_id is not None:
        await ask(turn, relay.pledge_id)
    else:
        await ask_for_match(turn, relay.introduction_id or 0)


async def receive(turn: Turn, pledge_id: int, text: str) -> None:
    """Pass words on to the other party of this pledge.

    Raises Refusal: STALE_BUTTON if it is not mine, ENOUGH_RELAYED after `RELAYS_A_DAY` to the same person, and
    RELAY_STOPPED if either of the two has stopped it.
    """
    await _pass_on(turn, await _of_pledge(turn, pledge_id), text)


async def receive_for_match(turn: Turn, intro_id: int, text: str) -> None:
    """Pass words on to my match. Raises Refusal like `receive`."""
    await _pass_on(turn, await _of_introduction(turn, intro_id), text)


async def _pass_on(turn: Turn, between: Between, text: str) -> None:
    await _check(turn, between)
    relay = Relay(
        pledge_id=between.pledge_id,
        introduction_id=between.introduction_id,
        sender_id=turn.party.id,
        recipient_id=between.other.id,
        words=clean(text, limit=RELAY_WORDS, lines=True),
        by_office=turn.represented is not None,
        sent_at=turn.now,
    )
    turn.session.add(relay)
    await drafts.end(turn)
    await turn.session.flush()
    turn.tell(RelaySent.Payload(relay.id))
    turn.news(between.other, RelayReceived.Payload(relay.id), key=f"relay:{relay.id}")
    if addressing.has_others(turn):
        await _show_answer(turn, relay)


async def _show_answer(turn: Turn, relay: Relay) -> None:
    """What came from the other since my last words, and is answered by these, shows them to all who act for me."""
    before = select(Relay.id, Relay.sender_id).where(_is_about(relay), Relay.id < relay.id)
    rows = (await turn.session.execute(before.order_by(Relay.id.desc()))).all()
    for each in takewhile(lambda row: row.sender_id == relay.recipient_id, rows):
        said = RelayReceived.Payload(each.id)
        await shown.say_again(turn.session, said, each.id, turn.now, to=turn.party.id)


def _is_about(relay: Relay) -> ColumnElement[bool]:
    """The condition on what the same two had passed on to each other about the same, either way."""
    pair = (relay.sender_id, relay.recipient_id)
    return and_(
        Relay.sender_id.in_(pair),
        Relay.recipient_id.in_(pair),
        Relay.pledge_id.is_not_distinct_from(relay.pledge_id),
        Relay.introduction_id.is_not_distinct_from(relay.introduction_id),
    )


async def _check(turn: Turn, between: Between) -> None:
    pair = (turn.party.id, between.other.id)
    if await is_stopped(turn.session, *pair):
        raise Refusal(Reason.RELAY_STOPPED)
    if await _today(turn.session, *pair, instant(turn.today, time(), turn.operator.zone)) >= RELAYS_A_DAY:
        raise Refusal(Reason.ENOUGH_RELAYED, limit=RELAYS_A_DAY)


async def _today(session: AsyncSession, sender_id: int, recipient_id: int, since: datetime) -> int:
    sent = (Relay.sender_id == sender_id, Relay.recipient_id == recipient_id, Relay.sent_at >= since)
    return await session.scalar(select(func.count()).select_from(Relay).where(*sent)) or 0


async def is_stopped(session: AsyncSession, one: int, other: int) -> bool:
    """Whether either of the two wants none: whoever stopped it gets no answer that they could not answer."""
    stop = select(RelayStop.person_id).where(or_(_stops(one, other), _stops(other, one)))
    return await session.scalar(stop.limit(1)) is not None


def _stops(person_id: int, other_id: int) -> ColumnElement[bool]:
    return (RelayStop.person_id == person_id) & (RelayStop.other_id == other_id)


async def stop(turn: Turn, relay_id: int) -> None:
    """I want no more of them from this person, for half a year from now. Raises Refusal(STALE_BUTTON) if I did not get
    this one.
    """
    relay = await received(turn, relay_id)
    await turn.session.merge(RelayStop(person_id=turn.party.id, other_id=relay.sender_id, at=turn.now))
    await turn.session.flush()
    turn.tell(RelayReceived.Payload(relay.id), edit=True)


async def allow(turn: Turn, relay_id: int) -> None:
    """They may write again. Raises Refusal(STALE_BUTTON) if I did not get this one."""
    relay = await received(turn, relay_id)
    await turn.session.execute(delete(RelayStop).where(_stops(turn.party.id, relay.sender_id)))
    turn.tell(RelayReceived.Payload(relay.id), edit=True)


async def received(turn: Turn, relay_id: int) -> Relay:
    """A message that was passed on to me. Raises Refusal(STALE_BUTTON) for any other."""
    relay = await turn.session.get(Relay, relay_id)
    if relay is None or not await parties.take_part(turn, (relay.recipient_id,)):
        raise Refusal(Reason.STALE_BUTTON)
    return relay


async def catch_up(turn: Turn) -> None:
    """Words that could not reach me while I had blocked the bot are passed on now."""
    mine = select(Relay.id).where(Relay.recipient_id == turn.me.id)
    await outbox.owe_on_return(turn.session, RelayReceived.Payload, mine, turn.me.id, turn.now)


def naming(person_id: int) -> Select[int]:
    """Selects the ids of what this person wrote or got."""
    return select(Relay.id).where(or_(Relay.sender_id == person_id, Relay.recipient_id == person_id))


# --- what is said


@VIEWS.reads(RelayAsked.Payload)
async def asked(context: ViewContext, payload: RelayAsked.Payload) -> RelayAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return RelayAsked(own.other) if own is not None and own.other else None


@VIEWS.reads(RelayToMatchAsked.Payload)
async def asked_for_match(
    context: ViewContext, payload: RelayToMatchAsked.Payload
) -> RelayToMatchAsked | None:
    intro = await context.session.get(Introduction, payload.intro_id)
    if intro is None or not intro.is_party(context.party.id):
        return None
    other = await intact.person(context.session, intro.other_than(context.party.id))
    return RelayToMatchAsked(other.name or "") if other is not None else None


@VIEWS.reads(RelaySent.Payload)
async def sent(context: ViewContext, payload: RelaySent.Payload) -> RelaySent | None:
    relay = await context.session.get(Relay, payload.relay_id)
    other = await intact.person(context.session, relay.recipient_id) if relay is not None else None
    if relay is None or other is None:
        return None
    since = instant(context.day(context.now), time(), context.operator.zone)
    today = await _today(context.session, relay.sender_id, relay.recipient_id, since)
    return RelaySent(other.name or "", max(0, RELAYS_A_DAY - today))


@VIEWS.reads(RelayReceived.Payload)
async def relayed(context: ViewContext, payload: RelayReceived.Payload) -> RelayReceived | None:
    """None once it is deleted, or if its reader has stopped the writer before it went out."""
    relay = await context.session.get(Relay, payload.relay_id)
    writer = await intact.person(context.session, relay.sender_id) if relay is not None else None
    if relay is None or writer is None or relay.recipient_id != context.party.id:
        return None
    own = select(RelayStop.person_id).where(_stops(context.party.id, writer.id))
    stopped = await context.session.scalar(own) is not None
    if stopped and not context.is_edit:
        return None
    back = (_is_about(relay), Relay.sender_id == relay.recipient_id, Relay.id > relay.id)
    answer = await context.session.scalar(select(Relay.words).where(*back).order_by(Relay.id).limit(1))
    return RelayReceived(relay.id, writer.name or "", relay.words, stopped, relay.by_office, answer or "")
