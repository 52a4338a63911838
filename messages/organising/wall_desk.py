"""What may be on the wall, one pledge at a time, and the two answers to it."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from domain.outcomes.organising.wall import WallPledges
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import Message
from messages.organising.moderating import ModerationScreen, asked
from messages.organising.released import line


def pledges(outcome: WallPledges, w: Phrases) -> Message:
    def shown(room: int) -> Iterator[Markup]:
        if outcome.of is not None:
            yield line(outcome.of.pledge, room, w)

    how = ModerationScreen(
        title=w("orga.wall.title"),
        above=w("orga.wall.link", link=escape(outcome.link)) if outcome.link else w("orga.wall.closed"),
        put_up=w("orga.wall.put_up"),
        kept=w("orga.wall.kept_off"),
        state=w(f"orga.wall.{outcome.of.said}" if outcome.of is not None else "orga.wall.none"),
        shown=shown,
        show=Verb.WALL_SHOW,
        hide=Verb.WALL_HIDE,
        turn=Verb.WALL_IN,
    )
    return asked(outcome, how, w)
