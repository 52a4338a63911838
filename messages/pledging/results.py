"""How a pledge ended, as both say, or as one says and the other did not object."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.pledging.nudges import Result
from domain.pledges import Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, Rows, button, keyboard
from messages.people import short
from messages.pledging.retrospectives import look_back
from messages.pledging.statuses import corrections, one_says, status, titled
from messages.pledging.wariness import to_reader
from messages.quotes import quoted


def result(outcome: Result, w: Phrases) -> Message:
    text = fitted(lambda room: _text(outcome, room, w))
    every = button(w.label("pledge.button.all"), Verb.PLEDGES)
    back = [look_back(outcome.pledge_id, w)] if outcome.looks_back and not outcome.opened else []
    return Message(text, keyboard(*_ways_to_correct(outcome, w), back, [every, *_complain(outcome, w)]))


def _complain(outcome: Result, w: Phrases) -> list[InlineKeyboardButton]:
    """About their notes, if there are any."""
    complain = button(w.label("pledge.button.complain"), Verb.COMPLAIN_NOTES, outcome.pledge_id)
    return [complain] if outcome.their_note else []


def _text(outcome: Result, room: int, w: Phrases) -> str:
    promised = quoted(w, outcome.text, room)
    mine, theirs = quoted(w, outcome.my_note, room), quoted(w, outcome.their_note, room)
    other = short(w, outcome.other, dative=True)
    return lines(
        first_line(w, "nudge.result.title", title=titled(w, outcome.title)),
        w("nudge.result.promised", text=promised) if promised else None,
        _unheard(outcome, w) or _words(outcome.mine, outcome.theirs, outcome.other, w),
        w("entered.result.mine", other=short(w, outcome.other)) if outcome.mine_reported else None,
        w("entered.result.theirs", other=short(w, outcome.other)) if outcome.theirs_reported else None,
        w("nudge.result.talk") if _differ(outcome) else None,
        w("nudge.result.my_note", note=mine) if mine else None,
        to_reader(outcome.their_note, w),
        w("nudge.result.their_note", other=other, note=theirs) if theirs else None,
        w("nudge.result.thanks") if None not in (outcome.mine, outcome.theirs) else None,
        _asks(outcome, w),
    )


def _differ(outcome: Result) -> bool:
    return None not in (outcome.mine, outcome.theirs) and outcome.mine is not outcome.theirs


def _unheard(outcome: Result, w: Phrases) -> Markup | None:
    """That somebody without Telegram said nothing means nothing: they were not asked by us."""
    if not outcome.entered or outcome.theirs is not None:
        return None
    other = short(w, outcome.other, dative=True)
    if outcome.mine is None:
        return w("entered.result.silent", other=other)
    return w("entered.result.only_mine", mine=one_says(w, outcome.mine), other=other)


def _words(mine: Status | None, theirs: Status | None, name: str, w: Phrases) -> Markup:
    """Whose word it is."""
    other = short(w, name)
    if mine is None and theirs is None:
        return w("nudge.result.silent", other=short(w, name, dative=True))
    if theirs is None and mine is not None:
        return w("nudge.result.only_mine", mine=one_says(w, mine), other=short(w, name, dative=True))
    if mine is None and theirs is not None:
        return w("nudge.result.only_theirs", theirs=one_says(w, theirs), other=other)
    if mine is not None and mine is theirs:
        return w("nudge.result.same", what=status(w, mine))
    said = _said("mine", mine, other, w), _said("theirs", theirs, other, w)
    return w("nudge.result.differ", mine=said[0], theirs=said[1])


def _said(whose: str, what: Status | None, other: str, w: Phrases) -> Markup:
    if what is None or what is Status.ENDED:  # an end is for two: nobody says it alone
        return w(f"nudge.result.{whose}.ended", other=other)
    return w(f"nudge.result.{whose}", other=other, what=one_says(w, what))


def _asks(outcome: Result, w: Phrases) -> Markup | None:
    if outcome.period is None:
        return None
    if outcome.opened:
        return w("nudge.result.again")
    return w("nudge.result.at_last") if outcome.mine is None else None


def _ways_to_correct(outcome: Result, w: Phrases) -> Rows:
    if outcome.period is None:
        return []
    if outcome.opened:
        return corrections(w, outcome.pledge_id, outcome.period, outcome.mine, rank=None)
    label = w.label("nudge.button.correct" if outcome.mine is not None else "nudge.button.answer")
    return [[button(label, Verb.CORRECT, outcome.pledge_id)]]
