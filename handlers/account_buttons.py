"""The buttons about a lost account. Whoever has the old account may be unknown by then."""

from actions.organising.accounts import account_change, accounts
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, agreed, always, at_desk
from messages.buttons import Verb

_PERSON = Needs(Duty.RUN, team.of_person)

ROUTES: dict[Verb, Route] = {
    Verb.ACCOUNT: at_desk(_PERSON, accounts.show, number),
    Verb.ACCOUNT_LINK: at_desk(_PERSON, accounts.make_link, number, number),
    Verb.ACCOUNT_LINK_ROLE: at_desk(_PERSON, accounts.make_link_for_mp, number, number),
    Verb.ACCOUNT_REVOKE: at_desk(_PERSON, accounts.revoke, number),
    Verb.ACCOUNT_YES: agreed(account_change.accept, number),
    Verb.ACCOUNT_NO: agreed(accounts.decline, number),
    Verb.ACCOUNT_OBJECT: always(accounts.object_to, number),
}
