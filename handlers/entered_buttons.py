"""The buttons about a partner without Telegram."""

from actions.pledging.entered import entering, reporting, taking_over
from actions.rights import entries
from domain.nudging import Period
from domain.pledges import Status
from handlers.button_arguments import number
from handlers.routes import Route, agreed
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.ENTER: agreed(entering.ask_name),
    Verb.ENTER_FOR: agreed(entering.ask_name_for, number),
    Verb.ENTER_SKIP: agreed(entering.skip_organisation, number),
    Verb.ENTERED_YES: agreed(reporting.accept, number),
    Verb.ENTERED_AGREES: agreed(reporting.agree, number, number),
    Verb.ENTERED_TEXT: agreed(reporting.ask, number),
    Verb.ENTERED_OTHERS: agreed(reporting.show_others, number),
    Verb.ENTERED_SAYS: agreed(reporting.report, number, Period, Status),
    Verb.ENTRY_DELETE: agreed(entries.ask_delete, number),
    Verb.ENTRY_DELETE_YES: agreed(entries.delete, number),
    Verb.TAKEOVER_LINK: agreed(taking_over.make_link, number),
    Verb.TAKEOVER_YES: agreed(taking_over.accept, number),
    Verb.TAKEOVER_NO: agreed(taking_over.leave, number),
}
