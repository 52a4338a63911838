"""Whom a pledge is with: people the author has met, or a name to search for."""

from telegram import InlineKeyboardButton

from domain.outcomes.matching import Card
from domain.outcomes.pledging.pledges import PartnerAsked, PartnersFound
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.matching.cards import on_button
from messages.message import Message, button, keyboard
from messages.people import full

_MOST = 30  # people offered as buttons; the others can be found by name
_PART = 40  # UTF-16 units of a name, an organisation or a place in a line


def asked(outcome: PartnerAsked, w: Phrases) -> Message:
    key = "pledge.partner.ask" if outcome.people else "pledge.partner.ask_nobody_met"
    met = [
        [button(w.fitted("pledge.button.person", name=full(w, name), where=""), Verb.PLEDGE_WITH, person_id)]
        for person_id, name in outcome.people[:_MOST]
    ]
    search = [button(w.label("pledge.button.search"), Verb.PLEDGE_SEARCH)]
    return Message(w(key), keyboard(*met, search, _cancel(w)))


def _cancel(w: Phrases) -> list[InlineKeyboardButton]:
    return [button(w.label("pledge.button.cancel"), Verb.CANCEL)]


def name_asked(w: Phrases) -> Message:
    return Message(w("pledge.partner.name"), keyboard(_cancel(w)))


def found(outcome: PartnersFound, w: Phrases) -> Message:
    hits = [
        [button(on_button(w, "pledge.button.person", card), Verb.PLEDGE_WITH, person_id)]
        for person_id, card in outcome.hits
    ]
    other = [button(w.label("pledge.button.other_name"), Verb.PLEDGE_SEARCH)]
    people = [w("pledge.partner.hit", who=_described(card)) for _, card in outcome.hits]
    return Message(lines(w("pledge.partner.found"), *people), keyboard(*hits, other, _cancel(w)))


def _described(card: Card) -> str:
    parts = (card.name, card.organisation, card.place)
    return " · ".join(cut(part, _PART) for part in parts if part)
