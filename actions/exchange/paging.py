"""Long lists, a page at a time."""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")

PAGE = 8  # lines on a page: even people with their reasons fit into a message


def pages(lines: int) -> int:
    """How many pages this many lines take, at least one."""
    return max(ceil(lines / PAGE), 1)


def on_page(listed: Sequence[T], page: int) -> tuple[int, Sequence[T]]:
    """The page, counted from 0, and the lines on it; the last page if the list has become shorter meanwhile."""
    page = min(page, pages(len(listed)) - 1)
    return page, listed[page * PAGE : (page + 1) * PAGE]
