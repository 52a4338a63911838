"""Complaints: the thanks to whoever reported a text, what organisers see of it, and what became of it."""

from domain.outcomes.organising.complaints import ComplaintShown, Settlement
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full
from messages.places_to_go import to_menu
from messages.quotes import quoted

_TEXT = 1500  # UTF-16 units; several notes may be long


def shown(outcome: ComplaintShown, w: Phrases) -> Message:
    text = lines(
        w.count("orga.complaint.title", outcome.waiting),
        w(f"orga.complaint.{'contact' if outcome.contact else 'writer'}", name=full(w, outcome.writer)),
        quoted(w, outcome.text, _TEXT),
        w("orga.complaint"),
    )
    each = [
        [button(w.label(f"orga.complaint.button.{how}"), Verb.COMPLAINT_SETTLE, outcome.complaint_id, how)]
        for how in Settlement
    ]
    return Message(text, keyboard(*each, [to_menu(w)]))
