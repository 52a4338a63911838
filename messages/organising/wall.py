"""The words of a workshop's wall. They address nobody: everybody in the hall reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from domain.programme import NowAndNext
from domain.voice import Language
from domain.wall import Wall, WallPledge
from domain.words import cut
from messages.catalogue import Phrases
from messages.qr import qr_svg

_POINTS = 3  # of the programme
_TITLE = 60  # UTF-16 units of one's title


@dataclass(frozen=True)
class Figure:
    number: int
    of: str


@dataclass(frozen=True)
class PledgeOnWall:
    text: str
    by: str


@dataclass(frozen=True)
class Point:
    """An item of the programme. `when`: its time, or that it is on now."""

    when: str
    title: str
    place: str


@dataclass(frozen=True)
class WallPage:
    """What the wall says, as plain text that has to be escaped, but for the picture of the code. `qr` is None until
    the bot's name is known, `moment` empty unless a promise moment runs. `offline` holds {time}, `size` {percent}, for
    the page to fill in.
    """

    language: Language
    title: str
    join: str
    scan: str
    qr: Markup | None
    qr_name: str
    code: str
    figures: tuple[Figure, ...]
    no_figures: str
    moment: str
    announcement_title: str
    announcement: str
    pledges_title: str
    pledges: tuple[PledgeOnWall, ...]
    programme_title: str
    programme: tuple[Point, ...]
    hidden: str
    offline: str
    pause: str
    resume: str
    size: str


def page(wall: Wall, w: Phrases) -> WallPage:
    counted = ((wall.people, "wall.people"), (wall.met, "wall.met"), (wall.made, "wall.made"))
    return WallPage(
        language=w.voice.language,
        title=wall.title,
        join=w.plain("wall.join"),
        scan=w.plain("wall.scan", bot=wall.bot) if wall.bot else "",
        qr=_drawn(wall.link) if wall.bot else None,
        qr_name=w.plain("wall.qr"),
        code=wall.code,
        figures=tuple(Figure(number, w.plain(key)) for number, key in counted if number is not None),
        no_figures=w.plain("wall.no_figures"),
        moment=w.plain("wall.moment", n=wall.moment) if wall.moment is not None else "",
        announcement_title=w.plain("wall.announcement"),
        announcement=wall.announcement,
        pledges_title=w.plain("wall.pledges"),
        pledges=tuple(_sentence(each, w) for each in wall.pledges),
        programme_title=w.plain("wall.programme"),
        programme=tuple(_points(wall.programme, w))[:_POINTS],
        hidden=w.plain("wall.hidden"),
        offline=w.plain("wall.offline", time="{time}"),
        pause=w.plain("wall.button.pause"),
        resume=w.plain("wall.button.resume"),
        size=w.plain("wall.button.size", percent="{percent}"),
    )


@lru_cache(maxsize=64)
def _drawn(link: str) -> Markup:
    """A wall is worded again and again, and its code stays."""
    return qr_svg(link)


def _points(programme: NowAndNext, w: Phrases) -> Iterator[Point]:
    """What is on, then what comes, in its order."""
    for each in programme.now:
        yield Point(w.plain("wall.now"), cut(each.title, _TITLE), each.place)
    for each in (*programme.then, *programme.later):
        yield Point(w.clock(each.begins), cut(each.title, _TITLE), each.place)


def _sentence(pledge: WallPledge, w: Phrases) -> PledgeOnWall:
    key = "wall.ended" if pledge.ended else "wall.until"
    return PledgeOnWall(pledge.text, w.plain(key, day=w.due(pledge.on)) if pledge.on is not None else "")
