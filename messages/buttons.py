"""Buttons and their callback data: a verb and its arguments, in at most 64 ASCII bytes.

Callback data gives nobody a right: the action checks actor, right, object and state again.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.button_data import is_well_spelt


class Verb(StrEnum):
    """What a button does; the comments name its arguments."""

    # before consent nothing is stored: workshop id (0: none) and voice travel in the buttons
    GREET = "greet"  # :workshop:voice   edits the welcome into another voice
    BEGIN = "begin"  # :workshop:voice   asks for consent K
    READ = "read"  # :workshop:voice     the privacy text
    WITHOUT = "without"  # :workshop:voice
    CORE_YES = "k_yes"  # :workshop:voice
    CORE_NO = "k_no"  # :workshop:voice
    CARRIER_YES = "u_yes"
    CARRIER_NO = "u_no"
    # profile
    ROLE = "role"  # :role
    SKIP = "skip"  # :question
    LAND = "land"  # :code
    PLACE_PICK = "place_pick"  # :draft:position   one of the places that typed words may mean
    PLACE_KEEP = "place_keep"  # :draft            as it was typed
    TOPICS_OK = "topics_ok"  # :direction
    TOPICS_AGAIN = "topics_again"  # :direction     say it differently
    TOPICS_DROP = "topics_drop"  # :direction       shows what can be dropped
    TOPIC_DROP = "topic_drop"  # :interest id
    TOPIC_PICK = "topic_pick"  # :interest id:topic   one of the doubt's topics
    TOPIC_ALL = "topic_all"  # :interest id          all of the doubt's topics
    TOPIC_NONE = "topic_none"  # :interest id        keep the own words
    STANCE = "stance"  # :interest id:for|against|open
    TOPICS_LIST = "topics_list"  # :direction        the groups
    TOPICS_GROUP = "topics_group"  # :direction:group:page
    TOPIC_TOGGLE = "topic_toggle"  # :direction:topic:page   from the list
    OFFER = "offer"  # :talk|contact|visit|raise     what MPs and authorities offer (toggles)
    ANNOUNCE_YES = "a_yes"
    ANNOUNCE_NO = "a_no"
    HOUR = "hour"  # :8 to 19        to be asked about pledges
    BACK = "back"  # :question        of joining, to the answer before it
    PROFILE_OK = "profile_ok"
    EDIT = "edit"  # :question
    PROFILE = "profile"
    VOICES = "voices"
    VOICE = "voice"  # :voice
    # matching
    PARTNER = "partner"
    MEET = "meet"  # :suggestion
    NEXT = "next"  # :suggestion
    SHOW_AGAIN = "show_again"  # whom I passed by
    NOT_MY_TOPIC = "not_topic"  # :suggestion
    INTRO_YES = "intro_yes"  # :intro
    INTRO_NO = "intro_no"  # :intro
    MEETING = "meeting"  # :intro:here|five|cant
    INTRO = "intro"  # :intro              as it is now
    MET = "met"  # :intro:yes|not_yet|no   whether they met, afterwards
    CONTACT = "contact"  # :intro          asks how to be reached
    CONTACT_BY = "contact_by"  # :intro:telegram|phone|email|none
    CONTACT_MINE = "contact_mine"  # :draft   the number on a card is mine
    # pledges
    PLEDGES = "pledges"
    PLEDGES_PAGE = "pledges_page"  # :page       of those that are not over
    PLEDGES_ENDED = "pledges_ended"  # :page
    PLEDGE = "pledge"  # :pledge
    MORE = "more"  # :pledge            what is rarely done with it
    HISTORY = "history"  # :pledge:page
    WHEN = "when"  # :pledge
    PLEDGE_NEW = "pledge_new"
    PLEDGE_SEARCH = "pledge_search"
    PLEDGE_BESIDE = "pledge_beside"  # with somebody who stands by
    PLEDGE_NAME = "pledge_name"  # :pledge   a draft without a partner: find them by name
    PLEDGE_FOR = "pledge_for"  # :person:pledge
    ENTER = "enter"  # somebody without Telegram
    ENTER_FOR = "enter_for"  # :pledge       a draft without a partner: with somebody without Telegram
    ENTER_SKIP = "enter_skip"  # :pledge     no organisation
    ENTERED_YES = "entered_yes"  # :pledge   the other, without Telegram, has agreed
    ENTERED_AGREES = "entered_agrees"  # :pledge:amendment   so do they
    ENTERED_TEXT = "entered_text"  # :pledge   what to pass on to them
    ENTERED_OTHERS = "entered_others"  # :pledge   the answers behind "Anderes"
    ENTERED_SAYS = "entered_says"  # :pledge:period:status
    ENTRY_DELETE = "entry_delete"  # :pledge   asks
    ENTRY_DELETE_YES = "entry_delete_yes"  # :pledge
    TAKEOVER_LINK = "takeover_link"  # :pledge   for the other, who has no Telegram
    TAKEOVER_YES = "takeover_yes"  # :code     I am that person
    TAKEOVER_NO = "takeover_no"  # :code
    HANDSHAKE_YES = "handshake_yes"  # :person:pledge   they stand by
    HANDSHAKE_NO = "handshake_no"  # :person:pledge
    PLEDGE_WITH = "pledge_with"  # :person
    ACTS = "acts"  # :pledge:author|partner|both
    SENTENCE = "sentence"  # :pledge       write it (again)
    SHARPER = "sharper"  # :pledge:fingerprint of the sharper sentence shown
    SENTENCE_KEEP = "sentence_keep"  # :pledge   as it is, below the coach's question
    DEADLINE = "deadline"  # :pledge       asks
    DEADLINE_IN = "deadline_in"  # :pledge:months | type
    DEADLINE_SAID = "deadline_said"  # :pledge   in messages of 0.1.0: the pledge, with the days it offers now
    DEADLINE_ON = "deadline_on"  # :pledge:YYYYMMDD
    PROPOSE = "propose"  # :pledge
    DROP = "drop"  # :pledge               drops a draft, or takes a proposal back
    ACCEPT = "accept"  # :pledge:revision  "Ich bin dabei"
    ADJUST = "adjust"  # :pledge
    COMPLAIN = "complain"  # :pledge         about the sentence
    COMPLAIN_NOTES = "complain_notes"  # :pledge   about the other's notes
    RELAY = "relay"  # :pledge   words to the other party
    RELAY_MATCH = "relay_match"  # :introduction
    RELAY_SHOW = "relay_show"  # :relay
    RELAY_ANSWER = "relay_answer"  # :relay
    RELAY_STOP = "relay_stop"  # :relay   no more of them
    RELAY_ALLOW = "relay_allow"  # :relay
    COMPLAIN_RELAY = "complain_relay"  # :relay
    COMPLAIN_CONTACT = "complain_contact"  # :introduction   how the other says that I can reach them
    DECLINE = "decline"  # :pledge
    NO_BECAUSE = "no_because"  # :pledge:amendment (0: the proposal itself)   asks why
    BECAUSE = "because"  # :pledge:amendment:no_time|not_mine|other_words
    AMEND = "amend"  # :pledge             what is to change, or what waits
    AMEND_WORDS = "amend_words"  # :pledge
    AMEND_DAY = "amend_day"  # :pledge
    AMEND_ON = "amend_on"  # :pledge:YYYYMMDD
    AMEND_YES = "amend_yes"  # :pledge:amendment   "Einverstanden"
    AMEND_NO = "amend_no"  # :pledge:amendment
    AMEND_BACK = "amend_back"  # :pledge:amendment
    AMEND_OFFER = "amend_offer"  # :draft   propose what an edited message says
    AMEND_KEEP = "amend_keep"  # :draft
    EVIDENCE = "evidence"  # :pledge        asks
    EVIDENCE_SHOW = "evidence_show"  # :pledge:place
    READERS = "readers"  # :pledge            asks who may read it, too
    READERS_ARE = "readers_are"  # :pledge:two|team|public
    TALK = "talk"  # :pledge:2w|4w|date|open|YYYYMMDD[HHMM]   while no day is agreed
    TALK_ASK = "talk_ask"  # :pledge        another day
    TALK_MOVE = "talk_move"  # :pledge:2w|4w|date|open|YYYYMMDD[HHMM]   whatever was agreed
    CALENDAR = "calendar"  # :pledge        its days as a file
    # nudges
    REPORT = "report"  # :pledge:period:status
    UNDO = "undo"  # :pledge:period
    OTHERS = "others"  # :pledge:period    the answers behind "Anderes"
    BLOCKER = "blocker"  # :pledge:period:what is lacking
    CALL = "call"  # :pledge:period   look for somebody who can help
    CALL_NO = "call_no"  # :pledge
    LEND = "lend"  # :request          a quarter of an hour
    LEND_NO = "lend_no"  # :request
    LEND_ASKED = "lend_asked"  # :request   the question, once more
    TEAM = "team"  # :call             the team may know who calls
    TEAM_NO = "team_no"  # :call
    CORRECT = "correct"  # :pledge         how it ended, for a week
    NUDGE_PAGE = "nudge_page"  # :nudge:pledge   of a long list, with this pledge on it
    SNOOZE = "snooze"  # :nudge:1|2|sitting   weeks
    NOTE = "note"  # :pledge:period
    NOTE_TO = "note_to"  # :draft:pledge
    NOTE_AS = "note_as"  # :draft:pledge:status   the note, and the answer it begins with
    NOTE_NO = "note_no"  # :draft
    AGREE = "agree"  # :pledge:status      the other party says the same
    DISAGREE = "disagree"  # :pledge
    HINT = "hint"  # :pledge               of the other's silence, once more
    IN_TOUCH = "in_touch"  # :pledge       the two talk to each other
    COME_BACK = "come_back"  # :pledge     after a silence
    RETRO = "retro"  # :pledge            the retrospective as it is
    RETRO_LINES = "retro_lines"  # :pledge   which line is to be worded?
    RETRO_LINE = "retro_line"  # :pledge:promised|done|result|learned|next   asks
    RETRO_BACK = "retro_back"  # :pledge:line   my words in it go
    RETRO_ADVICE = "retro_advice"  # :pledge   is what I learned
    RETRO_OK = "retro_ok"  # :pledge:version
    RETRO_NONE = "retro_none"  # :pledge   close without one
    RETRO_AGAIN = "retro_again"  # :pledge   ... after all
    RETRO_READERS = "retro_readers"  # :pledge   asks who may read it
    RETRO_READ_BY = "retro_read_by"  # :pledge:two|team|public
    RETRO_PICTURE = "retro_picture"  # :pledge:light|dark
    # organisers
    ORGA = "orga"
    WORKSHOP_NEW = "workshop_new"
    WORKSHOP_TODAY = "workshop_today"  # :draft with the title
    WORKSHOP = "workshop"  # :workshop
    WORKSHOP_FIELD = "workshop_field"  # :workshop:field   asks
    WORKSHOP_SET = "workshop_set"  # :workshop:field-value:what was shown
    WORKSHOP_COPY = "workshop_copy"  # :workshop
    WORKSHOP_PRINTS = "workshop_prints"  # :workshop   asks what is to be printed
    WORKSHOP_PRINT_FOR = "workshop_print_for"  # :workshop:audience-language
    WORKSHOP_PRINT = "workshop_print"  # :workshop:form:audience-language
    WORKSHOPS = "workshops"  # :task:page
    IN_WORKSHOP = "in_workshop"  # :workshop:task
    CLAIMS = "claims"
    CLAIMS_PAGE = "claims_page"  # :page
    CLAIMS_REFUSED = "claims_refused"  # :page   those not confirmed
    CLAIM = "claim"  # :person
    CLAIM_YES = "claim_yes"  # :person:fingerprint of the card shown
    CLAIM_NO = "claim_no"  # :person:fingerprint of the card shown
    BROADCAST = "broadcast"
    SEGMENTS = "segments"  # :broadcast   asks whom it goes to, again
    SEGMENT = "segment"  # :broadcast:everybody|mps|afresh|a facet, whose values it shows
    SEGMENT_PAGE = "segment_page"  # :broadcast:facet:page
    SEGMENT_IS = "segment_is"  # :broadcast:facet:value   only these; all but these; either
    BROADCAST_DO = "broadcast_do"  # :broadcast:a Step
    BROADCAST_GO = "broadcast_go"  # :broadcast:count   the second organiser
    BROADCAST_DROP = "broadcast_drop"  # :broadcast
    BROADCAST_AGAIN = "broadcast_again"  # :broadcast   to those who did not get it
    COMPLAINTS = "complaints"  # the oldest text that was reported
    COMPLAINT_SETTLE = "complaint_settle"  # :complaint:fine|spoken
    INQUIRIES = "inquiries"  # the open ones
    INQUIRIES_PAGE = "inquiries_page"  # :page
    INQUIRY = "inquiry"  # :inquiry
    INQUIRY_TAKE = "inquiry_take"  # :inquiry   "Ich übernehme"
    INQUIRY_BACK = "inquiry_back"  # :inquiry
    INQUIRY_ANSWER = "inquiry_answer"  # :inquiry
    INQUIRY_CLOSE = "inquiry_close"  # :inquiry
    RELEASED = "released"  # the pledges that the team may read
    RELEASED_IN = "released_in"  # :workshop:page
    SILENT_PEOPLE = "silent_people"  # :workshop:YYYYMMDD:page
    HELP_CALLS = "help_calls"  # :page
    HELP_SETTLE = "help_settle"  # :call:page
    COUNTS = "counts"
    ROUND = "round"  # plans one
    ROUND_SHOW = "round_show"  # :round            the numbers
    ROUND_SEATS = "round_seats"  # :round:page     who gets whose card
    ROUND_LEFT = "round_left"  # :round:page       who gets none
    ROUND_GO = "round_go"  # :round
    ROUND_DROP = "round_drop"  # :round
    WHY = "why"  # asks of whom
    WHY_OF = "why_of"  # :person   why no question comes
    CALENDARS = "calendars"  # asks for a file of sitting weeks or school holidays
    CALENDAR_KIND = "calendar_kind"  # :upload:sitting|school
    CALENDAR_OF = "calendar_of"  # :upload:BT or a Land
    CALENDAR_GO = "calendar_go"  # :upload   it counts from now on
    CALENDAR_DROP = "calendar_drop"  # :upload
    RETRO_THEIRS = "retro_theirs"  # :pledge:version   the other, without Telegram, agrees
    RETRO_TEXT = "retro_text"  # :pledge   what to pass on to them
    TEAM_ENTRIES = "team_entries"  # :page   people without Telegram
    TEAM_ENTRY = "team_entry"  # :person   asks whether to delete them
    TEAM_ENTRY_DELETE = "team_entry_delete"  # :person
    MY_OFFICE = "my_office"
    OFFICE = "office"  # :mp
    OFFICES = "offices"  # :page
    OFFICE_INVITE = "office_invite"  # :mp   to organisers and the MP; to the office, for a successor
    OFFICE_YES = "office_yes"  # :code   I act for them
    OFFICE_NO = "office_no"  # :code
    SEAT_OK = "seat_ok"  # :seat
    SEAT_END = "seat_end"  # :seat
    MANDATE = "mandate"  # :mp
    MANDATE_LINK = "mandate_link"  # :mp   for whoever goes on
    MANDATE_YES = "mandate_yes"  # :code
    MANDATE_NO = "mandate_no"  # :code
    MANDATE_END = "mandate_end"  # :mp:what was under way when it was asked
    ACCOUNT = "account"  # :person          what to make sure of before they get a link for a new account
    ACCOUNT_LINK = "account_link"  # :person
    ACCOUNT_LINK_ROLE = "account_link_role"  # :person   and they are an MP still
    ACCOUNT_REVOKE = "account_revoke"  # :person
    ACCOUNT_YES = "account_yes"  # :code   I am that person
    ACCOUNT_NO = "account_no"  # :code
    ACCOUNT_OBJECT = "account_object"  # :person   in the old account: it was not me
    OPEN_WORDS = "open_words"  # what no topic knows
    # rights and small outcomes
    PRIVACY = "privacy"
    MY_DATA = "my_data"
    ERASE = "erase"
    ERASE_YES = "erase_yes"
    ERASE_NO = "erase_no"
    PAUSE_ASK = "pause_ask"
    PAUSE = "pause"  # :weeks (0: open-ended)
    NO_PAUSE = "no_pause"
    RESUME = "resume"
    CONSENTS = "consents"
    CONSENT_OFF = "consent_off"  # :purpose
    CONSENT_ON = "consent_on"  # :purpose
    HELP = "help"
    ASK_TEAM = "ask_team"  # asks what the team is to be asked
    TEAM_SEND = "team_send"  # :draft   a question or an answer
    TEAM_AGAIN = "team_again"  # :draft
    TEAM_DROP = "team_drop"  # :draft
    CANCEL = "cancel"
    CODE = "code"  # type another workshop's code


_VERBS = {verb.value: verb for verb in Verb}


@dataclass(frozen=True)
class Press:
    """What the callback data of a pressed button says."""

    verb: Verb
    args: tuple[str, ...]


def encode(verb: Verb, *args: object) -> str:
    """The callback data of a button. Raises ValueError for arguments that do not fit."""
    data = ":".join((verb.value, *(str(a) for a in args)))
    if not is_well_spelt(data):
        raise ValueError(f"a button cannot say {verb.value} with {len(args)} arguments")
    return data


def decode(data: str) -> Press | None:
    """What callback data says, None for any that this version would not write."""
    if not is_well_spelt(data):
        return None
    word, *args = data.split(":")
    verb = _VERBS.get(word)
    return Press(verb, tuple(args)) if verb else None
