"""Links of an MP's: into the office, or to go on with the pledges. Opened by whoever knows the bot or is new to it.

Whoever opens one says their name, without which nobody could confirm them, and is then asked whether they act.
"""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.joining import answering, entry
from actions.organising import offices, successions
from actions.pledging import taking_over
from db.models import CodePurpose, DraftKind, PersonalCode, Workshop
from domain.outcomes.choices import Purpose, Question
from domain.outcomes.joining import Asked
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from domain.voice import Voice

_PURPOSES = (CodePurpose.OFFICE, CodePurpose.MANDATE)


async def arrive(turn: Turn, code: str) -> None:
    """A newcomer opens an invitation: the welcome, as Sie; or they hear that it opens nothing.

    Raises Refusal(TOO_MANY_CODES) like `taking_over.find`.
    """
    found = await taking_over.find(turn, code, *_PURPOSES)
    workshop_id = await offices.workshop_of(turn.session, found.person_id) if found is not None else None
    if found is None or workshop_id is None:
        turn.tell(TakeoverUnknown(joined=False))
        entry.welcome_or_desk(turn, None)
        return
    turn.phone = turn.phone or Voice.SIE
    entry.welcome_or_desk(turn, await turn.session.get_one(Workshop, workshop_id), code_id=found.id)


async def follow(turn: Turn, code: str) -> None:
    """Somebody known opens an invitation. Raises Refusal like `taking_over.find` and `offices.offer`."""
    found = await taking_over.find(turn, code, *_PURPOSES)
    if found is None:
        await _say_unknown(turn)
        return
    await drafts.await_words(turn, DraftKind.OFFICE, found.id)
    if not await go_on(turn):
        await entry.go_on(turn)


async def go_on(turn: Turn) -> bool:
    """Go on with the invitation that led me here: my name, then whether I act. False without one, and before U."""
    if turn.is_newcomer or not turn.me.gave(Purpose.CARRIER):
        return False
    draft = await drafts.awaiting(turn)
    if draft is None or draft.kind is not DraftKind.OFFICE:
        return False
    if turn.me.name is None:
        turn.tell(Asked.Payload(Question.NAME))
    else:
        await _offer(turn, await taking_over.by_id(turn, draft.object_id or 0))
    return True


async def receive_name(turn: Turn, code_id: int, text: str) -> None:
    """The name, then whether I act. Raises Refusal like `answering.take_name`."""
    await answering.take_name(turn, text)
    await _offer(turn, await taking_over.by_id(turn, code_id))


async def _offer(turn: Turn, code: PersonalCode | None) -> None:
    await drafts.end(turn)
    if code is None:
        await _say_unknown(turn)
    elif code.purpose is CodePurpose.MANDATE:
        await successions.offer(turn, code)
    else:
        await offices.offer(turn, code)


async def _say_unknown(turn: Turn) -> None:
    turn.tell(TakeoverUnknown(joined=not turn.is_outside))
    if turn.is_outside:
        await entry.go_on(turn)
