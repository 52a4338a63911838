"""A message as a person reads it: plain text, and one line for each row of buttons."""

import re

from markupsafe import Markup

from domain.words import WORD_JOINER
from messages.message import Message


def read(message: Message) -> str:
    """The text with bold as **…**, and without the signs that make words untappable."""
    text = message.text.replace("<b>", "**").replace("</b>", "**")
    text = re.sub(r"<a href=\"[^\"]*\">(.*?)</a>", r"\1", text)
    text = re.sub(r"</?blockquote[^>]*>", "", text)
    rows = [" ".join(f"[{label}]" for label in row) for row in labels(message)]
    return "\n".join([Markup(text).unescape().replace(WORD_JOINER, ""), *rows])


def labels(message: Message) -> list[list[str]]:
    return (
        [[button.text for button in row] for row in message.keyboard.inline_keyboard]
        if message.keyboard
        else []
    )


def presses(message: Message) -> list[str]:
    """The data that the buttons send, in order."""
    if message.keyboard is None:
        return []
    return [str(button.callback_data) for row in message.keyboard.inline_keyboard for button in row]
