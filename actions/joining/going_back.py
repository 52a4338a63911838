"""The way back while joining: the answer before a question once more, which stays as it is until there is another."""

from actions.exchange.turn import Turn
from actions.joining import profile
from domain import places
from domain.outcomes.choices import ProfileQuestion
from domain.profile import before


async def go_back(turn: Turn, question: ProfileQuestion) -> None:
    """Ask again for the answer before this question. Once joining is over, or past it, the tap is out of date."""
    earlier = before(question, land_asked=_land_was_asked(turn))
    if turn.me.finished_at is not None or earlier is None or not await profile.is_awaited(turn, question):
        await profile.out_of_date(turn)
    else:
        await profile.edit(turn, earlier)


def _land_was_asked(turn: Turn) -> bool:
    """Whether the place left it open in which Land it is."""
    return bool(turn.me.place) and len(places.land_of(turn.me.place or "")) != 1
