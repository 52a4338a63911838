"""A rehearsal: its plan, with a button for each part of it, and what came of it, with every message in a file."""

from dataclasses import dataclass
from functools import partial
from html import unescape
from re import compile as pattern
from typing import TYPE_CHECKING, assert_never

from babel.dates import format_datetime
from telegram import InlineKeyboardButton

from domain.outcomes.organising.rehearsals import (
    RehearsalDayAsked,
    RehearsalPlanned,
    RehearsalPlayed,
    Rehearsals,
    RehearsalStep,
)
from domain.rehearsals import LANDS, Clash, ClashKind, RehearsalPlan, RehearsedMessage
from domain.voice import Voice
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message, Row, button, in_rows, keyboard
from messages.names import land
from messages.organising.paper import document
from messages.pictures import drawable
from messages.places_to_go import to_menu

if TYPE_CHECKING:
    from fpdf import FPDF

_MANY = 100
"""For how many pledges of one day the busiest hour is told."""
_MOST_DAYS = 4
_TAG = pattern("<[^>]+>")
_ACROSS = 2
_MARGIN, _SMALL, _LETTERS, _LEADING = 15, 9, 11, 5.2  # millimetres; points; points; millimetres


@dataclass(frozen=True)
class MadeUp:
    """What those who are made up are called, and what the one promises the other."""

    workshop: str
    names: tuple[str, str]
    sentence: str


def made_up(voice: Voice) -> MadeUp:
    w = Phrases(voice)
    names = (w.plain("rehearsal.name.1"), w.plain("rehearsal.name.2"))
    return MadeUp(w.plain("rehearsal.workshop"), names, w.plain("rehearsal.sentence"))


def render(outcome: Rehearsals, w: Phrases) -> Message:
    match outcome:
        case RehearsalPlanned():
            return _planned(outcome, w)
        case RehearsalDayAsked():
            back = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(w("rehearsal.day"), keyboard([back]))
        case RehearsalPlayed():
            return _played(outcome, w)
        case _:
            assert_never(outcome)


# --- what is to be played


def _planned(outcome: RehearsalPlanned, w: Phrases) -> Message:
    text = lines(w("rehearsal.plan"), *_described(outcome, w), w("rehearsal.plan.how"))
    match outcome.step:
        case RehearsalStep.FIRST_LAND | RehearsalStep.SECOND_LAND:
            return Message(lines(text, w("rehearsal.land")), keyboard(*_lands(outcome, w)))
        case _:
            return Message(text, keyboard(*_parts(outcome, w)))


def _described(plan: RehearsalPlan, w: Phrases) -> list[str]:
    people = enumerate(plan.people, 1)
    each = [
        w(f"rehearsal.plan.person.{number}", role=_role(one.role.is_mp, w), land=_land(one.land, w))
        for number, one in people
    ]
    days = w("rehearsal.plan.days", day=w.date(plan.made_on), until=w.date(plan.deadline))
    return [days, *each, w("rehearsal.plan.answering" if plan.answering else "rehearsal.plan.silent")]


def _role(is_mp: bool, w: Phrases) -> str:
    return w.plain("rehearsal.role.mp" if is_mp else "rehearsal.role.other")


def _land(code: str | None, w: Phrases) -> str:
    return land(w, code) if code is not None else w.plain("rehearsal.no_land")


def _parts(plan: RehearsalPlan, w: Phrases) -> list[Row]:
    """A button for each part of the plan, which says what it would become."""
    return [
        [
            _tap(
                w.label("rehearsal.button.first"), RehearsalStep.SHOW, plan, first_is_mp=not plan.first_is_mp
            ),
            _tap(w.label("rehearsal.button.first_land"), RehearsalStep.FIRST_LAND, plan),
        ],
        [
            _tap(
                w.label("rehearsal.button.second"),
                RehearsalStep.SHOW,
                plan,
                second_is_mp=not plan.second_is_mp,
            ),
            _tap(w.label("rehearsal.button.second_land"), RehearsalStep.SECOND_LAND, plan),
        ],
        [
            _tap(w.label("rehearsal.button.day"), RehearsalStep.DAY, plan),
            _tap(
                w.label("rehearsal.button.silent" if plan.answering else "rehearsal.button.answering"),
                RehearsalStep.SHOW,
                plan,
                answering=not plan.answering,
            ),
        ],
        [_tap(w.label("rehearsal.button.play"), RehearsalStep.PLAY, plan)],
        [to_menu(w)],
    ]


def _lands(outcome: RehearsalPlanned, w: Phrases) -> list[Row]:
    which = "first_land" if outcome.step is RehearsalStep.FIRST_LAND else "second_land"
    each = [
        _tap(_land(code, w), RehearsalStep.SHOW, outcome, **{which: number})
        for number, code in enumerate(LANDS)
    ]
    return in_rows(each, _ACROSS)


def _tap(label: str, step: RehearsalStep, plan: RehearsalPlan, **changed: int) -> InlineKeyboardButton:
    """A button that does this with the plan, as changed."""
    names = ("made_on", "first_is_mp", "second_is_mp", "first_land", "second_land", "answering")
    return button(
        label,
        Verb.REHEARSAL,
        step,
        spelled(RehearsalPlan(**{n: changed.get(n, getattr(plan, n)) for n in names})),
    )


def spelled(plan: RehearsalPlan) -> str:
    """The plan as buttons carry it: YYYYMMDD, three flags, and the numbers of two Länder."""
    flags = "".join(str(int(flag)) for flag in (plan.first_is_mp, plan.second_is_mp, plan.answering))
    return f"{plan.made_on:%Y%m%d}-{flags}-{plan.first_land}-{plan.second_land}"


# --- what came of it


def _played(outcome: RehearsalPlayed, w: Phrases) -> Message:
    first = sum(each.to_first for each in outcome.said)
    text = lines(
        w("rehearsal.played"),
        *_described(outcome.plan, w),
        w("rehearsal.numbers", first=first, second=len(outcome.said) - first),
        _busiest(outcome, w),
        *(_clash(each, w) for each in {each.kind: each for each in outcome.clashes}.values()),
    )
    name = f"{w.plain('rehearsal.file')}-{outcome.plan.made_on.isoformat()}.pdf"
    again = _tap(w.label("rehearsal.button.again"), RehearsalStep.SHOW, outcome.plan)
    return Message(
        text,
        keyboard([again], [to_menu(w)]),
        document=Document(name, b""),
        draw=partial(_pdf, outcome, w),
    )


def _busiest(outcome: RehearsalPlayed, w: Phrases) -> str | None:
    if outcome.busiest is None:
        return None
    at, number = outcome.busiest
    when = w.moment(at.date(), at.time())
    return w("rehearsal.busiest", when=when, number=number, many=_MANY, all=number * _MANY)


def _clash(clash: Clash, w: Phrases) -> str:
    if clash.kind is ClashKind.UNKNOWN:
        return w("rehearsal.clash.unknown", day=w.date(clash.days[0]))
    if clash.kind is ClashKind.QUIET:
        return w("rehearsal.clash.quiet", first=w.day(clash.days[0]), last=w.day(clash.days[-1]))
    days = ", ".join(w.day(day) for day in clash.days[:_MOST_DAYS])
    if (left := len(clash.days) - _MOST_DAYS) > 0:
        days = w.plain("rehearsal.more_days", days=days, n=left)
    return w(f"rehearsal.clash.{clash.kind}", days=days)


def _pdf(outcome: RehearsalPlayed, w: Phrases) -> bytes:
    """Every message with its day, its hour and its reader. Takes a while."""
    title = w.plain("rehearsal.title", day=w.date(outcome.plan.made_on))
    pdf = document(title, w.voice.language)
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.set_y(_MARGIN)
    _write(pdf, title, 16, strong=True)
    for each in outcome.said:
        pdf.ln(3)
        _write(pdf, _head(each, w), _SMALL, strong=True)
        _write(pdf, unescape(_TAG.sub("", each.text)), _LETTERS)
        if each.labels:
            _write(pdf, "   ".join(f"[{label}]" for label in each.labels), _SMALL)
    return bytes(pdf.output())


def _head(said: RehearsedMessage, w: Phrases) -> str:
    locale = w.voice.language.value
    at = format_datetime(said.at.replace(tzinfo=None), w.plain("rehearsal.at"), locale=locale)
    to = w.plain("rehearsal.name.1" if said.to_first else "rehearsal.name.2")
    return w.plain("rehearsal.reply" if said.asked_for else "rehearsal.by_itself", at=at, to=to)


def _write(pdf: "FPDF", text: str, points: float, *, strong: bool = False) -> None:
    pdf.set_font("sans", "B" if strong else "", points)
    for line in text.split("\n"):
        pdf.multi_cell(0, _LEADING, drawable(line, strong=strong), align="L", new_x="LMARGIN", new_y="NEXT")
