"""The pledges that the team may read: sentence, title and state, never who the two are."""

from markupsafe import Markup

from domain.outcomes.organising.released import ReleasedPledge, ReleasedPledges
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.places_to_go import to_menu
from messages.pledging.statuses import titled
from messages.quotes import quoted


def pledges(outcome: ReleasedPledges, w: Phrases) -> Message:
    def text(room: int) -> str:
        each = [line(one, room, w) for one in outcome.pledges]
        about = w("orga.released.about" if each else "orga.released.none")
        return lines(w("orga.released.title"), workshop_line(outcome.workshop, w), *each, about)

    turned = turning(outcome, w, Verb.RELEASED_IN, outcome.workshop_id)
    return Message(fitted(text), keyboard(turned, [to_menu(w)]))


def line(one: ReleasedPledge, room: int, w: Phrases) -> Markup:
    """A pledge as others read it: title, sentence, day."""
    key = "orga.released.ended" if one.ended else "orga.released.until"
    state = w(key, day=w.due(one.on)) if one.on is not None else Markup()
    return w("orga.released.line", title=titled(w, one.title), text=quoted(w, one.text, room), state=state)
