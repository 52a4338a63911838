"""Long lists, a page at a time: the buttons that turn the pages."""

from typing import Protocol

from telegram import InlineKeyboardButton

from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import button


class Paged(Protocol):
    """`page` counts from 0."""

    @property
    def page(self) -> int: ...

    @property
    def pages(self) -> int: ...


def turning(of: Paged, w: Phrases, verb: Verb, *args: object) -> list[InlineKeyboardButton]:
    """Buttons to the page before and the page after, if there are any."""
    turned = []
    if of.page > 0:
        turned.append(button(w.label("orga.round.button.back"), verb, *args, of.page - 1))
    if of.page + 1 < of.pages:
        turned.append(button(w.label("orga.round.button.on"), verb, *args, of.page + 1))
    return turned
