"""A workshop as its organisers see it: made, changed field by field, and printed."""

from datetime import date
from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.figures import Figure
from domain.links import PrintedFor
from domain.outcomes.organising.workshops import (
    Form,
    WorkshopCard,
    WorkshopDayAsked,
    WorkshopFieldAsked,
    WorkshopPrint,
    WorkshopPrints,
    Workshops,
    WorkshopTitleAsked,
)
from domain.places import LAENDER
from domain.voice import Language, Voice
from domain.words import cut
from domain.workshops import WorkshopDetails, WorkshopField
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message, Row, button, in_rows, keyboard
from messages.names import land
from messages.organising import posters
from messages.organising.desk import TITLE, workshop_line
from messages.organising.spans import span
from messages.places_to_go import to_menu
from messages.qr import qr_png

_DAY = "%Y%m%d"
_VALUE = 60  # UTF-16 units of a detail in a caption


def render(outcome: Workshops, w: Phrases) -> Message:
    match outcome:
        case WorkshopTitleAsked():
            cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(w("orga.workshop.title"), keyboard([cancel]))
        case WorkshopDayAsked():
            return _day_asked(outcome, w)
        case WorkshopCard():
            return card(outcome, w)
        case WorkshopFieldAsked():
            return field_asked(outcome, w)
        case WorkshopPrints():
            return prints(outcome, w)
        case WorkshopPrint():
            return printed(outcome, w)
    assert_never(outcome)


def _day_asked(outcome: WorkshopDayAsked, w: Phrases) -> Message:
    cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
    if outcome.past is not None:
        asked = [
            [button(w.date(day), Verb.WORKSHOP_ON, outcome.draft_id, f"{day:{_DAY}}")]
            for day in _asked_back(outcome)
        ]
        return Message(w("workshop.past_day", day=w.date(outcome.past)), keyboard(*asked, [cancel]))
    today = button(w.label("orga.button.today"), Verb.WORKSHOP_TODAY, outcome.draft_id)
    text = w("orga.workshop.which_day.copied" if outcome.copied else "orga.workshop.which_day")
    return Message(text, keyboard([today], [cancel]))


def _asked_back(outcome: WorkshopDayAsked | WorkshopFieldAsked) -> list[date]:
    """The days that may be meant, a past one among them."""
    return list(dict.fromkeys(day for day in (outcome.past, outcome.coming) if day is not None))


def card(outcome: WorkshopCard, w: Phrases) -> Message:
    """A QR picture with a caption. The link in it is text that can be tapped, for browsers without a camera."""
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    code = Markup("<code>{}</code>").format(outcome.code)
    text = lines(
        _first_line(outcome, w),
        w("orga.in_workshop", title=cut(outcome.details.title, TITLE)),
        *_details(outcome, w),
        w("orga.workshop.link", link=link),
        w("orga.workshop.code", code=code, bot=Markup("@{}").format(outcome.bot)),
        w("workshop.closed") if outcome.details.closed else None,
        _people(outcome.people, w),
    )
    return Message(text, keyboard(*_to_change(outcome, w), [to_menu(w)]), photo=qr_png(outcome.link))


def _first_line(outcome: WorkshopCard, w: Phrases) -> Markup:
    if outcome.changed:
        return w("workshop.changed")
    if outcome.saved is WorkshopField.CLOSED:
        return w("workshop.closed.now" if outcome.details.closed else "workshop.opened.now")
    if outcome.saved is not None:
        return w("workshop.saved", field=w.label(f"workshop.field.{outcome.saved}"))
    return w("orga.workshop")


def _details(outcome: WorkshopCard, w: Phrases) -> list[Markup]:
    details = outcome.details
    day, hours = w.day(details.day), span(details.hours, w)
    place = [cut(details.place, _VALUE), land(w, details.land) if details.land else ""]
    where = " · ".join(each for each in place if each) or w.label("workshop.open")
    said = [
        w("orga.workshop.day", day=w.label("workshop.day", day=day, hours=hours) if hours else day),
        w("workshop.line", label=w.label("workshop.field.place"), value=where),
        w("workshop.line", label=w.label("workshop.guests"), value=_spoken_to(outcome.voice, w)),
        w("workshop.line", label=w.label("workshop.field.tables"), value=_tables(details, w)),
    ]
    if details.sender:
        said.append(
            w("workshop.line", label=w.label("workshop.field.sender"), value=cut(details.sender, _VALUE))
        )
    return said


def _spoken_to(voice: Voice, w: Phrases) -> str:
    return w.label(f"workshop.voice.{voice}")


def _tables(details: WorkshopDetails, w: Phrases) -> str:
    number, names = details.tables.number, ", ".join(details.tables.names)
    return cut(w.plain("workshop.tables", n=number, names=names) if names else str(number), _VALUE)


def _people(people: Figure | None, w: Phrases) -> Markup:
    if people is None:
        return w("orga.workshop.nobody")
    return (
        w.count("orga.workshop.people", people) if isinstance(people, int) else w("orga.workshop.few_people")
    )


_PAIRS = (
    (WorkshopField.TITLE, WorkshopField.DAY),
    (WorkshopField.HOURS, WorkshopField.PLACE),
    (WorkshopField.LAND, WorkshopField.VOICE),
    (WorkshopField.TABLES, WorkshopField.SENDER),
)


def _to_change(outcome: WorkshopCard, w: Phrases) -> list[Row]:
    """Every detail has a button; what is done more often comes first."""
    number, closed = outcome.workshop_id, outcome.details.closed
    door = _setting(
        w.label("workshop.button.reopen" if closed else "workshop.button.close"),
        number,
        WorkshopField.CLOSED,
        "no" if closed else "yes",
        outcome.details,
    )
    fields = [
        [button(w.label(f"workshop.field.{each}"), Verb.WORKSHOP_FIELD, number, each) for each in pair]
        for pair in _PAIRS
    ]
    copied = [button(w.label("workshop.button.copy"), Verb.WORKSHOP_COPY, number)]
    return [
        [
            button(w.label("workshop.button.print"), Verb.WORKSHOP_PRINTS, number),
            button(w.label("guests.button.list"), Verb.GUESTS, number, 0),
        ],
        [
            button(w.label("programme.button.desk"), Verb.ITEMS, number, 0),
            button(w.label("orga.button.report"), Verb.REPORT_OF, number),
        ]
        if outcome.may_change
        else [],
        *(fields if outcome.may_change else []),
        [*(copied if outcome.may_copy else []), *([door] if outcome.may_change else [])],
    ]


def field_asked(outcome: WorkshopFieldAsked, w: Phrases) -> Message:
    present = _present(outcome, w)
    past = outcome.past
    text = lines(
        w("workshop.past_day", day=w.date(past)) if past else w(f"workshop.ask.{outcome.field}"),
        workshop_line(outcome.details.title, w),
        w("workshop.again") if outcome.again else None,
        w("workshop.present", value=cut(present, _VALUE)) if present else None,
    )
    leave = "workshop.button.skip" if outcome.first else "workshop.button.back"
    return Message(
        text, keyboard(*_values(outcome, w), [button(w.label(leave), Verb.WORKSHOP, outcome.workshop_id)])
    )


def _present(outcome: WorkshopFieldAsked, w: Phrases) -> str:  # noqa: PLR0911 - a case per field
    details = outcome.details
    match outcome.field:
        case WorkshopField.TITLE | WorkshopField.CLOSED:
            return details.title
        case WorkshopField.DAY:
            return w.date(details.day)
        case WorkshopField.HOURS:
            return span(details.hours, w)
        case WorkshopField.PLACE:
            return details.place
        case WorkshopField.LAND:
            return land(w, details.land) if details.land else ""
        case WorkshopField.VOICE:
            return _spoken_to(outcome.voice, w)
        case WorkshopField.TABLES:
            return _tables(details, w)
        case WorkshopField.SENDER:
            return details.sender


def _values(outcome: WorkshopFieldAsked, w: Phrases) -> list[Row]:
    """What can be tapped instead of typed."""
    details = outcome.details
    empty = [_value(outcome, w.label("workshop.button.empty"), "none")]
    match outcome.field:
        case WorkshopField.DAY if outcome.past is not None:
            return [[_value(outcome, w.date(day), f"{day:{_DAY}}")] for day in _asked_back(outcome)]
        case WorkshopField.DAY:
            return [[_value(outcome, w.label("orga.button.today"), "today")]]
        case WorkshopField.VOICE:
            return [[_value(outcome, _spoken_to(voice, w), voice)] for voice in Voice]
        case WorkshopField.LAND:
            each = [_value(outcome, land(w, code), code) for code in LAENDER]
            return [*in_rows(each, 2), empty if details.land else []]
        case WorkshopField.HOURS | WorkshopField.PLACE | WorkshopField.SENDER if _present(outcome, w):
            return [empty]
        case _:
            return []


def _value(outcome: WorkshopFieldAsked, label: str, value: str) -> InlineKeyboardButton:
    return _setting(label, outcome.workshop_id, outcome.field, value, outcome.details)


def _setting(
    label: str, workshop_id: int, field: WorkshopField, value: str, details: WorkshopDetails
) -> InlineKeyboardButton:
    """Sets a detail to a value, unless it is another than is shown here."""
    return button(label, Verb.WORKSHOP_SET, workshop_id, f"{field}-{value}", details.version(field))


def prints(outcome: WorkshopPrints, w: Phrases) -> Message:
    number, audience, language = outcome.workshop_id, outcome.audience, outcome.language
    other = Language.DE if language is Language.EN else Language.EN
    forms = [
        button(
            w.label(f"workshop.button.{form}"), Verb.WORKSHOP_PRINT, number, form, f"{audience}-{language}"
        )
        for form in Form
    ]
    others = [
        [button(w.label(f"workshop.for.{each}"), Verb.WORKSHOP_PRINT_FOR, number, f"{each}-{language}")]
        for each in PrintedFor
        if each is not audience
    ]
    text = w(
        "workshop.prints",
        audience=w.label(f"workshop.for.{audience}"),
        language=w.label(f"workshop.in.{language}"),
    )
    into = button(
        w.label(f"workshop.button.in.{other}"), Verb.WORKSHOP_PRINT_FOR, number, f"{audience}-{other}"
    )
    back = button(w.label("workshop.button.back"), Verb.WORKSHOP, number)
    return Message(
        lines(w("workshop.prints.title"), workshop_line(outcome.title, w), text),
        keyboard(forms[:2], forms[2:], *others, [into], [back]),
    )


def printed(outcome: WorkshopPrint, w: Phrases) -> Message:
    """A file that is drawn as it goes out, or the QR code as a picture."""
    text = lines(
        w(f"workshop.printed.{outcome.form}"),
        workshop_line(outcome.title, w),
        w("workshop.printed.for", audience=w.label(f"workshop.for.{outcome.audience}")),
    )
    more = button(w.label("workshop.button.more"), Verb.WORKSHOP_PRINTS, outcome.workshop_id)
    buttons = keyboard([more], [button(w.label("workshop.button.back"), Verb.WORKSHOP, outcome.workshop_id)])
    if outcome.form is Form.PICTURE:
        link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
        return Message(lines(text, link), buttons, photo=qr_png(outcome.link))
    name = w.label(f"workshop.file.{outcome.form}", code=outcome.code)
    draw = posters.poster if outcome.form is Form.POSTER else posters.cards
    return Message(text, buttons, document=Document(name, b""), draw=lambda: draw(outcome))
