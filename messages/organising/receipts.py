"""Who got a broadcast, and who did not and why."""

from typing import assert_never

from domain.outcomes.organising.receipts import (
    GOT_IT,
    ListFor,
    ReceiptLine,
    ReceiptList,
    ReceiptListEnded,
    Receipts,
    ReceiptsShown,
)
from domain.words import utf16_length
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message, button, keyboard
from messages.organising.audiences import workshops_line
from messages.people import full
from messages.places_to_go import to_menu
from messages.tables import table

_NAMES = 300  # UTF-16 units for the names of a group


def render(outcome: Receipts, w: Phrases) -> Message:
    match outcome:
        case ReceiptsShown():
            return _shown(outcome, w)
        case ReceiptList():
            return _listed(outcome, w)
        case ReceiptListEnded():
            return Message("", formats=(), deletes=True)
    assert_never(outcome)


def _shown(outcome: ReceiptsShown, w: Phrases) -> Message:
    groups = []
    for receipt, number, some in outcome.groups:
        named = _fitting([_named(each, w) for each in some])
        more = number - len(named)
        label = w.label(f"receipt.{receipt}")
        key = "receipts.group.more" if more else "receipts.group"
        groups.append(w(key, label=label, n=number, names=", ".join(named), more=more))
    text = lines(w("receipts"), workshops_line(outcome.workshops, w), *groups, w("receipts.noted"))
    missed = any(receipt not in GOT_IT for receipt, *_ in outcome.groups)
    each = [ListFor.FOLLOW_UP, ListFor.RECORD] if missed else [ListFor.RECORD]
    lists = [
        [button(w.label(f"receipts.button.{purpose}"), Verb.RECEIPT_LIST, outcome.broadcast_id, purpose)]
        for purpose in (each if outcome.groups else [])
    ]
    return Message(text, keyboard(*lists, [to_menu(w)]))


def _named(line: ReceiptLine, w: Phrases) -> str:
    name = full(w, line.name)
    return w.label("receipts.in_workshop", name=name, workshop=line.workshop) if line.workshop else name


def _fitting(names: list[str]) -> list[str]:
    """The first of these, as many as there is room for; none of them is cut in two."""
    some = names[:1]
    for name in names[1:]:
        if utf16_length(", ".join([*some, name])) > _NAMES:
            break
        some.append(name)
    return some


def _listed(outcome: ReceiptList, w: Phrases) -> Message:
    several = len(outcome.workshops) > 1
    columns = ("name", *(["workshop"] if several else []), "place", "receipt", "reason", "hint")
    heading = [w.label(f"receipts.column.{each}") for each in columns]
    rows = [heading, *(_row(each, w, several=several) for each in outcome.people)]
    content = table(rows, w.label("table.delimiter"))
    text = lines(
        w(f"receipts.list.{outcome.purpose}"),
        workshops_line(outcome.workshops, w),
        w.count("receipts.list.people", len(outcome.people)),
        w("receipts.list.ends"),
    )
    return Message(text, document=Document(w.label("receipts.file"), content), protect=True)


def _row(line: ReceiptLine, w: Phrases, *, several: bool) -> list[str]:
    hint = w.label("receipts.repeated") if line.repeated else ""
    where = [line.workshop] if several else []
    return [full(w, line.name), *where, line.place, w.label(f"receipt.{line.receipt}"), line.reason, hint]
