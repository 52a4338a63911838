"""Amendments: what is to change, the difference, and what became of it; and why somebody says no."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.amendments import Mark, Run, difference
from domain.outcomes.pledging.amendments import (
    Amending,
    AmendmentAsked,
    AmendmentOffered,
    AmendmentProposed,
    AmendmentSent,
    AmendmentSettled,
    BecauseAsked,
    NewDayAsked,
    NewWordsAsked,
)
from domain.outcomes.pledging.days import DayUse
from domain.pledges import NoBecause
from domain.words import cut, literal
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, full, short
from messages.pledging.days import on_day, said, take
from messages.pledging.releasing import who_may_read
from messages.pledging.statuses import titled
from messages.pledging.wariness import to_reader, under_way
from messages.quotes import quoted

_MARKED = {Mark.KEPT: Markup("{}"), Mark.GONE: Markup("<s>{}</s>"), Mark.NEW: Markup("<b>{}</b>")}


def render(outcome: Amending, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case AmendmentAsked():
            return _asked(outcome, w)
        case NewWordsAsked():
            return _words_asked(outcome, w)
        case NewDayAsked():
            return _day_asked(outcome, w)
        case AmendmentProposed():
            return _proposed(outcome, w)
        case AmendmentSent():
            return _sent(outcome, w)
        case AmendmentSettled():
            return _settled(outcome, w)
        case AmendmentOffered():
            return _offered(outcome, w)
        case BecauseAsked():
            return _because_asked(outcome, w)
    assert_never(outcome)


def _asked(outcome: AmendmentAsked, w: Phrases) -> Message:
    text = lines(
        first_line(w, "amend.title", title=titled(w, outcome.title)),
        quoted(w, outcome.text),
        w("pledge.day", day=w.due(outcome.deadline)),
        w("amend.ask"),
    )
    what = [
        button(w.label("amend.button.words"), Verb.AMEND_WORDS, outcome.pledge_id),
        button(w.label("amend.button.day"), Verb.AMEND_DAY, outcome.pledge_id),
    ]
    return Message(text, keyboard(what, [_keep(outcome.pledge_id, w)]))


def _keep(pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("pledge.button.keep"), Verb.PLEDGE, pledge_id)


def _words_asked(outcome: NewWordsAsked, w: Phrases) -> Message:
    text = lines(
        w("pledge.sentence.adjust.title"),
        w("pledge.sentence.now", text=quoted(w, outcome.text)),
        w("pledge.sentence.adjust", other=short(w, outcome.other)),
    )
    return Message(text, keyboard([button(w.label("pledge.button.cancel"), Verb.CANCEL)]))


def _day_asked(outcome: NewDayAsked, w: Phrases) -> Message:
    text = w("amend.day", day=w.due(outcome.deadline), other=short(w, outcome.other))
    days = [[on_day(w.date(day), Verb.AMEND_ON, outcome.pledge_id, day)] for day in outcome.days]
    return Message(text, keyboard(*days, [button(w.label("pledge.button.cancel"), Verb.CANCEL)]))


def _proposed(outcome: AmendmentProposed, w: Phrases) -> Message:
    which = (outcome.pledge_id, outcome.amendment_id)
    text = fitted(
        lambda room: lines(
            first_line(w, "pledge.proposed.adjusted", other=full(w, outcome.other)),
            to_reader(outcome.text, w),
            *_difference(outcome, room, w),
            w("amend.proposed.rule"),
        )
    )
    complain = [button(w.label("pledge.button.complain"), Verb.COMPLAIN, outcome.pledge_id)]
    return Message(
        text,
        keyboard(
            [button(w.label("amend.button.yes"), Verb.AMEND_YES, *which)],
            [
                button(w.label("pledge.button.keep"), Verb.AMEND_NO, *which),
                button(w.label("amend.button.because"), Verb.NO_BECAUSE, *which),
            ],
            [
                button(w.label("pledge.button.adjust"), Verb.AMEND_WORDS, outcome.pledge_id),
                button(w.label("pledge.button.deadline"), Verb.AMEND_DAY, outcome.pledge_id),
            ],
            [
                button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id),
                *(complain if outcome.text else []),
            ],
        ),
    )


def _sent(outcome: AmendmentSent, w: Phrases) -> Message:
    text = fitted(
        lambda room: lines(
            first_line(w, "pledge.sent.title", other=full(w, outcome.other)),
            *_difference(outcome, room, w),
            said(outcome.said, w),
            *under_way(outcome.text, outcome.gap, outcome.other, w),
            w("amend.sent", other=short(w, outcome.other)),
            absent(outcome.absence, outcome.other, w),
        )
    )
    label, which = w.label("entered.button.agrees"), (outcome.pledge_id, outcome.amendment_id)
    agreed = [button(label, Verb.ENTERED_AGREES, *which)]
    back = button(
        w.label("pledge.button.take_back"), Verb.AMEND_BACK, outcome.pledge_id, outcome.amendment_id
    )
    return Message(
        text,
        keyboard(
            agreed if outcome.entered else [],
            *take(outcome.said, outcome.pledge_id, w, DayUse.AMENDMENT),
            [
                button(w.label("amend.button.words"), Verb.AMEND_WORDS, outcome.pledge_id),
                button(w.label("amend.button.day"), Verb.AMEND_DAY, outcome.pledge_id),
            ],
            [back, button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)],
        ),
    )


def _difference(
    outcome: AmendmentProposed | AmendmentSent | AmendmentOffered, room: int, w: Phrases
) -> list[Markup]:
    """The sentence before and after, and the day, as far as they change: what goes is struck out, what comes is bold.

    Read aloud, it is the one after the other. Where only the day changes, the sentence says of what.
    """
    shown: list[Markup] = []
    if outcome.text and room:
        gone, come = difference(cut(outcome.before or "…", room), cut(outcome.text, room))
        shown += [w("amend.before", text=_marked(gone)), w("amend.after", text=_marked(come))]
    elif not outcome.text:
        shown.append(quoted(w, outcome.before, room))
    if isinstance(outcome, AmendmentProposed | AmendmentSent) and outcome.day is not None:
        shown.append(w("amend.day.change", before=w.due(outcome.deadline), after=w.due(outcome.day)))
    return shown


def _marked(runs: tuple[Run, ...]) -> Markup:
    return Markup(" ").join(_MARKED[run.mark].format(literal(run.words)) for run in runs)


def _settled(outcome: AmendmentSettled, w: Phrases) -> Message:
    reader = "mine" if outcome.mine else "theirs"
    accepted = outcome.end == "accepted"
    text = fitted(
        lambda room: lines(
            first_line(w, "pledge.about", title=titled(w, outcome.title)),
            w(f"amend.end.{outcome.end}.{reader}", other=at_start(short(w, outcome.other))),
            why_not(outcome.because, outcome.reason, outcome.other, room, w) if outcome.mine else None,
            quoted(w, outcome.text, room) if accepted else None,
            w("pledge.day", day=w.due(outcome.day)) if accepted and outcome.day else None,
            w("readers.lapsed") if outcome.asks_readers else None,
        )
    )
    look = [button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)]
    readers = [who_may_read(outcome.pledge_id, w)] if outcome.asks_readers else []
    return Message(
        text, keyboard(look, readers, complain(outcome.reason if outcome.mine else "", outcome.pledge_id, w))
    )


def why_not(because: NoBecause | None, reason: str, other: str, room: int, w: Phrases) -> Markup | None:
    """Why the other said no, if they said so."""
    if reason and room:
        return w("decline.because.words", other=at_start(short(w, other)), reason=quoted(w, reason, room))
    if because is not None:
        return w(f"decline.because.{because}", other=at_start(short(w, other)))
    return None


def complain(words: str, pledge_id: int, w: Phrases) -> list[InlineKeyboardButton]:
    """The button that reports the other's words, if there are any."""
    return [button(w.label("pledge.button.complain"), Verb.COMPLAIN_NOTES, pledge_id)] if words else []


def _offered(outcome: AmendmentOffered, w: Phrases) -> Message:
    text = fitted(
        lambda room: lines(
            w("amend.offer.title"),
            *_difference(outcome, room, w),
            w("amend.offer", other=short(w, outcome.other)),
        )
    )
    return Message(
        text,
        keyboard(
            [button(w.label("amend.button.propose"), Verb.AMEND_OFFER, outcome.draft_id)],
            [button(w.label("pledge.button.keep"), Verb.AMEND_KEEP, outcome.draft_id)],
        ),
    )


def _because_asked(outcome: BecauseAsked, w: Phrases) -> Message:
    which = (outcome.pledge_id, outcome.amendment_id)
    reasons = [
        button(w.label(f"decline.button.{reason}"), Verb.BECAUSE, *which, reason) for reason in NoBecause
    ]
    if outcome.amendment_id:
        without = button(w.label("decline.button.without"), Verb.AMEND_NO, *which)
    else:
        without = button(w.label("decline.button.without"), Verb.DECLINE, outcome.pledge_id)
    cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
    text = w("decline.why", other=short(w, outcome.other))
    return Message(text, keyboard(reasons[:2], reasons[2:], [without, cancel]))
