"""Turns outcomes of pledging into messages, from the choice of a partner until both have agreed."""

from typing import assert_never

from domain.outcomes.pledging.amendments import Amending
from domain.outcomes.pledging.days import DayMeant
from domain.outcomes.pledging.entered import Entered
from domain.outcomes.pledging.evidence import Evidence
from domain.outcomes.pledging.handshakes import (
    HandshakeAsked,
    HandshakeHeld,
    HandshakeOpened,
    HandshakeShown,
    HandshakeUnknown,
    HandshakeWaits,
)
from domain.outcomes.pledging.histories import History
from domain.outcomes.pledging.partners import (
    PartnerAsked,
    PartnerNameAsked,
    PartnersFound,
    PartnerUnreachable,
)
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PledgeCard,
    PledgeList,
    PledgePreview,
    Pledging,
    ProposalDeclined,
    ProposalQuiet,
    ProposalSent,
    Proposed,
    SentenceAsked,
    SentenceCoached,
    Withdrawn,
    YouDeclined,
)
from domain.outcomes.pledging.relays import Relaying
from domain.outcomes.pledging.retrospectives import LookingBack
from domain.outcomes.pledging.takeovers import Takeovers
from domain.outcomes.pledging.talks import CalendarFile, Sealed, TalkAsked, TalkMoved
from messages.catalogue import Phrases
from messages.message import Message
from messages.pledging import (
    agreeing,
    amendments,
    calendar_files,
    cards,
    days,
    drafting,
    entered,
    evidence,
    handshakes,
    history,
    partners,
    relays,
    retrospectives,
    takeovers,
    talking,
)


def render(outcome: Pledging, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    if isinstance(outcome, Amending):
        return amendments.render(outcome, w)
    if isinstance(outcome, Entered):
        return entered.render(outcome, w)
    if isinstance(outcome, Takeovers):
        return takeovers.render(outcome, w)
    if isinstance(outcome, Evidence):
        return evidence.render(outcome, w)
    if isinstance(outcome, Relaying):
        return relays.render(outcome, w)
    if isinstance(outcome, LookingBack):
        return retrospectives.render(outcome, w)
    match outcome:
        case PledgeList():
            return cards.pledge_list(outcome, w)
        case PledgeCard():
            return cards.pledge_card(outcome, w)
        case History():
            return history.history(outcome, w)
        case PartnerAsked():
            return partners.asked(outcome, w)
        case PartnerNameAsked():
            return partners.name_asked(w)
        case PartnersFound():
            return partners.found(outcome, w)
        case ActsAsked():
            return drafting.acts_asked(outcome, w)
        case SentenceAsked():
            return drafting.sentence_asked(outcome, w)
        case SentenceCoached():
            return drafting.coached(outcome, w)
        case PledgePreview():
            return drafting.preview(outcome, w)
        case DeadlineAsked():
            return drafting.deadline_asked(outcome, w)
        case DayMeant():
            return days.meant(outcome, w)
        case Proposed():
            return agreeing.proposed(outcome, w)
        case ProposalSent():
            return agreeing.sent(outcome, w)
        case ProposalDeclined():
            return agreeing.declined(outcome, w)
        case YouDeclined():
            return agreeing.you_declined(outcome, w)
        case PartnerUnreachable():
            return agreeing.unreachable(outcome, w)
        case Withdrawn():
            return agreeing.withdrawn(outcome, w)
        case TalkAsked():
            return talking.asked(outcome, w)
        case TalkMoved():
            return talking.moved(outcome, w)
        case Sealed():
            return talking.sealed(outcome, w)
        case CalendarFile():
            return calendar_files.calendar_file(outcome, w)
        case ProposalQuiet():
            return agreeing.quiet(outcome, w)
        case HandshakeShown():
            return handshakes.shown(outcome, w)
        case HandshakeAsked():
            return handshakes.asked(outcome, w)
        case HandshakeWaits():
            return Message(w("pledge.handshake.waits"))
        case HandshakeOpened():
            return handshakes.opened(outcome, w)
        case HandshakeUnknown():
            return handshakes.unknown(outcome, w)
        case HandshakeHeld():
            return Message(w("pledge.handshake.held.today" if outcome.today else "pledge.handshake.held"))
    assert_never(outcome)
