"""What a session that only reads asks once, however many views need it."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

READS_ONLY: dict[Any, Any] = {"reads_only": True}
"""In a session's info."""

T = TypeVar("T")


async def once(session: AsyncSession, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
    """What `ask` found when this session asked first. In a session that writes it is asked each time: an action may
    have changed it meanwhile, or taken that back.
    """
    if "reads_only" not in session.info:
        return await ask()
    found: dict[Hashable, T] = session.info.setdefault("found", {})
    if key not in found:
        found[key] = await ask()
    return found[key]


async def once_each(
    session: AsyncSession,
    name: str,
    ids: Collection[int],
    ask: Callable[[Collection[int]], Awaitable[Mapping[int, T]]],
) -> Mapping[int, T]:
    """The same of each of these: `ask` is asked about those together that are not known yet."""
    if "reads_only" not in session.info:
        return await ask(ids)
    found: dict[int, T] = session.info.setdefault(f"found of each: {name}", {})
    if new := set(ids) - found.keys():
        about = await ask(new)
        found.update({each: about[each] for each in new})
    return found
