"""A database that is measured: what a path takes, in the time of the wall, of the processor, and in statements."""

import asyncio
import resource
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import event, text

from actions.contents import contents
from actions.exchange import passes
from actions.exchange.operator import Operator
from actions.intake import conversation
from db.cipher import Cipher
from db.models import Outgoing
from db.session import open_database
from domain.voice import Voice
from messages import of
from tests.benchmarks.scale.database import KEY
from tests.benchmarks.scale.rows import ORGANISER
from tests.benchmarks.scale.times import NOW

OPERATOR = Operator(
    frozenset({ORGANISER}), "Team", "", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, retention_days=90
)
ROUNDS = 5
_LOOKS = 0.001  # seconds between two looks at whether the loop is held


@dataclass(frozen=True)
class Figure:
    """Medians: milliseconds of the wall, of this process's processor, and the statements of one time.

    `held`: the longest time for which the event loop did nothing else.
    """

    wall: float
    cpu: float
    statements: int
    held: float


class Bench:
    def __init__(self, url: str) -> None:
        self.database = open_database(url, Cipher(KEY))
        self.executed: list[str] = []
        for engine in self.database.engines:
            event.listen(engine.sync_engine, "before_cursor_execute", self._note)

    @property
    def dialect(self) -> str:
        return self.database.engines[0].dialect.name

    def _note(self, _connection, _cursor, statement, _parameters, context, _many) -> None:
        if not context.execution_options.get("beside"):
            self.executed.append(statement)

    async def timed(
        self, act: Callable[..., Awaitable[object]], *, prepare=None, rounds: int = ROUNDS
    ) -> Figure:
        """Run it in a transaction that is rolled back, after one time that warms up. `prepare` comes before, uncounted,
        and what it returns is given to `act`.
        """
        taken = [await self._once(act, prepare) for _ in range(rounds + 1)][1:]
        wall, cpu, held = (statistics.median(1000 * each[n] for each in taken) for n in range(3))
        return Figure(wall, cpu, taken[-1][3], held)

    async def _once(self, act, prepare):
        async with self.database.writer() as session:
            await session.begin()
            given = [await prepare(session)] if prepare else []
            await session.flush()
            self.executed.clear()
            loop = _Loop()
            began, used = time.perf_counter(), _used()
            await act(session, *given)
            await session.flush()
            found = time.perf_counter() - began, _used() - used, await loop.held(), len(self.executed)
            await session.rollback()
        return found

    async def turn(self, session, chat: int):
        return await conversation.open_turn(session, chat, NOW, OPERATOR)

    async def says(self, session, turn, payload) -> str:
        """The text of the answer that this payload becomes, as the deliverer would word it."""
        turn.tell(payload)
        await session.flush()
        row = next(
            each for each in session if isinstance(each, Outgoing) and each.kind == payload.outcome_name()
        )
        said = await contents(session, row, NOW, OPERATOR)
        return of(said.outcome, said.voice, said.today).text

    async def change_all(self, each: passes.Pass) -> list[Figure]:
        """What each thing takes that a pass changes, in transactions of their own, committed."""
        async with self.database.reader() as session:
            due = list(await each.find(session))
        figures = []
        for number in due:
            self.executed.clear()
            began, used = time.perf_counter(), _used()
            failed = await passes.change_all(self.database, each, [number])
            if failed:
                raise failed[number]
            wall, cpu = time.perf_counter() - began, _used() - used
            figures.append(Figure(1000 * wall, 1000 * cpu, len(self.executed), 0))
        return figures

    async def vacuum(self) -> None:
        """Forget what was rolled back, which PostgreSQL keeps until then; it counts nothing by that."""
        if self.dialect == "postgresql":
            async with self.database.engines[0].connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("VACUUM outbox"))


class _Loop:
    """How long the event loop was held at most since this was made."""

    def __init__(self) -> None:
        self._longest, self._task = 0.0, asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LOOKS)
            self._longest = max(self._longest, time.perf_counter() - before - _LOOKS)

    async def held(self) -> float:
        await asyncio.sleep(_LOOKS)  # it may have been held until now
        self._task.cancel()
        return self._longest


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
