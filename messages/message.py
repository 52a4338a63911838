"""What goes out: text, buttons, picture or file, or a message to copy."""

from collections import Counter
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.words import cut
from messages.buttons import Verb, encode
from messages.catalogue import BUTTON


@dataclass(frozen=True)
class Document:
    name: str
    content: bytes


@dataclass(frozen=True)
class Copy:
    """The message itself is copied from another chat, without naming where it came from."""

    from_chat_id: int
    message_id: int


@dataclass(frozen=True)
class Message:
    """`text` is HTML (a caption with `photo` or `document`). `protect`: cannot be forwarded or saved."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    photo: bytes | None = None
    document: Document | None = None
    copy: Copy | None = None
    protect: bool = False


def button(label: str, verb: Verb, *args: object) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=encode(verb, *args))


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """Rows of buttons; empty rows are left out, no rows at all is no keyboard.

    Where names are the same, or were cut so, the buttons are numbered: no two of a message say the same.
    """
    kept = [row for row in rows if row]
    often = Counter(each.text for row in kept for each in row)
    said: Counter[str] = Counter()

    def told_apart(each: InlineKeyboardButton) -> InlineKeyboardButton:
        if often[each.text] == 1:
            return each
        said[each.text] += 1
        which = f" ({said[each.text]})"
        return InlineKeyboardButton(
            cut(each.text, BUTTON - len(which)) + which, callback_data=each.callback_data
        )

    return InlineKeyboardMarkup([[told_apart(each) for each in row] for row in kept]) if kept else None
