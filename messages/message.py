"""A message to send: text, buttons, picture or file, or a message to copy."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.words import cut
from domain.written import Format, Medium
from messages.buttons import Verb
from messages.callback_data import encode
from messages.catalogue import BUTTON

Row = list[InlineKeyboardButton]
Rows = list[Row]


@dataclass(frozen=True)
class Document:
    name: str
    content: bytes


@dataclass(frozen=True)
class Copy:
    """A message to copy from another chat, without saying where it came from."""

    from_chat_id: int
    message_id: int


@dataclass(frozen=True)
class Message:
    """`text` is HTML (with a `photo` or `document`, its caption). `protect`: it cannot be forwarded or saved.

    `photo`: a picture, or Telegram's id of one; `covers`: as an edit it takes the place of the picture there. `draw`
    makes the picture, or the content of the document, which takes a while.

    `formats`: the text is no HTML, but as somebody of the team wrote it, and formatted like this. With `copy` it stands
    below the copied picture; a copy without `formats` is copied with its own words. `deletes`: there is nothing to say,
    and as an edit it deletes the message. `album`: what the text is the caption of, sent together.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    photo: bytes | str | None = None
    draw: Callable[[], bytes] | None = None
    covers: bool = False
    document: Document | None = None
    copy: Copy | None = None
    protect: bool = False
    formats: tuple[Format, ...] | None = None
    deletes: bool = False
    album: tuple[Medium, ...] = ()


def button(label: str, verb: Verb, *args: object) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=encode(verb, *args))


def in_rows(each: Sequence[InlineKeyboardButton], across: int) -> Rows:
    """These buttons, this many to a row; the last row may have fewer."""
    return [list(each[at : at + across]) for at in range(0, len(each), across)]


def keyboard(*rows: Row) -> InlineKeyboardMarkup | None:
    """A keyboard of these rows without the empty ones, None if there are none.

    No two buttons say the same: labels that are equal, perhaps because names were cut, are numbered.
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
