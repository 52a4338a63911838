"""Missed news: what others did while somebody paused. It is told as one list when the pause is over.

Nothing is stored for it: a row of the outbox that a pause holds back is cancelled for that reason, and the list asks
the row's view what it says now. So it holds only what is still true.
"""

import logging
from dataclasses import replace
from datetime import date

from actions.exchange import pauses
from actions.exchange.context import ViewContext, Views
from actions.exchange.entries import Entry
from actions.matching import views as matching
from actions.organising.accounts import account_views
from actions.organising.inquiries import inquiry_views
from actions.organising.papers import paper_views
from actions.organising.rounds import timetable_views
from actions.organising.roundtables import roundtable_views
from actions.pledging import views as pledging
from actions.rights import partner_views
from db import intact, reach
from domain.outcomes.kinds import Outcome
from domain.outcomes.matching import ContactReceived, IntroAsked, IntroExpired, MeetCard, Suggested
from domain.outcomes.organising.accounts import AccountChanged, AccountObjected
from domain.outcomes.organising.broadcasts import BroadcastDropped
from domain.outcomes.organising.complaints import ComplaintSettled
from domain.outcomes.organising.desk import RoleDecided
from domain.outcomes.organising.inquiries import InquiryShown
from domain.outcomes.organising.offices import OfficeBegins
from domain.outcomes.organising.papers import PaperOffered
from domain.outcomes.organising.roundtables import RoundtableFull
from domain.outcomes.organising.timetables import OwnSlots
from domain.outcomes.pledging.amendments import AmendmentSettled
from domain.outcomes.pledging.evidence import EvidenceShown
from domain.outcomes.pledging.help_calls import HelpAsked, NoHelp
from domain.outcomes.pledging.nudges import AgreementAsked, Heard, Result, SeenDifferently
from domain.outcomes.pledging.partners import PartnerUnreachable
from domain.outcomes.pledging.pledges import ProposalDeclined, Proposed, Withdrawn
from domain.outcomes.pledging.relays import RelayReceived
from domain.outcomes.pledging.retrospectives import Looking, RetrospectiveShown
from domain.outcomes.pledging.silences import SilenceHint
from domain.outcomes.pledging.takeovers import SideTakenOver
from domain.outcomes.pledging.talks import Sealed, TalkAsked, TalkMoved
from domain.outcomes.rights import Happened, MissedNews, PartnerErased, Resumed

log = logging.getLogger(__name__)

VIEWS = Views()
_SAID_NOW = Views(
    matching.VIEWS,
    pledging.VIEWS,
    partner_views.VIEWS,
    inquiry_views.VIEWS,
    account_views.VIEWS,
    paper_views.VIEWS,
    timetable_views.VIEWS,
    roundtable_views.VIEWS,
)
_ORDER = list(Happened)
_WAITING = (
    Happened.PROPOSED,
    Happened.ASKED_TO_MEET,
    Happened.RESULT_ASKED,
    Happened.RETROSPECTIVE,
    Happened.HELP_ASKED,
    Happened.PAPER,
)  # for the reader's answer
_OF_INTRODUCTION = (Happened.ASKED_TO_MEET, Happened.BOTH_YES, Happened.CONTACT)


@VIEWS.reads(Resumed.Payload)
async def resumed(context: ViewContext, payload: Resumed.Payload) -> Resumed | None:
    """None if a pause that ended by itself left nothing to say."""
    first = payload.first or context.row.id
    agrees = reach.agrees(context.me)
    held = await pauses.held_back(context.session, context.me.id, first) if agrees else []
    missed = [line for entry in held if (line := await _line(context, entry)) is not None]
    if payload.by_itself and not missed:
        return None
    return Resumed(payload.by_itself, tuple(_one_each(missed)))


async def _line(context: ViewContext, entry: Entry) -> MissedNews | None:
    """What the row says now; None if the reason to say it is gone, or if it cannot be read, which holds up no other."""
    payload = entry.payload
    view = _SAID_NOW.of(payload)
    try:
        told = await view(replace(context, row=entry.row), payload) if view is not None else payload
    except intact.UNREADABLE as error:
        log.error("row %s cannot be told after a pause: %s", entry.row.id, type(error).__name__)  # noqa: TRY400
        return None
    return _summed_up(told, entry.row.object_id) if isinstance(told, Outcome) else None


def _summed_up(told: Outcome, object_id: int | None) -> MissedNews | None:  # noqa: C901, PLR0911, PLR0912 - one table
    match told:
        case Proposed(proposer=other):
            return MissedNews(Happened.PROPOSED, object_id, other)
        case IntroAsked(card=card):
            return MissedNews(Happened.ASKED_TO_MEET, object_id, card.name)
        case AgreementAsked(title=title, other=other):
            return MissedNews(Happened.RESULT_ASKED, object_id, other, title)
        case MeetCard(card=card):
            return MissedNews(Happened.BOTH_YES, object_id, card.name)
        case ContactReceived(name=other):
            return MissedNews(Happened.CONTACT, object_id, other)
        case SeenDifferently(title=title, other=other):
            return MissedNews(Happened.SEEN_DIFFERENTLY, object_id, other, title)
        case TalkAsked(other=other):
            return MissedNews(Happened.AGREED, object_id, other)
        case Sealed(title=title, other=other) | TalkMoved(title=title, other=other):
            return MissedNews(Happened.TALK, object_id, other, title)
        case Result(title=title, other=other):
            return MissedNews(Happened.ENDED, object_id, other, title)
        case RetrospectiveShown(state=Looking.MINE_MISSING, title=title, other=other):
            return MissedNews(Happened.RETROSPECTIVE, object_id, other, title)
        case (
            RetrospectiveShown(title=title, other=other)
            | AmendmentSettled(title=title, other=other)
            | EvidenceShown(title=title, other=other)
            | Heard(title=title, other=other)
            | SideTakenOver(title=title, other=other)
            | OfficeBegins(title=title, other=other)
        ):
            return MissedNews(Happened.NEWS, object_id, other, title)
        case ProposalDeclined(title=title, other=other):
            return MissedNews(Happened.DECLINED, object_id, other, title)
        case Withdrawn(other=other):
            return MissedNews(Happened.WITHDRAWN, object_id, other)
        case PartnerErased(title=title):
            return MissedNews(Happened.ERASED, object_id, title=title)
        case PartnerUnreachable(title=title, other=other):
            return MissedNews(Happened.UNREACHABLE, object_id, other, title)
        case SilenceHint(title=title):
            return MissedNews(Happened.SILENT, object_id, title=title)
        case HelpAsked():
            return MissedNews(Happened.HELP_ASKED, object_id)
        case RelayReceived(relay_id=relay_id, writer=other):
            return MissedNews(Happened.RELAYED, relay_id, other)
        case PaperOffered(paper_id=paper_id):
            return MissedNews(Happened.PAPER, paper_id)
        case NoHelp(pledge_id=pledge_id):
            return MissedNews(Happened.NO_HELP, pledge_id)
        case AccountChanged(name=other):
            return MissedNews(Happened.ACCOUNT, object_id, other)
        case AccountObjected(name=other):
            return MissedNews(Happened.OBJECTION, object_id, other)
        case OwnSlots(workshop=workshop):
            return MissedNews(Happened.TIMETABLE, None, title=workshop)
        case RoundtableFull():
            return MissedNews(Happened.TABLE_FULL, None)
        case RoleDecided():
            return MissedNews(Happened.ROLE, None)
        case ComplaintSettled():
            return MissedNews(Happened.SETTLED, None)
        case Suggested():
            return MissedNews(Happened.CARD, None)
        case IntroExpired():
            return MissedNews(Happened.EXPIRED, None)
        case BroadcastDropped():
            return MissedNews(Happened.BROADCAST, None)
        case InquiryShown(closed_on=None, waiting_since=date()):
            return MissedNews(Happened.INQUIRY, None)
    return None


def _one_each(missed: list[MissedNews]) -> list[MissedNews]:
    """One line about each thing: what waits for an answer, else what happened last. The most urgent first."""
    about: dict[object, MissedNews] = {}
    for line in missed:  # the oldest first
        key = (_object_of(line.what), line.object_id) if line.object_id is not None else line.what
        if key not in about or about[key].what not in _WAITING:
            about[key] = line
    return sorted(about.values(), key=lambda line: _ORDER.index(line.what))


def _object_of(what: Happened) -> str:
    """What the id of such a line is the id of."""
    if what is Happened.HELP_ASKED:
        return "request"
    if what is Happened.PAPER:
        return "paper"
    if what is Happened.RELAYED:
        return "relay"
    if what in (Happened.ACCOUNT, Happened.OBJECTION):
        return "person"
    return "introduction" if what in _OF_INTRODUCTION else "pledge"
