"""Two people meet: one is asked, both say yes, and each learns how to reach the other."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import changes, outbox, parties, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.exchange.turn import Turn
from actions.matching import contacts, staying, suggestions, threes
from db import intact, queries, reach
from db.models import HelpCall, Introduction, IntroState, Person, Priority, Suggestion, Workshop
from db.moments import NOW, as_of
from domain.calendar import by_day
from domain.limits import OPEN_INTRODUCTIONS
from domain.meeting import NIGHT
from domain.outcomes.choices import Meeting, Verdict
from domain.outcomes.matching import (
    Asking,
    ContactReceived,
    IntroAsked,
    IntroClosed,
    IntroExpired,
    MeetCard,
    Why,
)
from domain.refusal import Reason, Refusal


async def ask(turn: Turn, suggestion_id: int) -> None:
    """Kennenlernen: ask the other; if they asked me first, in whichever workshop, this is the second yes, even after a
    no or an expiry.

    Raises Refusal(STALE_BUTTON) if the suggestion or the other is gone, and Refusal(TOO_MANY_OPEN) if too many of my
    questions wait for an answer.
    """
    suggestion = await suggestions.mine(turn, suggestion_id)
    other = await intact.person(turn.session, suggestion.other_id)
    if other is None:
        raise Refusal(Reason.STALE_BUTTON)
    suggestion.verdict = Verdict.MEET
    await _lock_pair(turn.session, turn.party.id, other.id)
    known = await between(turn.session, turn.party.id, other.id)
    if known is None:
        await _ask_first(turn, suggestion, other)
    elif known.state is IntroState.BOTH:
        turn.tell(MeetCard.Payload(known.id))
    elif known.asked_id == turn.party.id:
        await _both(turn, known)
    else:
        turn.tell(Asking.Payload(other.id))


async def _lock_pair(session: AsyncSession, *pair: int) -> None:
    """Whoever asks me at the same moment waits here, and then finds my question. No row of both exists yet to lock."""
    rows = select(Person.id).where(Person.id.in_(pair)).order_by(Person.id)
    await session.execute(rows.with_for_update(key_share=True))


async def _ask_first(turn: Turn, suggestion: Suggestion, other: Person) -> None:
    workshop = await turn.session.get_one(Workshop, suggestion.workshop_id)
    expected = await threes.is_expected(turn.session, suggestion)
    room = expected or await staying.has_room(turn.session, other, workshop, turn.operator.wall(turn.now))
    if not room or not reach.may_be_shown(other, turn.now):
        await suggestions.suggest_instead(turn)
        return
    await check_open_questions(turn)
    intro = Introduction(
        workshop_id=workshop.id,
        asker_id=turn.party.id,
        asked_id=other.id,
        suggestion_id=suggestion.id,
        state=IntroState.ASKED,
        asked_at=turn.now,
        expires_at=staying.expiry_of(turn.now, workshop, (turn.party, other), turn.operator),
    )
    turn.session.add(intro)
    await turn.session.flush()
    turn.news(other, IntroAsked.Payload(intro.id), key=f"intro:{intro.id}")
    turn.tell(Asking.Payload(other.id))


async def check_open_questions(turn: Turn) -> None:
    """A question counts until its asker hears that its time is over: a place that came free earlier would tell a no, or
    that somebody is gone (`outlast`). A call for help that is open counts like one.

    Raises Refusal(TOO_MANY_OPEN).
    """
    me = turn.party.id
    asked = select(func.count()).where(Introduction.asker_id == me, queries.asker_waits())
    called = select(func.count()).where(HelpCall.person_id == me, HelpCall.look_at.is_not(None))
    waiting = await turn.session.scalar(select(asked.scalar_subquery() + called.scalar_subquery()))
    waiting = (waiting or 0) + await transcript.owed_later(turn.session, me, IntroExpired, turn.now)
    if waiting >= OPEN_INTRODUCTIONS:
        raise Refusal(Reason.TOO_MANY_OPEN)


async def between(session: AsyncSession, one: int, other: int) -> Introduction | None:
    """The introduction of these two people, whoever asked, locked for this transaction."""
    return await session.scalar(select(Introduction).where(queries.introduces(one, other)).with_for_update())


async def introduce(turn: Turn, asker: Person, workshop_id: int, topic: str | None) -> None:
    """Both have agreed to meet before either saw who it is: I am to help the asker with what their pledge is about.

    The card that the asker may have had of me says so from now on.
    """
    await _lock_pair(turn.session, turn.party.id, asker.id)
    known = await between(turn.session, turn.party.id, asker.id)
    if known is None:
        card = await _helping_card(turn, asker, workshop_id, topic)
        known = Introduction(
            workshop_id=workshop_id,
            asker_id=asker.id,
            asked_id=turn.party.id,
            suggestion_id=card.id,
            state=IntroState.ASKED,
            asked_at=turn.now,
            expires_at=turn.now,
        )
        turn.session.add(known)
        await turn.session.flush()
    await _both(turn, known)


async def _helping_card(turn: Turn, asker: Person, workshop_id: int, topic: str | None) -> Suggestion:
    pair = (Suggestion.person_id == asker.id, Suggestion.other_id == turn.party.id)
    card = await turn.session.scalar(select(Suggestion).where(*pair))
    if card is None:
        parties = {"person_id": asker.id, "other_id": turn.party.id, "workshop_id": workshop_id}
        card = Suggestion(**parties, shown_at=turn.now)
        turn.session.add(card)
    card.why, card.topic, card.theirs, card.words = Why.HELPS, topic, None, None
    card.verdict = Verdict.MEET
    await turn.session.flush()
    return card


async def say_yes(turn: Turn, intro_id: int) -> None:
    """The second yes, while the question is open even after a no; twice is harmless.

    Raises Refusal(STALE_BUTTON) if I was not asked, or the time is over.
    """
    intro = await _asked_me(turn, intro_id)
    if intro.state is IntroState.BOTH:
        turn.tell(MeetCard.Payload(intro.id))
    elif intro.expires_at > turn.now:
        await _both(turn, intro)
    else:
        raise Refusal(Reason.STALE_BUTTON)


async def _both(turn: Turn, intro: Introduction) -> None:
    intro.state = IntroState.BOTH
    asker = await person(turn, intro.other_than(turn.party.id))
    intro.workshop_id = await _where_they_meet(turn, intro, asker)
    turn.tell(MeetCard.Payload(intro.id), shared=True)
    turn.news(asker, MeetCard.Payload(intro.id), key=both_yes_key(intro.id))
    await threes.complete(turn, intro, both_yes_key)


async def _where_they_meet(turn: Turn, intro: Introduction, asker: Person) -> int:
    """The workshop of the question; once its day is over, the one that both are in now, if they are in the same."""
    here = turn.party.present_workshop_id
    if here is None or here == intro.workshop_id or here != asker.present_workshop_id:
        return intro.workshop_id
    asked_in = await turn.session.get_one(Workshop, intro.workshop_id)
    return here if asked_in.day < turn.today else intro.workshop_id


def both_yes_key(intro_id: int) -> str:
    """The key of the news to the asker that the other said yes, too."""
    return f"meet:{intro_id}"


async def show(turn: Turn, intro_id: int) -> None:
    """The introduction, mine or my MP's, as it is now: the question while it is open, or the meet card with what the
    other shares.

    Raises Refusal(STALE_BUTTON) if it is not mine, or neither.
    """
    intro = await turn.session.get(Introduction, intro_id)
    if intro is None or not await parties.take_part(turn, (intro.asker_id, intro.asked_id)):
        raise Refusal(Reason.STALE_BUTTON)
    if intro.state is IntroState.BOTH:
        turn.tell(MeetCard.Payload(intro.id))
        theirs = contacts.given_by(intro, intro.other_than(turn.party.id))
        if theirs is not None:
            turn.tell(ContactReceived.Payload(intro.id, kind=theirs))
    elif intro.asked_id == turn.party.id and intro.state is IntroState.ASKED and intro.expires_at > turn.now:
        turn.tell(IntroAsked.Payload(intro.id))
    else:
        raise Refusal(Reason.STALE_BUTTON)


async def say_no(turn: Turn, intro_id: int) -> None:
    """A no, of which nobody learns: the asker is told at the usual time that the time is over.

    Raises Refusal(STALE_BUTTON) if I was not asked, or said yes before.
    """
    intro = await _asked_me(turn, intro_id)
    if intro.state in (IntroState.ASKED, IntroState.EXPIRED):  # late as well: then nobody asks a second time
        intro.state = IntroState.DECLINED
    elif intro.state is IntroState.BOTH:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(IntroClosed())


async def _asked_me(turn: Turn, intro_id: int) -> Introduction:
    intro = await turn.session.get(Introduction, intro_id, with_for_update=True)
    if intro is None or not await parties.take_part(turn, (intro.asked_id,)):
        raise Refusal(Reason.STALE_BUTTON)
    return intro


_IS_EXPIRED = (queries.asker_waits(), Introduction.expires_at <= NOW)
_EXPIRED = select(Introduction.id).where(*_IS_EXPIRED)


def closing(now: datetime, operator: Operator) -> Pass:
    """The pass that ends questions whose time is over. Nobody hears of that at night."""

    async def close(session: AsyncSession, intro_id: int) -> None:
        own = select(Introduction).where(Introduction.id == intro_id, *_IS_EXPIRED)
        intro = await session.scalar(own.with_for_update(), as_of(now))
        if intro is not None:
            await _close(session, intro, now, operator)

    is_awake = by_day(now, operator.zone, until=NIGHT) == now
    return Pass(Selected(_EXPIRED, as_of(now)) if is_awake else nothing, close)


async def _close(session: AsyncSession, intro: Introduction, now: datetime, operator: Operator) -> None:
    """The asker is told the same whether there was a no or nothing."""
    intro.closed_at = now
    if intro.state is IntroState.ASKED:
        intro.state = IntroState.EXPIRED
    to = await outbox.recipient(session, intro.asker_id)
    if to is not None:
        key, says = f"expired:{intro.id}", _expired(intro, now, operator)
        outbox.owe(session, says, to, now, priority=Priority.NEWS, key=key)


def _expired(intro: Introduction, told: datetime, operator: Operator) -> IntroExpired:
    return IntroExpired(today=operator.day(intro.asked_at) == operator.day(told))


async def outlast(session: AsyncSession, leaving: Person, now: datetime, operator: Operator) -> None:
    """Somebody is about to be erased: whoever asked to meet them hears at the usual time what they would have heard."""
    asked = select(Introduction).where(Introduction.asked_id == leaving.id, queries.asker_waits())
    for intro in await session.scalars(asked):
        to = await outbox.recipient(session, intro.asker_id)
        if to is not None:
            key, due = f"expired:{intro.id}", max(intro.expires_at, now)
            says = _expired(intro, due, operator)
            outbox.owe(session, says, to, now, priority=Priority.NEWS, key=key, due=due)


# --- after the double yes


async def mine(turn: Turn, intro_id: int) -> tuple[Introduction, Person]:
    """An introduction of mine to which both said yes, and the other person. Raises Refusal(STALE_BUTTON) otherwise."""
    intro = await turn.session.get(Introduction, intro_id, with_for_update=True)
    if (
        intro is None
        or not await parties.take_part(turn, (intro.asker_id, intro.asked_id))
        or intro.state is not IntroState.BOTH
    ):
        raise Refusal(Reason.STALE_BUTTON)
    return intro, await person(turn, intro.other_than(turn.party.id))


async def person(turn: Turn, person_id: int) -> Person:
    """A party of an introduction, who is there as long as it is. Raises Refusal(STALE_BUTTON) otherwise."""
    found = await intact.person(turn.session, person_id)
    if found is None:
        raise Refusal(Reason.STALE_BUTTON)
    return found


async def meeting(turn: Turn, intro_id: int, what: Meeting) -> None:
    """Say on both meet cards where I am. Raises Refusal like `mine`."""
    intro, other = await mine(turn, intro_id)
    if intro.asker_id == turn.party.id:
        changed, intro.asker_says = intro.asker_says is not what, what
    else:
        changed, intro.asked_says = intro.asked_says is not what, what
    turn.tell(MeetCard.Payload(intro.id), edit=True)
    if changed:
        await changes.tell(turn, other, MeetCard.Payload(intro.id), intro.id)
