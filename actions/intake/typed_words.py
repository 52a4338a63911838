"""Words that were typed for a draft, with what it noted when it asked for them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising.team import team
from domain.nudging import Period
from domain.outcomes.choices import ContactKind
from domain.outcomes.payload import Payload
from domain.workshops import WorkshopField


@dataclass(frozen=True)
class TypedWords:
    """What was typed, in which message, and the object and details of the draft that awaited it."""

    text: str
    message_id: int
    object_id: int
    details: drafts.DraftDetails

    @property
    def period(self) -> Period:
        """The question the words go with. Raises ValueError for a draft that names none."""
        if self.details.period is None:
            raise ValueError("the draft names no period")
        return self.details.period

    @property
    def contact(self) -> ContactKind:
        """The way to be reached that was asked for. Raises ValueError for a draft that names none."""
        if self.details.contact is None:
            raise ValueError("the draft names no way to be reached")
        return self.details.contact

    @property
    def detail(self) -> WorkshopField:
        """What about a workshop was asked for. Raises ValueError for a draft that names nothing."""
        if self.details.detail is None:
            raise ValueError("the draft names no detail of a workshop")
        return self.details.detail


@dataclass(frozen=True)
class Handling:
    """`ask`: the question, from the object's id; `receive`: hands the words to the action that takes them.

    `needs`: of words for the team, what it takes to write them, from the object's id.
    """

    ask: Callable[[int], Payload]
    receive: Callable[[Turn, TypedWords], Awaitable[None]]
    needs: team.Needs | None = None


def worded(
    act: Callable[[Turn, int, str], Awaitable[None]],
) -> Callable[[Turn, TypedWords], Awaitable[None]]:
    """Hands over the object and the words."""
    return lambda turn, typed: act(turn, typed.object_id, typed.text)
