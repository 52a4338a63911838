"""Turns outcomes of organising into messages: the desk, broadcasts, rounds."""

from typing import assert_never

from domain.outcomes.organising import AtDesk, Organising
from domain.outcomes.organising.accounts import Accounts
from domain.outcomes.organising.alarms import Alarm
from domain.outcomes.organising.broadcasts import Broadcasting
from domain.outcomes.organising.calendars import (
    CalendarAsked,
    CalendarDropped,
    CalendarPreview,
    CalendarRefused,
)
from domain.outcomes.organising.care import Care
from domain.outcomes.organising.complaints import (
    ComplaintMade,
    ComplaintSettled,
    ComplaintShown,
    NoComplaints,
)
from domain.outcomes.organising.desk import (
    ClaimsWaiting,
    NoClaims,
    OrgaMenu,
    RoleClaim,
    RoleClaims,
    RoleDecided,
    WorkshopAsked,
)
from domain.outcomes.organising.exports import Exports
from domain.outcomes.organising.guest_lists import GuestLists
from domain.outcomes.organising.guests import Guests
from domain.outcomes.organising.inquiries import Inquiries
from domain.outcomes.organising.insight import Insights
from domain.outcomes.organising.offices import Officing
from domain.outcomes.organising.papers import Papers
from domain.outcomes.organising.participants import Participants
from domain.outcomes.organising.pledge_moments import PledgeMoments
from domain.outcomes.organising.presences import Presences
from domain.outcomes.organising.programme import Programme
from domain.outcomes.organising.receipts import Receipts
from domain.outcomes.organising.rehearsals import Rehearsals
from domain.outcomes.organising.released import ReleasedPledges
from domain.outcomes.organising.reports import Reports
from domain.outcomes.organising.rounds import (
    OpenWords,
    RoundChoice,
    RoundDropped,
    RoundLeft,
    RoundPair,
    RoundPreview,
    RoundReport,
    RoundSeats,
    TopicsWanted,
)
from domain.outcomes.organising.roundtables import Roundtables
from domain.outcomes.organising.team import Teaming
from domain.outcomes.organising.timetables import Timetables
from domain.outcomes.organising.wall import WallPledges
from domain.outcomes.organising.watching import Watching
from domain.outcomes.organising.whys import PeopleFound, WhyNameAsked, WhyNothing
from domain.outcomes.organising.workshops import Workshops
from messages.catalogue import Phrases
from messages.message import Message, keyboard
from messages.organising import (
    accounts,
    broadcasts,
    calendars,
    care,
    complaints,
    desk,
    exports,
    guest_lists,
    guests,
    inquiries,
    insight,
    offices,
    papers,
    participants,
    pledge_moments,
    presences,
    programme,
    receipts,
    rehearsals,
    released,
    reports,
    round_edits,
    rounds,
    roundtables,
    team,
    timetables,
    wall_desk,
    watching,
    whys,
    workshops,
)
from messages.places_to_go import to_menu


def render(outcome: Organising, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a subject each
    if isinstance(outcome, Inquiries):
        return inquiries.render(outcome, w)
    if isinstance(outcome, Insights):
        return insight.render(outcome, w)
    if isinstance(outcome, Care):
        return care.render(outcome, w)
    if isinstance(outcome, Officing):
        return offices.render(outcome, w)
    if isinstance(outcome, Presences):
        return presences.render(outcome, w)
    if isinstance(outcome, Timetables):
        return timetables.render(outcome, w)
    if isinstance(outcome, Roundtables):
        return roundtables.render(outcome, w)
    if isinstance(outcome, Watching):
        return watching.render(outcome, w)
    if isinstance(outcome, Accounts):
        return accounts.render(outcome, w)
    if isinstance(outcome, Broadcasting):
        return broadcasts.render(outcome, w)
    if isinstance(outcome, GuestLists):
        return guest_lists.render(outcome, w)
    if isinstance(outcome, PledgeMoments):
        return pledge_moments.render(outcome, w)
    if isinstance(outcome, Programme):
        return programme.render(outcome, w)
    if isinstance(outcome, Guests):
        return guests.render(outcome, w)
    if isinstance(outcome, Papers):
        return papers.render(outcome, w)
    if isinstance(outcome, Participants):
        return participants.render(outcome, w)
    if isinstance(outcome, Receipts):
        return receipts.render(outcome, w)
    if isinstance(outcome, Exports):
        return exports.render(outcome, w)
    if isinstance(outcome, Teaming):
        return team.render(outcome, w)
    if isinstance(outcome, Rehearsals):
        return rehearsals.render(outcome, w)
    if isinstance(outcome, Reports):
        return reports.render(outcome, w)
    if isinstance(outcome, Workshops):
        return workshops.render(outcome, w)
    return _one(outcome, w)


def _one(outcome: AtDesk, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case each
    match outcome:
        case Alarm():
            what = w(f"alarm.{outcome.what}")
            return Message(w("alarm.over" if outcome.is_over else "alarm", what=what))
        case OrgaMenu():
            return desk.menu(outcome, w)
        case RoleClaims():
            return desk.role_claims(outcome, w)
        case RoleClaim():
            return desk.role_claim(outcome, w)
        case NoClaims():
            return desk.no_claims(outcome, w)
        case ClaimsWaiting():
            return desk.claims_waiting(outcome, w)
        case ComplaintMade():
            return Message(w("complaint.made.own" if outcome.own else "complaint.made"))
        case ComplaintShown():
            return complaints.shown(outcome, w)
        case NoComplaints():
            return Message(w("orga.complaint.none"), keyboard([to_menu(w)]))
        case ComplaintSettled():
            return Message(w(f"complaint.settled.{outcome.how}"))
        case RoleDecided():
            return desk.role_decided(outcome, w)
        case WorkshopAsked():
            return desk.workshop_asked(outcome, w)
        case RoundPreview():
            return rounds.preview(outcome, w)
        case RoundSeats():
            return rounds.seats(outcome, w)
        case RoundPair():
            return round_edits.pair(outcome, w)
        case RoundChoice():
            return round_edits.choice(outcome, w)
        case RoundLeft():
            return rounds.left(outcome, w)
        case TopicsWanted():
            return round_edits.topics_wanted(outcome, w)
        case RoundReport():
            return rounds.report(outcome, w)
        case RoundDropped():
            return Message(w("orga.round.dropped"), keyboard([to_menu(w)]))
        case CalendarAsked():
            return calendars.asked(outcome, w)
        case CalendarPreview():
            return calendars.preview(outcome, w)
        case CalendarRefused():
            return calendars.refused(outcome, w)
        case CalendarDropped():
            return Message(w("orga.calendar.dropped"), keyboard([to_menu(w)]))
        case WhyNameAsked():
            return whys.name_asked(w)
        case PeopleFound():
            return whys.found(outcome, w)
        case WhyNothing():
            return whys.why_nothing(outcome, w)
        case OpenWords():
            return rounds.open_words(outcome, w)
        case ReleasedPledges():
            return released.pledges(outcome, w)
        case WallPledges():
            return wall_desk.pledges(outcome, w)
    assert_never(outcome)
