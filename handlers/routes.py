"""A route: what a button runs, and how its arguments are parsed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Action = Callable[..., Awaitable[None]]
Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Route:
    """Runs `act(turn, *arguments)`. Each parser reads one argument of the button, or raises ValueError."""

    act: Action
    parsers: tuple[Parser, ...]
    needs_consent: bool


def agreed(act: Action, *parsers: Parser) -> Route:
    """A button for people who have given both core consents; for anybody else it is out of date."""
    return Route(act, parsers, needs_consent=True)


def always(act: Action, *parsers: Parser) -> Route:
    """A button that works without them, too: consents, rights, help, and the desk, which checks for itself."""
    return Route(act, parsers, needs_consent=False)
