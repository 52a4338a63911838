"""Labels typed instead of tapped: below a question of joining or the profile they count as their button."""

from telegram import InlineKeyboardMarkup

import messages
from actions.contents import contents
from actions.exchange.turn import Turn
from actions.intake import typed_answers
from domain.labels import meant
from messages.buttons import Verb, decode

_LONGEST = 60  # characters; anything longer is no label
_CHOSEN = "✓"  # pressing it again would take the choice back, which nobody means by typing it
# Their labels are topics, which are understood from people's own words just as well.
_OWN_WORDS = {Verb.TOPICS_GROUP, Verb.TOPIC_TOGGLE}


async def button_named(turn: Turn, text: str, replied_to: int | None = None) -> str | None:
    """The callback data of the button that is meant, None if no question is open or none of its buttons is meant.

    `replied_to`: the message that the text replies to, whose buttons are meant then. Sets `turn.pressed` to the message
    with the button, as a press would.
    """
    if len(text) > _LONGEST or (asked := await typed_answers.shown_question(turn, replied_to)) is None:
        return None
    said = await contents(turn.session, asked.row, turn.now, turn.operator)
    buttons = _buttons(messages.of(said.outcome, said.voice, said.today).keyboard) if said is not None else {}
    label = meant(text, buttons, await typed_answers.awaited(turn))
    if label is None:
        return None
    turn.pressed = asked.message
    return buttons[label]


def _buttons(keyboard: InlineKeyboardMarkup | None) -> dict[str, str]:
    """Callback data by label. A label that several buttons share means none of them."""
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
