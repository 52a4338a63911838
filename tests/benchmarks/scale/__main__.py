"""`python -m tests.benchmarks.scale`: what each path takes with 30 workshops, 9,000 people, 5,000 pledges and 365,000
messages, on both databases, none of which was analysed. Writes its table into docs/benchmarks.md.

A busy machine makes the wall's figures worse; those of the processor hardly.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from bot.__main__ import importing
from domain import topics
from tests import memory
from tests.benchmarks.scale import paths
from tests.benchmarks.scale.bench import Bench, Figure
from tests.benchmarks.scale.database import build
from tests.postgres import UnavailableError, running_postgres

PAGE = Path(__file__).parents[3] / "docs" / "benchmarks.md"
BEGINS, ENDS = "<!-- scale: written by `make bench-scale` -->", "<!-- scale ends -->"
_NONE = "–"  # no goal was set
ROWS = (
    ("consent, asked for every update", "0.5", paths.consent),
    ("`/partner`", "20", paths.partner),
    ("a name searched", "10", paths.name_search),
    ("the welcome", "5", paths.welcome),
    ("`/orga`", "20", paths.orga),
    ("`/stand`, all workshops", _NONE, paths.stand),
    ("`/aufgaben`", "20", paths.care_list),
    ("open words", "50", paths.open_words),
    ("a round's preview", "200", paths.preview),
    ("the deliverer's choice, 300 pending", "10", paths.choice(300)),
    ("the same, 2,000 pending", "10", paths.choice(2_000)),
    ("the same, 9,000 pending", "10", paths.choice(9_000)),
    ("one erasure", "50", paths.erasure),
    ("words kept for later, 100 waiting", "50", paths.waiting),
    ("notices, hourly, all given", "100", paths.notice_found),
)
Cells = dict[str, str]


async def measure(url: str) -> Cells:
    with importing():  # as the bot does when it starts
        topics.load().index()
        topics.warm_up()
    bench = Bench(url)
    cells: Cells = {}
    for name, goal, path in ROWS:
        cells[name] = _cell(await path(bench))
        _say(f"{bench.dialect:11} {name:38} goal {goal:>4} ms: {cells[name]}")
    for name, text in (await _passes(bench)).items():
        cells[name] = text
        _say(f"{bench.dialect:11} {name}: {text}")
    await bench.database.close()
    return cells


async def _passes(bench: Bench) -> Cells:
    part, parts = await paths.prunes(bench)
    each, people, wait = await paths.asking(bench)
    ended, profiles = await paths.ending(bench)
    return {
        "pruning, hourly": f"{_cell(part)}; {parts} such parts in an hour, each a transaction",
        "asking, each person": f"{_cell(each)}; {people} people, another writer waits {wait:.0f} at most",
        "a profile that ends": f"{_cell(ended)}; {profiles} in one pass",
    }


def _cell(figure: Figure) -> str:
    held = f", loop held {figure.held:.0f}" if figure.held > 1 else ""
    return f"{figure.wall:.1f} ({figure.cpu:.1f} cpu, {figure.statements} statements{held})"


def write(found: dict[str, Cells]) -> None:
    """Put the table into the page, in place of the last one."""
    goals = {name: f"{goal} ms" if goal != _NONE else _NONE for name, goal, _ in ROWS}
    goals |= {
        "pruning, hourly": "100 ms",
        "asking, each person": "5 statements, a wait of 50 ms",
        "a profile that ends": "50 ms",
    }
    lines = [
        "| what | goal | " + " | ".join(found) + " |",
        "|---|---|" + "---|" * len(found),
        *(
            f"| {name} | {goal} | " + " | ".join(cells[name] for cells in found.values()) + " |"
            for name, goal in goals.items()
        ),
    ]
    table = "\n".join([BEGINS, "", *lines, "", ENDS])
    page = PAGE.read_text("utf-8")
    PAGE.write_text(
        re.sub(f"{re.escape(BEGINS)}.*{re.escape(ENDS)}", lambda _: table, page, flags=re.DOTALL), "utf-8"
    )


def main() -> None:
    found = {}
    with tempfile.TemporaryDirectory(dir=memory.root()) as folder:
        found["SQLite"] = _built_and_measured(f"sqlite:///{folder}/scale.db")
    try:
        with running_postgres() as postgres:
            found["PostgreSQL"] = _built_and_measured(postgres.fresh_url())
    except UnavailableError as reason:
        _say(f"PostgreSQL: not measured, {reason}")
    write(found)


def _built_and_measured(url: str) -> Cells:
    _say("building …")
    build(url)
    return asyncio.run(measure(url))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
