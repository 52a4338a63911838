"""Whom a pledge is with: people the author has met, or a name to search for."""

from telegram import InlineKeyboardButton

from domain.outcomes.pledging.partners import PartnerAsked, PartnerFound, PartnersFound
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full

_MOST = 30  # people offered as buttons; the others can be found by name
_PART = 40  # UTF-16 units of a name or a place in a line


def asked(outcome: PartnerAsked, w: Phrases) -> Message:
    key = "pledge.partner.ask" if outcome.people else "pledge.partner.ask_nobody_met"
    met = [
        [button(w.fitted("pledge.button.person", name=full(w, name), where=""), Verb.PLEDGE_WITH, person_id)]
        for person_id, name in outcome.people[:_MOST]
    ]
    beside = [button(w.label("pledge.button.beside"), Verb.PLEDGE_BESIDE)]
    search = [button(w.label("pledge.button.search"), Verb.PLEDGE_SEARCH)]
    enter = [button(w.label("entered.button.enter"), Verb.ENTER)]
    return Message(w(key), keyboard(beside, *met, search, enter, _cancel(w)))


def otherwise(pledge_id: int, w: Phrases) -> list[list[InlineKeyboardButton]]:
    """Other ways to a partner, for a draft that was made for somebody who stands by."""
    return [
        [button(w.label("pledge.button.search"), Verb.PLEDGE_NAME, pledge_id)],
        [button(w.label("entered.button.enter_for"), Verb.ENTER_FOR, pledge_id)],
    ]


def _cancel(w: Phrases) -> list[InlineKeyboardButton]:
    return [button(w.label("pledge.button.cancel"), Verb.CANCEL)]


def name_asked(w: Phrases) -> Message:
    return Message(w("pledge.partner.name"), keyboard(_cancel(w)))


def found(outcome: PartnersFound, w: Phrases) -> Message:
    hits = [[_with(hit, outcome.pledge_id, w)] for hit in outcome.hits]
    again = (Verb.PLEDGE_NAME, outcome.pledge_id) if outcome.pledge_id else (Verb.PLEDGE_SEARCH,)
    other = [button(w.label("pledge.button.other_name"), *again)]
    people = [w("pledge.partner.hit", who=_described(hit)) for hit in outcome.hits]
    return Message(lines(w("pledge.partner.found"), *people), keyboard(*hits, other, _cancel(w)))


def _with(hit: PartnerFound, pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    where = f" · {hit.place}" if hit.place else ""
    chosen = (Verb.PLEDGE_FOR, hit.person_id, pledge_id) if pledge_id else (Verb.PLEDGE_WITH, hit.person_id)
    return button(w.fitted("pledge.button.person", name=hit.name, where=where), *chosen)


def _described(hit: PartnerFound) -> str:
    parts = (hit.name, hit.place)
    return " · ".join(cut(part, _PART) for part in parts if part)
