"""What a start of the bot loads, and what it leaves to whatever first needs it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Each is loaded by whatever first uses it, which most bots never do, or after the first poll.
LOADED_WHEN_USED = {
    "PIL",
    "alembic",
    "fpdf",
    "holidays",
    "icalendar",
    "jinja2",
    "matplotlib",
    "numpy",
    "psycopg",
    "scipy",
    "segno",
    "xlsxwriter",
}


def test_a_start_loads_nothing_that_is_rarely_used():
    asked = "import sys; from bot import commands, process; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"bot.process", "sqlalchemy", "telegram"} <= {*loaded}
    assert not LOADED_WHEN_USED & {*loaded}
