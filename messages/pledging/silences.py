"""A silence: the hint to the other party with a text to copy, that it is settled, and the welcome to who comes back."""

from typing import assert_never

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.nudging import Period
from domain.outcomes.pledging.silences import SilenceHint, SilenceOver, Silences, WelcomeBack
from domain.pledges import answers
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import COPY
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import short
from messages.places_to_go import to_relay
from messages.pledging.statuses import question, report_buttons, titled


def render(outcome: Silences, w: Phrases) -> Message:
    match outcome:
        case SilenceHint():
            return _hint(outcome, w)
        case SilenceOver():
            title = first_line(w, "pledge.about", title=titled(w, outcome.title))
            text = lines(title, w("silence.over", other=short(w, outcome.other, dative=True)))
            return Message(text, keyboard([_look(outcome.pledge_id, w)]))
        case WelcomeBack():
            return _welcome(outcome, w)
    assert_never(outcome)


def _title(title: str, w: Phrases) -> Markup:
    return first_line(w, "silence.title", title=titled(w, title))


def _look(pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("pledge.button.look"), Verb.PLEDGE, pledge_id)


def _hint(outcome: SilenceHint, w: Phrases) -> Message:
    """What is known, never what to think of it; a text that is ready to be sent; and what the reader may do."""
    other, pledge_id = short(w, outcome.other), outcome.pledge_id
    if outcome.in_touch:
        text = lines(_title(outcome.title, w), w("silence.in_touch"))
        return Message(text, keyboard([_look(pledge_id, w)]))
    who = w("silence.both" if outcome.both else "silence.one", other=other, day=w.day(outcome.since))
    ready = _ready(outcome, w)
    text = lines(
        _title(outcome.title, w),
        Markup(" ").join((who, w("silence.kindly"))),
        w.count("silence.others", outcome.others) if outcome.others else None,
        w("silence.seldom.both" if outcome.both else "silence.seldom", other=other),
        w("silence.quote", words=ready),
        _way(outcome, w),
        w("silence.then"),
    )
    contact = button(w.label("pledge.button.contact"), Verb.INTRO, outcome.intro_id or 0)
    return Message(
        text,
        keyboard(
            [InlineKeyboardButton(w.label("silence.button.copy"), copy_text=CopyTextButton(ready))],
            [contact if outcome.intro_id is not None else to_relay(Verb.RELAY, pledge_id, w)],
            [button(w.label("silence.button.in_touch"), Verb.IN_TOUCH, pledge_id)],
            [_look(pledge_id, w)],
        ),
    )


def _ready(outcome: SilenceHint, w: Phrases) -> str:
    """Plain words from the reader to the other, on one line."""
    key = "silence.ready" if outcome.title else "silence.ready.untitled"
    other, me = short(w, outcome.other), short(w, outcome.me)
    return cut(" ".join(w.plain(key, other=other, title=outcome.title, me=me).split()), COPY)


def _way(outcome: SilenceHint, w: Phrases) -> Markup | None:
    """A way to the other, else to the team. Without an address there is none: months later there is no info desk."""
    if outcome.intro_id is not None:
        return w("silence.contact", other=short(w, outcome.other, dative=True))
    return w("pledge.unreachable.team", contact=Markup.escape(outcome.contact)) if outcome.contact else None


def _welcome(outcome: WelcomeBack, w: Phrases) -> Message:
    title = w("silence.back.title")
    if outcome.period is None:
        return Message(lines(title, w("silence.back")))
    at_deadline = outcome.period is Period.DEADLINE
    likely, _ = answers(outcome.side, at_deadline=at_deadline)
    text = lines(
        title,
        w("silence.back"),
        w("silence.back.about", title=titled(w, outcome.title)),
        question(w, {outcome.side}, at_deadline=at_deadline),
    )
    rows = report_buttons(w, outcome.pledge_id, outcome.period, likely, rank=None, per_row=2)
    return Message(text, keyboard(*rows, [_look(outcome.pledge_id, w)]))
