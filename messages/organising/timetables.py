"""The timetable as organisers plan and see it, and as each who has a place in it reads their own talks."""

from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.choices import Theme
from domain.outcomes.organising.timetables import (
    OwnSlot,
    OwnSlots,
    TimetableEnding,
    TimetableOff,
    TimetablePictured,
    TimetablePlan,
    TimetableRow,
    Timetables,
    TimetableSent,
)
from domain.slots import LENGTHS, clock
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising import desk, rounds, timetable_pictures
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_LAST = 24 * 60 - 1


def render(outcome: Timetables, w: Phrases) -> Message:
    match outcome:
        case TimetablePlan():
            return _plan(outcome, w)
        case TimetableSent():
            return _sent(outcome, w)
        case TimetableEnding():
            return _ending(outcome, w)
        case TimetableOff():
            return _off(outcome, w)
        case TimetablePictured():
            return _pictured(outcome, w)
        case OwnSlots():
            return _own(outcome, w)
    assert_never(outcome)


def _plan(outcome: TimetablePlan, w: Phrases) -> Message:
    text = lines(
        w("orga.timetable.changed" if outcome.changed else "orga.timetable.title"),
        desk.workshop_line(outcome.workshop, w),
        w("orga.timetable.day", day=w.day(outcome.day)) if outcome.day else None,
        w(
            "orga.timetable.when",
            time=w.clock(clock(min(outcome.first, _LAST))), n=outcome.length, tables=outcome.tables,
        ),
        w("orga.timetable.seated", n=outcome.seated) if outcome.seated or outcome.left else None,
        *(_row(each, w) for each in outcome.rows),
        w("orga.timetable.left", n=outcome.left) if outcome.left else None,
        *(w("orga.timetable.left.one", names=_names(each, w)) for each in outcome.left_names),
        _next(outcome, w),
    )  # fmt: skip
    start = f"{outcome.first}-{outcome.length}"
    go = button(
        w.label("orga.timetable.button.go"), Verb.TIMETABLE_GO, outcome.workshop_id, start, outcome.version
    )
    return Message(
        text,
        keyboard(
            _moves(outcome, w),
            _lengths(outcome, w),
            turning(outcome, w, Verb.TIMETABLE, outcome.workshop_id, start),
            [go] if outcome.seated else [],
            [to_menu(w)],
        ),
    )


def _next(outcome: TimetablePlan, w: Phrases) -> Markup:
    if outcome.seated:
        return w("orga.timetable.confirm")
    return w("orga.timetable.full" if outcome.left else "orga.timetable.nobody")


def _moves(outcome: TimetablePlan, w: Phrases) -> list[InlineKeyboardButton]:
    moves = (("earlier", outcome.earlier), ("later", outcome.later))
    return [
        button(
            w.label(f"orga.timetable.button.{way}"),
            Verb.TIMETABLE, outcome.workshop_id, f"{first}-{outcome.length}", 0,
        )
        for way, first in moves
        if first is not None
    ]  # fmt: skip


def _lengths(outcome: TimetablePlan, w: Phrases) -> list[InlineKeyboardButton]:
    return [
        button(
            w.label("orga.timetable.button.length", n=length),
            Verb.TIMETABLE, outcome.workshop_id, f"{outcome.first}-{length}", 0,
        )
        for length in LENGTHS
        if length != outcome.length
    ]  # fmt: skip


def _row(of: TimetableRow | OwnSlot, w: Phrases) -> Markup:
    """When, where and who."""
    return w("orga.timetable.row", time=w.clock(of.at), table=_table(of, w), names=_names(of.names, w))


def _table(of: TimetableRow | OwnSlot, w: Phrases) -> Markup:
    """What the table is called, or its number."""
    return w(
        "matching.meet.at.name" if of.table_name else "matching.meet.at", table=of.table, name=of.table_name
    )


def _names(names: Iterable[str], w: Phrases) -> str:
    return ", ".join(rounds.named(name, w) for name in names)


def _sent(outcome: TimetableSent, w: Phrases) -> Message:
    text = lines(
        w("orga.timetable.sent.title"),
        desk.workshop_line(outcome.workshop, w),
        w("orga.timetable.told", n=outcome.told) if outcome.told is not None else None,
        *(_row(each, w) for each in outcome.rows),
    )
    of = outcome.workshop_id
    picture = button(w.label("orga.timetable.button.picture"), Verb.TIMETABLE_PICTURE, of, Theme.LIGHT, 0)
    end = button(w.label("orga.timetable.button.end"), Verb.TIMETABLE_END, of)
    pages = turning(outcome, w, Verb.TIMETABLE_SENT, of)
    holds = [[picture] if outcome.rows else [], [end] if outcome.may_end else []]
    return Message(text, keyboard(pages, *holds, [_anew(of, w)], [to_menu(w)]))


def _anew(workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("orga.timetable.button.anew"), Verb.TIMETABLE_NEW, workshop_id)


def _ending(outcome: TimetableEnding, w: Phrases) -> Message:
    text = lines(
        w("orga.timetable.ending.changed" if outcome.changed else "orga.timetable.ending"),
        desk.workshop_line(outcome.workshop, w),
        w("orga.timetable.ending.talks", n=outcome.talks),
        w("orga.timetable.ending.people", n=outcome.people),
        w("orga.timetable.ending.rule"),
    )
    of = outcome.workshop_id
    yes = button(w.label("orga.timetable.button.off"), Verb.TIMETABLE_OFF, of, outcome.version)
    no = button(w.label("orga.timetable.button.keep"), Verb.TIMETABLE_SENT, of, 0)
    return Message(text, keyboard([yes], [no]))


def _off(outcome: TimetableOff, w: Phrases) -> Message:
    text = lines(
        w("orga.timetable.off"),
        desk.workshop_line(outcome.workshop, w),
        w("orga.timetable.told", n=outcome.told),
    )
    return Message(text, keyboard([_anew(outcome.workshop_id, w)], [to_menu(w)]))


def _pictured(outcome: TimetablePictured, w: Phrases) -> Message:
    other, of = outcome.theme.other, outcome.workshop_id
    theme = button(w.label(f"retro.button.{other}"), Verb.TIMETABLE_PICTURE, of, other, outcome.page)
    pages = turning(outcome, w, Verb.TIMETABLE_PICTURE, of, outcome.theme)
    caption = w("orga.timetable.caption", page=outcome.page + 1, pages=outcome.pages)
    return Message(
        caption,
        keyboard(pages, [theme], [to_menu(w)]),
        draw=lambda: timetable_pictures.png(outcome, w),
        covers=True,
    )


def _own(outcome: OwnSlots, w: Phrases) -> Message:
    if not outcome.slots:
        return Message(lines(w("timetable.own.title"), w("timetable.own.none")))
    text = lines(
        w("timetable.own.title"),
        w("orga.timetable.day", day=w.day(outcome.day)) if outcome.day else None,
        *(_row(each, w) for each in outcome.slots),
        w("timetable.own.cant"),
    )
    return Message(text, keyboard(*([_to_talk(each, w)] for each in outcome.slots)))


def _to_talk(slot: OwnSlot, w: Phrases) -> InlineKeyboardButton:
    name = full(w, slot.names[0] if slot.names else "")
    return button(w.fitted("timetable.button.talk", name=name), Verb.INTRO, slot.intro_id)
