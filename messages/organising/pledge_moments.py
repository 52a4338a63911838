"""The pledge moment: opened at the desk, and what the hall reads of it."""

from typing import assert_never

from domain.outcomes.organising.pledge_moments import (
    MomentAsked,
    MomentDeclined,
    MomentOpened,
    MomentProgress,
    PledgeMoments,
)
from domain.pledge_moments import LENGTHS
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising.desk import workshop_line
from messages.organising.figures import shown
from messages.people import full
from messages.places_to_go import to_menu


def render(outcome: PledgeMoments, w: Phrases) -> Message:
    match outcome:
        case MomentAsked():
            return _asked(outcome, w)
        case MomentProgress():
            return _progress(outcome, w)
        case MomentOpened():
            return _opened(outcome, w)
        case MomentDeclined():
            pledges = button(w.label("small.button.pledges"), Verb.PLEDGES)
            return Message(w("moment.declined"), keyboard([pledges]))
    assert_never(outcome)


def _asked(outcome: MomentAsked, w: Phrases) -> Message:
    sure = outcome.minutes is not None and outcome.day is None
    text = lines(
        w("moment.sure", minutes=outcome.minutes) if sure else w("moment.ask"),
        workshop_line(outcome.title, w),
        w("moment.changed") if outcome.changed else None,
        w("moment.reaches", people=shown(outcome.people, w)) if outcome.day is None else None,
        w("moment.how") if outcome.day is None else w("moment.another_day", day=w.day(outcome.day)),
    )
    number = outcome.workshop_id
    lengths = [
        button(w.label("moment.button.minutes", minutes=each), Verb.MOMENT_LENGTH, number, each)
        for each in LENGTHS
        if each != outcome.minutes
    ]
    go = button(
        w.label("moment.button.open"), Verb.MOMENT_OPEN, number, outcome.minutes or 0, outcome.version
    )
    return Message(text, keyboard([go] if sure else [], lengths if outcome.day is None else [], [to_menu(w)]))


def _progress(outcome: MomentProgress, w: Phrases) -> Message:
    until = w.clock(outcome.until)
    text = lines(
        w("moment.over" if outcome.is_over else "moment.running", time=until),
        workshop_line(outcome.title, w),
        w("moment.made", n=shown(outcome.made, w)),
        w("moment.waiting", n=shown(outcome.waiting, w)),
        w("moment.told", n=shown(outcome.told, w)),
    )
    end = button(w.label("moment.button.end"), Verb.MOMENT_END, outcome.moment_id)
    look = button(w.label("moment.button.look"), Verb.MOMENT, outcome.moment_id)
    return Message(text, keyboard([look], [] if outcome.is_over else [end], [to_menu(w)]))


def _opened(outcome: MomentOpened, w: Phrases) -> Message:
    text = lines(
        w("moment.opened"),
        w("moment.opened.until", time=w.clock(outcome.until)) if outcome.until is not None else None,
        w("moment.opened.met" if outcome.people else "moment.opened.nobody_met"),
    )
    met = [
        [button(w.fitted("pledge.button.person", name=full(w, name), where=""), Verb.PLEDGE_WITH, person_id)]
        for person_id, name in outcome.people
    ]
    beside = button(w.label("pledge.button.beside"), Verb.PLEDGE_BESIDE)
    other = button(w.label("moment.button.other"), Verb.PLEDGE_NEW)
    later = button(w.label("moment.button.not"), Verb.MOMENT_NOT, outcome.moment_id)
    return Message(text, keyboard(*met, [beside], [other], [later]))
