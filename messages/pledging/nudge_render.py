"""Turns outcomes after a pledge is made into messages: nudges, answers, notes, the result."""

from typing import assert_never

from telegram import InlineKeyboardButton

from domain.outcomes.pledging.nudges import (
    AdviceAsked,
    AdviceSaved,
    AgreementAsked,
    AgreementOver,
    NoteAsked,
    NoteDropped,
    NoteOffered,
    NoteSaved,
    Nudged,
    Nudging,
    Reported,
    Result,
    Snoozed,
)
from domain.pledges import Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, short
from messages.pledging import notes
from messages.pledging.nudges import nudged
from messages.pledging.statuses import Rows, corrections, one_says, status, titled
from messages.pledging.wariness import to_reader
from messages.quotes import quoted

_NOTES = 1000  # UTF-16 units of each party's last note, so that both and the sentence fit into a message


def render(outcome: Nudging, w: Phrases) -> Message:  # noqa: C901, PLR0911 - a case per outcome
    match outcome:
        case Nudged():
            return nudged(outcome, w)
        case Snoozed():
            return Message(w("nudge.snoozed", day=w.day(outcome.until)))
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
        case AgreementAsked():
            return _agreement_asked(outcome, w)
        case AgreementOver():
            return _agreement_over(outcome, w)
        case AdviceAsked():
            rather_not = button(w.label("nudge.button.rather_not"), Verb.CANCEL)
            return Message(w("nudge.advice"), keyboard([rather_not]))
        case AdviceSaved():
            every = button(w.label("pledge.button.all"), Verb.PLEDGES)
            return Message(w("nudge.advice.saved"), keyboard([every]))
        case Result():
            return _result(outcome, w)
    assert_never(outcome)


def _reported(outcome: Reported, w: Phrases) -> Message:
    other = at_start(short(w, outcome.other))
    text = lines(
        first_line(w, "pledge.about", title=titled(w, outcome.title)),
        w("nudge.reported", what=one_says(w, outcome.status), other=other),
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard([look]))


def _agreement_asked(outcome: AgreementAsked, w: Phrases) -> Message:
    about = "end" if outcome.status is Status.ENDED else "kept"
    text = lines(
        first_line(w, "nudge.agree.title", title=titled(w, outcome.title)),
        quoted(w, outcome.text),
        w(f"nudge.agree.{about}", other=at_start(short(w, outcome.other))),
    )
    return Message(
        text,
        keyboard(
            [button(w.label(f"nudge.button.agree.{about}"), Verb.AGREE, outcome.pledge_id, outcome.status)],
            [button(w.label(f"nudge.button.disagree.{about}"), Verb.DISAGREE, outcome.pledge_id)],
        ),
    )


def _agreement_over(outcome: AgreementOver, w: Phrases) -> Message:
    other = at_start(short(w, outcome.other))
    if outcome.status is None:
        said = w("nudge.agree.taken_back", other=other)
    else:
        said = w("nudge.agree.changed", other=other, what=one_says(w, outcome.status))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(
        lines(first_line(w, "pledge.about", title=titled(w, outcome.title)), said), keyboard([look])
    )


def _result(outcome: Result, w: Phrases) -> Message:
    differ = outcome.mine is not outcome.theirs
    say = one_says if differ else status
    other, mine, theirs = short(w, outcome.other), say(w, outcome.mine), say(w, outcome.theirs)
    key = "nudge.result.differ" if differ else "nudge.result.same"
    my_note, their_note = outcome.my_note, outcome.their_note
    text = lines(
        first_line(w, "nudge.result.title", title=titled(w, outcome.title)),
        w("nudge.result.promised", text=quoted(w, outcome.text)) if outcome.text else None,
        w(key, what=mine, mine=mine, other=other, theirs=theirs),
        w("nudge.result.my_note", note=quoted(w, my_note, _NOTES)) if my_note else None,
        to_reader(their_note, w),
        w(
            "nudge.result.their_note",
            other=short(w, outcome.other, dative=True),
            note=quoted(w, their_note, _NOTES),
        )
        if their_note
        else None,
        w("nudge.result.talk") if differ else None,
        w("nudge.result.again") if outcome.opened and outcome.period else None,
    )
    return Message(
        text,
        keyboard(
            *_ways_to_correct(outcome, w),
            [button(w.label("pledge.button.all"), Verb.PLEDGES), *_complain(outcome, w)],
        ),
    )


def _complain(outcome: Result, w: Phrases) -> list[InlineKeyboardButton]:
    """About their notes, if there are any."""
    complain = button(w.label("pledge.button.complain"), Verb.COMPLAIN_NOTES, outcome.pledge_id)
    return [complain] if outcome.their_note else []


def _ways_to_correct(outcome: Result, w: Phrases) -> Rows:
    if outcome.period is None:
        return []
    if outcome.opened:
        return corrections(w, outcome.pledge_id, outcome.period, outcome.mine, rank=None)
    return [[button(w.label("nudge.button.correct"), Verb.CORRECT, outcome.pledge_id)]]
