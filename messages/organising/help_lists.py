"""The team's list of help calls for which nobody was found."""

from markupsafe import Markup

from domain.outcomes.organising.help_lists import HelpCalls, HelpLine
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, in_rows, keyboard
from messages.names import topic
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu
from messages.pledging.statuses import ranked

_TITLE = 60  # UTF-16 units of a workshop's name


def listed(outcome: HelpCalls, w: Phrases) -> Message:
    each = [_line(rank, call, w) for rank, call in enumerate(outcome.calls, outcome.first)]
    about = w("orga.help.about") if each else w("orga.help.none")
    settle = [
        button(
            ranked(w, w.label("orga.button.help_settle"), rank), Verb.HELP_SETTLE, call.call_id, outcome.page
        )
        for rank, call in enumerate(outcome.calls, outcome.first)
    ]
    rows = in_rows(settle, 2)
    turned = turning(outcome, w, Verb.HELP_CALLS)
    return Message(lines(w("orga.help.title"), *each, about), keyboard(*rows, turned, [to_menu(w)]))


def _line(rank: int, call: HelpLine, w: Phrases) -> Markup:
    what = topic(w, call.topic) if call.topic is not None else w.label("orga.help.no_topic")
    key = "orga.help.line" if call.name is None else "orga.help.line.named"
    return w(
        key,
        number=rank,
        topic=what,
        blocker=w.label(f"blocker.button.{call.blocker}"),
        workshop=cut(call.workshop, _TITLE),
        day=w.day(call.on),
        name=full(w, call.name or ""),
    )
