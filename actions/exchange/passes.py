"""The clock's passes: what is due is found first, then each thing is changed in a transaction of its own.

So one thing that fails stops only itself; and whether each is still due is asked again under its lock.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.addressing import address
from db.session import TROUBLE, Database

FOR_CHANGE = {"key_share": True}
"""The lock on a row that may be changed, but not deleted: rows that refer to it are not held up."""
_ENOUGH_TROUBLE = 3  # failures of the database in a row: it is away, not one row damaged


Statement = Select[*tuple[Any, ...]]
Find = Callable[[AsyncSession], Awaitable[Iterable[int]]]


async def nothing(session: AsyncSession) -> Iterable[int]:  # noqa: ARG001 - one way to find
    """Finds nothing: it is not the time of day for it."""
    return ()


@dataclass(frozen=True)
class Selected:
    """Finds what a statement selects that is built once, with these values in its places. Many are asked at once
    (`without_work`), so the same place has the same value in all of them.

    `narrowed`: finds what is due among it, if that takes more than a statement.
    """

    statement: Statement
    places: Mapping[str, Any] = field(default_factory=dict)
    narrowed: Find | None = None

    async def __call__(self, session: AsyncSession) -> Iterable[int]:
        if self.narrowed is not None:
            return await self.narrowed(session)
        found: Iterable[int] = await session.scalars(self.statement, self.places)
        return found


@dataclass(frozen=True)
class Pass:
    """`find` returns the ids of what is due, and reads no words. `change` does what is due to one of them, if it still
    is: it takes the lock first and asks afterwards, for the row may have changed while it waited.
    """

    find: Find
    change: Callable[[AsyncSession, int], Awaitable[object]]


@dataclass(frozen=True)
class Sweep:
    """What changes all that it finds at once. `find` returns something if there is anything to find."""

    find: Find
    change: Callable[[AsyncSession], Awaitable[object]]


async def without_work(session: AsyncSession, steps: Mapping[str, Pass | Sweep]) -> Collection[str]:
    """The names of the steps that would find nothing now, as far as one statement can tell."""
    looks = {name: step.find for name, step in steps.items() if isinstance(step.find, Selected)}
    if not looks:
        return ()
    places = {place: value for look in looks.values() for place, value in look.places.items()}
    found = await session.execute(_together(tuple(look.statement for look in looks.values())), places)
    return {name for name, is_any in zip(looks, found.one(), strict=True) if not is_any}


@cache
def _together(statements: tuple[Statement, ...]) -> Statement:
    """Whether each of them selects anything. There are as many of these as times of the day."""
    return select(*(each.exists() for each in statements))


async def run(database: Database, each: Pass) -> dict[int, Exception]:
    """Change all that is due. Returns and raises like `change_all`."""
    async with database.reader() as session:
        due = list(await each.find(session))
    return await change_all(database, each, due)


async def change_all(database: Database, each: Pass, due: Iterable[int]) -> dict[int, Exception]:
    """Change what was found. Returns what failed, by id; its transactions are rolled back, and no others.

    Raises one of TROUBLE if the database is away: then the rest waits for the next pass.
    """
    failed: dict[int, Exception] = {}
    trouble = 0
    for number in due:
        try:
            async with database.writer.begin() as session:
                await each.change(session, number)
                await address(session)
            trouble = 0
        except TROUBLE as error:
            failed[number] = error
            trouble += 1
            if trouble == _ENOUGH_TROUBLE:
                raise
        except Exception as error:  # noqa: BLE001 - the others are still due
            failed[number] = error
    return failed
