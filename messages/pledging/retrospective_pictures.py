"""The picture of a closed retrospective: five lines to be read on a phone, light or dark."""

from dataclasses import replace

from markupsafe import Markup

from domain.outcomes.pledging.retrospectives import FiveLines, RetrospectivePictured
from domain.retrospectives import Line
from domain.words import WORD_JOINER
from messages.catalogue import Phrases
from messages.people import short
from messages.pictures import PALETTES, Block, Style, drawable, layout
from messages.pictures import png as drawn
from messages.pledging import five_lines

_HEADING = Style(size=80, leading=92, space=0, strong=True)
_NAMES = Style(size=44, leading=56, space=8)
_LABEL = Style(size=38, leading=50, space=44, strong=True, accent=True)
_TEXT = Style(size=46, leading=60, space=0)
_FOOT = Style(size=34, leading=44, space=60, accent=True)
_ROOM = 240  # UTF-16 units of each of people's texts


def png(outcome: RetrospectivePictured, w: Phrases) -> bytes:
    """The picture as a PNG. It takes some tenths of a second: not on the event loop."""
    return drawn(layout(blocks(outcome, w)), PALETTES[outcome.theme])


def blocks(outcome: RetrospectivePictured, w: Phrases) -> list[Block]:
    """What is in it, from above: a line that says nothing is left out."""
    lines = _with_words_that_can_be_drawn(outcome.lines)
    said = [(each, _plain(five_lines.line(lines, each, _ROOM, w, "retro.result.both"))) for each in Line]
    return [
        Block(w.plain("retro.picture.title"), _HEADING),
        Block(_names(outcome.names, w), _NAMES),
        *(
            block
            for each, text in said
            if text
            for block in (Block(w.label(f"retro.label.{each}"), _LABEL), Block(text, _TEXT))
        ),
        Block(w.plain("retro.picture.foot"), _FOOT),
    ]


def _names(names: tuple[str, ...], w: Phrases) -> str:
    """Both, or the one who is there."""
    named = [short(w, name) for name in names]
    return w.plain("retro.picture.names", one=named[0], other=named[1]) if len(named) > 1 else "".join(named)


def _with_words_that_can_be_drawn(lines: FiveLines) -> FiveLines:
    """Without emoji, and without whatever else the font has no shape for."""
    return replace(
        lines,
        text=drawable(lines.text),
        done=tuple(replace(each, words=drawable(each.words)) for each in lines.done),
        words=tuple(replace(each, words=drawable(each.words)) for each in lines.words),
    )


def _plain(html: Markup) -> str:
    """As it is read: without markup, and without what keeps a chat from making words tappable."""
    return html.striptags().replace(WORD_JOINER, "")
