"""Every number that a message can hold is listed here: it is a figure about people, or there is a reason to be exact.

A new one fails until it is listed; each figure is read, over the wire, by
`tests/conversations/organising/test_figures.py`.
"""

from dataclasses import is_dataclass
from typing import get_args, get_type_hints

from domain.outcomes.kinds import Outcome

FIGURES = {
    *("Welcome.people", "Welcome.mps", "OrgaMenu.pledges", "OrgaWorkshop.people", "WorkshopCard.people"),
    *("MomentProgress.made", "MomentProgress.waiting"),
    *("Looked.figures", "InsightGroup.figures", "Report.figures"),
}
"""What describes people, for whoever reads it (decisions 16 and 48)."""

EXACT = {
    "whom a message, a card or a table reaches: its sender sees these people, and confirms how many": """
        SegmentAsked BroadcastPreview BroadcastToConfirm BroadcastProgress NoticeSent ReceiptsShown MomentAsked
        MomentProgress.told RoundPreview RoundReport NamedSeat RoundChoice RoundOption RoundPair WithoutCard
        TopicsWanted TopicShared TimetablePlan TimetableSent TimetableRow RoundtableCard RoundtableAsked ExportOffered
        ExportPreview TimetableEnding TimetableOff""",
    "work: each is a tap away, by name": """
        OrgaMenu.to_confirm OrgaMenu.complaints OrgaMenu.wall OrgaMenu.report OrgaMenu.help_calls OrgaMenu.inquiries
        OrgaMenu.announcements OrgaMenu.rounds RoleClaims RoleClaim ClaimsWaiting ComplaintShown WallPledges ReportShown
        ReportRetrospectives
        InquiryList GuestsListed GuestShown ParticipantsListed StandingsCounted DoublesListed PapersListed CareOverview
        CareListed CareReminded CareNoted TeamList PresenceList Presence PresentMp PresenceCard
        PresenceSaid RoundtablePeople Entries""",
    "what an organiser sent, line by line": """
        GuestFileAsked GuestPreview GuestsTaken NewGuest ChangedGuest WrongRow PaperPreview PaperNames PapersTaken
        PaperLine CardLine WrongCard KnownPerson CalendarPreview ProgrammeDesk ProgrammeAsked ProgrammePreview NewItem
        ChangedItem WrongLine""",
    "words that nobody is known by, and how many wrote them, from five upward (decision 7)": "OpenWords",
    "the reader's own, or an office's": """
        TopicsHeard Profile PledgeList PledgeCard PartnerAsked EvidenceShown RelaySent ListPart NudgeRow Nudged
        NoteOffered SilenceHint SeatConfirmed MandateAsked MandateOver MandateOffered MandateTaken MandatePassedOn
        AccountTaken MyData EraseAsked Offices OwnOffices MomentOpened OwnSlot DoubleShown HandshakeShown""",
    "no number of people or pledges: a time, a place, a limit, a version, how many workshops": """
        MeetCard Proposed CalendarFile InvitationToForward RetrospectiveShown NextAsked WhyNothing Later Format Tables
        TablePlace RehearsalPlan RehearsalPlanned RehearsalPlayed RetrospectiveCandidate WallCandidate CareLine
        Looked.of OrgaMenu.all_workshops Privacy NothingExpected Refused Fault RoundtableDetailAsked""",
}


def parts(hint):
    """The dataclasses that are in this type."""
    if is_dataclass(hint):
        return {hint}
    return {each for arg in get_args(hint) for each in parts(arg)}


def counts(hint):
    """Whether it holds a number."""
    return hint is int or any(counts(each) for each in get_args(hint))


def numbers(kind, seen=()):
    """Each field of this message, and of what is in it, that holds a number which is no id or page."""
    for name, hint in get_type_hints(kind).items():
        if counts(hint) and not name.endswith(("_id", "_ids", "page", "pages")):
            yield f"{kind.__name__}.{name}"
        for each in parts(hint) - {*seen, kind}:
            yield from numbers(each, (*seen, kind))


def of(name):
    return name.partition(".")[0]


def test_every_number_is_a_figure_or_listed_with_a_reason():
    found = {each for kind in get_args(Outcome) for each in numbers(kind)}
    exact = {each for listed in EXACT.values() for each in listed.split()}
    assert found >= FIGURES
    assert not {of(each) for each in FIGURES} & exact, "of a message with figures, each number is listed"
    assert {each for each in found if not {each, of(each)} & exact} == FIGURES
    assert {of(each) for each in exact} <= {of(each) for each in found}
