"""Contacts: each of two matched people says how the other may reach them."""

import re

from markupsafe import Markup

from domain.outcomes.choices import ContactKind
from domain.outcomes.matching import (
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    NumberDoubted,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, full, short

_TELEGRAM_NAME = re.compile(r"@?([A-Za-z0-9_]{5,32})", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{4,30}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_TYPED = (ContactKind.PHONE, ContactKind.EMAIL)
_SHAPES = {ContactKind.PHONE: _PHONE, ContactKind.EMAIL: _EMAIL}


def asked(outcome: ContactAsked, w: Phrases) -> Message:
    intro_id = outcome.intro_id
    by = {
        kind: button(w.label(f"matching.button.by_{kind}"), Verb.CONTACT_BY, intro_id, kind)
        for kind in ContactKind
    }
    telegram = [by[ContactKind.TELEGRAM]] if outcome.has_username else []
    text = lines(
        first_line(w, "matching.contact.title", name=full(w, outcome.name)),
        w("matching.contact", name=short(w, outcome.name)),
    )
    return Message(text, keyboard(telegram, [by[kind] for kind in _TYPED], [by[ContactKind.NONE]]))


def words_asked(outcome: ContactWordsAsked, w: Phrases) -> Message:
    kind = outcome.kind if outcome.kind in _TYPED else "other"
    text = w(f"matching.contact.words.{kind}", name=short(w, outcome.name))
    return Message(text, keyboard([button(w.label("matching.button.cancel"), Verb.CANCEL)]))


def number_doubted(outcome: NumberDoubted, w: Phrases) -> Message:
    mine = button(w.label("matching.button.my_number"), Verb.CONTACT_MINE, outcome.draft_id)
    other = w.label("matching.button.other_number")
    return Message(
        w("matching.contact.doubted", value=outcome.value),
        keyboard([mine], [button(other, Verb.CONTACT_BY, outcome.intro_id, ContactKind.PHONE)]),
    )


def received(outcome: ContactReceived, w: Phrases) -> Message:
    """The contact, in a message that cannot be forwarded or saved. If it is surely one, it can be tapped."""
    text = lines(
        first_line(w, "matching.contact.received.title", name=full(w, outcome.name)),
        contact(outcome.kind, outcome.value, w),
        w("matching.contact.received", name=at_start(short(w, outcome.name))),
    )
    pledge = button(w.label("matching.button.pledge"), Verb.PLEDGE_WITH, outcome.partner_id)
    mine = (
        [button(w.label("matching.button.contact"), Verb.CONTACT, outcome.intro_id)]
        if outcome.in_return
        else []
    )
    complain = button(w.label("pledge.button.complain"), Verb.COMPLAIN_CONTACT, outcome.intro_id)
    return Message(text, keyboard([*mine, pledge], [complain]), protect=True)


def contact(kind: ContactKind, given: str, w: Phrases) -> Markup:
    """A way to reach somebody that they gave themselves. If it is surely one, it can be tapped."""
    value: str = given
    if kind is ContactKind.TELEGRAM and (name := _TELEGRAM_NAME.fullmatch(given)):
        value = Markup('<a href="https://t.me/{name}">@{name}</a>').format(name=name[1])
    elif (shape := _SHAPES.get(kind)) and shape.fullmatch(given):
        value = Markup.escape(given)
    return w(f"matching.contact.by.{kind}", value=value)


def noted(outcome: ContactNoted, w: Phrases) -> Message:
    if outcome.kind is ContactKind.NONE:
        return Message(w("matching.contact.none", name=at_start(short(w, outcome.name))))
    text = lines(
        first_line(w, "matching.contact.noted.title", name=full(w, outcome.name)),
        w(f"matching.contact.noted.{outcome.kind}", name=at_start(short(w, outcome.name))),
    )
    pledge = button(w.label("matching.button.pledge"), Verb.PLEDGE_WITH, outcome.partner_id)
    return Message(text, keyboard([pledge]))
