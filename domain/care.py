"""The care list: what waits for the team, kind by kind, and whose business each kind is."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from domain.team import Duty


class ConcernKind(StrEnum):
    """The kinds of concerns, in the order of the list. `object_id` of each is the id that the comment names."""

    CLAIM = "claim"  # person   says that they are an MP
    INQUIRY = "inquiry"  # inquiry   a question to the team without an answer
    COMPLAINT = "complaint"  # complaint   a text that was reported
    HELP_CALL = "help_call"  # help call   for which nobody was found
    WALL = "wall"  # pledge   may be shown on the wall, if the team lets it
    SILENCE = "silence"  # person   is silent about a pledge, and the team was told
    NO_TOPICS = "no_topics"  # person   has named none, and was not asked again
    NO_CARD = "no_card"  # person   was suggested to nobody, and got no suggestion
    EXPIRED = "expired"  # introduction   was not answered
    UNREACHABLE = "unreachable"  # person   with whom something is open has blocked the bot
    UNSENT = "unsent"  # outbox row   was refused, or nobody knows whether it arrived
    DOUBLE = "double"  # person, and another one   may be one human


ABOUT_PEOPLE = (
    ConcernKind.CLAIM, ConcernKind.SILENCE, ConcernKind.NO_TOPICS, ConcernKind.NO_CARD, ConcernKind.UNREACHABLE,
    ConcernKind.DOUBLE,
)  # fmt: skip
"""Those whose objects are people."""

Key = tuple[ConcernKind, int, int]
"""A kind, the id of its object, and of the second one; 0 without one."""

_RECEIVING = (ConcernKind.CLAIM, ConcernKind.INQUIRY, ConcernKind.NO_TOPICS, ConcernKind.NO_CARD)
SEEN_BY: Mapping[ConcernKind, Duty] = {
    kind: Duty.RECEIVE if kind in _RECEIVING else Duty.RUN for kind in ConcernKind
}
"""Who sees which: what becomes of pledges and accounts is no business of the reception."""

SETTLED_ELSEWHERE = frozenset(
    {ConcernKind.CLAIM, ConcernKind.INQUIRY, ConcernKind.COMPLAINT, ConcernKind.HELP_CALL, ConcernKind.WALL}
)
"""What is over only once it is decided, or settled, and cannot be left alone."""

HELD_ELSEWHERE = frozenset({ConcernKind.INQUIRY})
"""What is taken on where it is answered."""

MATCHED_WITHIN = timedelta(days=7)
"""How long after its workshop's day somebody without topics, or without a card, is a concern."""
LATELY = timedelta(days=30)
"""For how long an introduction that expired, a message that did not arrive, and two accounts after their workshop's day
are a concern.
"""


def spelled(key: Key) -> str:
    """The key as a button carries it."""
    kind, object_id, other_id = key
    return f"{kind}-{object_id}-{other_id}"
