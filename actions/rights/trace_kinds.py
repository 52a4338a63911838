"""The kinds of messages that name somebody, by what the object of their row is (`traces`)."""

from actions.exchange.entries import Kinds
from actions.organising.inquiries.inquiries import LISTING
from actions.pledging.releases.shown_to_others import SHOWN_TO_OTHERS
from domain.outcomes.matching import (
    Asking,
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    IntroAsked,
    MeetCard,
    MetAsked,
    MetNoted,
)
from domain.outcomes.organising.accounts import (
    AccountCard,
    AccountChanged,
    AccountLink,
    AccountObjected,
    AccountOffered,
)
from domain.outcomes.organising.broadcasts import (
    BroadcastPreview,
    BroadcastToConfirm,
    BroadcastWaiting,
    NoticeSent,
)
from domain.outcomes.organising.care import CareListed
from domain.outcomes.organising.complaints import ComplaintShown
from domain.outcomes.organising.desk import RoleClaim, RoleClaims
from domain.outcomes.organising.exports import PeopleExported
from domain.outcomes.organising.guest_lists import GuestPreview
from domain.outcomes.organising.guests import GuestOffered, GuestsFound, GuestShown, GuestsListed
from domain.outcomes.organising.offices import (
    MandateAsked,
    MandateLink,
    MandateOffered,
    MandateOver,
    MandatePassedOn,
    MandateTaken,
    OfficeBegins,
    OfficeCard,
    OfficeInvitation,
    OfficeOffered,
    Offices,
    OwnOffices,
    PledgePassedOn,
    PledgeResigned,
    SeatAsked,
    SeatConfirmed,
    SeatEnded,
    SeatJoined,
    SeatWaits,
)
from domain.outcomes.organising.papers import (
    GuestLink,
    PaperAgreed,
    PaperNames,
    PaperOffered,
    PaperPreview,
    PapersListed,
)
from domain.outcomes.organising.participants import (
    DoubleShown,
    DoublesListed,
    ParticipantShown,
    ParticipantsListed,
)
from domain.outcomes.organising.pledge_moments import MomentOpened
from domain.outcomes.organising.presences import PresenceAsked, PresenceCard, PresenceList
from domain.outcomes.organising.programme import (
    ItemAsked,
    ItemShown,
    ItemSoon,
    ProgrammeDesk,
    ProgrammePreview,
    ProgrammeShown,
)
from domain.outcomes.organising.receipts import ReceiptsShown
from domain.outcomes.organising.rounds import RoundChoice, RoundLeft, RoundPair, RoundSeats
from domain.outcomes.organising.roundtables import RoundtableCard, RoundtablePeople, RoundtableStands
from domain.outcomes.organising.team import (
    TeamGranted,
    TeamList,
    TeamMember,
    TeamOffered,
    TeamRoleAsked,
    TeamRoleGone,
)
from domain.outcomes.organising.timetables import OwnSlots, TimetablePictured, TimetablePlan, TimetableSent
from domain.outcomes.organising.watching import CodesTried, Entries, EntryChosen
from domain.outcomes.organising.whys import PeopleFound, WhyNothing
from domain.outcomes.pledging import retrospectives
from domain.outcomes.pledging.amendments import (
    AmendmentAsked,
    AmendmentOffered,
    AmendmentProposed,
    AmendmentSent,
    AmendmentSettled,
    BecauseAsked,
    NewDayAsked,
    NewWordsAsked,
)
from domain.outcomes.pledging.entered import (
    AmendmentToForward,
    EnteredAsked,
    EnteredOrganisationAsked,
    EntryDeleteAsked,
    InvitationToForward,
    PartnerEntered,
)
from domain.outcomes.pledging.evidence import EvidenceAdded, EvidenceAsked, EvidenceShown
from domain.outcomes.pledging.handshakes import HandshakeAsked, HandshakeOpened
from domain.outcomes.pledging.help_calls import HelpOffered, HelpSought
from domain.outcomes.pledging.histories import History
from domain.outcomes.pledging.nudges import (
    AdviceAsked,
    AgreementAsked,
    Heard,
    NoteAsked,
    NoteOffered,
    NoteSaved,
    Reported,
    Result,
    SeenDifferently,
)
from domain.outcomes.pledging.partners import PartnerAsked, PartnersFound, PartnerUnreachable
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PledgeCard,
    PledgeList,
    PledgePreview,
    ProposalDeclined,
    ProposalQuiet,
    ProposalSent,
    Proposed,
    SentenceAsked,
    SentenceCoached,
    Withdrawn,
    YouDeclined,
)
from domain.outcomes.pledging.relays import RelayAsked, RelayToMatchAsked
from domain.outcomes.pledging.releases import ReadersAsked
from domain.outcomes.pledging.silences import SilenceHint, WelcomeBack
from domain.outcomes.pledging.snoozes import NextAsked, Snoozed
from domain.outcomes.pledging.takeovers import SideTakenOver, TakeoverAsked, TakeoverDone, TakeoverLink
from domain.outcomes.pledging.talks import Sealed, TalkAsked, TalkMoved
from domain.outcomes.rights import Resumed, TextEnding
from domain.outcomes.small import NothingExpected

A_PLEDGE: Kinds = (
    ActsAsked.Payload, SentenceAsked.Payload, PledgePreview.Payload, DeadlineAsked.Payload, Proposed.Payload,
    ProposalSent.Payload, ProposalDeclined.Payload, YouDeclined.Payload, Withdrawn.Payload, TalkAsked.Payload,
    TalkMoved.Payload, Sealed.Payload, PledgeCard.Payload, Reported.Payload, AgreementAsked.Payload,
    SeenDifferently.Payload, History.Payload, NoteAsked.Payload, NoteSaved.Payload, AdviceAsked.Payload, Result.Payload,
    TextEnding.Payload, PartnerUnreachable.Payload, SentenceCoached.Payload, HandshakeOpened.Payload,
    NextAsked.Payload, Heard.Payload, ProposalQuiet.Payload, AmendmentAsked.Payload, NewWordsAsked.Payload,
    NewDayAsked.Payload, AmendmentProposed.Payload, AmendmentSent.Payload, AmendmentSettled.Payload,
    BecauseAsked.Payload, EvidenceAsked.Payload, EvidenceAdded.Payload, EvidenceShown.Payload,
    SilenceHint.Payload, WelcomeBack.Payload, Snoozed.Payload, PledgeResigned.Payload, PledgePassedOn.Payload,
    OfficeBegins.Payload,
    EnteredOrganisationAsked.Payload,
    PartnerEntered.Payload, InvitationToForward.Payload, EnteredAsked.Payload, EntryDeleteAsked.Payload,
    AmendmentToForward.Payload, RelayAsked.Payload, TakeoverLink.Payload,
    TakeoverAsked.Payload, TakeoverDone.Payload, SideTakenOver.Payload,
    ReadersAsked.Payload, retrospectives.RetrospectiveShown.Payload, retrospectives.RetrospectiveLineAsked.Payload,
    retrospectives.RetrospectivePictured.Payload,
    retrospectives.RetrospectiveReadersAsked.Payload, retrospectives.RetrospectiveToForward.Payload,
    HelpOffered.Payload, HelpSought.Payload,
)  # fmt: skip
AN_INTRODUCTION: Kinds = (
    IntroAsked.Payload, MeetCard.Payload, ContactAsked.Payload, ContactWordsAsked.Payload, ContactReceived.Payload,
    MetAsked.Payload, MetNoted.Payload, RelayToMatchAsked.Payload,
)  # fmt: skip
OF_THREE: Kinds = (IntroAsked.Payload, MeetCard.Payload)  # name the third as well
A_PERSON: Kinds = (
    Asking.Payload, ContactNoted.Payload, RoleClaim.Payload, HandshakeAsked.Payload, WhyNothing.Payload,
    OfficeCard.Payload, SeatWaits.Payload, SeatConfirmed.Payload, SeatEnded.Payload, MandateAsked.Payload,
    MandateOver.Payload, OfficeInvitation.Payload, OfficeOffered.Payload,
    MandateLink.Payload, MandateOffered.Payload, MandateTaken.Payload, MandatePassedOn.Payload,
    CodesTried.Payload, EntryChosen.Payload,
    AccountCard.Payload, AccountLink.Payload, AccountOffered.Payload, AccountObjected.Payload, AccountChanged.Payload,
    TeamOffered.Payload, TeamRoleAsked.Payload, TeamRoleGone.Payload, ParticipantShown.Payload,
    PresenceCard.Payload, PresenceAsked.Payload,
)  # fmt: skip
A_SEAT: Kinds = (SeatAsked.Payload, SeatJoined.Payload)
GUESTS: Kinds = (GuestsListed.Payload, GuestsFound.Payload, PapersListed.Payload)
A_GUEST: Kinds = (GuestShown.Payload, GuestLink.Payload)
A_PAPER: Kinds = (PaperOffered.Payload, PaperAgreed.Payload)
A_CODE_OF_A_GUEST: Kinds = (GuestOffered.Payload,)
# Lists that are not taken over yet.
A_GUEST_LIST: Kinds = (GuestPreview.Payload, PaperPreview.Payload, PaperNames.Payload)
A_PROGRAMME: Kinds = (ProgrammeShown.Payload, ItemSoon.Payload, ProgrammeDesk.Payload)
AN_ITEM: Kinds = (ItemShown.Payload, ItemAsked.Payload)
A_SENT_PROGRAMME: Kinds = (ProgrammePreview.Payload,)
A_FILE: Kinds = (PeopleExported.Payload,)
A_ROUND: Kinds = (RoundSeats.Payload, RoundPair.Payload, RoundChoice.Payload, RoundLeft.Payload)
A_TIMETABLE: Kinds = (TimetablePlan.Payload, TimetableSent.Payload, TimetablePictured.Payload)
A_ROUNDTABLE: Kinds = (RoundtableCard.Payload, RoundtablePeople.Payload)
A_SEAT_AT_ONE: Kinds = (RoundtableStands.Payload,)
AT_THE_DESK: Kinds = (
    Offices.Payload, RoleClaims.Payload, ComplaintShown.Payload,
    Entries.Payload, TeamList.Payload, TeamMember.Payload, TeamGranted.Payload, ParticipantsListed.Payload,
    DoublesListed.Payload, RoleClaim.Payload, CareListed.Payload,
    PresenceList.Payload, ReceiptsShown.Payload,
)  # fmt: skip
# Lists of one's own pledges or matches, and of what others did meanwhile.
LISTS: Kinds = (
    PledgeList.Payload, PartnerAsked.Payload, NoteOffered.Payload, AmendmentOffered.Payload, Resumed.Payload,
    OwnOffices.Payload, OwnSlots.Payload, MomentOpened.Payload,
)  # fmt: skip
# Whom these name is in the payload (`names`), or not known by the rows alone.
NAMED_WITHIN: Kinds = (
    PartnersFound.Payload, PeopleFound.Payload, DoubleShown.Payload, BroadcastWaiting.Payload,
    BroadcastPreview.Payload, *LISTING,
)  # fmt: skip

# The author of a broadcast, which is what these are about.
WRITTEN_BY: Kinds = (BroadcastToConfirm.Payload, NoticeSent.Payload)

# These show the buttons of another row once more, which is their object.
AGAIN: Kinds = (NothingExpected,)

# A cover words these again. Of evidence only what its reader gave is left then: below another heading, if need be.
SHOWN_AGAIN: Kinds = (
    *LISTS,
    *GUESTS,
    *A_ROUND,
    *A_TIMETABLE,
    ProgrammeShown.Payload,
    ProgrammeDesk.Payload,
    *A_ROUNDTABLE,
    *A_SEAT_AT_ONE,
    *AT_THE_DESK,
    *SHOWN_TO_OTHERS,
    EvidenceShown.Payload,
)
