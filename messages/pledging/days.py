"""Which day was meant: buttons that carry the day they show."""

from datetime import date, time

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.deadlines import SaidDay
from domain.outcomes.pledging.days import DayMeant, DayUse
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, Rows, button, keyboard

_VERBS = {
    DayUse.DEADLINE: Verb.DEADLINE_ON,
    DayUse.AMENDMENT: Verb.AMEND_ON,
    DayUse.TALK: Verb.TALK,
    DayUse.TALK_MOVE: Verb.TALK_MOVE,
}
_UNTIL = (DayUse.DEADLINE, DayUse.AMENDMENT)


def meant(outcome: DayMeant, w: Phrases) -> Message:
    likeliest, *others = outcome.days
    title = "deadline" if outcome.use in _UNTIL else "talk"
    said = w("pledge.meant.several") if others else w("pledge.meant", day=w.date(likeliest))
    clock = w("pledge.meant.time", time=w.clock(outcome.at)) if outcome.at is not None else None
    labels = [w.label("pledge.button.fits", day=w.date(likeliest)), *(w.date(day) for day in others)]
    verb = _VERBS[outcome.use]
    return Message(
        lines(w(f"pledge.meant.{title}"), said, clock),
        keyboard(
            *(
                [on_day(label, verb, outcome.pledge_id, day, outcome.at)]
                for label, day in zip(labels, outcome.days, strict=True)
            ),
            [button(w.label("pledge.button.cancel"), Verb.CANCEL)],
        ),
    )


def said(day: SaidDay | None, w: Phrases) -> Markup | None:
    """The line about the day that a sentence names; a question if its words leave the day open."""
    if day is None:
        return None
    if day.sure or not day.offered:
        return w("pledge.preview.said", day=w.due(day.day))
    return w("pledge.preview.said.meant", day=w.date(day.day))


def take(day: SaidDay | None, pledge_id: int, w: Phrases, use: DayUse = DayUse.DEADLINE) -> Rows:
    """A button for each day of the sentence that may become the deadline."""
    if day is None:
        return []
    labels = [w.due(one) if day.sure else w.date(one) for one in day.offered]
    return [
        [on_day(w.label("pledge.button.take_day", day=label), _VERBS[use], pledge_id, one)]
        for label, one in zip(labels, day.offered, strict=True)
    ]


def on_day(label: str, verb: Verb, pledge_id: int, day: date, at: time | None = None) -> InlineKeyboardButton:
    """A button that means this day, and time of a talk, however late it is pressed."""
    return button(label, verb, pledge_id, f"{day:%Y%m%d}" + (f"{at:%H%M}" if at is not None else ""))
