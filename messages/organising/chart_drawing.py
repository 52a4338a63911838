"""A program of its own: reads a chart (`charts.Chart`) as JSON, and writes the picture."""

import io
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

_WIDTH, _DPI = 1080, 120  # pixels
_TITLE, _HEADING, _TEXT, _FOOT = 26, 19, 17, 15  # points
_BAR, _BLOCK, _MARGIN = 58, 100, 48  # pixels: a bar with its gap, the heading of a panel, the sides
_TOP, _BOTTOM = 140, 140
_NAMES = 0.42  # of the width, for what the bars are called
_LETTERS = 72  # of a line below the bars


def draw(chart: dict[str, Any]) -> bytes:
    """A PNG, as high as it takes."""
    height = _TOP + _BOTTOM + sum(_BLOCK + _BAR * len(panel["bars"]) for panel in chart["panels"])
    figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=chart["palette"]["ground"])
    regular, strong = (
        FontProperties(fname=str(Path(chart["fonts"]) / f"SourceSansPro-{weight}.otf"))
        for weight in ("Regular", "Semibold")
    )

    def write(x: float, y: float, text: str, size: int, colour: str, font: FontProperties) -> None:
        figure.text(
            x / _WIDTH, 1 - y / height, text, fontsize=size, color=chart["palette"][colour], fontproperties=font,
            va="top", parse_math=False,
        )  # fmt: skip

    write(_MARGIN, 36, chart["title"], _TITLE, "text", strong)
    write(_MARGIN, 96, chart["below_title"], _TEXT, "accent", regular)
    top = _TOP
    for panel in chart["panels"]:
        write(_MARGIN, top + 40, panel["title"], _HEADING, "accent", strong)
        top += _BLOCK
        high = _BAR * len(panel["bars"])
        left = _MARGIN + _NAMES * _WIDTH
        place = (left / _WIDTH, 1 - (top + high) / height, 1 - (left + _MARGIN) / _WIDTH, high / height)
        _bars(figure.add_axes(place), panel, chart["palette"], regular)
        top += high
    foot = "\n".join(textwrap.wrap(chart["foot"], _LETTERS))
    write(_MARGIN, top + 26, foot, _FOOT, "text", regular)
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_png(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _bars(axes: Axes, panel: dict[str, Any], palette: dict[str, str], font: FontProperties) -> None:
    """One below the other, with their names on the left, and what they say on the right."""
    bars = panel["bars"]
    whole = panel["whole"] or max((bar["length"] for bar in bars), default=0) or 1
    axes.barh(range(len(bars)), [bar["length"] for bar in bars], 0.62, color=[bar["colour"] for bar in bars])
    for row, bar in enumerate(bars):
        style: dict[str, Any] = {
            "fontsize": _TEXT,
            "color": palette["text"],
            "fontproperties": font,
            "va": "center",
        }
        axes.text(bar["length"] + whole * 0.02, row, bar["said"], parse_math=False, **style)
        axes.text(-whole * 0.03, row, bar["name"], ha="right", parse_math=False, **style)
    axes.set(xlim=(0, whole * 1.28), ylim=(len(bars) - 0.5, -0.5))
    axes.axvline(0, color=palette["rule"], linewidth=2)
    axes.set_axis_off()


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))
