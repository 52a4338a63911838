"""Which wishes are heard first, and the question that stopping opens."""

from actions.exchange.turn import Turn
from actions.intake import awaited_words
from actions.intake.awaited_words import TOPIC_QUESTIONS
from actions.joining import profile
from domain.wishes import Wish, wish


async def heard(turn: Turn, text: str) -> Wish | None:
    """The wish that is all of the text, whatever is open. Where topics are asked for, "Datenschutz" is one of them."""
    wanted = wish(text)
    if wanted is Wish.PRIVACY and await _topics_are_asked(turn):
        return None
    return wanted


async def _topics_are_asked(turn: Turn) -> bool:
    if turn.is_outside:
        return False
    draft = await awaited_words.awaiting(turn)
    line = profile.open_question(turn) if draft is None else profile.edited_line(draft)
    return line in TOPIC_QUESTIONS
