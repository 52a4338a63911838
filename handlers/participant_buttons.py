"""The buttons that look for people in the workshops of whoever presses them."""

from actions.organising.accounts import doubles
from actions.organising.participants import participants
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.participants import Standing
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_RECEIVE = Needs(Duty.RECEIVE)

ROUTES: dict[Verb, Route] = {
    Verb.PEOPLE: at_desk(_RECEIVE, participants.show),
    Verb.PEOPLE_PAGE: at_desk(_RECEIVE, participants.turn_page, number),
    Verb.PEOPLE_BY: at_desk(_RECEIVE, participants.count),
    Verb.PEOPLE_OF: at_desk(_RECEIVE, participants.choose, Standing),
    Verb.PEOPLE_FIND: at_desk(_RECEIVE, participants.ask),
    Verb.PEOPLE_CARD: at_desk(Needs(Duty.RECEIVE, team.of_person), participants.card, number),
    Verb.DOUBLES: at_desk(Needs(Duty.RUN), doubles.show, number),
    Verb.DOUBLE: at_desk(Needs(Duty.RUN, team.of_person), doubles.compare, number, number),
    Verb.DOUBLE_TWO: at_desk(Needs(Duty.RUN, team.of_person), doubles.tell_apart, number, number),
}
