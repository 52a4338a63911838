"""How long each transaction is held open that plans an announcement to 10,000, on both databases.

`python -m tests.benchmarks.planning` prints the figures, which stand in docs/benchmarks.md. A busy machine makes those
of the wall worse; those of the processor hardly. For as few of the 10,000 as one in 200 it takes the same batches.
Garbage is searched for as in the bot.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import event

from actions.exchange import passes
from actions.exchange.operator import Operator
from actions.organising.broadcasts import running
from bot.__main__ import importing
from db.cipher import Cipher
from db.migrate import upgrade
from db.models import Broadcast, BroadcastState
from db.session import open_database
from domain.audience import EVERYBODY, MPS
from domain.roles import Role
from domain.voice import Voice
from tests.cast import member, workshop_row
from tests.postgres import running_postgres

PEOPLE = 10_000
FIRST, OWNER = 20_001, 9_001
NOW = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
OPERATOR = Operator(
    frozenset({OWNER}), "Team", "team@example.org", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90
)


async def measured(url, audience=EVERYBODY):
    """Milliseconds of the wall and of the processor for each transaction, from its beginning to its commit."""
    await asyncio.to_thread(upgrade, url)
    database = open_database(url, Cipher(bytes(32)))
    await _fill(database, audience)
    plan, begun, taken = running.owing(NOW, OPERATOR), [], []
    event.listen(database.engines[0].sync_engine, "begin", lambda _: begun.append(_clocks()))
    while True:
        failed = await passes.change_all(database, plan, (1,))
        ended = _clocks()
        if failed:
            raise failed[1]
        taken.append([1000 * (end - begin) for begin, end in zip(begun[-1], ended, strict=True)])
        async with database.reader() as session:
            if (await session.get_one(Broadcast, 1)).owed_up_to is None:
                break
    await database.close()
    return taken


def _clocks():
    return time.perf_counter(), time.process_time()


async def _fill(database, audience):
    before = NOW - timedelta(days=1)
    announced = Broadcast(
        workshop_id=1, author_chat_id=OWNER, message_id=1, words={"text": "", "formats": [], "photo": False},
        state=BroadcastState.CONFIRMED, created_at=NOW, confirmed_at=NOW, expected=PEOPLE, owed_up_to=0,
        audience=audience.stored(),
    )  # fmt: skip
    async with database.writer.begin() as session:
        session.add(workshop_row(before))
        await session.flush()
        session.add(announced)
    for start in range(0, PEOPLE, 1000):
        async with database.writer.begin() as session:
            session.add_all(
                member(FIRST + n, before, f"Gast {n}", **_role(n)) for n in range(start, start + 1000)
            )


def _row(name, taken):
    wall, cpu = ([each[at] for each in taken] for at in (0, 1))
    p95 = [statistics.quantiles(each, n=20)[18] for each in (wall, cpu)]
    cells = (name, len(taken), f"{statistics.median(wall):.1f}", f"{p95[0]:.1f}", f"{max(wall):.1f}")
    return "| " + " | ".join(map(str, (*cells, f"{statistics.median(cpu):.1f}", f"{max(cpu):.1f}"))) + " |\n"


async def main():
    sys.stdout.write(
        "| database | transactions | median ms | p95 | longest | processor: median | longest |\n"
    )
    sys.stdout.write("|---|---:|---:|---:|---:|---:|---:|\n")
    for audience, whom in ((EVERYBODY, "all"), (MPS, "50 of them")):
        with tempfile.TemporaryDirectory() as folder:
            taken = await measured(f"sqlite+aiosqlite:///{Path(folder)}/planning.db", audience)
        sys.stdout.write(_row(f"SQLite, {whom}", taken))
        with running_postgres() as postgres:
            sys.stdout.write(_row(f"PostgreSQL, {whom}", await measured(postgres.fresh_url(), audience)))


def _role(n):
    """One in 200 is an MP who was confirmed."""
    return {"role": Role.MP, "role_confirmed": True} if n % 200 == 0 else {}


if __name__ == "__main__":
    with importing():
        pass  # nothing of what was imported is searched for garbage
    asyncio.run(main())
