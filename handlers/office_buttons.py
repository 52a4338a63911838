"""The buttons about an MP's office."""

from actions.organising.offices import mandates, offices, successions
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

_RUN = Needs(Duty.RUN)
_MP = Needs(Duty.RUN, team.of_person, own=True)  # the MP, and the office, do much of it themselves
_SEAT = Needs(Duty.RUN, team.of_seat, own=True)

ROUTES: dict[Verb, Route] = {
    Verb.MY_OFFICE: agreed(offices.show_mine),
    Verb.OFFICE: at_desk(_MP, offices.show, number),
    Verb.OFFICES: at_desk(_RUN, offices.list_all, number),
    Verb.OFFICE_INVITE: at_desk(_MP, offices.invite, number),
    Verb.OFFICE_YES: agreed(offices.accept, number),
    Verb.OFFICE_NO: agreed(offices.decline, number),
    Verb.SEAT_OK: at_desk(_SEAT, offices.confirm, number, number),
    Verb.SEAT_END: at_desk(_SEAT, offices.end, number, number),
    Verb.MANDATE: at_desk(_MP, mandates.ask, number),
    Verb.MANDATE_LINK: at_desk(_MP, successions.make_link, number),
    Verb.MANDATE_YES: agreed(successions.accept, number),
    Verb.MANDATE_NO: agreed(successions.decline, number),
    Verb.MANDATE_END: at_desk(_MP, mandates.end, number, number),
}
