"""The buttons of announcements, for those who run their workshop."""

from actions.organising import broadcasts, composing, sending, stopping, team
from actions.organising.team import Needs
from domain.audience import Facet
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_THIS = Needs(Duty.RUN, team.of_broadcast)

ROUTES: dict[Verb, Route] = {
    Verb.BROADCAST: at_desk(Needs(Duty.RUN), broadcasts.begin),
    Verb.SEGMENTS: at_desk(_THIS, composing.ask_whom, number),
    Verb.SEGMENT: at_desk(_THIS, composing.choose, number, word),
    Verb.SEGMENT_PAGE: at_desk(_THIS, composing.turn_page, number, Facet, number),
    Verb.SEGMENT_IS: at_desk(_THIS, composing.choose_value, number, Facet, word),
    Verb.BROADCAST_PREVIEW: at_desk(_THIS, composing.preview, number),
    Verb.BROADCAST_TEST: at_desk(_THIS, composing.show_again, number),
    Verb.BROADCAST_ASK: at_desk(_THIS, composing.ask_second, number),
    Verb.BROADCAST_GO: at_desk(_THIS, sending.confirm, number, number),
    Verb.BROADCAST_DROP: at_desk(_THIS, broadcasts.drop, number),
    Verb.BROADCAST_HALT: at_desk(_THIS, stopping.halt, number),
    Verb.BROADCAST_ON: at_desk(_THIS, stopping.go_on, number),
    Verb.BROADCAST_STOP: at_desk(_THIS, stopping.call_off, number),
    Verb.BROADCAST_RECALL: at_desk(_THIS, stopping.recall, number),
    Verb.BROADCAST_AGAIN: at_desk(_THIS, stopping.send_again, number),
}
