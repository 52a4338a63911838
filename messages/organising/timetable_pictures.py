"""The picture of a timetable: time by time, to be read on a phone, light or dark."""

from itertools import groupby

from domain.outcomes.organising.timetables import TimetablePictured, TimetableRow
from messages.catalogue import Phrases
from messages.people import full
from messages.pictures import PALETTES, Block, Style, drawable, layout
from messages.pictures import png as drawn

_HEADING = Style(size=76, leading=88, space=0, strong=True)
_WHERE = Style(size=42, leading=54, space=8)
_TIME = Style(size=50, leading=62, space=40, strong=True, accent=True)
_TALK = Style(size=42, leading=54, space=6)


def png(outcome: TimetablePictured, w: Phrases) -> bytes:
    """The picture as a PNG. It takes some tenths of a second: not on the event loop."""
    return drawn(layout(blocks(outcome, w)), PALETTES[outcome.theme])


def blocks(outcome: TimetablePictured, w: Phrases) -> list[Block]:
    """What is in it, from above: each time, and below it each table."""
    times = groupby(outcome.rows, lambda row: row.at)
    return [
        Block(w.plain("timetable.picture.title"), _HEADING),
        Block(w.plain("timetable.picture.where", workshop=outcome.workshop, day=w.day(outcome.day)), _WHERE),
        *(
            block
            for at, rows in times
            for block in (Block(w.clock(at), _TIME), *(Block(_talk(row, w), _TALK) for row in rows))
        ),
    ]


def _talk(row: TimetableRow, w: Phrases) -> str:
    place = drawable(row.table_name) or w.plain("timetable.picture.table", table=row.table)
    names = ", ".join(drawable(full(w, name)) or full(w, "") for name in row.names)
    return w.plain("timetable.picture.talk", table=place, names=names)
