"""The buttons of a workshop's report. Whoever may see figures reads it; whoever runs the workshop says
what others read of it."""

from actions.organising.reports import reports
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_COUNT, _RUN = Needs(Duty.COUNT, team.of_workshop), Needs(Duty.RUN, team.of_workshop)
_PLEDGE = Needs(Duty.RUN, team.of_pledge)

ROUTES: dict[Verb, Route] = {
    Verb.REPORTS: at_desk(Needs(Duty.COUNT), reports.choose),
    Verb.REPORT_OF: at_desk(_COUNT, reports.show, number),
    Verb.REPORT_FILE: at_desk(_COUNT, reports.take_along, number),
    Verb.REPORT_OPEN: at_desk(_RUN, reports.open_page, number),
    Verb.REPORT_CLOSE: at_desk(_RUN, reports.close_page, number),
    Verb.REPORT_IN: at_desk(_RUN, reports.turn_page, number, number),
    Verb.REPORT_SHOW: at_desk(_PLEDGE, reports.put_in, number, number),
    Verb.REPORT_HIDE: at_desk(_PLEDGE, reports.keep_out, number, number),
}
