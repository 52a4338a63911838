"""`docs/benchmarks.md`: what was measured stands between the markers of its part; all else is written by hand."""

import os
import platform
import re
from datetime import UTC, datetime

import psutil

from tests.benchmarks.contenders import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"


def write(part, lines):
    """Put these lines between the markers of this part. Raises ValueError if the page has none."""
    begin, end = f"<!-- {part}: measured -->", f"<!-- {part}: end -->"
    page = PAGE.read_text()
    if begin not in page or end not in page:
        raise ValueError(f"no markers for {part}")
    measured = "\n".join([begin, *lines, end])
    PAGE.write_text(
        re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: measured, page, flags=re.DOTALL)
    )


def circumstances():
    """One line: when, on what, and how busy it was with other things."""
    load = os.getloadavg()[0]
    cores, python = psutil.cpu_count(), platform.python_version()
    return f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, Python {python}, load {load:.1f} when it ended."
