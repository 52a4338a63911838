"""The buttons of the desk, and what each needs: for anybody else it does not exist (`team.check`)."""

from actions.organising import complaints, desk, released, whys
from actions.organising.inquiries import inquiry_desk, team_words
from actions.organising.insight import insight
from actions.organising.rehearsals import rehearsals
from actions.organising.rounds import round_cards, round_edits, rounds, timetable_desk
from actions.organising.team import team
from actions.organising.team.team import Needs
from actions.organising.wall import wall_desk
from actions.organising.workshops import calendars, workshop_details, workshops
from actions.rights import team_entries
from domain.outcomes.choices import Theme
from domain.outcomes.organising.complaints import Settlement
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.insight import Aspect, FileKind
from domain.outcomes.organising.rehearsals import RehearsalStep
from domain.outcomes.organising.workshops import Form
from domain.team import Duty
from domain.terms import TermKind
from domain.workshops import WorkshopField
from handlers import broadcast_buttons, button_actions, report_buttons
from handlers.button_arguments import day, detail, edit, edit_of, number, plan, readers, start, word
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_ANY = Needs(None)
_RECEIVE, _RUN = Needs(Duty.RECEIVE), Needs(Duty.RUN)
_EVERYWHERE = Needs(Duty.RUN, everywhere=True)  # it concerns all workshops, or none yet
_RUN_THERE, _RECEIVE_THERE = Needs(Duty.RUN, team.of_workshop), Needs(Duty.RECEIVE, team.of_workshop)
_FIGURES = Needs(Duty.COUNT, team.of_workshop_or_all)
_CLAIM = Needs(Duty.RECEIVE, team.of_person)
_INQUIRY = Needs(Duty.RECEIVE, team.of_inquiry)
_ROUND = Needs(Duty.RUN, team.of_round)
_PLEDGE = Needs(Duty.RUN, team.of_pledge)
_COMPLAINT = Needs(Duty.RUN, team.of_complaint)
_ENTERED = Needs(Duty.RUN, team.of_entered)
_TASK = Needs(lambda task, _page: desk.DUTIES[task])
_TASK_THERE = Needs(lambda _workshop_id, task: desk.DUTIES[task], team.of_workshop)

ROUTES: dict[Verb, Route] = {
    Verb.ORGA: at_desk(_ANY, desk.menu),
    Verb.WORKSHOP_NEW: at_desk(_EVERYWHERE, workshops.ask_title),
    Verb.WORKSHOP_TODAY: at_desk(_EVERYWHERE, workshops.begin_today, number),
    Verb.WORKSHOP_ON: at_desk(_EVERYWHERE, workshops.begin_on, number, day),
    Verb.WORKSHOP: at_desk(_RECEIVE_THERE, workshops.show, number),
    Verb.WORKSHOP_FIELD: at_desk(_RUN_THERE, workshop_details.ask_field, number, WorkshopField),
    Verb.WORKSHOP_SET: at_desk(_RUN_THERE, workshop_details.choose, number, detail, number),
    Verb.WORKSHOP_COPY: at_desk(_EVERYWHERE, workshops.copy, number),
    Verb.WORKSHOP_PRINTS: at_desk(_RECEIVE_THERE, workshops.ask_print, number),
    Verb.WORKSHOP_PRINT_FOR: at_desk(_RECEIVE_THERE, workshops.choose_print, number, readers),
    Verb.WORKSHOP_PRINT: at_desk(_RECEIVE_THERE, workshops.print_out, number, Form, readers),
    Verb.WORKSHOPS: at_desk(_TASK, desk.workshops_page, DeskTask, number),
    Verb.IN_WORKSHOP: at_desk(_TASK_THERE, button_actions.in_workshop, number, DeskTask),
    Verb.CLAIMS: at_desk(_RECEIVE, desk.claims),
    Verb.CLAIMS_PAGE: at_desk(_RECEIVE, desk.claims_page, number),
    Verb.CLAIMS_REFUSED: at_desk(_RECEIVE, desk.refused_page, number),
    Verb.CLAIM: at_desk(_CLAIM, desk.claim, number),
    Verb.CLAIM_YES: at_desk(_CLAIM, button_actions.claim_yes, number, word),
    Verb.CLAIM_NO: at_desk(_CLAIM, button_actions.claim_no, number, word),
    **broadcast_buttons.ROUTES,
    **report_buttons.ROUTES,
    Verb.COMPLAINTS: at_desk(_RUN, complaints.show),
    Verb.COMPLAINT: at_desk(_COMPLAINT, complaints.show_one, number),
    Verb.COMPLAINT_SETTLE: at_desk(_COMPLAINT, complaints.settle, number, Settlement),
    Verb.INQUIRIES: at_desk(_RECEIVE, inquiry_desk.show_list),
    Verb.INQUIRIES_PAGE: at_desk(_RECEIVE, inquiry_desk.turn_page, number),
    Verb.INQUIRY: at_desk(_INQUIRY, inquiry_desk.show, number),
    Verb.INQUIRY_TAKE: at_desk(_INQUIRY, inquiry_desk.take, number),
    Verb.INQUIRY_BACK: at_desk(_INQUIRY, inquiry_desk.give_back, number),
    Verb.INQUIRY_ANSWER: at_desk(_INQUIRY, team_words.ask_answer, number),
    Verb.INQUIRY_CLOSE: at_desk(_INQUIRY, inquiry_desk.close, number, number),
    Verb.RELEASED: at_desk(_RUN, released.choose),
    Verb.RELEASED_IN: at_desk(_RUN_THERE, released.turn_page, number, number),
    Verb.WALL: at_desk(_RUN, wall_desk.choose),
    Verb.WALL_IN: at_desk(_RUN_THERE, wall_desk.turn_page, number, number),
    Verb.WALL_OF: at_desk(_PLEDGE, wall_desk.show_one, number),
    Verb.WALL_SHOW: at_desk(_PLEDGE, wall_desk.put_up, number, number),
    Verb.WALL_HIDE: at_desk(_PLEDGE, wall_desk.keep_off, number, number),
    Verb.TEAM_ENTRIES: at_desk(_RUN, team_entries.show, number),
    Verb.TEAM_ENTRY: at_desk(_ENTERED, team_entries.choose, number),
    Verb.TEAM_ENTRY_DELETE: at_desk(_ENTERED, team_entries.delete, number, number),
    Verb.COUNTS: at_desk(Needs(Duty.COUNT), insight.show),
    Verb.INSIGHT: at_desk(_FIGURES, insight.look, number, Aspect, number),
    Verb.INSIGHT_PICTURE: at_desk(_FIGURES, insight.draw, number, Theme),
    Verb.INSIGHT_FILE: at_desk(_FIGURES, insight.write, number, Aspect, FileKind),
    Verb.ROUND: at_desk(_RUN, rounds.prepare),
    Verb.ROUND_SHOW: at_desk(_ROUND, rounds.show, number),
    Verb.ROUND_SEATS: at_desk(_ROUND, rounds.show_seats, number, number),
    Verb.ROUND_LEFT: at_desk(_ROUND, rounds.show_left, number, number),
    Verb.ROUND_PAIR: at_desk(_ROUND, round_edits.show_pair, number, number),
    Verb.ROUND_CHOOSE: at_desk(_ROUND, round_edits.choose, number, edit, number),
    Verb.ROUND_DO: at_desk(_ROUND, round_edits.change, number, edit_of, number),
    Verb.ROUND_CUT: at_desk(_ROUND, round_edits.take_out, number, number, number),
    Verb.ROUND_TOPICS: at_desk(_ROUND, round_edits.ask_for_topics, number),
    Verb.TIMETABLES: at_desk(_RUN, timetable_desk.prepare),
    Verb.TIMETABLE: at_desk(_RUN_THERE, timetable_desk.show, number, start, number),
    Verb.TIMETABLE_GO: at_desk(_RUN_THERE, timetable_desk.send, number, start, number),
    Verb.TIMETABLE_SENT: at_desk(_RUN_THERE, timetable_desk.show_sent, number, number),
    Verb.TIMETABLE_NEW: at_desk(_RUN_THERE, timetable_desk.plan_anew, number),
    Verb.TIMETABLE_END: at_desk(_RUN_THERE, timetable_desk.ask_to_call_off, number),
    Verb.TIMETABLE_OFF: at_desk(_RUN_THERE, timetable_desk.call_off, number, number),
    Verb.TIMETABLE_PICTURE: at_desk(_RUN_THERE, timetable_desk.picture, number, Theme, number),
    Verb.ROUND_GO: at_desk(_ROUND, round_cards.confirm, number, number),
    Verb.ROUND_DROP: at_desk(_ROUND, rounds.drop, number),
    Verb.CALENDARS: at_desk(_EVERYWHERE, calendars.ask),
    Verb.CALENDAR_KIND: at_desk(_EVERYWHERE, calendars.choose_kind, number, TermKind),
    Verb.CALENDAR_OF: at_desk(_EVERYWHERE, calendars.choose_whose, number, word),
    Verb.CALENDAR_GO: at_desk(_EVERYWHERE, calendars.confirm, number, number),
    Verb.CALENDAR_DROP: at_desk(_EVERYWHERE, calendars.drop, number),
    Verb.WHY: at_desk(_RECEIVE, whys.ask_name),
    Verb.WHY_OF: at_desk(Needs(Duty.RECEIVE, team.of_person), whys.show, number),
    Verb.REHEARSAL: at_desk(_RUN, rehearsals.choose, RehearsalStep, plan),
    Verb.OPEN_WORDS: at_desk(_EVERYWHERE, rounds.show_open_words),
}
