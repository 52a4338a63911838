"""Bars to be read on a phone, light or dark. They are drawn by a process of its own, which ends with the picture: what
draws them takes 45 MB, and would keep them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from messages.pictures import FONTS, Palette

_DRAWING = Path(__file__).with_name("chart_drawing.py")
_PATIENCE = 60  # seconds
_INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "MPLCONFIGDIR", "SYSTEMROOT")  # and none of our settings


@dataclass(frozen=True)
class Bar:
    """`said`: the label beside the bar, which need not be a number. `colour`: as #rrggbb."""

    name: str
    length: float
    said: str
    colour: str


@dataclass(frozen=True)
class Panel:
    """Bars below each other. `whole`: how long one would be that filled the width; None: as the longest."""

    title: str
    bars: Sequence[Bar]
    whole: float | None = None


@dataclass(frozen=True)
class Chart:
    title: str
    below_title: str
    panels: Sequence[Panel]
    foot: str
    palette: Palette


def png(chart: Chart) -> bytes:
    """The picture. It takes a second or two: not on the event loop. Raises CalledProcessError if it cannot be drawn."""
    said = json.dumps({**asdict(chart), "fonts": str(FONTS)})
    drawn = subprocess.run(  # noqa: S603 - our own program; words are only on its standard input
        [sys.executable, "-P", _DRAWING],  # as a file: as a module it would import all of `messages`
        input=said.encode(),
        capture_output=True,
        check=True,
        env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        timeout=_PATIENCE,
    )
    return drawn.stdout
