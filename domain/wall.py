"""What a workshop's wall shows: the picture in its hall, for everybody who is there. It names nobody."""

from dataclasses import dataclass
from datetime import date

from domain.programme import NowAndNext
from domain.words import cut

PLEDGES = 12
"""How many it has at most, the latest; one at a time is read."""
LONGEST = 160
"""UTF-16 units of a sentence: more does not fit in letters that are read from 15 m."""
ANNOUNCED = 120
"""UTF-16 units of a broadcast, likewise."""
NOTHING_ON = NowAndNext()


def announced(text: str) -> str:
    """A broadcast as the wall has it: on one line, and cut."""
    return cut(" ".join(text.split()), ANNOUNCED)


@dataclass(frozen=True)
class WallPledge:
    """A pledge's sentence with a block in the place of names. `on`: the day by which, or on which it `ended`."""

    text: str
    ended: bool
    on: date | None


@dataclass(frozen=True)
class Wall:
    """`link`: opens the workshop in Telegram. `people`, `met`, `made`: how many are in it, said yes to each other, and
    promised something; None below five. `moment`: while a promise moment runs, the pledges of the day, likewise.
    `announcement`: the latest notice of the day, empty without one.
    """

    title: str
    code: str
    bot: str
    link: str
    people: int | None
    met: int | None
    made: int | None
    moment: int | None = None
    pledges: tuple[WallPledge, ...] = ()
    announcement: str = ""
    programme: NowAndNext = NOTHING_ON
