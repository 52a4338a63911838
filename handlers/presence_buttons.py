"""The buttons about how long an MP stays."""

from actions.organising.participants import presences
from actions.organising.team.team import Needs
from domain.presence_said import PresenceSaid
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.MY_PRESENCE: agreed(presences.show_mine),
    Verb.PRESENCES: at_desk(Needs(Duty.RECEIVE), presences.list_all, number),
    Verb.PRESENCE: at_desk(presences.NEEDS, presences.show, number),
    Verb.PRESENCE_IS: at_desk(presences.NEEDS, presences.say, number, PresenceSaid.read),
    Verb.PRESENCE_TYPE: at_desk(presences.NEEDS, presences.ask_words, number),
}
