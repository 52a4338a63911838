"""The buttons of the care list. Whose business each kind of concern is, the actions ask besides."""

from actions.organising.care import care
from actions.organising.team.team import Needs
from domain.care import ConcernKind
from domain.team import Duty
from handlers.button_arguments import concern, number
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_RECEIVE = Needs(Duty.RECEIVE)

ROUTES: dict[Verb, Route] = {
    Verb.CARE: at_desk(_RECEIVE, care.show),
    Verb.CARE_LIST: at_desk(_RECEIVE, care.show_kind, ConcernKind, number),
    Verb.CARE_MINE: at_desk(_RECEIVE, care.show_mine, number),
    Verb.CARE_TAKE: at_desk(_RECEIVE, care.take, concern, number),
    Verb.CARE_BACK: at_desk(_RECEIVE, care.give_back, concern, number),
    Verb.CARE_LEAVE: at_desk(_RECEIVE, care.leave, concern, number),
    Verb.CARE_SETTLE: at_desk(_RECEIVE, care.settle, concern, number),
}
