"""To whom of an MP and their office a message about a party's matter goes."""

from enum import Enum, auto

from domain.outcomes.matching import IntroAsked, IntroExpired, MeetCard
from domain.outcomes.organising.accounts import AccountChanged
from domain.outcomes.organising.papers import PaperOffered
from domain.outcomes.organising.roundtables import (
    RoundtableAsked,
    RoundtableFull,
    RoundtableOff,
    RoundtableStands,
)
from domain.outcomes.organising.timetables import OwnSlots
from domain.outcomes.payload import OfIntroduction, OfPledge, Payload
from domain.outcomes.pledging.handshakes import HandshakeAsked, HandshakeOpened
from domain.outcomes.pledging.help_calls import HelpAsked, NoHelp
from domain.outcomes.pledging.nudges import Nudged, Result
from domain.outcomes.pledging.pledges import Proposed
from domain.outcomes.pledging.relays import RelayReceived
from domain.outcomes.pledging.retrospectives import RetrospectiveShown
from domain.outcomes.pledging.talks import TalkAsked
from domain.outcomes.rights import PartnerErased, TextEnding


class Matter(Enum):
    PRIVATE = auto()  # only to the person themselves
    ROUTINE = auto()  # to the office, if there is one
    MILESTONE = auto()  # to both


_MILESTONES = (
    IntroAsked.Payload,
    MeetCard.Payload,
    OwnSlots.Payload,
    Proposed.Payload,
    TalkAsked.Payload,
    Result.Payload,
    RetrospectiveShown.Payload,
    PartnerErased.Payload,
    AccountChanged.Payload,
    PaperOffered.Payload,
    RoundtableAsked.Payload,
    RoundtableStands.Payload,
    RoundtableFull.Payload,
    RoundtableOff.Payload,
    TextEnding.Payload,
)
"""How it begins and how it ends; who wants to meet an MP, who may be just passing; and that the other one has a new
account.
"""

_PRIVATE = (HandshakeAsked.Payload, HandshakeOpened.Payload)
"""Whoever holds out a handshake stands by."""

_ROUTINE = (
    OfPledge, OfIntroduction, Nudged.Payload, IntroExpired, HelpAsked.Payload, NoHelp.Payload, RelayReceived.Payload
)  # fmt: skip


def matter(payload: type[Payload]) -> Matter:
    """What kind of matter a message with this payload is."""
    if issubclass(payload, _MILESTONES):
        return Matter.MILESTONE
    if issubclass(payload, _ROUTINE) and not issubclass(payload, _PRIVATE):
        return Matter.ROUTINE
    return Matter.PRIVATE
