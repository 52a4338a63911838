"""Personal links: opened by whoever knows the bot, and by whoever is new to it and agrees to K and U first."""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.joining import entry
from actions.pledging import taking_over
from db.models import CodePurpose, DraftKind, Workshop
from domain.outcomes.choices import Purpose
from domain.outcomes.pledging.takeovers import TakeoverUnknown


async def arrive(turn: Turn, code: str) -> None:
    """A newcomer opens a personal link: the welcome; or they hear that it opens nothing.

    Raises Refusal(TOO_MANY_CODES) like `taking_over.find`.
    """
    found = await taking_over.find(turn, code, CodePurpose.TAKE_OVER)
    pledge = await taking_over.pledge_of(turn, found) if found is not None else None
    if found is None or pledge is None:
        turn.tell(TakeoverUnknown(joined=False))
        entry.welcome_or_desk(turn, None)
    else:
        workshop = await turn.session.get_one(Workshop, pledge.workshop_id)
        entry.welcome_or_desk(turn, workshop, code_id=found.id)


async def follow(turn: Turn, code: str) -> None:
    """Somebody known opens a personal link. Raises Refusal like `taking_over.find` and `ask`."""
    found = await taking_over.find(turn, code, CodePurpose.TAKE_OVER)
    if found is None:
        await _say_unknown(turn)
        return
    await drafts.await_words(turn, DraftKind.TAKEOVER, found.id)
    if not await go_on(turn):
        await entry.go_on(turn)


async def go_on(turn: Turn) -> bool:
    """Go on with the personal link that led me here: am I that person? False without one, and before U."""
    if turn.is_newcomer or not turn.me.gave(Purpose.CARRIER):
        return False
    draft = await drafts.awaiting(turn)
    if draft is None or draft.kind is not DraftKind.TAKEOVER:
        return False
    await drafts.end(turn)
    if not await taking_over.ask(turn, await taking_over.by_id(turn, draft.object_id or 0)):
        await _say_unknown(turn)
    return True


async def _say_unknown(turn: Turn) -> None:
    turn.tell(TakeoverUnknown(joined=not turn.is_outside))
    if turn.is_outside:
        await entry.go_on(turn)
