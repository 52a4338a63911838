"""What happened, frozen, for `messages` to put into words. Rebuilt from the database when it is said.

A field called `*_id` ends in a button; text fields are people's own words and are escaped by `messages`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.nudging import Period
from domain.pledges import Acts, Side, State, Status
from domain.refusal import Reason
from domain.roles import Role
from domain.voice import Voice


class Purpose(StrEnum):
    """A consent's purpose, spelled as it is stored."""

    CORE = "K"
    CARRIER = "U"
    ANNOUNCEMENTS = "A"
    SHOW_TELEGRAM = "G"


class Question(StrEnum):
    """What a profile asks, in this order. `LAND` only where the place does not tell."""

    ROLE = "role"
    NAME = "name"
    PLACE = "place"
    LAND = "land"
    SEEKS = "seeks"
    ORGANISATION = "organisation"
    OFFERS = "offers"
    ANNOUNCEMENTS = "announcements"
    SUMMARY = "summary"


class Direction(StrEnum):
    SEEKS = "seeks"
    OFFERS = "offers"


class Offer(StrEnum):
    """What MPs, offices and authorities offer by tap; stands among the topics of a profile as `offer-<value>`."""

    TALK = "talk"
    CONTACT = "contact"
    VISIT = "visit"
    RAISE = "raise"


class ContactKind(StrEnum):
    TELEGRAM = "telegram"
    PHONE = "phone"
    EMAIL = "email"
    NONE = "none"


class Meeting(StrEnum):
    """What one side says on the meet card."""

    HERE = "here"
    FIVE = "five"
    CANT = "cant"


class Verdict(StrEnum):
    """What somebody said of a suggestion."""

    MEET = "meet"
    NEXT = "next"
    NOT_MY_TOPIC = "not_my_topic"


# --- joining


@dataclass(frozen=True)
class Welcome:
    """Before any consent. `people` and `mps` are None below 5, `topics` empty then."""

    controller: str
    workshop_id: int | None
    workshop: str | None
    people: int | None
    mps: int | None
    topics: tuple[str, ...]


@dataclass(frozen=True)
class WithoutTelegram:
    workshop_id: int | None


@dataclass(frozen=True)
class Privacy:
    """The long text. `question`: the consent it interrupts, so that its buttons can follow."""

    controller: str
    contact: str
    retention_days: int
    bot: str
    workshop_id: int | None
    question: Purpose | None


@dataclass(frozen=True)
class ConsentAsked:
    purpose: Purpose
    controller: str
    workshop_id: int | None


@dataclass(frozen=True)
class Declined:
    """No to K or U: nothing is stored."""


@dataclass(frozen=True)
class MpNotice:
    """Right after an MP role was claimed."""

    bot: str


@dataclass(frozen=True)
class Asked:
    """A profile question. `editing`: asked from the summary. `laender`: the likely ones first, as ISO codes.
    `chosen`: of the four offers that MPs and authorities tap (OFFERS), those already taken."""

    question: Question
    role: Role | None
    editing: bool
    laender: tuple[str, ...] = ()
    place: str | None = None
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """One thing said that could mean several topics. `presumed`: by its sense alone, no letters speak for it."""

    interest_id: int
    words: str
    topics: tuple[str, ...]
    presumed: bool = False


@dataclass(frozen=True)
class TopicsHeard:
    """`sure`: (interest id, topic id); `words`: (interest id, own words); one doubt at a time is asked."""

    direction: Direction
    sure: tuple[tuple[int, str], ...]
    words: tuple[tuple[int, str], ...]
    doubt: Doubt | None
    dropping: bool = False


@dataclass(frozen=True)
class TopicsBrowsed:
    """`group` None: the groups are shown. `chosen`: topic ids already taken. Pages count from 0."""

    direction: Direction
    group: str | None
    page: int
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """The summary, every line editable. Empty string: skipped. `finished` False: still joining, ends in Bestätigen."""

    name: str
    role: Role
    confirmed: bool
    organisation: str
    place: str
    land: str | None
    seeks: tuple[str, ...]  # topic ids
    seek_words: tuple[str, ...]
    offers: tuple[str, ...]
    offer_words: tuple[str, ...]
    announcements: bool
    voice: Voice
    workshop: str | None
    finished: bool


@dataclass(frozen=True)
class Ready:
    """The profile is confirmed: what one can do now."""

    name: str


@dataclass(frozen=True)
class VoiceAsked:
    """Language and form of address."""


@dataclass(frozen=True)
class CodeAsked:
    """A person without a workshop types its code."""


@dataclass(frozen=True)
class WorkshopJoined:
    """Somebody known came through another (or the same) workshop's door."""

    workshop: str
    again: bool


# --- matching


@dataclass(frozen=True)
class Card:
    """A person as others may see them. Empty string: not given."""

    name: str
    role: Role
    confirmed: bool
    organisation: str
    place: str
    land: str | None


class Why(StrEnum):
    THEY_OFFER = "they_offer"
    YOU_OFFER = "you_offer"
    BOTH = "both"  # each offers what the other seeks
    SAME = "same"


@dataclass(frozen=True)
class Because:
    """The one true reason, from the reader's side. `topic` is what they share; for BOTH `theirs` is what the
    other offers and `topic` what the reader offers. `words` instead of a topic where own words met."""

    why: Why
    topic: str | None
    theirs: str | None
    words: str | None
    same_land: bool


@dataclass(frozen=True)
class Suggested:
    suggestion_id: int
    card: Card
    because: Because


@dataclass(frozen=True)
class NobodyYet:
    """Nobody fits, or all have been shown."""


@dataclass(frozen=True)
class Asking:
    """To the asker: the other is being asked now."""

    name: str


@dataclass(frozen=True)
class IntroAsked:
    """To the one who is asked. `until`: the last day the question is open (today: until tonight)."""

    intro_id: int
    card: Card
    because: Because


@dataclass(frozen=True)
class IntroClosed:
    """To the asked one after a no: nobody learns of it."""


@dataclass(frozen=True)
class IntroExpired:
    """To the asker, when the time is over; a no looks the same."""


@dataclass(frozen=True)
class MeetCard:
    """`mine`, `theirs`: what each said on the card so far. `table` None: not on the workshop's day."""

    intro_id: int
    card: Card
    because: Because
    table: int | None
    mine: Meeting | None
    theirs: Meeting | None


@dataclass(frozen=True)
class ContactAsked:
    """How the other may reach me. `has_username`: there is a Telegram name to share."""

    intro_id: int
    name: str
    has_username: bool


@dataclass(frozen=True)
class ContactWordsAsked:
    intro_id: int
    name: str
    kind: ContactKind


@dataclass(frozen=True)
class ContactReceived:
    """What the other shares with the reader; sent as protected content."""

    name: str
    kind: ContactKind
    value: str


@dataclass(frozen=True)
class ContactNoted:
    """To the giver: the other has it now (or: nothing is shared, kind NONE)."""

    name: str
    kind: ContactKind


# --- promises


@dataclass(frozen=True)
class PledgeLine:
    pledge_id: int
    title: str
    other: str
    state: State
    waits_for_me: bool
    deadline: date | None


@dataclass(frozen=True)
class PledgeList:
    lines: tuple[PledgeLine, ...]
    can_start: bool


@dataclass(frozen=True)
class LastWord:
    """`status` None: only a note was given."""

    status: Status | None
    on: date
    note: str


@dataclass(frozen=True)
class PledgeCard:
    """One pledge to one of its two people. `other` is empty when that person was erased."""

    pledge_id: int
    title: str
    text: str
    other: str
    side: Side
    acts: Acts
    i_am_author: bool
    state: State
    made_on: date | None
    deadline: date
    talk_on: date | None
    mine: LastWord | None
    theirs: LastWord | None
    period: Period | None  # the question an answer given now counts for; None: not active
    opened: bool = False  # the answers behind "Anderes" are shown


@dataclass(frozen=True)
class PartnerAsked:
    """Whom is it with? `people`: (person id, name) of one's matches."""

    people: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PartnerNameAsked:
    """Type a name, at least three letters."""


@dataclass(frozen=True)
class PartnersFound:
    """At most three hits: (person id, card)."""

    hits: tuple[tuple[int, Card], ...]


@dataclass(frozen=True)
class ActsAsked:
    pledge_id: int
    other: str


@dataclass(frozen=True)
class SentenceAsked:
    """`adjusting`: the other's sentence is being changed; `text` the present one."""

    pledge_id: int
    other: str
    acts: Acts
    adjusting: bool
    text: str


@dataclass(frozen=True)
class PledgePreview:
    """To the author before it goes out: Bestätigen sends it. `adjusted`: as a changed sentence."""

    pledge_id: int
    text: str
    other: str
    acts: Acts
    deadline: date


@dataclass(frozen=True)
class DeadlineAsked:
    """`typed`: words are awaited; else buttons offer months."""

    pledge_id: int
    deadline: date
    typed: bool


@dataclass(frozen=True)
class Proposed:
    """To the one who has to say yes, to this very `revision`. `proposer` wrote the words; `side` is the reader's."""

    pledge_id: int
    revision: int
    proposer: str
    text: str
    side: Side
    acts: Acts
    deadline: date


@dataclass(frozen=True)
class ProposalSent:
    pledge_id: int
    other: str


@dataclass(frozen=True)
class ProposalDeclined:
    """To the proposer, neutral: "passt gerade nicht"."""

    other: str
    title: str


@dataclass(frozen=True)
class YouDeclined:
    other: str


@dataclass(frozen=True)
class Withdrawn:
    """`by_me`: my own draft or proposal is gone; else: the other took it back."""

    other: str
    by_me: bool


@dataclass(frozen=True)
class TalkAsked:
    """Both, right after the yes: "Wann sprecht ihr wieder?". `typed`: a date in words is awaited."""

    pledge_id: int
    other: str
    typed: bool


@dataclass(frozen=True)
class Sealed:
    """The promise stands. `talk_on` None: still open. `next_on`: the day of the first nudge, None if there is none."""

    pledge_id: int
    title: str
    text: str
    other: str
    deadline: date
    talk_on: date | None
    next_on: date | None


# --- nudges


@dataclass(frozen=True)
class NudgeRow:
    """One promise in a nudge. `answer`: what was tapped on this very question, then the row shows it."""

    pledge_id: int
    period: Period
    side: Side
    title: str
    text: str
    other: str
    weeks_left: int
    months: int  # deadline: how many months ago it was promised
    mine: LastWord | None
    theirs: LastWord | None
    talk_on: date | None
    answer: Status | None
    day_was: date | None = None  # the deadline, where its question comes after it (a weekend, a pause)


@dataclass(frozen=True)
class Nudged:
    """One message per person and day, most urgent first. `nudge_id` goes with the snooze button.
    `opened`: the row whose other answers ("Anderes") are shown, as (pledge id, period)."""

    nudge_id: int
    rows: tuple[NudgeRow, ...]
    opened: tuple[int, Period] | None = None


@dataclass(frozen=True)
class Snoozed:
    until: date


@dataclass(frozen=True)
class NoteAsked:
    """Words to go with an answer."""

    pledge_id: int
    title: str
    other: str


@dataclass(frozen=True)
class NoteOffered:
    """Words came with no question open: a note to which promise? (pledge id, title, other)"""

    draft_id: int
    words: str
    pledges: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class NoteSaved:
    pledge_id: int
    title: str
    other: str


@dataclass(frozen=True)
class NoteDropped:
    pass


@dataclass(frozen=True)
class Reported:
    """An answer given outside a nudge (from the pledge's card)."""

    pledge_id: int
    title: str
    status: Status
    other: str


@dataclass(frozen=True)
class AgreementAsked:
    """The promiser says "erfüllt" before the deadline: does the counterpart see it so?"""

    pledge_id: int
    title: str
    text: str
    other: str


@dataclass(frozen=True)
class AdviceAsked:
    """After "nicht geklappt": what would you tell others? Words are awaited."""

    pledge_id: int


@dataclass(frozen=True)
class AdviceSaved:
    pass


@dataclass(frozen=True)
class Result:
    """Both said how it ended."""

    pledge_id: int
    title: str
    text: str
    other: str
    mine: Status
    theirs: Status
    my_note: str
    their_note: str


# --- organisers


@dataclass(frozen=True)
class OrgaWorkshop:
    workshop_id: int
    title: str
    people: int


@dataclass(frozen=True)
class OrgaMenu:
    workshops: tuple[OrgaWorkshop, ...]
    to_confirm: int
    pledges: int


@dataclass(frozen=True)
class WorkshopTitleAsked:
    pass


@dataclass(frozen=True)
class WorkshopCard:
    """With the QR picture of `link`."""

    workshop_id: int
    title: str
    code: str
    link: str
    people: int


@dataclass(frozen=True)
class RoleClaim:
    """An MP role waits for an organiser. `left`: how many more wait. `decided`: None open, else the decision."""

    person_id: int
    card: Card
    left: int
    decided: bool | None


@dataclass(frozen=True)
class NoClaims:
    pass


@dataclass(frozen=True)
class RoleDecided:
    """To the person: confirmed, or please come to reception."""

    confirmed: bool


@dataclass(frozen=True)
class BroadcastContentAsked:
    """Send me the text or the photo with caption."""


class Segment(StrEnum):
    EVERYBODY = "everybody"
    ROLE = "role"  # value: a Role
    MPS = "mps"
    LAND = "land"  # value: an ISO code


@dataclass(frozen=True)
class SegmentAsked:
    """`step` None: the first choice; ROLE or LAND: the second. Counts are people with consent A, reachable."""

    broadcast_id: int
    step: Segment | None
    options: tuple[tuple[str, int], ...]  # (value, count), for step None: everybody, mps


@dataclass(frozen=True)
class BroadcastPreview:
    """Follows the copied message itself. `typed`: the exact count has to be typed (no second organiser)."""

    broadcast_id: int
    segment: Segment
    value: str
    count: int
    typed: bool


@dataclass(frozen=True)
class BroadcastToConfirm:
    """To the second organiser, after the copied message."""

    broadcast_id: int
    author: str
    segment: Segment
    value: str
    count: int


@dataclass(frozen=True)
class BroadcastWaiting:
    """To the author: a second organiser was asked."""

    broadcast_id: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class BroadcastProgress:
    """One message, edited while it runs; the report when finished. `repeats`: possibly delivered twice;
    `undecided`: never answered by Telegram, perhaps delivered; `withdrawn`: consent ended meanwhile."""

    broadcast_id: int
    total: int
    delivered: int
    unreachable: int
    failed: int
    repeats: int
    undecided: int
    withdrawn: int
    finished: bool


@dataclass(frozen=True)
class BroadcastDropped:
    """`by_other`: to the author, after a second organiser's no."""

    by_other: bool = False


@dataclass(frozen=True)
class BroadcastCopy:
    """The announcement itself: copied from the organiser's chat."""

    from_chat_id: int
    message_id: int


@dataclass(frozen=True)
class PeopleCounts:
    """`/teilnehmende`, `/stand`: per workshop; numbers below 5 are shown as None ("unter 5")."""

    workshop: str
    joined: int | None
    profiles: int | None
    both_yes: int | None
    promised: int | None
    answered: int | None


class Left(StrEnum):
    """Why a round has no card for somebody."""

    NO_TOPICS = "no_topics"
    UNFINISHED = "unfinished"  # has not told enough to be shown to others
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    FULL = "full"  # an MP whose conversations are all spoken for
    CROWDED = "crowded"  # whoever would fit has no room left
    WAITING = "waiting"  # nobody new, but a card or a question that is still open
    ALONE = "alone"  # nobody new has a topic in common


@dataclass(frozen=True)
class RoundPreview:
    """Before anybody else knows of it: numbers. Names are a tap away.

    `cards`: people who get one, `with_mps` of these an MP's; `mps`: MPs who are put forward, `unconfirmed` those
    who are not, because no organiser confirmed them.
    """

    round_id: int
    workshop: str
    cards: int
    with_mps: int
    mps: int
    unconfirmed: int
    left: tuple[tuple[Left, int], ...]


@dataclass(frozen=True)
class RoundSeat:
    """`name` gets the card of `other`; `because` as `name` will read it."""

    name: str
    other: str
    because: Because


@dataclass(frozen=True)
class RoundSeats:
    """Who gets whose card and why. `page` counts from 0."""

    round_id: int
    page: int
    pages: int
    seats: tuple[RoundSeat, ...]


@dataclass(frozen=True)
class RoundLeft:
    """Who stays without a card, and why."""

    round_id: int
    page: int
    pages: int
    people: tuple[tuple[str, Left], ...]


@dataclass(frozen=True)
class RoundReport:
    """The cards are on their way. `missed`: pairs that no longer held when the round was confirmed."""

    sent: int
    missed: int


@dataclass(frozen=True)
class RoundDropped:
    pass


@dataclass(frozen=True)
class OpenWords:
    """What people wrote that no topic knows, and how many wrote it (None below five). `words` None: too few people."""

    words: tuple[tuple[str, int | None], ...] | None


# --- rights


@dataclass(frozen=True)
class MyData:
    """`document`: the JSON file's bytes; `lines`: (field label id, value) is worded from the profile itself."""

    profile: Profile | None
    consents: tuple[tuple[Purpose, date, bool], ...]  # purpose, given on, still given
    pledges: int
    accesses: int
    ends_on: date | None
    document: bytes = field(repr=False)


@dataclass(frozen=True)
class EraseAsked:
    pledges: int


@dataclass(frozen=True)
class EraseKept:
    """The person thought again."""


@dataclass(frozen=True)
class Erased:
    pass


@dataclass(frozen=True)
class PartnerErased:
    """To the counterpart: the promise stands as a neutral placeholder."""

    title: str
    own_text: bool


@dataclass(frozen=True)
class TextEnding:
    """A promise's sentence and notes end by themselves on this day, well after its deadline."""

    title: str
    on: date


@dataclass(frozen=True)
class PauseAsked:
    paused: bool
    until: date | None


@dataclass(frozen=True)
class Paused:
    until: date | None


@dataclass(frozen=True)
class Resumed:
    pass


@dataclass(frozen=True)
class ConsentsListed:
    """`/widerruf`: (purpose, given)"""

    given: tuple[tuple[Purpose, bool], ...]


@dataclass(frozen=True)
class ConsentChanged:
    purpose: Purpose
    given: bool


# --- small words


@dataclass(frozen=True)
class Help:
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class Cancelled:
    """`/abbrechen`; `something` False: nothing was open."""

    something: bool


@dataclass(frozen=True)
class NothingExpected:
    """Words with no question open and no promise to note them to: what one can do."""

    organiser: bool


@dataclass(frozen=True)
class Refused:
    reason: Reason
    limit: int = 0


@dataclass(frozen=True)
class EditIgnored:
    """An edited message never counts as an answer; said once."""


@dataclass(frozen=True)
class GroupHint:
    bot: str


@dataclass(frozen=True)
class Fault:
    """Our own fault. `ref`: six characters that stand in the log too."""

    ref: str


Joining = (
    Welcome | WithoutTelegram | ConsentAsked | Declined | MpNotice | Asked | TopicsHeard | TopicsBrowsed
    | Profile | Ready | VoiceAsked | CodeAsked | WorkshopJoined
)  # fmt: skip
Matching = (
    Suggested | NobodyYet | Asking | IntroAsked | IntroClosed | IntroExpired | MeetCard
    | ContactAsked | ContactWordsAsked | ContactReceived | ContactNoted
)  # fmt: skip
Pledging = (
    PledgeList | PledgeCard | PartnerAsked | PartnerNameAsked | PartnersFound | ActsAsked | SentenceAsked
    | PledgePreview | DeadlineAsked | Proposed | ProposalSent | ProposalDeclined | YouDeclined | Withdrawn
    | TalkAsked | Sealed
)  # fmt: skip
Nudging = (
    Nudged | Snoozed | NoteAsked | NoteOffered | NoteSaved | NoteDropped | Reported | AgreementAsked
    | AdviceAsked | AdviceSaved | Result
)  # fmt: skip
Organising = (
    OrgaMenu | WorkshopTitleAsked | WorkshopCard | RoleClaim | NoClaims | RoleDecided
    | BroadcastContentAsked | SegmentAsked | BroadcastPreview | BroadcastToConfirm | BroadcastWaiting
    | BroadcastProgress | BroadcastDropped | BroadcastCopy | PeopleCounts
    | RoundPreview | RoundSeats | RoundLeft | RoundReport | RoundDropped | OpenWords
)  # fmt: skip
Rights = (
    Privacy | MyData | EraseAsked | EraseKept | Erased | PartnerErased | TextEnding | PauseAsked | Paused | Resumed
    | ConsentsListed | ConsentChanged
)  # fmt: skip
Small = Help | Cancelled | NothingExpected | Refused | EditIgnored | GroupHint | Fault
Outcome = Joining | Matching | Pledging | Nudging | Organising | Rights | Small
