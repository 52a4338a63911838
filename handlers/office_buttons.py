"""The buttons about an MP's office."""

from actions.organising import mandates, offices, successions
from handlers.button_arguments import number
from handlers.routes import Route, agreed, always
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.MY_OFFICE: agreed(offices.show_mine),
    Verb.OFFICE: always(offices.show, number),
    Verb.OFFICES: always(offices.list_all, number),
    Verb.OFFICE_INVITE: always(offices.invite, number),
    Verb.OFFICE_YES: agreed(offices.accept, number),
    Verb.OFFICE_NO: agreed(offices.decline, number),
    Verb.SEAT_OK: always(offices.confirm, number),
    Verb.SEAT_END: always(offices.end, number),
    Verb.MANDATE: always(mandates.ask, number),
    Verb.MANDATE_LINK: always(successions.make_link, number),
    Verb.MANDATE_YES: agreed(successions.accept, number),
    Verb.MANDATE_NO: agreed(successions.decline, number),
    Verb.MANDATE_END: always(mandates.end, number, number),
}
