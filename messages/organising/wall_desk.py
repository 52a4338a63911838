"""What may be on the wall, one pledge at a time, and the two answers to it."""

from markupsafe import escape

from domain.outcomes.organising.wall import OnWall, WallPledges
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.organising.desk import workshop_line
from messages.organising.released import line
from messages.paging import turning
from messages.places_to_go import to_menu


def pledges(outcome: WallPledges, w: Phrases) -> Message:
    link = w("orga.wall.link", link=escape(outcome.link)) if outcome.link else w("orga.wall.closed")
    said = {None: None, True: w("orga.wall.put_up"), False: w("orga.wall.kept_off")}[outcome.put_up]
    waiting = w.count("orga.wall.waiting", outcome.waiting) if outcome.waiting else None
    of = outcome.of
    state = w(f"orga.wall.{of.on_wall}" if of is not None else "orga.wall.none")
    text = fitted(
        lambda room: lines(
            w("orga.wall.title"),
            workshop_line(outcome.workshop, w),
            link,
            said,
            waiting,
            line(of.pledge, room, w) if of is not None else None,
            state,
        )
    )
    turned = turning(outcome, w, Verb.WALL_IN, outcome.workshop_id)
    return Message(text, keyboard(_answers(outcome, w), turned, [to_menu(w)]))


def _answers(outcome: WallPledges, w: Phrases) -> Row:
    """What has not been said of it."""
    of, each = outcome.of, {OnWall.SHOWN: Verb.WALL_SHOW, OnWall.HIDDEN: Verb.WALL_HIDE}
    if of is None:
        return []
    return [
        button(w.label(f"orga.wall.button.{said}"), verb, of.pledge_id, of.version)
        for said, verb in each.items()
        if said is not of.on_wall
    ]
