"""Which buttons may be typed: those of the open question of joining or of the profile."""

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
    PlacesMeant,
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
    Asked.Payload, PlacesMeant.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, VoiceAsked,
)  # fmt: skip
"""The questions of joining and of the profile, and how these end. Messages without buttons hide the ones above."""

_FAR_BACK = 12  # rows of the outbox


async def awaited(turn: Turn) -> Awaited:
    """What the person is asked for now: a tap, words, or nothing."""
    draft = await conversation.awaiting(turn)
    if draft is not None:
        tapped = any(profile.is_edit(draft, each) for each in Question if each not in profile.TYPED)
        return Awaited.TAP if tapped else Awaited.WORDS
    if turn.is_newcomer:
        return Awaited.TAP if turn.arrival is not None and turn.arrival.asked else Awaited.NOTHING
    if not turn.me.gave(Purpose.CARRIER):
        return Awaited.TAP
    question = profile.open_question(turn)
    if not turn.me.memberships or question in profile.TYPED:
        return Awaited.WORDS
    return Awaited.NOTHING if question is None else Awaited.TAP


async def shown_question(turn: Turn, replied_to: int | None = None) -> transcript.Entry | None:
    """The question of joining or of the profile whose buttons may be typed, as the chat shows it now.

    If a tap is awaited, other messages may be below it; otherwise it has to be the lowest. No other button may be
    typed: to tell others something, to send or to erase takes a tap.
    """
    if replied_to is not None:
        return await transcript.shown_in(turn.session, turn.chat_id, replied_to)
    shown = await transcript.shown(turn.session, turn.chat_id, _FAR_BACK)
    if await awaited(turn) is Awaited.TAP:
        shown = [each for each in shown if each.is_one_of(_TYPED_FOR)]
    return shown[0] if shown and shown[0].is_one_of(_TYPED_FOR) else None
