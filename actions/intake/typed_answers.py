"""Which buttons may be typed: those of the open question of joining or of the profile, and how freely."""

from sqlalchemy import func, select

from actions.exchange.turn import Turn
from actions.intake import conversation
from actions.joining import profile
from db.models import Outgoing, SendState
from domain.labels import Awaited
from domain.outcomes.choices import Purpose, Question
from domain.outcomes.joining import (
    Asked,
    ConsentAsked,
    Declined,
    Profile,
    TopicsBrowsed,
    TopicsHeard,
    UnderAge,
    VoiceAsked,
    Welcome,
    WithoutTelegram,
)
from domain.outcomes.rights import Privacy

_TYPED_FOR = {
    kind.__name__
    for kind in (
        Welcome, WithoutTelegram, Privacy, ConsentAsked, Declined, UnderAge,
        Asked, TopicsHeard, TopicsBrowsed, Profile, VoiceAsked,
    )
}  # fmt: skip
"""Questions of joining and of the profile, and how they end; those without buttons hide the ones above."""

_FAR_BACK = 12  # rows


async def awaited(turn: Turn) -> Awaited:
    """What the person is asked for."""
    draft = await conversation.awaiting(turn)
    if draft is not None:
        tapped = any(profile.is_edit(draft, each) for each in Question if each not in profile.TYPED)
        return Awaited.TAP if tapped else Awaited.WORDS
    if turn.is_newcomer:
        return Awaited.TAP if turn.arrival is not None and turn.arrival.asked else Awaited.NOTHING
    if not turn.me.gave(Purpose.CARRIER):
        return Awaited.TAP
    open_ = profile.open_question(turn)
    if not turn.me.memberships or open_ in profile.TYPED:
        return Awaited.WORDS
    return Awaited.NOTHING if open_ is None else Awaited.TAP


async def question(turn: Turn) -> tuple[Outgoing, int] | None:
    """The question of joining or of the profile whose buttons may be typed: the row that says what it shows now, and
    its message. Where a tap is awaited, what came by itself or was said beside it may stand below; else nothing.

    Nothing further than that: what others are told, what is sent or erased takes a tap on its own button.
    """
    message = func.coalesce(Outgoing.message_id, Outgoing.edits_message)
    rows = await turn.session.execute(
        select(Outgoing, message)
        .where(Outgoing.chat_id == turn.chat_id, Outgoing.state == SendState.SENT, message.is_not(None))
        .order_by(message.desc(), Outgoing.id.desc())
        .limit(_FAR_BACK)
    )
    shown: dict[int, Outgoing] = {}
    for row, message_id in rows:
        shown.setdefault(message_id, row)
    below = await awaited(turn) is Awaited.TAP
    found = ((row, message_id) for message_id, row in shown.items() if row.kind in _TYPED_FOR or not below)
    newest = next(found, None)
    return newest if newest and newest[0].kind in _TYPED_FOR else None
