"""Keyboards: checked as Telegram checks them, stored as it would show them."""

from typing import Any, NamedTuple

from stage.errors import Json, bad
from stage.links import checked_link

MAX_DATA_BYTES = 64
MAX_INLINE_BUTTONS = 100
MAX_REPLY_BUTTONS = 300
MAX_COPY = 256
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


class Keyboards(NamedTuple):
    """The buttons under a message, and the keyboard that replaces (or hides) the phone's own."""

    inline: Json | None = None
    reply: Json | None = None


def checked(markup: Json | None) -> Keyboards:
    """Check `reply_markup` and tell its two kinds apart; raises Telegram's 400."""
    if not markup:
        return Keyboards()
    if "inline_keyboard" in markup:
        rows = [[_inline(button) for button in row] for row in _rows(markup, "inline_keyboard")]
        rows = [row for row in rows if row]
        if sum(map(len, rows)) > MAX_INLINE_BUTTONS:
            raise bad("reply markup is too long")
        return Keyboards(inline={"inline_keyboard": rows} if rows else None)
    if "keyboard" in markup:
        rows = [[_reply(button) for button in row] for row in _rows(markup, "keyboard")]
        rows = [row for row in rows if row]
        if sum(map(len, rows)) > MAX_REPLY_BUTTONS:
            raise bad("reply markup is too long")
        return Keyboards(reply={**markup, "keyboard": rows})
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return Keyboards(reply=markup)
    return Keyboards()


def inline_only(markup: Json | None) -> Json | None:
    """The inline keyboard of an edit; raises Telegram's 400 for any other."""
    keyboards = checked(markup)
    if keyboards.reply:
        raise bad("inline keyboard expected")
    return keyboards.inline


def _rows(markup: Json, field: str) -> list[list[Any]]:
    rows = markup[field]
    if not isinstance(rows, list):
        raise bad(
            f'object expected as reply markup: field "{field}" must be of type Array',
        )
    if not all(isinstance(row, list) for row in rows):
        raise bad("can't parse keyboard: expected an Array of Arrays of buttons")
    return rows


def _inline(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: Expected an Object")
    if not isinstance(button.get("text"), str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        _check_data(button["callback_data"])
    if "copy_text" in button:
        _check_copy(button["copy_text"])
    return {**button, "url": _url(button["url"])} if "url" in button else dict(button)


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "surrogatepass")) <= MAX_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _url(url: Any) -> str:
    link = checked_link(url) if isinstance(url, str) else None
    if link is None:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return link


def _reply(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    return button
