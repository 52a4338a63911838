"""What goes out: text, buttons, picture or file, or a message to copy."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from messages.buttons import Verb, encode


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
    """Rows of buttons; empty rows are left out, no rows at all is no keyboard."""
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
