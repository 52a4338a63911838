"""The guest list that an organiser sends: asked for, and shown row by row before it is taken over."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.guest_lists import GuestField, GuestRow
from domain.outcomes.organising.guest_lists import (
    ChangedGuest,
    GuestFileAsked,
    GuestFileRefused,
    GuestListDropped,
    GuestLists,
    GuestPreview,
    GuestsTaken,
    NewGuest,
    WrongRow,
)
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.names import land, role
from messages.paging import turning
from messages.places_to_go import to_menu

_PART = 60  # UTF-16 units of one thing that a list says of a guest
_CHANGED = 30  # likewise, where there is the old and the new
_COLUMNS = 10
_TITLE = 80


def render(outcome: GuestLists, w: Phrases) -> Message:
    match outcome:
        case GuestFileAsked():
            text = lines(
                w("guests.ask", workshop=cut(outcome.workshop, _TITLE)),
                w.count("guests.ask.known", outcome.guests) if outcome.guests else None,
                w("guests.ask.columns"),
                w("guests.ask.not_taken"),
            )
            return Message(text, keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))
        case GuestFileRefused():
            cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(w(f"guests.refused.{outcome.fault}"), keyboard([cancel]))
        case GuestPreview():
            return _preview(outcome, w)
        case GuestsTaken():
            return _taken(outcome, w)
        case GuestListDropped():
            again = button(w.label("guests.button.other_file"), Verb.GUEST_FILE, outcome.workshop_id)
            return Message(w("guests.dropped"), keyboard([again], [to_menu(w)]))
    assert_never(outcome)


def _preview(outcome: GuestPreview, w: Phrases) -> Message:
    text = lines(
        w("guests.preview", workshop=cut(outcome.workshop, _TITLE)),
        w("guests.preview.changed_since") if outcome.changed_since else None,
        w(
            "guests.preview.counts", new=outcome.new, changed=outcome.changed, same=outcome.unchanged,
            wrong=outcome.wrong,
        ),
        *(_line(each, w) for each in outcome.shown),
        w("guests.preview.page", page=outcome.page + 1, pages=outcome.pages) if outcome.pages > 1 else None,
        w.count("guests.preview.absent", outcome.absent) if outcome.absent else None,
        w("guests.preview.left_out", columns=", ".join(outcome.left_out[:_COLUMNS])) if outcome.left_out else None,
        None if outcome.new or outcome.changed else w("guests.preview.nothing"),
    )  # fmt: skip
    return Message(text, keyboard(*_buttons(outcome, w)))


def _buttons(outcome: GuestPreview, w: Phrases) -> list[list[InlineKeyboardButton]]:
    key = "guests.button.take_rest" if outcome.wrong else "orga.calendar.button.take"
    take = button(w.label(key), Verb.GUEST_FILE_GO, outcome.upload_id, outcome.version)
    other = button(w.label("guests.button.other_file"), Verb.GUEST_FILE, outcome.workshop_id)
    drop = button(w.label("orga.calendar.button.drop"), Verb.GUEST_FILE_DROP, outcome.upload_id)
    return [
        turning(outcome, w, Verb.GUEST_FILE_PAGE, outcome.upload_id),
        [take] if outcome.new or outcome.changed else [],
        [other],
        [drop],
    ]


def _line(line: WrongRow | ChangedGuest | NewGuest, w: Phrases) -> Markup:
    match line:
        case WrongRow():
            return w("guests.line", number=line.line, said=w(f"guests.fault.{line.fault}"))
        case NewGuest():
            said = w("guests.line.new", who=" · ".join(_said(line.row, w)))
        case ChangedGuest():
            each = [_change(field, line, w) for field in line.fields]
            said = w("guests.line.changed", name=cut(line.row.name, _PART), changes=Markup("; ").join(each))
    return w("guests.line", number=line.line, said=said)


def _change(field: GuestField, line: ChangedGuest, w: Phrases) -> Markup:
    old, new = (cut(_value(field, row, w), _CHANGED) for row in (line.row, line.new))
    return w("guests.change", field=w.label(f"guests.field.{field}"), old=old or "–", new=new or "–")


def _value(field: GuestField, row: GuestRow, w: Phrases) -> str:
    match field:
        case GuestField.LAND:
            return land(w, row.land) if row.land else ""
        case GuestField.ROLE:
            return role(w, row.role) if row.role is not None else ""
    return str(getattr(row, field.value))


def _said(row: GuestRow, w: Phrases) -> list[str]:
    """All that a list says of a guest; a Land that is called like the place only once."""
    values = [_value(field, row, w) for field in GuestField]
    return list(dict.fromkeys(cut(value, _PART) for value in values if value))


def _taken(outcome: GuestsTaken, w: Phrases) -> Message:
    text = lines(
        w("guests.taken"),
        w("guests.taken.counts", new=outcome.new, changed=outcome.changed, same=outcome.unchanged),
        w.count("guests.taken.without", outcome.wrong) if outcome.wrong else None,
    )
    guests = button(w.label("guests.button.list"), Verb.GUESTS, outcome.workshop_id, 0)
    return Message(text, keyboard([guests], [to_menu(w)]))
