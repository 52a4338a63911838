"""The buttons of words that are passed on."""

from actions.organising import complaints
from actions.pledging import relays
from handlers.button_arguments import number
from handlers.routes import Route, agreed
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.RELAY: agreed(relays.ask, number),
    Verb.RELAY_MATCH: agreed(relays.ask_for_match, number),
    Verb.RELAY_SHOW: agreed(relays.show, number),
    Verb.RELAY_ANSWER: agreed(relays.answer, number),
    Verb.RELAY_STOP: agreed(relays.stop, number),
    Verb.RELAY_ALLOW: agreed(relays.allow, number),
    Verb.COMPLAIN_RELAY: agreed(complaints.about_relay, number),
}
