"""Turns outcomes after a pledge is made into messages: nudges, answers, notes, the result."""

from typing import assert_never

from markupsafe import Markup

from domain.outcomes.pledging.nudges import (
    AdviceAsked,
    AdviceSaved,
    AgreementAsked,
    AgreementOver,
    Heard,
    NoteAsked,
    NoteDropped,
    NoteOffered,
    NoteSaved,
    Nudged,
    Nudging,
    Reported,
    Result,
    SeenDifferently,
)
from domain.outcomes.pledging.snoozes import NextAsked, Snoozed
from domain.pledges import PROVABLE
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, short
from messages.pledging import agreement, notes
from messages.pledging.because import because
from messages.pledging.entered import to_pass_on
from messages.pledging.hearing import heard
from messages.pledging.nudges import closing, nudged
from messages.pledging.results import result
from messages.pledging.statuses import blocker_buttons, lacks, titled


def render(outcome: Nudging, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case Nudged():
            return nudged(outcome, w)
        case Snoozed():
            key = "nudge.snoozed.sooner" if outcome.sooner else "nudge.snoozed"
            return Message(lines(_later(outcome, w), w(key, day=w.day(outcome.until))))
        case NextAsked():
            return _next_asked(outcome, w)
        case NoteAsked():
            return notes.asked(outcome, w)
        case NoteOffered():
            return notes.offered(outcome, w)
        case NoteSaved():
            return notes.saved(outcome, w)
        case NoteDropped():
            return Message(w("nudge.note.dropped"))
        case Reported():
            return _reported(outcome, w)
        case Heard():
            return heard(outcome, w)
        case AgreementAsked():
            return agreement.asked(outcome, w)
        case SeenDifferently():
            return agreement.seen_differently(outcome, w)
        case AgreementOver():
            return agreement.over(outcome, w)
        case AdviceAsked():
            rather_not = button(w.label("nudge.button.rather_not"), Verb.CANCEL)
            other = short(w, outcome.other)
            return Message(w("nudge.advice", other=other), keyboard([rather_not]))
        case AdviceSaved():
            every = button(w.label("pledge.button.all"), Verb.PLEDGES)
            return Message(w("nudge.advice.saved"), keyboard([every]))
        case Result():
            return result(outcome, w)
    assert_never(outcome)


def _next_asked(outcome: NextAsked, w: Phrases) -> Message:
    text = lines(
        first_line(w, "nudge.when.title", title=titled(w, outcome.title)),
        because(outcome.why, outcome.hour, lambda which: f"nudge.when.why.{which}", w),
        w("nudge.when.day", day=w.day(outcome.on)) if outcome.on is not None else w("nudge.when.none"),
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard([look]))


def _later(outcome: Snoozed, w: Phrases) -> Markup:
    if outcome.title is None:
        return w("nudge.snoozed.several")
    return first_line(w, "nudge.snoozed.title", title=titled(w, outcome.title))


def _reported(outcome: Reported, w: Phrases) -> Message:
    other = at_start(short(w, outcome.other))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    heading = first_line(w, "pledge.about", title=titled(w, outcome.title))
    if outcome.status is None:
        return Message(lines(heading, w("nudge.reported.taken_back")), keyboard([look]))
    asks = blocker_buttons(w, outcome.pledge_id, outcome.period) if outcome.period is not None else []
    text = lines(
        heading,
        w(
            "entered.reported" if outcome.entered else "nudge.reported",
            what=lacks(w, outcome.status, outcome.blocker),
            other=other,
        ),
        closing(outcome, w),
        w("nudge.blocked.ask.row" if outcome.entered else "nudge.blocked.ask", other=other) if asks else None,
    )
    proof = button(w.label("evidence.button"), Verb.EVIDENCE, outcome.pledge_id)
    pass_on = to_pass_on(outcome.pledge_id, outcome.other, w) if outcome.entered else []
    return Message(text, keyboard(*asks, pass_on, [look], [proof] if outcome.status in PROVABLE else []))
