"""A button's label that is typed under a question of joining or of the profile means its button."""

from telegram import InlineKeyboardMarkup

import messages
from actions.contents import contents
from actions.exchange.turn import Turn
from actions.intake import typed_answers
from domain.labels import meant
from messages.buttons import Verb, decode

_LONGEST = 60  # characters; more is no label
_CHOSEN = "✓"  # a second press would take it back, which nobody types
# What they name is as good in people's own words, which are heard as such wherever these buttons stand.
_OWN_WORDS = {Verb.TOPICS_GROUP, Verb.TOPIC_TOGGLE}


async def button_named(turn: Turn, text: str) -> str | None:
    """The data of the button that is meant, if a question stands there to be answered; then `turn.pressed` is its
    message.
    """
    if len(text) > _LONGEST or (asked := await typed_answers.question(turn)) is None:
        return None
    said = await contents(turn.session, asked.row, turn.now, turn.operator)
    buttons = _buttons(messages.of(said.outcome, said.voice, said.today).keyboard) if said is not None else {}
    label = meant(text, buttons, await typed_answers.awaited(turn))
    if label is None:
        return None
    turn.pressed = asked.message
    return buttons[label]


def _buttons(keyboard: InlineKeyboardMarkup | None) -> dict[str, str]:
    """Data by label; of several buttons with one label none can be meant."""
    each = [button for row in (keyboard.inline_keyboard if keyboard else ()) for button in row]
    labels = [button.text for button in each]
    return {
        button.text: button.callback_data
        for button in each
        if isinstance(button.callback_data, str)
        and labels.count(button.text) == 1
        and (pressed := decode(button.callback_data)) is not None
        and pressed.verb not in _OWN_WORDS
        and not button.text.startswith(_CHOSEN)
    }
