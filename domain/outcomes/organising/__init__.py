"""Outcomes of organising: the desk, broadcasts, rounds."""

from domain.outcomes.organising.accounts import Accounts
from domain.outcomes.organising.alarms import Alarm
from domain.outcomes.organising.broadcasts import Broadcasting
from domain.outcomes.organising.calendars import Calendars
from domain.outcomes.organising.care import Care
from domain.outcomes.organising.complaints import Complaining
from domain.outcomes.organising.desk import Desk
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
from domain.outcomes.organising.released import Released
from domain.outcomes.organising.reports import Reports
from domain.outcomes.organising.rounds import Rounds
from domain.outcomes.organising.roundtables import Roundtables
from domain.outcomes.organising.team import Teaming
from domain.outcomes.organising.timetables import Timetables
from domain.outcomes.organising.wall import Walls
from domain.outcomes.organising.watching import Watching
from domain.outcomes.organising.whys import Whys
from domain.outcomes.organising.workshops import Workshops

AtDesk = (
    Desk | Rounds | Complaining | Calendars | Whys | Released | Alarm | Walls
)  # fmt: skip
"""Of subjects that have a message or two each, which are worded together."""

Organising = (
    AtDesk | Broadcasting | Officing | Inquiries | Watching | Accounts | Workshops | GuestLists | Guests | Teaming
    | Papers | Programme | Participants | Presences | Receipts | Roundtables | Rehearsals | Insights | PledgeMoments
    | Timetables | Reports | Care | Exports
)  # fmt: skip
