"""The buttons about a lost account. The desk's check for themselves that an organiser pressed them; whoever has the old
account may be unknown by then.
"""

from actions.organising import account_change, accounts
from handlers.button_arguments import number
from handlers.routes import Route, agreed, always
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.ACCOUNT: always(accounts.show, number),
    Verb.ACCOUNT_LINK: always(accounts.make_link, number),
    Verb.ACCOUNT_LINK_ROLE: always(accounts.make_link_for_mp, number),
    Verb.ACCOUNT_REVOKE: always(accounts.revoke, number),
    Verb.ACCOUNT_YES: agreed(account_change.accept, number),
    Verb.ACCOUNT_NO: agreed(accounts.decline, number),
    Verb.ACCOUNT_OBJECT: always(accounts.object_to, number),
}
