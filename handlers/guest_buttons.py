"""The buttons about the guests of a workshop."""

from actions.organising.guests import guest_arrivals, guest_lists, guests
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

_RUN = Needs(Duty.RUN, team.of_workshop)
_RECEIVE = Needs(Duty.RECEIVE, team.of_workshop)
_GUEST = Needs(Duty.RECEIVE, guests.of_guest)
_UPLOAD = Needs(Duty.RUN, guest_lists.of_upload)

ROUTES: dict[Verb, Route] = {
    Verb.GUEST_FILE: at_desk(_RUN, guest_lists.ask, number),
    Verb.GUEST_FILE_PAGE: at_desk(_UPLOAD, guest_lists.turn_page, number, number),
    Verb.GUEST_FILE_GO: at_desk(_UPLOAD, guest_lists.take_over, number, word),
    Verb.GUEST_FILE_DROP: at_desk(_UPLOAD, guest_lists.drop, number),
    Verb.GUESTS: at_desk(_RECEIVE, guests.show, number, number),
    Verb.GUEST_FIND: at_desk(_RECEIVE, guests.ask_name, number),
    Verb.GUEST: at_desk(_GUEST, guests.card, number),
    Verb.GUEST_GIVEN: at_desk(_GUEST, guests.hand_over, number, word),
    Verb.GUEST_BACK: at_desk(_GUEST, guests.take_back, number),
    Verb.GUEST_SAME: at_desk(_GUEST, guests.ask_whether_same, number, number, word),
    Verb.GUEST_CARDS: at_desk(_RUN, guests.print_cards, number),
    Verb.GUEST_YES: agreed(guest_arrivals.accept, number),
    Verb.GUEST_NO: agreed(guest_arrivals.decline, number),
}
