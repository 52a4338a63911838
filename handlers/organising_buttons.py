"""The buttons of the desk, which checks for itself that an organiser pressed them."""

from actions.organising import (
    broadcasts,
    calendars,
    complaints,
    desk,
    help_lists,
    inquiry_desk,
    released,
    round_cards,
    rounds,
    sending,
    silence_lists,
    team_words,
    whys,
    workshop_details,
    workshops,
)
from actions.rights import team_entries
from domain.outcomes.organising.broadcasts import Segment
from domain.outcomes.organising.complaints import Settlement
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.workshops import Form
from domain.terms import TermKind
from domain.workshops import Field
from handlers import button_actions
from handlers.button_arguments import day, detail, number, readers, word
from handlers.routes import Route, always
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.ORGA: always(desk.menu),
    Verb.WORKSHOP_NEW: always(workshops.ask_title),
    Verb.WORKSHOP_TODAY: always(workshops.begin_today, number),
    Verb.WORKSHOP: always(workshops.show, number),
    Verb.WORKSHOP_FIELD: always(workshop_details.ask_field, number, Field),
    Verb.WORKSHOP_SET: always(workshop_details.choose, number, detail, number),
    Verb.WORKSHOP_COPY: always(workshops.copy, number),
    Verb.WORKSHOP_PRINTS: always(workshops.ask_print, number),
    Verb.WORKSHOP_PRINT_FOR: always(workshops.choose_print, number, readers),
    Verb.WORKSHOP_PRINT: always(workshops.print_out, number, Form, readers),
    Verb.WORKSHOPS: always(desk.workshops_page, DeskTask, number),
    Verb.IN_WORKSHOP: always(button_actions.in_workshop, number, DeskTask),
    Verb.CLAIMS: always(desk.claims),
    Verb.CLAIMS_PAGE: always(desk.claims_page, number),
    Verb.CLAIMS_REFUSED: always(desk.refused_page, number),
    Verb.CLAIM: always(desk.claim, number),
    Verb.CLAIM_YES: always(button_actions.claim_yes, number, word),
    Verb.CLAIM_NO: always(button_actions.claim_no, number, word),
    Verb.BROADCAST: always(broadcasts.begin),
    Verb.SEGMENTS: always(broadcasts.ask_whom, number),
    Verb.SEGMENT: always(broadcasts.choose, number, Segment),
    Verb.SEGMENT_IS: always(broadcasts.choose_value, number, Segment, word),
    Verb.BROADCAST_GO: always(sending.confirm, number, number),
    Verb.BROADCAST_DROP: always(broadcasts.drop, number),
    Verb.BROADCAST_AGAIN: always(sending.send_again, number),
    Verb.COMPLAINTS: always(complaints.show),
    Verb.COMPLAINT_SETTLE: always(complaints.settle, number, Settlement),
    Verb.INQUIRIES: always(inquiry_desk.show_list),
    Verb.INQUIRIES_PAGE: always(inquiry_desk.turn_page, number),
    Verb.INQUIRY: always(inquiry_desk.show, number),
    Verb.INQUIRY_TAKE: always(inquiry_desk.take, number),
    Verb.INQUIRY_BACK: always(inquiry_desk.give_back, number),
    Verb.INQUIRY_ANSWER: always(team_words.ask_answer, number),
    Verb.INQUIRY_CLOSE: always(inquiry_desk.close, number),
    Verb.RELEASED: always(released.choose),
    Verb.RELEASED_IN: always(released.turn_page, number, number),
    Verb.SILENT_PEOPLE: always(silence_lists.show, number, day, number),
    Verb.HELP_CALLS: always(help_lists.show, number),
    Verb.HELP_SETTLE: always(help_lists.settle, number, number),
    Verb.TEAM_ENTRIES: always(team_entries.show, number),
    Verb.TEAM_ENTRY: always(team_entries.choose, number),
    Verb.TEAM_ENTRY_DELETE: always(team_entries.delete, number),
    Verb.COUNTS: always(desk.counts),
    Verb.ROUND: always(rounds.prepare),
    Verb.ROUND_SHOW: always(rounds.show, number),
    Verb.ROUND_SEATS: always(rounds.show_seats, number, number),
    Verb.ROUND_LEFT: always(rounds.show_left, number, number),
    Verb.ROUND_GO: always(round_cards.confirm, number),
    Verb.ROUND_DROP: always(rounds.drop, number),
    Verb.CALENDARS: always(calendars.ask),
    Verb.CALENDAR_KIND: always(calendars.choose_kind, number, TermKind),
    Verb.CALENDAR_OF: always(calendars.choose_whose, number, word),
    Verb.CALENDAR_GO: always(calendars.confirm, number),
    Verb.CALENDAR_DROP: always(calendars.drop, number),
    Verb.WHY: always(whys.ask_name),
    Verb.WHY_OF: always(whys.show, number),
    Verb.OPEN_WORDS: always(rounds.show_open_words),
}
