"""What the other has just said: that it is stuck, or a note, with a way to talk about it."""

from domain.outcomes.pledging.nudges import Heard
from domain.pledges import Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.matching.contacts import contact
from messages.message import Message, button, keyboard
from messages.office import writer
from messages.people import at_start, short
from messages.pledging.amendments import complain
from messages.pledging.statuses import lacks, titled
from messages.pledging.talking import another_day
from messages.pledging.wariness import to_reader
from messages.quotes import quoted


def heard(outcome: Heard, w: Phrases) -> Message:
    """The contact, if there is one, cannot be forwarded or saved, as where it was given first."""
    talk = [] if outcome.talk_on is not None else [another_day(outcome.pledge_id, None, w)]
    look = [button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)]
    text = fitted(lambda room: _text(outcome, room, w))
    buttons = keyboard(talk, look, complain(outcome.note, outcome.pledge_id, w))
    return Message(text, buttons, protect=outcome.contact is not None)


def _text(outcome: Heard, room: int, w: Phrases) -> str:
    other = writer(at_start(short(w, outcome.other)), w, by_office=outcome.by_office)
    title = first_line(w, "pledge.about", title=titled(w, outcome.title))
    if outcome.status is None and not outcome.note:
        return lines(title, w("nudge.agree.taken_back", other=other))
    note = quoted(w, outcome.note, room)
    said = (
        w("heard.said", other=other, what=lacks(w, outcome.status, outcome.blocker))
        if outcome.status is not None
        else None
    )
    noted = w("heard.noted", other=other, note=note) if note else None
    return lines(title, said, to_reader(outcome.note, w), noted, *_talking(outcome, w))


def _talking(outcome: Heard, w: Phrases) -> list[str]:
    if outcome.status is not Status.STUCK:
        return []
    if outcome.contact is not None:
        return [w("heard.contact", other=short(w, outcome.other)), contact(outcome.contact, outcome.value, w)]
    if outcome.talk_on is not None:
        return [w("pledge.card.talk", day=w.moment(outcome.talk_on, outcome.talk_time))]
    return [w("heard.talk")]
