"""The guest list at the desk, one guest at reception, the cards to print; and the question to whoever opens a code."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.guest_lists import GuestRow
from domain.outcomes.organising.guests import (
    GuestBeside,
    GuestCards,
    GuestLine,
    GuestNameAsked,
    GuestOffered,
    Guests,
    GuestsFound,
    GuestShown,
    GuestsListed,
    GuestTwice,
    GuestWelcome,
)
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Document, Message, button, keyboard
from messages.names import land, role
from messages.organising import guest_cards
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_PART = 60  # UTF-16 units of an organisation or a place
_SHORT = 40  # in a list


def render(outcome: Guests, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case GuestsListed():
            return _list(outcome, w)
        case GuestNameAsked():
            return Message(w("guests.find"), keyboard([_to_list(outcome.workshop_id, w)]))
        case GuestsFound():
            text = lines(w("guests.found"), *(_in_list(*each, w) for each in enumerate(outcome.shown, 1)))
            rows = [[_to_card(*each, w)] for each in enumerate(outcome.shown, 1)]
            return Message(text, keyboard(*rows, [_to_list(outcome.workshop_id, w)]))
        case GuestShown():
            return _card(outcome, w)
        case GuestCards():
            return _cards(outcome, w)
        case GuestOffered():
            return _offered(outcome, w)
        case GuestWelcome():
            return Message(w("guests.welcome.confirmed" if outcome.confirmed else "guests.welcome"))
        case GuestTwice():
            return Message(w("guests.twice"))
    assert_never(outcome)


def _to_list(workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("guests.button.list"), Verb.GUESTS, workshop_id, 0)


def _to_card(number: int, line: GuestLine, w: Phrases) -> InlineKeyboardButton:
    label = w.fitted("guests.button.guest", number=number, name=line.row.name)
    return button(label, Verb.GUEST, line.guest_id)


def _in_list(number: int, line: GuestLine, w: Phrases) -> Markup:
    who = " · ".join(cut(part, _SHORT) for part in (line.row.name, line.row.organisation) if part)
    done = [w("guests.given") if line.given else None, w("guests.joined") if line.joined else None]
    return Markup(" · ").join([w("guests.in_list", number=number, who=who), *filter(None, done)])


def _list(outcome: GuestsListed, w: Phrases) -> Message:
    ranked = list(enumerate(outcome.shown, outcome.first))
    text = lines(
        w("guests.list"),
        workshop_line(outcome.workshop, w),
        w("guests.list.counts", n=outcome.guests, given=outcome.given, joined=outcome.joined)
        if outcome.guests
        else w("guests.list.nobody"),
        *(_in_list(*each, w) for each in ranked),
    )
    number = outcome.workshop_id
    send = button(w.label("guests.button.send"), Verb.GUEST_FILE, number)
    cards = button(w.label("guests.button.cards"), Verb.GUEST_CARDS, number)
    find = button(w.label("guests.button.find"), Verb.GUEST_FIND, number)
    left = outcome.guests > outcome.joined
    return Message(
        text,
        keyboard(
            *([_to_card(*each, w)] for each in ranked),
            turning(outcome, w, Verb.GUESTS, number),
            [find] if outcome.guests else [],
            [send, *([cards] if left else [])] if outcome.may_run else [],
            [button(w.label("paper.button.list"), Verb.PAPERS, number, 0)] if outcome.may_run else [],
            [button(w.label("workshop.button.back"), Verb.WORKSHOP, number)],
        ),
    )


def _where(row: GuestRow, w: Phrases) -> str:
    named = land(w, row.land) if row.land else ""
    parts = (row.organisation, row.place, named, role(w, row.role) if row.role is not None else "")
    return " · ".join(dict.fromkeys(cut(part, _PART) for part in parts if part))


def _card(outcome: GuestShown, w: Phrases) -> Message:
    guest = outcome.guest
    text = lines(
        first_line(w, "guests.card.title", name=full(w, guest.row.name)),
        w("guests.card.where", where=where) if (where := _where(guest.row, w)) else None,
        w("guests.card.claims", listed=full(w, guest.row.name), claimed=full(w, outcome.claims))
        if outcome.claims is not None
        else w("guests.card.not_joined"),
        *(
            w("guests.card.alike", name=full(w, each.name), where=_where(each, w) or "–")
            for each in outcome.alike
        ),
        w("guests.card.asked") if outcome.asked else None,
        w("guests.card.confirmed") if outcome.confirmed else None,
        w("guests.card.given" if guest.given else "guests.card.make_sure"),
    )
    give = button(w.label("guests.button.given"), Verb.GUEST_GIVEN, guest.guest_id, outcome.version)
    back = button(w.label("guests.button.not_given"), Verb.GUEST_BACK, guest.guest_id)
    claim = button(w.label("guests.button.claim"), Verb.CLAIM, outcome.to_confirm)
    return Message(
        text,
        keyboard(
            [back if guest.given else give],
            [claim] if outcome.to_confirm else [],
            *([_same(guest.guest_id, each, w)] for each in outcome.beside),
            [_to_list(outcome.workshop_id, w)],
            [to_menu(w)],
        ),
    )


def _same(guest_id: int, other: GuestBeside, w: Phrases) -> InlineKeyboardButton:
    label = w.fitted("guests.button.same", name=full(w, other.name))
    return button(label, Verb.GUEST_SAME, guest_id, other.guest_id, other.version)


def _cards(outcome: GuestCards, w: Phrases) -> Message:
    """A file that is drawn as it goes out."""
    text = lines(
        w("guests.cards"),
        workshop_line(outcome.workshop, w),
        w.count("guests.cards.for", len(outcome.cards), day=w.date(outcome.until)),
        w("guests.cards.rules"),
    )
    file = Document(w.label("guests.cards.file"), b"")
    back = keyboard([_to_list(outcome.workshop_id, w)])
    return Message(text, back, document=file, draw=lambda: guest_cards.draw(outcome, w))


def _offered(outcome: GuestOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "guests.offered", name=full(w, outcome.row.name)),
        w("guests.card.where", where=where) if (where := _where(outcome.row, w)) else None,
        w("guests.offered.what"),
    )
    yes = button(w.label("entered.button.takeover_yes"), Verb.GUEST_YES, outcome.code_id)
    no = button(w.label("guests.button.not_me"), Verb.GUEST_NO, outcome.code_id)
    return Message(text, keyboard([yes], [no]))
