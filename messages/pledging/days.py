"""Which day was meant: buttons that carry the day they show."""

from datetime import date

from telegram import InlineKeyboardButton

from domain.outcomes.pledging.pledges import DayMeant, DayUse
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard

_VERBS = {DayUse.DEADLINE: Verb.DEADLINE_ON, DayUse.TALK: Verb.TALK, DayUse.TALK_MOVE: Verb.TALK_MOVE}


def meant(outcome: DayMeant, w: Phrases) -> Message:
    likeliest, *others = outcome.days
    title = "deadline" if outcome.use is DayUse.DEADLINE else "talk"
    said = w("pledge.meant.several") if others else w("pledge.meant", day=w.date(likeliest))
    labels = [w.label("pledge.button.fits", day=w.date(likeliest)), *(w.date(day) for day in others)]
    verb = _VERBS[outcome.use]
    return Message(
        lines(w(f"pledge.meant.{title}"), said),
        keyboard(
            *(
                [on_day(label, verb, outcome.pledge_id, day)]
                for label, day in zip(labels, outcome.days, strict=True)
            ),
            [button(w.label("pledge.button.cancel"), Verb.CANCEL)],
        ),
    )


def on_day(label: str, verb: Verb, pledge_id: int, day: date) -> InlineKeyboardButton:
    """A button that means this day however late it is pressed."""
    return button(label, verb, pledge_id, f"{day:%Y%m%d}")
