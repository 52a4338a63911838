"""The clock's passes: what is due is found first, then each thing is changed in a transaction of its own.

So one thing that fails stops only itself; and whether each is still due is asked again under its lock.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.addressing import address
from db.session import TROUBLE, Database

FOR_CHANGE = {"key_share": True}
"""The lock on a row that may be changed, but not deleted: rows that refer to it are not held up."""
_ENOUGH_TROUBLE = 3  # failures of the database in a row: it is away, not one row damaged


@dataclass(frozen=True)
class Pass:
    """`find` returns the ids of what is due, and reads no words. `change` does what is due to one of them, if it still
    is: it takes the lock first and asks afterwards, for the row may have changed while it waited.
    """

    find: Callable[[AsyncSession], Awaitable[Iterable[int]]]
    change: Callable[[AsyncSession, int], Awaitable[object]]


@dataclass(frozen=True)
class Sweep:
    """What changes all that it finds at once. `find` returns something if there is anything to find."""

    find: Callable[[AsyncSession], Awaitable[Iterable[int]]]
    change: Callable[[AsyncSession], Awaitable[object]]


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
