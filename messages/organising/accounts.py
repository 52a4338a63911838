"""What is said about a lost account: to the organiser, in the new one and the old, and to everybody concerned."""

from typing import assert_never

from markupsafe import Markup, escape
from telegram import CopyTextButton, InlineKeyboardButton

from domain.outcomes.organising.accounts import (
    AccountCard,
    AccountChanged,
    AccountLink,
    AccountMoved,
    AccountObjected,
    AccountOffered,
    Accounts,
    AccountTaken,
    ObjectionHeard,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full
from messages.places_to_go import places_to_go, to_menu
from messages.qr import qr_png


def render(outcome: Accounts, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case AccountCard():
            return _card(outcome, w)
        case AccountLink():
            return _link(outcome, w)
        case AccountOffered():
            return _offered(outcome, w)
        case AccountTaken():
            return _taken(outcome, w)
        case AccountMoved():
            text = lines(w("account.moved", day=w.day(outcome.until)), _contact(outcome.contact, w))
            not_me = button(w.label("account.button.object"), Verb.ACCOUNT_OBJECT, outcome.person_id)
            return Message(text, keyboard([not_me]))
        case AccountObjected():
            text = w("account.objected", name=full(w, outcome.name))
            return Message(text, keyboard([_to_card(outcome.person_id, w)], [to_menu(w)]))
        case ObjectionHeard():
            said = w("account.objection_heard") if outcome.reached else w("account.objection_unheard")
            return Message(lines(said, _contact(outcome.contact, w)))
        case AccountChanged():
            title = first_line(w, "account.changed.title", name=full(w, outcome.name))
            every = button(w.label("pledge.button.all"), Verb.PLEDGES)
            return Message(lines(title, w("account.changed")), keyboard([every]))
    assert_never(outcome)


def _contact(contact: str, w: Phrases) -> Markup | None:
    return w("team.contact", contact=escape(contact)) if contact else None


def _of(organisation: str, w: Phrases) -> Markup | None:
    return w("entered.takeover.of", organisation=organisation) if organisation else None


def _to_card(person_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("account.button.new"), Verb.ACCOUNT, person_id)


def _card(outcome: AccountCard, w: Phrases) -> Message:
    text = lines(
        first_line(w, "account.card", name=full(w, outcome.name)),
        _of(outcome.organisation, w),
        w("account.card.sure"),
        w("account.card.role") if outcome.confirmed else None,
        w("account.card.told"),
        w("account.card.linked") if outcome.linked else None,
    )
    seen = (outcome.person_id, outcome.version)
    make = button(w.label("account.button.link"), Verb.ACCOUNT_LINK, *seen)
    with_role = button(w.label("account.button.link_role"), Verb.ACCOUNT_LINK_ROLE, *seen)
    revoke = button(w.label("account.button.revoke"), Verb.ACCOUNT_REVOKE, outcome.person_id)
    return Message(
        text,
        keyboard(
            [make],
            [with_role] if outcome.confirmed else [],
            [revoke] if outcome.linked else [],
            [to_menu(w)],
        ),
    )


def _link(outcome: AccountLink, w: Phrases) -> Message:
    """Passed on whole, without its buttons, or scanned by whoever stands by."""
    said = w.to_forward()
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    text = lines(
        said("account.link"),
        said("account.link.what", name=full(said, outcome.name)),
        link,
        said("account.link.rules", code=f"c_{outcome.code}"),
    )
    copy = InlineKeyboardButton(w.label("entered.button.copy_link"), copy_text=CopyTextButton(outcome.link))
    revoke = button(w.label("account.button.revoke"), Verb.ACCOUNT_REVOKE, outcome.person_id)
    back = button(w.label("account.button.back"), Verb.ACCOUNT, outcome.person_id)
    return Message(text, keyboard([copy], [revoke], [back]), photo=qr_png(outcome.link))


def _offered(outcome: AccountOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "entered.takeover.title", name=full(w, outcome.name)),
        _of(outcome.organisation, w),
        w("account.offered"),
    )
    yes = button(w.label("entered.button.takeover_yes"), Verb.ACCOUNT_YES, outcome.code_id)
    no = button(w.label("entered.button.takeover_no"), Verb.ACCOUNT_NO, outcome.code_id)
    return Message(text, keyboard([yes], [no]))


def _taken(outcome: AccountTaken, w: Phrases) -> Message:
    text = lines(
        w("account.taken"),
        w.count("account.taken.pledges", outcome.pledges) if outcome.pledges else None,
        w("account.taken.unconfirmed") if outcome.unconfirmed else None,
    )
    return Message(text, places_to_go(w))
