"""Words that one person has passed on to another."""

from typing import assert_never

from domain.limits import RELAY_WORDS
from domain.outcomes.pledging.relays import RelayAsked, Relaying, RelayReceived, RelaySent, RelayToMatchAsked
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.office import writer
from messages.people import full, short
from messages.quotes import quoted


def render(outcome: Relaying, w: Phrases) -> Message:
    match outcome:
        case RelayAsked() | RelayToMatchAsked():
            text = lines(first_line(w, "relay.ask.title", other=full(w, outcome.other)), w("relay.ask"))
            return Message(text, keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))
        case RelaySent():
            title = first_line(w, "relay.sent", other=full(w, outcome.other))
            left = w.count("relay.left", outcome.left) if outcome.left else w("relay.none_left")
            return Message(lines(title, left))
        case RelayReceived():
            return _received(outcome, w)
    assert_never(outcome)


def _writer(outcome: RelayReceived, w: Phrases) -> str:
    return writer(full(w, outcome.writer), w, by_office=outcome.by_office)


def _received(outcome: RelayReceived, w: Phrases) -> Message:
    title = first_line(w, "relay.title", writer=_writer(outcome, w))
    stopped = w("relay.stopped", writer=short(w, outcome.writer)) if outcome.stopped else None
    answer = w("relay.answered", words=quoted(w, outcome.answer, RELAY_WORDS)) if outcome.answer else None
    text = fitted(lambda room: lines(title, quoted(w, outcome.words, room), answer, stopped))
    back = button(w.label("relay.button.answer"), Verb.RELAY_ANSWER, outcome.relay_id)
    off = button(w.label("relay.button.stop"), Verb.RELAY_STOP, outcome.relay_id)
    on = button(w.label("relay.button.allow"), Verb.RELAY_ALLOW, outcome.relay_id)
    report = button(w.label("pledge.button.complain"), Verb.COMPLAIN_RELAY, outcome.relay_id)
    return Message(text, keyboard(*([[on]] if outcome.stopped else [[back], [off]]), [report]))
