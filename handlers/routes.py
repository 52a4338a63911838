"""A route: what a button runs, and how its arguments are parsed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from actions.organising.team.team import Needs

Action = Callable[..., Awaitable[None]]
Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Route:
    """Runs `act(turn, *arguments)`. Each parser reads one argument of the button, or raises ValueError.

    `needs`: what it takes to press it for the team; None for a button that is nobody's of the team.
    """

    act: Action
    parsers: tuple[Parser, ...]
    needs_consent: bool
    needs: Needs | None = None


def agreed(act: Action, *parsers: Parser) -> Route:
    """A button for people who have given both core consents; for anybody else it is out of date."""
    return Route(act, parsers, needs_consent=True)


def always(act: Action, *parsers: Parser) -> Route:
    """A button that works without them, too: consents, rights, help."""
    return Route(act, parsers, needs_consent=False)


def at_desk(needs: Needs, act: Action, *parsers: Parser) -> Route:
    """A button of the desk; for anybody who has not got what it needs there is no such button."""
    return Route(act, parsers, needs_consent=False, needs=needs)
