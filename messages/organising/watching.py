"""What the team reads about codes that were guessed at, and about people who were entered by others."""

from typing import assert_never

from domain.limits import WRONG_CODES
from domain.outcomes.organising.watching import (
    CodesTried,
    Entries,
    EntryChosen,
    EntryGone,
    EntryLine,
    Watching,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu


def render(outcome: Watching, w: Phrases) -> Message:
    match outcome:
        case CodesTried():
            who = (
                w("orga.codes.known", name=full(w, outcome.name)) if outcome.name else w("orga.codes.unknown")
            )
            return Message(lines(w("orga.codes.title"), who, w.count("orga.codes.about", WRONG_CODES)))
        case Entries():
            return _list(outcome, w)
        case EntryChosen():
            return _chosen(outcome, w)
        case EntryGone():
            every = button(w.label("pledge.button.all"), Verb.PLEDGES)
            return Message(w("entered.gone"), keyboard([every]))
    assert_never(outcome)


def _list(outcome: Entries, w: Phrases) -> Message:
    ranked = list(enumerate(outcome.lines, outcome.first))
    each = [
        w("orga.entries.line", number=rank, who=_who(line, w), by=full(w, line.by)) for rank, line in ranked
    ]
    rows = [
        [
            button(
                w.fitted("orga.button.entry", number=rank, name=full(w, line.name)),
                Verb.TEAM_ENTRY,
                line.person_id,
            )
        ]
        for rank, line in ranked
    ]
    text = lines(w("orga.entries.title"), *each, w("orga.entries.about" if each else "orga.entries.none"))
    return Message(text, keyboard(*rows, turning(outcome, w, Verb.TEAM_ENTRIES), [to_menu(w)]))


def _who(line: EntryLine, w: Phrases) -> str:
    name = full(w, line.name)
    return (
        w.plain("orga.entries.of", name=name, organisation=line.organisation) if line.organisation else name
    )


def _chosen(outcome: EntryChosen, w: Phrases) -> Message:
    entry = outcome.entry
    text = lines(
        first_line(w, "orga.entry.title", name=full(w, entry.name)),
        w("orga.entry.about", who=_who(entry, w), by=full(w, entry.by)),
    )
    go = button(w.label("orga.button.entry_delete"), Verb.TEAM_ENTRY_DELETE, entry.person_id, entry.version)
    back = button(w.label("office.button.back"), Verb.TEAM_ENTRIES, 0)
    return Message(text, keyboard([go], [back]))
