"""What is done about a wish, in every state."""

from collections.abc import Awaitable, Callable

from actions.exchange.turn import Turn
from actions.intake import conversation, wishes
from actions.rights import requests
from domain.wishes import Wish
from handlers.button_actions import ask_team


async def _pause(turn: Turn) -> None:
    if turn.is_outside:
        await conversation.show_open(turn)
    else:
        await requests.ask_pause(turn)


GRANTED: dict[Wish, Callable[[Turn], Awaitable[None]]] = {
    Wish.HELP: conversation.help_,
    Wish.PRIVACY: requests.privacy,
    Wish.PAUSE: _pause,
    Wish.STOP: requests.ask_stop,
    Wish.ERASE: requests.ask_erase,
    Wish.TEAM: ask_team,
}


async def granted(turn: Turn, text: str) -> bool:
    """Whether the text was a wish and nothing else. What is open stays open."""
    wanted = await wishes.heard(turn, text)
    if wanted is not None:
        await GRANTED[wanted](turn)
    return wanted is not None
