"""A call for help: it is stuck, and somebody is sought who could help, one after another, across all workshops.

Whoever is asked reads topic and blocker only; whoever calls hears of a yes, and else that nobody was found, at the time
at which they would hear it in any case: a no is never shown.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox, parties, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.exchange.turn import Turn
from actions.matching import introductions
from actions.pledging import history, pledges
from actions.pledging.help_calls import help_search, pledge_topics
from db import reach
from db.models import CallEnd, HelpCall, HelpRequest, IntroState, Person, Pledge, Priority
from db.moments import NOW, as_of
from domain.calendar import asking_hours
from domain.help_calls import ANSWERED_WITHIN, ANSWERS, ASKED_EVERY, MOST_ASKED, HelperFound
from domain.nudging import Period
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.help_calls import HelpAsked, HelpOffered, HelpRefused, HelpSought, NoHelp
from domain.pledges import Blocker, State, Status
from domain.refusal import Reason, Refusal

# --- whoever calls


async def offer(turn: Turn, pledge: Pledge, period: Period, blocker: Blocker) -> None:
    """Ask me whether to look for somebody, unless that is being done for this pledge."""
    if blocker in ANSWERS and await _open(turn, pledge) is None:
        turn.tell(HelpOffered.Payload(pledge.id, period))


async def call(turn: Turn, pledge_id: int, period: Period) -> None:
    """*Ja, bitte*: look for somebody. If there is nobody to ask, I hear that now; else they are asked in their hours.

    Twice shows how it stands. Raises Refusal(STALE_BUTTON) for an answer that is not mine or no longer stuck, and
    Refusal(TOO_MANY_OPEN) if too many of my questions wait for an answer.
    """
    pledge = await pledges.mine(turn, pledge_id)
    blocker = await _blocker(turn.session, pledge.id, turn.party.id, period)
    if blocker is None or pledge.state is not State.ACTIVE:
        raise Refusal(Reason.STALE_BUTTON)
    made = await _open(turn, pledge) or await _made(turn, pledge, period)
    if made is None:
        await introductions.check_open_questions(turn)
        made = await _begin(turn, pledge, period, blocker)
    if made.end is CallEnd.NOBODY:
        turn.tell(NoHelp.Payload(made.id), edit=True)
    else:
        turn.tell(HelpSought.Payload(pledge.id), edit=True)


async def refuse(turn: Turn, pledge_id: int) -> None:
    """*Nein, danke*. Raises Refusal(STALE_BUTTON) if the pledge is not mine."""
    await pledges.mine(turn, pledge_id)
    turn.tell(HelpRefused(), edit=True)


async def tell_team(turn: Turn, call_id: int, *, named: bool) -> None:
    """Whether the team may know that it is me whom it could not find anybody for.

    Raises Refusal(STALE_BUTTON) for a call that is not mine, or for which somebody was found.
    """
    mine = await turn.session.get(HelpCall, call_id, with_for_update=True)
    if mine is None or mine.end is not CallEnd.NOBODY or not await parties.take_part(turn, (mine.person_id,)):
        raise Refusal(Reason.STALE_BUTTON)
    mine.named = named
    turn.tell(NoHelp.Payload(mine.id, answered=True), edit=True)


async def _begin(turn: Turn, pledge: Pledge, period: Period, blocker: Blocker) -> HelpCall:
    made = HelpCall(
        pledge_id=pledge.id,
        person_id=turn.party.id,
        period=period,
        topic=await pledge_topics.of(turn.session, pledge),
        blocker=blocker,
        made_at=turn.now,
        look_at=turn.now,
        named=False,
    )
    turn.session.add(made)
    await turn.session.flush()
    if not await help_search.ranked(turn.session, made, turn.now):
        made.look_at, made.end = None, CallEnd.NOBODY
    return made


async def _open(turn: Turn, pledge: Pledge) -> HelpCall | None:
    """My call for this pledge that is not over."""
    return await turn.session.scalar(_mine(turn, pledge).where(HelpCall.look_at.is_not(None)))


async def _made(turn: Turn, pledge: Pledge, period: Period) -> HelpCall | None:
    """My call after this answer."""
    return await turn.session.scalar(_mine(turn, pledge).where(HelpCall.period == period))


def _mine(turn: Turn, pledge: Pledge) -> Select[HelpCall]:
    return select(HelpCall).where(HelpCall.pledge_id == pledge.id, HelpCall.person_id == turn.party.id)


async def _blocker(session: AsyncSession, pledge_id: int, person_id: int, period: Period) -> Blocker | None:
    """What is lacking, if this party's answer to this question is still that it is stuck, and somebody could help."""
    answers = await history.answers_about(session, {pledge_id}, person_id)
    said = answers[pledge_id].to(period)
    is_stuck = said is not None and said.status is Status.STUCK and said.blocker in ANSWERS
    return said.blocker if said is not None and is_stuck else None


async def take_back(turn: Turn, pledge: Pledge, period: Period) -> None:
    """It is no longer stuck: a call that nobody has heard of yet is dropped; otherwise nobody else is asked
    (`_asks_on`).
    """
    made = await turn.session.scalar(
        _mine(turn, pledge).where(HelpCall.period == period, HelpCall.look_at.is_not(None)).with_for_update()
    )
    if made is None or await _requests(turn.session, made):
        return
    await turn.session.delete(made)
    await turn.session.flush()
    await _show_over(turn.session, made, turn.now)


# --- the clock


_DUE = select(HelpCall.id).where(
    HelpCall.look_at <= NOW, reach.names(HelpCall.person_id, reach.writable(NOW))
)


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that asks the next person for each call, or tells whoever called that there is nobody, in asking hours.

    It waits while whoever called pauses, or cannot be reached.
    """

    async def ask(session: AsyncSession, call_id: int) -> None:
        own = select(HelpCall).where(HelpCall.id == call_id, HelpCall.id.in_(_DUE))
        due_call = await session.scalar(own.with_for_update(), as_of(now))
        if due_call is not None:
            await _go_on(session, due_call, now, operator)

    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_DUE, as_of(now)) if is_time else nothing, ask)


async def _go_on(session: AsyncSession, due_call: HelpCall, now: datetime, operator: Operator) -> None:
    requests = await _requests(session, due_call)
    for each in requests:
        if each.state is IntroState.ASKED and each.expires_at <= now:
            each.state = IntroState.EXPIRED
    if await _asks_on(session, due_call, len(requests)):
        for found in await help_search.ranked(session, due_call, now):
            if await _ask(session, due_call, found, now, operator):
                return
    last = max((each.expires_at for each in requests), default=now)
    if last > now:  # whoever said no did so earlier: nobody learns of it
        due_call.look_at = last
        return
    due_call.look_at, due_call.end = None, CallEnd.NOBODY
    to = await outbox.recipient(session, due_call.person_id)
    if to is not None:
        key = f"no_help:{due_call.id}"
        outbox.owe(session, NoHelp.Payload(due_call.id), to, now, priority=Priority.NEWS, key=key)


async def _asks_on(session: AsyncSession, due_call: HelpCall, asked: int) -> bool:
    """Whether somebody else may be asked: it is still stuck, and not too many were."""
    if asked >= MOST_ASKED:
        return False
    return await _blocker(session, due_call.pledge_id, due_call.person_id, due_call.period) is not None


async def _ask(
    session: AsyncSession, due_call: HelpCall, found: HelperFound, now: datetime, operator: Operator
) -> bool:
    """Ask this person in their hours, unless another call has just asked them, which is waited for."""
    row = select(Person.chat_id, Person.land).where(Person.id == found.id).with_for_update(key_share=True)
    helper = (await session.execute(row)).first()
    lately = select(HelpRequest.id).where(
        HelpRequest.person_id == found.id, HelpRequest.asked_at > now - ASKED_EVERY
    )
    if helper is None or helper.chat_id is None or await session.scalar(lately.limit(1)) is not None:
        return False
    at = asking_hours(now, operator.zone, helper.land or None)
    request = HelpRequest(
        call_id=due_call.id,
        person_id=found.id,
        because=found.because,
        state=IntroState.ASKED,
        asked_at=now,
        expires_at=at + ANSWERED_WITHIN,
    )
    session.add(request)
    await session.flush()
    due_call.look_at = request.expires_at
    payload, to = HelpAsked.Payload(request.id), outbox.Recipient(helper.chat_id, found.id)
    outbox.owe(session, payload, to, now, priority=Priority.NEWS, key=f"help:{request.id}", due=at)
    return True


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When the next call is due to ask somebody else; None without any. The walker stops there."""
    looks = await session.scalars(select(HelpCall.look_at).where(HelpCall.look_at.is_not(None)))
    opens = (asking_hours(max(each, now), operator.zone, None) for each in looks if each is not None)
    return min((each for each in opens if each > now), default=None)


# --- the end


async def end(session: AsyncSession, pledge: Pledge, now: datetime, party_id: int | None = None) -> None:
    """The pledge is over, and with it every call for it, or that of somebody who is no longer a party; who is being
    asked reads that where they were asked.
    """
    open_ones = select(HelpCall).where(HelpCall.pledge_id == pledge.id, HelpCall.look_at.is_not(None))
    if party_id is not None:
        open_ones = open_ones.where(HelpCall.person_id == party_id)
    for each in (await session.scalars(open_ones.with_for_update())).all():
        each.look_at, each.end = None, CallEnd.OVER
        for request in await _requests(session, each):
            await _show_settled(session, request, now)
        await _show_over(session, each, now)


async def _show_settled(session: AsyncSession, request: HelpRequest, now: datetime) -> None:
    if request.state is not IntroState.ASKED:
        return
    request.state, payload = IntroState.EXPIRED, HelpAsked.Payload(request.id)
    for each in await transcript.owed_about(session, request.person_id, HelpAsked.Payload, request.id):
        _edit(session, each, payload, now)


async def _show_over(session: AsyncSession, over: HelpCall, now: datetime) -> None:
    """Where whoever called reads that people are being asked, they read that it is no longer so."""
    for each in await transcript.owed_about(session, over.person_id, HelpOffered.Payload, over.pledge_id):
        if each.payload == HelpOffered.Payload(over.pledge_id, over.period):
            _edit(session, each, HelpSought.Payload(over.pledge_id), now)


def _edit(session: AsyncSession, shown: entries.Entry, payload: Payload, now: datetime) -> None:
    outbox.owe(session, payload, shown.recipient, now, priority=Priority.NEWS, edits_row=shown.row.id)


async def _requests(session: AsyncSession, of: HelpCall) -> Sequence[HelpRequest]:
    return (await session.scalars(select(HelpRequest).where(HelpRequest.call_id == of.id))).all()
