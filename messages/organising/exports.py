"""`/export` as the team reads it: the question what for, what will be in the file, and the file."""

from collections.abc import Iterable
from typing import assert_never

from domain.outcomes.organising.exports import (
    ExportAsked,
    ExportedPerson,
    ExportEnded,
    ExportLeft,
    ExportOf,
    ExportOffered,
    ExportPreview,
    Exports,
    PeopleExported,
    PledgesExported,
)
from domain.outcomes.organising.insight import FileKind
from domain.outcomes.organising.released import ReleasedPledge
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message, button, keyboard
from messages.names import land, listed, role
from messages.organising.desk import workshop_line
from messages.people import full
from messages.places_to_go import to_menu
from messages.quotes import quoted
from messages.tables import Field, table, workbook

_TAKES = {FileKind.CSV: Verb.EXPORT_CSV, FileKind.XLSX: Verb.EXPORT_XLSX}
_PEOPLE = ("name", "role", "confirmed", "organisation", "place", "land", "seeks", "offers", "until", "talks")
_PLEDGES = ("title", "text", "state", "day")


def render(outcome: Exports, w: Phrases) -> Message:
    match outcome:
        case ExportAsked():
            cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(
                lines(w("export.ask"), workshop_line(outcome.workshop, w), w("export.ask.how")),
                keyboard([cancel]),
            )
        case ExportOffered():
            return _offered(outcome, w)
        case ExportPreview():
            return _previewed(outcome, w) if outcome.until is None else _taken(outcome, w)
        case PeopleExported() | PledgesExported():
            return _filed(outcome, w)
        case ExportEnded():
            return Message("", formats=(), deletes=True)
        case ExportLeft():
            text = lines(
                w("export.left"),
                workshop_line(outcome.workshop, w),
                w("export.left.how", day=w.day(outcome.on)),
            )
            return Message(text, keyboard([to_menu(w)]))
    assert_never(outcome)


def _offered(outcome: ExportOffered, w: Phrases) -> Message:
    each = [
        [button(w.label(f"export.button.{of}", n=number), Verb.EXPORT_OF, outcome.export_id, of)]
        for of, number in outcome.numbers
    ]
    return Message(
        lines(w("export.offer"), *_about(outcome, w), w("export.offer.how")), keyboard(*each, [to_menu(w)])
    )


def _about(
    outcome: ExportOffered | ExportPreview | PeopleExported | PledgesExported, w: Phrases
) -> list[str]:
    return [
        workshop_line(outcome.workshop, w),
        w("export.purpose", purpose=quoted(w, outcome.purpose)),
    ]


def _previewed(outcome: ExportPreview, w: Phrases) -> Message:
    text = lines(
        w("export.preview"),
        *_about(outcome, w),
        w.count(f"export.number.{outcome.of}", outcome.number) if outcome.number else w("export.nothing"),
        w.count("export.about", outcome.people)
        if outcome.of is ExportOf.PLEDGES and outcome.people
        else None,
        w(f"export.holds.{outcome.of}"),
        w("export.hour") if outcome.number else None,
    )
    files = [
        button(w.label(f"insight.button.{kind}"), verb, outcome.export_id, outcome.of, outcome.number)
        for kind, verb in (_TAKES.items() if outcome.number else ())
    ]
    back = button(w.label("export.button.back"), Verb.EXPORT, outcome.export_id)
    return Message(text, keyboard(files, [back], [to_menu(w)]))


def _taken(outcome: ExportPreview, w: Phrases) -> Message:
    until = w("export.taken.until", time=w.clock(outcome.until)) if outcome.until is not None else None
    again = button(w.label("export.button.new"), Verb.EXPORTS)
    return Message(lines(w("export.taken"), *_about(outcome, w), until), keyboard([again], [to_menu(w)]))


def _filed(outcome: PeopleExported | PledgesExported, w: Phrases) -> Message:
    of = ExportOf.PEOPLE if isinstance(outcome, PeopleExported) else ExportOf.PLEDGES
    number = len(outcome.people) if isinstance(outcome, PeopleExported) else len(outcome.pledges)
    text = lines(
        w(f"export.file.title.{of}"),
        *_about(outcome, w),
        w.count(f"export.number.{of}", number),
        w("export.file.ends"),
        w("export.file.repeated") if outcome.repeated else None,
    )
    name = w.plain(f"export.file.{of}", kind=outcome.kind)
    return Message(text, document=Document(name, b""), draw=lambda: written(outcome, w), protect=True)


def written(outcome: PeopleExported | PledgesExported, w: Phrases) -> bytes:
    """The file."""
    made = rows(outcome, w)
    return workbook(made) if outcome.kind is FileKind.XLSX else table(made, w.plain("table.delimiter"))


def rows(outcome: PeopleExported | PledgesExported, w: Phrases) -> list[list[Field]]:
    """What is in it, of whatever kind it is: the heading first."""
    if isinstance(outcome, PeopleExported):
        return [_heading(_PEOPLE, w), *(_person(one, w) for one in outcome.people)]
    return [_heading(_PLEDGES, w), *(_pledge(one, w) for one in outcome.pledges)]


def _heading(columns: Iterable[str], w: Phrases) -> list[Field]:
    return [w.plain(f"export.column.{column}") for column in columns]


def _person(one: ExportedPerson, w: Phrases) -> list[Field]:
    card, here = one.card, one.presence
    is_confirmed = "export.confirmed" if card.confirmed else "export.unconfirmed"
    return [
        full(w, card.name),
        role(w, card.role),
        w.plain(is_confirmed) if card.role.is_mp else "",
        card.organisation,
        card.place,
        land(w, card.land) if card.land else "",
        listed(w, one.seeks),
        listed(w, one.offers),
        w.clock(here.until) if here.until is not None else "",
        here.talks if here.talks is not None else "",
    ]


def _pledge(one: ReleasedPledge, w: Phrases) -> list[Field]:
    state = w.plain("export.state.ended" if one.ended else "export.state.runs")
    return [one.title, one.text, state, one.on.isoformat() if one.on is not None else ""]
