"""Calendars that organisers send: asked for, and shown line by line before they count."""

from datetime import date

from domain.outcomes.organising.calendars import CalendarAsked, CalendarPart, CalendarPreview, CalendarRefused
from domain.places.laender import LAENDER
from domain.terms import BUNDESTAG, TermKind
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, Rows, button, in_rows, keyboard
from messages.names import land
from messages.places_to_go import to_menu

_MOST_PARTS = 16
_MOST_SPANS = 24  # over all parts; a file may have hundreds
_MOST_FAULTS = 12


def asked(outcome: CalendarAsked, w: Phrases) -> Message:
    text = lines(
        w("orga.calendar.ask"),
        w("orga.calendar.sitting_until", day=w.date(outcome.sitting_until))
        if outcome.sitting_until
        else None,
        w("orga.calendar.school_until", day=w.date(outcome.school_until)) if outcome.school_until else None,
    )
    return Message(text, keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))


def refused(outcome: CalendarRefused, w: Phrases) -> Message:
    cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
    return Message(w(f"orga.calendar.refused.{outcome.fault}"), keyboard([cancel]))


def preview(outcome: CalendarPreview, w: Phrases) -> Message:
    title = "orga.calendar.taken" if outcome.confirmed else "orga.calendar.preview"
    text = lines(w(title), *_parts(outcome.parts, w), *_faults(outcome, w), _asks(outcome, w))
    return Message(text, keyboard(*_buttons(outcome, w)))


def _parts(parts: tuple[CalendarPart, ...], w: Phrases) -> list[str]:
    """Each part with its days, as far as they fit."""
    said: list[str] = []
    room = _MOST_SPANS
    for part in parts[:_MOST_PARTS]:
        shown = part.spans[: max(room, 1)]
        room -= len(shown)
        days = ", ".join(_span(first, last, w) for first, last in shown)
        more = w.count("orga.calendar.more", left) if (left := len(part.spans) - len(shown)) else None
        said.append(" ".join(filter(None, (w("orga.calendar.part", whose=_whose(part, w), days=days), more))))
    left = len(parts) - _MOST_PARTS
    return said + ([w.count("orga.calendar.more_parts", left)] if left > 0 else [])


def _whose(part: CalendarPart, w: Phrases) -> str:
    if part.land is None:
        return w.label("orga.calendar.bundestag")
    key = "orga.calendar.school" if part.kind is TermKind.SCHOOL else "orga.calendar.landtag"
    return w.label(key, land=land(w, part.land))


def _span(first: date, last: date, w: Phrases) -> str:
    return w.date(first) if first == last else f"{w.day(first)} – {w.date(last)}"


def _faults(outcome: CalendarPreview, w: Phrases) -> list[str]:
    if not outcome.faults:
        return []
    each = [
        w(f"orga.calendar.fault.{fault}", number=number) for number, fault in outcome.faults[:_MOST_FAULTS]
    ]
    left = len(outcome.faults) - _MOST_FAULTS
    return [
        w.count("orga.calendar.faults", len(outcome.faults)),
        *each,
        *([w.count("orga.calendar.more", left)] if left > 0 else []),
    ]


def _asks(outcome: CalendarPreview, w: Phrases) -> str | None:
    if outcome.confirmed:
        return None
    if outcome.kind_asked:
        return w.count("orga.calendar.which_kind", outcome.unsaid)
    if outcome.of_asked is not None:
        return w.count("orga.calendar.whose", outcome.unsaid)
    return w("orga.calendar.replaces" if outcome.parts else "orga.calendar.nothing")


def _buttons(outcome: CalendarPreview, w: Phrases) -> Rows:
    drop = [button(w.label("orga.calendar.button.drop"), Verb.CALENDAR_DROP, outcome.upload_id)]
    if outcome.confirmed:
        return [[to_menu(w)]]
    if outcome.kind_asked:
        kinds = [
            button(w.label(f"orga.calendar.button.{kind}"), Verb.CALENDAR_KIND, outcome.upload_id, kind)
            for kind in TermKind
        ]
        return [kinds, drop]
    if outcome.of_asked is not None:
        return [*_owners(outcome.upload_id, outcome.of_asked, w), drop]
    take = [
        button(w.label("orga.calendar.button.take"), Verb.CALENDAR_GO, outcome.upload_id, outcome.version)
    ]
    return [take, drop] if outcome.parts else [drop]


def _owners(upload_id: int, kind: TermKind, w: Phrases) -> Rows:
    each = [button(land(w, code), Verb.CALENDAR_OF, upload_id, code) for code in LAENDER]
    bundestag = button(w.label("orga.calendar.button.bundestag"), Verb.CALENDAR_OF, upload_id, BUNDESTAG)
    first = [[bundestag]] if kind is TermKind.SITTING else []
    return [*first, *in_rows(each, 2)]
