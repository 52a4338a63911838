"""Refusals: a rule says no. Raising one undoes what the turn has done so far, and the person is told why."""

from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    STALE_BUTTON = "stale_button"  # the same for what is old, somebody else's, or missing
    GONE = "gone"  # what the words were for ended while they were typed
    OFF_TEAM = "off_team"  # they were for the team, and whoever typed them is not of it any more
    TOO_LONG = "too_long"
    EMPTY = "empty"
    TEXT_ONLY = "text_only"  # a voice message, sticker or picture where words were asked for
    NOT_OWN_WORDS = "not_own_words"  # forwarded, or sent via another bot
    TAP_PLEASE = "tap_please"  # words where a button was asked for
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_DATE = "unknown_date"
    UNKNOWN_HOURS = "unknown_hours"  # when a workshop begins and ends
    UNKNOWN_TABLES = "unknown_tables"
    PRESENCE_UNCLEAR = "presence_unclear"  # neither until when an MP stays nor how many talks
    SITS_ELSEWHERE = "sits_elsewhere"  # at another table, or in a talk, at that time
    UNKNOWN_LAND = "unknown_land"
    WORKSHOP_CLOSED = "workshop_closed"  # it takes in nobody new
    UNKNOWN_HOUR = "unknown_hour"  # none, or one at which nobody is asked
    DEADLINE_RANGE = "deadline_range"  # 1 to 12 months ahead
    AMENDMENT_RANGE = "amendment_range"  # the same, counted from the day the pledge was made, and to come
    TALK_RANGE = "talk_range"  # from today until the pledge's deadline
    NOT_YET = "not_yet"  # not available in this version
    NO_PROFILE = "no_profile"  # an organiser who takes no part
    NO_WORKSHOP = "no_workshop"
    NOBODY_FOUND = "nobody_found"
    TOO_MANY_SEARCHES = "too_many_searches"
    NOT_A_CONTACT = "not_a_contact"
    NOT_YOUR_NUMBER = "not_your_number"  # somebody else's contact card
    NO_PLACE = "no_place"  # a sentence, where a place was asked for
    # what is wrong with a typed name or organisation: see domain.names.Objection
    NO_LETTERS = "no_letters"
    CLAIMED_ROLE = "claimed_role"
    CONFIRMED = "confirmed"
    RESERVED = "reserved"
    SEPARATOR = "separator"
    BADGE = "badge"
    WRONG_COUNT = "wrong_count"
    NO_RECIPIENTS = "no_recipients"
    TOO_LATE_TO_RECALL = "too_late_to_recall"
    UNKNOWN_TIME = "unknown_time"
    NOT_BROADCASTABLE = "not_broadcastable"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PROPOSALS = "too_many_proposals"  # that wait for a yes
    ENOUGH_FOR_TODAY = "enough_for_today"  # proposals to the same person
    ENOUGH_AMENDMENTS = "enough_amendments"  # of the same pledge, for today
    OTHER_PAUSES = "other_pauses"  # so that a change cannot be proposed to them
    EVIDENCE_NEEDED = "evidence_needed"  # neither a link nor one photo
    ENOUGH_RELAYED = "enough_relayed"  # to the same person today
    RELAY_STOPPED = "relay_stopped"  # by one of the two
    ENOUGH_EVIDENCE = "enough_evidence"  # on the same pledge
    ENOUGH_QUESTIONS = "enough_questions"  # to the team, for today
    OWN_HANDSHAKE = "own_handshake"  # its author scanned or typed it
    OWN_LINK = "own_link"  # by which the other party takes over
    OWN_ACCOUNT = "own_account"  # the link is for somebody who lost theirs
    TWO_PEOPLE = "two_people"  # they have something to do with each other, so one cannot be the other
    TOO_MANY_CODES = "too_many_codes"  # wrong ones, of people
    TOO_MANY_NUMBERS = "too_many_numbers"  # wrong ones, of handshakes
    UNKNOWN_COMMAND = "unknown_command"


class Refusal(Exception):  # noqa: N818 - control flow, not an error
    """A rule says no, for this reason.

    `limit` goes with TOO_LONG: the UTF-16 units allowed. `day` goes with DEADLINE_RANGE, AMENDMENT_RANGE and
    TALK_RANGE: the day that was understood.
    """

    def __init__(self, reason: Reason, limit: int = 0, *, day: date | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.limit = limit
        self.day = day
