"""Which buttons may be typed: those of the open question of joining or of the profile, and how freely."""

from actions.exchange import transcript
from actions.exchange.turn import Turn
from actions.intake import conversation
from actions.joining import profile
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

_TYPED_FOR = (
    Welcome.Payload, WithoutTelegram, Privacy.Payload, ConsentAsked.Payload, Declined, UnderAge,
    Asked.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, VoiceAsked,
)  # fmt: skip
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


async def question(turn: Turn) -> transcript.Entry | None:
    """The question of joining or of the profile whose buttons may be typed, as it is shown now. Where a tap is
    awaited, what came by itself or was said beside it may be below; else nothing.

    Nothing further than that: what others are told, what is sent or erased takes a tap on its own button.
    """
    shown = await transcript.shown(turn.session, turn.chat_id, _FAR_BACK)
    if await awaited(turn) is Awaited.TAP:
        shown = [each for each in shown if each.is_one_of(_TYPED_FOR)]
    return shown[0] if shown and shown[0].is_one_of(_TYPED_FOR) else None
