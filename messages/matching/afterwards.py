"""Whether two people met who both wanted to: the question afterwards, and what follows from the answer."""

from telegram import InlineKeyboardButton

from domain.outcomes.choices import Met
from domain.outcomes.matching import MetAsked, MetNoted
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import Message, button, keyboard
from messages.people import full, short


def asked(outcome: MetAsked, w: Phrases) -> Message:
    yes, not_yet, no = (
        button(w.label(f"matching.button.met.{met}"), Verb.MET, outcome.intro_id, met) for met in Met
    )
    text = w("matching.met", whole=full(w, outcome.name), name=short(w, outcome.name))
    return Message(text, keyboard([yes], [not_yet, no]))


def noted(outcome: MetNoted, w: Phrases) -> Message:
    name = short(w, outcome.name)
    return Message(
        w(f"matching.met.{outcome.met}", name=name), keyboard(*_next(outcome, w), [_other_answer(outcome, w)])
    )


def _next(outcome: MetNoted, w: Phrases) -> list[list[InlineKeyboardButton]]:
    match outcome.met:
        case Met.YES:
            return [[button(w.label("matching.button.pledge"), Verb.PLEDGE_WITH, outcome.partner_id)]]
        case Met.NOT_YET:
            share = button(w.label("matching.button.contact"), Verb.CONTACT, outcome.intro_id)
            look = button(w.label("matching.button.contact.look"), Verb.INTRO, outcome.intro_id)
            return [[share], [look] if outcome.can_reach else []]
        case Met.NO:
            return []


def _other_answer(outcome: MetNoted, w: Phrases) -> InlineKeyboardButton:
    """A slip of the finger is put right with a tap, and so is what has changed since."""
    if outcome.met is Met.YES:
        return button(w.label("matching.button.met.not_after_all"), Verb.MET, outcome.intro_id, Met.NOT_YET)
    return button(w.label("matching.button.met.meanwhile"), Verb.MET, outcome.intro_id, Met.YES)
