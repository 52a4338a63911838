"""The buttons about the guests of a workshop."""

from actions.organising import guest_lists, team
from actions.organising.team import Needs
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, at_desk
from messages.buttons import Verb

_RUN = Needs(Duty.RUN, team.of_workshop)
_UPLOAD = Needs(Duty.RUN, guest_lists.of_upload)

ROUTES: dict[Verb, Route] = {
    Verb.GUEST_FILE: at_desk(_RUN, guest_lists.ask, number),
    Verb.GUEST_FILE_PAGE: at_desk(_UPLOAD, guest_lists.turn_page, number, number),
    Verb.GUEST_FILE_GO: at_desk(_UPLOAD, guest_lists.take_over, number, word),
    Verb.GUEST_FILE_DROP: at_desk(_UPLOAD, guest_lists.drop, number),
}
