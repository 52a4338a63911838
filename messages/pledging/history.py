"""What happened to a pledge, as both its parties may read it: *Verlauf*."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.history import EventKind
from domain.outcomes.pledging.histories import History, HistoryEntry
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.office import writer
from messages.paging import turning
from messages.people import at_start, short
from messages.pledging.statuses import one_says, titled
from messages.quotes import quoted


def history(outcome: History, w: Phrases) -> Message:
    title = first_line(w, "pledge.history.title", title=titled(w, outcome.title))
    none = None if outcome.happened else w("pledge.history.none")
    text = fitted(lambda room: lines(title, *(_line(each, room, w) for each in outcome.happened), none))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard(turning(outcome, w, Verb.HISTORY, outcome.pledge_id), [look]))


def _line(happened: HistoryEntry, room: int, w: Phrases) -> Markup:
    """ "12. April, Ben: Vorschlag „Ich …“, bis 12. Oktober." """
    day = w.day(happened.on)
    said = (_what(happened, w), _why(happened, w), quoted(w, happened.text, room))
    parts = (*said, _until(happened, w), _reported(happened, w))
    what = Markup(" ").join(part for part in parts if part)
    if happened.doer is None:
        return w("pledge.history.clock", day=day, what=what)
    if not happened.doer:
        return w("pledge.history.mine", day=day, what=what)
    who = writer(at_start(short(w, happened.doer)), w, by_office=happened.by_office)
    return w("pledge.history.theirs", day=day, writer=who, what=what)


def _what(happened: HistoryEntry, w: Phrases) -> Markup:
    status = one_says(w, happened.status) if happened.status is not None else ""
    blocker = w.label(f"blocker.named.{happened.blocker}") if happened.blocker is not None else ""
    return w(f"pledge.history.{happened.kind}", status=status, blocker=blocker)


def _why(happened: HistoryEntry, w: Phrases) -> Markup | None:
    return w(f"pledge.history.because.{happened.because}") if happened.because is not None else None


def _reported(happened: HistoryEntry, w: Phrases) -> Markup | None:
    if not happened.reported:
        return None
    if happened.doer:
        return w("entered.history.by_reader")
    return w("entered.history.by_other", other=short(w, happened.other, dative=True))


def _until(happened: HistoryEntry, w: Phrases) -> Markup | None:
    """The day of the pledge, or of the talk."""
    if happened.day is None:
        return None
    if happened.kind is EventKind.TALK_SET:
        return w("pledge.history.on", day=w.moment(happened.day, happened.talk_time))
    return w("pledge.history.until", day=w.due(happened.day))


def way_there(pledge_id: int, w: Phrases, *, exists: bool) -> list[InlineKeyboardButton]:
    """The button that shows it, if there is anything to see."""
    return [button(w.label("pledge.button.history"), Verb.HISTORY, pledge_id, 0)] if exists else []
