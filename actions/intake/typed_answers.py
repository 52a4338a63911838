"""Which buttons may be typed: those of the newest question of the chat, or of the one replied to."""

from actions.exchange import entries, transcript
from actions.exchange.turn import Turn
from actions.intake import awaited_words
from actions.joining import profile
from domain.labels import Awaited
from domain.outcomes.choices import ProfileQuestion, Purpose
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
from domain.outcomes.small import NothingExpected

_JOINING = (
    Welcome.Payload, WithoutTelegram, Privacy.Payload, ConsentAsked.Payload, Declined, UnderAge,
    Asked.Payload, PlacesMeant.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, VoiceAsked,
)  # fmt: skip
"""The questions of joining and of the profile, and how these end."""

_FAR_BACK = 12  # rows of the outbox


async def awaited(turn: Turn) -> Awaited:
    """What the person is asked for now: a tap, words, or nothing."""
    draft = await awaited_words.awaiting(turn)
    if draft is not None:
        tapped = any(profile.is_edit(draft, each) for each in ProfileQuestion if each not in profile.TYPED)
        return Awaited.TAP if tapped else Awaited.WORDS
    if turn.is_newcomer:
        return Awaited.TAP if turn.arrival is not None and turn.arrival.asked else Awaited.NOTHING
    if not turn.me.gave(Purpose.CARRIER):
        return Awaited.TAP
    question = profile.open_question(turn)
    if not turn.me.memberships or question in profile.TYPED:
        return Awaited.WORDS
    return Awaited.NOTHING if question is None else Awaited.TAP


async def questions(turn: Turn, replied_to: int | None = None) -> list[tuple[entries.Entry, Awaited]]:
    """The questions whose buttons may be typed, the likelier first, and how freely.

    It is the one replied to, else the lowest message of the chat, unless that came unasked while words are awaited:
    then the words are for what they were asked for. If a tap is awaited by a question of joining or the profile, other
    messages may be below it.
    """
    asks = await awaited(turn)
    newest = await shown_question(turn, replied_to)
    joining = newest is not None and _asks_in_joining(newest)
    freely = asks if joining or asks is Awaited.WORDS else Awaited.ANSWER
    found = [(newest, freely)] if newest is not None else []
    if replied_to is None and asks is Awaited.TAP and not joining:
        shown = await transcript.shown(turn.session, turn.chat_id, _FAR_BACK)
        found += [(each, asks) for each in shown if _asks_in_joining(each)][:1]
    return found


def _asks_in_joining(entry: entries.Entry) -> bool:
    """The long text alone, read in between, asks nothing, and leaves open what was asked."""
    if not entry.is_one_of(_JOINING):
        return False
    payload = entry.payload
    return not isinstance(payload, Privacy.Payload) or payload.question is not None


async def shown_question(turn: Turn, replied_to: int | None = None) -> entries.Entry | None:
    """The message replied to, else the lowest, as the chat shows it now; None if words are for something else."""
    if replied_to is not None:
        return await transcript.shown_in(turn.session, turn.chat_id, replied_to)
    shown = await transcript.shown(turn.session, turn.chat_id, 1)
    if not shown or (shown[0].came_unasked and await awaited(turn) is Awaited.WORDS):
        return None
    return shown[0]


async def questions_further_up(turn: Turn) -> list[entries.Entry]:
    """The messages above the lowest, the lower first, if nothing is awaited: else words and taps are for that."""
    if await awaited(turn) is not Awaited.NOTHING or (turn.is_outside and not turn.on_team):
        return []
    shown = await transcript.shown(turn.session, turn.chat_id, _FAR_BACK)
    return shown[1:]


def row_of(asked: entries.Entry) -> int | None:
    """The id of the row whose buttons this message has: its own, unless it shows those of another once more."""
    return asked.row.object_id if asked.is_one_of((NothingExpected,)) else asked.row.id


async def is_out_of_date(turn: Turn, asked: entries.Entry) -> bool:
    """Whether what this message asks about has changed, and the chat does not show that here."""
    row_id = row_of(asked)
    return row_id is not None and await transcript.is_out_of_date(turn.session, asked, row_id)


async def question_above(turn: Turn, asked: entries.Entry) -> entries.Entry | None:
    """The message right above this one, if this one is the lowest."""
    lowest, *others = await transcript.shown(turn.session, turn.chat_id, _FAR_BACK)
    return others[0] if others and lowest.message == asked.message else None
