"""For each kind of draft of the desk: how its question is asked again, and which action takes the words for it."""

from actions.intake.typed_words import Handling, worded
from actions.organising import whys
from actions.organising.broadcasts import broadcasts, scheduling, sending, workshops_chosen
from actions.organising.exports import exports
from actions.organising.guests import guest_lists, guests
from actions.organising.inquiries import team_words
from actions.organising.papers import papers
from actions.organising.participants import participants
from actions.organising.programme import programme_items, programme_lists
from actions.organising.rehearsals import rehearsals
from actions.organising.team import team, team_invitations
from actions.organising.workshops import calendars, workshop_details, workshops
from db.models import DraftKind
from domain.outcomes.organising.broadcasts import BroadcastContentAsked, BroadcastPreview, BroadcastTimeAsked
from domain.outcomes.organising.calendars import CalendarAsked
from domain.outcomes.organising.exports import ExportAsked
from domain.outcomes.organising.guest_lists import GuestFileAsked
from domain.outcomes.organising.guests import GuestNameAsked
from domain.outcomes.organising.inquiries import TeamAnswerAsked
from domain.outcomes.organising.papers import PaperFileAsked
from domain.outcomes.organising.participants import ParticipantAsked
from domain.outcomes.organising.programme import ItemAsked, ProgrammeAsked
from domain.outcomes.organising.rehearsals import RehearsalDayAsked
from domain.outcomes.organising.team import TeamNameAsked
from domain.outcomes.organising.whys import WhyNameAsked
from domain.outcomes.organising.workshops import (
    WorkshopCard,
    WorkshopDayAsked,
    WorkshopTitleAsked,
)
from domain.team import Duty

BY_KIND: dict[DraftKind, Handling] = {
    DraftKind.CALENDAR_FILE: Handling(
        lambda _: CalendarAsked.Payload(),
        lambda turn, typed: calendars.receive(turn, "", typed.text.encode()),
        calendars.NEEDS,
    ),
    DraftKind.GUEST_FILE: Handling(
        GuestFileAsked.Payload,
        lambda turn, typed: guest_lists.receive(turn, typed.object_id, typed.text.encode()),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.PAPER_FILE: Handling(
        PaperFileAsked.Payload,
        lambda turn, typed: papers.receive(turn, typed.object_id, typed.text.encode()),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.GUEST_NAME: Handling(
        GuestNameAsked,
        lambda turn, typed: guests.receive_name(turn, typed.object_id, typed.text),
        team.Needs(Duty.RECEIVE, team.of_workshop),
    ),
    DraftKind.EXPORT: Handling(
        ExportAsked.Payload,
        worded(exports.receive),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.PROGRAMME: Handling(
        ProgrammeAsked.Payload,
        lambda turn, typed: programme_lists.receive(turn, typed.object_id, typed.text.encode()),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.PROGRAMME_ITEM: Handling(
        ItemAsked.Payload,
        lambda turn, typed: programme_items.receive(
            turn, typed.object_id, typed.details.seen or 0, typed.text
        ),
        team.Needs(Duty.RUN, programme_items.of_item),
    ),
    DraftKind.WHY_NAME: Handling(
        lambda _: WhyNameAsked(),
        lambda turn, typed: whys.receive_name(turn, typed.text),
        team.Needs(Duty.RECEIVE),
    ),
    DraftKind.REHEARSAL_DAY: Handling(
        lambda _: RehearsalDayAsked(),
        lambda turn, typed: rehearsals.receive_day(turn, typed.text),
        team.Needs(Duty.RUN),
    ),
    DraftKind.PARTICIPANT: Handling(
        lambda _: ParticipantAsked(),
        lambda turn, typed: participants.receive(turn, typed.text),
        team.Needs(Duty.RECEIVE),
    ),
    DraftKind.TEAM_ANSWER: Handling(
        TeamAnswerAsked.Payload,
        lambda turn, typed: team_words.receive(turn, typed.text),
        team.Needs(Duty.RECEIVE, team.of_inquiry),
    ),
    DraftKind.TEAM_NAME: Handling(
        lambda _: TeamNameAsked(),
        lambda turn, typed: team_invitations.receive_name(turn, typed.text),
        team.Needs(None),
    ),
    DraftKind.WORKSHOP_TITLE: Handling(
        lambda _: WorkshopTitleAsked(),
        lambda turn, typed: workshops.receive_title(turn, typed.text),
        team.Needs(Duty.RUN, everywhere=True),
    ),
    DraftKind.WORKSHOP_DAY: Handling(
        lambda _: WorkshopDayAsked.Payload(),
        lambda turn, typed: workshops.receive_day(turn, typed.text),
        team.Needs(Duty.RUN, everywhere=True),
    ),
    DraftKind.WORKSHOP_FIELD: Handling(
        WorkshopCard.Payload,
        lambda turn, typed: workshop_details.receive_field(
            turn, typed.object_id, typed.detail, typed.details.seen or 0, typed.text
        ),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.BROADCAST_CONTENT: Handling(
        BroadcastContentAsked.Payload,
        lambda turn, typed: broadcasts.receive_content(turn, typed.object_id, typed.message_id),
        team.Needs(Duty.RUN, team.of_workshop),
    ),
    DraftKind.BROADCAST_COUNT: Handling(
        lambda broadcast_id: BroadcastPreview.Payload(broadcast_id, typed=True),
        worded(sending.receive_count),
        team.Needs(Duty.RUN, in_all=workshops_chosen.reached_by),
    ),
    DraftKind.BROADCAST_TIME: Handling(
        BroadcastTimeAsked.Payload,
        worded(scheduling.receive),
        team.Needs(Duty.RUN, in_all=workshops_chosen.reached_by),
    ),
}
"""Each says what it takes to write such words."""
