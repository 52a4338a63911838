"""The few buttons from which everything else is reached."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from messages.buttons import Verb
from messages.callback_data import decode
from messages.catalogue import Phrases
from messages.message import button, keyboard

_PLACES = {Verb.PARTNER, Verb.PLEDGES, Verb.PROFILE, Verb.HELP, Verb.ASK_TEAM, Verb.ORGA}


def places_to_go(w: Phrases, *, organiser: bool = False, helped: bool = False) -> InlineKeyboardMarkup | None:
    """Buttons to everything; `helped`: for the help itself, which needs no button to itself."""
    to_help = [] if helped else [button(w.label("small.button.help"), Verb.HELP)]
    return keyboard(
        [
            button(w.label("small.button.partner"), Verb.PARTNER),
            button(w.label("small.button.pledges"), Verb.PLEDGES),
        ],
        [button(w.label("small.button.profile"), Verb.PROFILE), *to_help],
        [to_team(w)],
        [button(w.label("small.button.orga"), Verb.ORGA)] if organiser else [],
    )


def to_team(w: Phrases) -> InlineKeyboardButton:
    """A button that asks what the team is to be asked."""
    return button(w.label("small.button.team"), Verb.ASK_TEAM)


def has_answers(buttons: InlineKeyboardMarkup | None) -> bool:
    """Whether a tap on one of these does anything but lead to one of those places."""
    rows = buttons.inline_keyboard if buttons is not None else ()
    pressed = [decode(str(each.callback_data)) for row in rows for each in row]
    return any(each is not None and each.verb not in _PLACES for each in pressed)


def to_menu(w: Phrases) -> InlineKeyboardButton:
    """A button to the organisers' desk."""
    return button(w.label("orga.button.menu"), Verb.ORGA)


def to_relay(verb: Verb, object_id: int, w: Phrases) -> InlineKeyboardButton:
    """The button that passes words on to somebody, about a pledge or to a match."""
    return button(w.label("relay.button"), verb, object_id)
