"""How a pledge read before one of the parties asked for other words."""

from telegram import InlineKeyboardButton

from domain.outcomes.pledging.pledges import FormerWording, History
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.paging import turning
from messages.people import short
from messages.pledging.statuses import titled
from messages.quotes import quoted


def history(outcome: History, w: Phrases) -> Message:
    title = first_line(w, "pledge.history.title", title=titled(w, outcome.title))
    none = None if outcome.wordings else w("pledge.history.none")
    text = fitted(lambda room: lines(title, *(_line(each, room, w) for each in outcome.wordings), none))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard(turning(outcome, w, Verb.HISTORY, outcome.pledge_id), [look]))


def _line(wording: FormerWording, room: int, w: Phrases) -> str:
    key = "pledge.history.theirs" if wording.writer else "pledge.history.mine"
    return w(
        key,
        until=w.day(wording.until),
        writer=short(w, wording.writer, dative=True),
        text=quoted(w, wording.text, room),
        day=w.due(wording.deadline),
    )


def way_there(pledge_id: int, w: Phrases, *, exists: bool) -> list[InlineKeyboardButton]:
    """The button that shows it, if there is anything to see."""
    return [button(w.label("pledge.button.history"), Verb.HISTORY, pledge_id, 0)] if exists else []
