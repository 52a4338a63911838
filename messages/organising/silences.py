"""The team's list of silences: a note once a month, and the names on a tap."""

from domain.outcomes.organising.silences import SilenceNoted, SilentPeople
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_DAY = "%Y%m%d"


def noted(outcome: SilenceNoted, w: Phrases) -> Message:
    text = lines(
        w("orga.silent.title"),
        workshop_line(outcome.workshop, w),
        w.count("orga.silent.noted", outcome.pledges),
        w("orga.silent.known"),
    )
    look = button(
        w.label("orga.button.silent"), Verb.SILENT_PEOPLE, outcome.workshop_id, f"{outcome.on:{_DAY}}", 0
    )
    return Message(text, keyboard([look]))


def people(outcome: SilentPeople, w: Phrases) -> Message:
    """By name: the order says nothing else."""
    each = [w("orga.silent.line", name=full(w, name), day=w.day(since)) for name, since in outcome.people]
    about = (w("orga.silent.help"), w("orga.silent.closed")) if each else (w("orga.silent.none"),)
    text = lines(w("orga.silent.title"), workshop_line(outcome.workshop, w), *each, *about)
    turned = turning(outcome, w, Verb.SILENT_PEOPLE, outcome.workshop_id, f"{outcome.on:{_DAY}}")
    return Message(text, keyboard(turned, [to_menu(w)]))
