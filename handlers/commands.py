"""What can be typed after a slash, in German and English."""

from collections.abc import Awaitable, Callable

from telegram import Update

from actions import (
    broadcasts,
    conversation,
    joining,
    organisers,
    pledges,
    profile,
    rights,
    rounds,
    suggestions,
)
from actions.turn import Turn
from domain.refusal import Reason, Refusal
from handlers.turns import Context

Action = Callable[[Turn], Awaitable[None]]

# Answered in every state, before joining too.
ALWAYS: dict[str, Action] = {
    "hilfe": conversation.help_,
    "help": conversation.help_,
    "datenschutz": rights.privacy,
    "privacy": rights.privacy,
    "developer_info": rights.privacy,
    "auskunft": rights.my_data,
    "mydata": rights.my_data,
    "widerruf": rights.list_consents,
    "consents": rights.list_consents,
    "loeschen": rights.ask_erase,
    "delete": rights.ask_erase,
    "abbrechen": conversation.cancel,
    "cancel": conversation.cancel,
    "sprache": conversation.voices,
    "language": conversation.voices,
}

JOINED: dict[str, Action] = {
    "profil": profile.show,
    "profile": profile.show,
    "partner": suggestions.suggest,
    "matches": suggestions.suggest,
    "versprechen": pledges.show_list,
    "pledges": pledges.show_list,
    "pause": rights.ask_pause,
}

ORGANISERS: dict[str, Action] = {
    "orga": organisers.menu,
    "werkstatt": organisers.ask_title,
    "workshop": organisers.ask_title,
    "teilnehmende": organisers.claims,
    "people": organisers.claims,
    "stand": organisers.counts,
    "stats": organisers.counts,
    "ankuendigung": broadcasts.begin,
    "broadcast": broadcasts.begin,
    "runde": rounds.prepare,
    "round": rounds.prepare,
}

LATER = ("export", "aufgaben", "care", "probe", "rehearsal")


async def start(update: Update, context: Context) -> None:
    del update
    await joining.start(context.turn, " ".join(context.args or ()))


async def always(update: Update, context: Context) -> None:
    await ALWAYS[_name(update)](context.turn)


async def joined(update: Update, context: Context) -> None:
    """For people with a profile begun; to everybody else: where they are."""
    if joining.is_outside(context.turn):
        await conversation.show_open(context.turn)
    else:
        await JOINED[_name(update)](context.turn)


async def organiser(update: Update, context: Context) -> None:
    """To everybody else it is no command at all."""
    if not context.turn.is_owner:
        await unknown(update, context)
        return
    before = await conversation.left_open(context.turn)
    await ORGANISERS[_name(update)](context.turn)
    await conversation.show_left_open(context.turn, before)


async def later(update: Update, context: Context) -> None:
    if not context.turn.is_owner:
        await unknown(update, context)
        return
    raise Refusal(Reason.NOT_YET)


async def unknown(update: Update, context: Context) -> None:
    """A slash word that is none of ours is no answer to anything."""
    del update
    if joining.is_newcomer(context.turn):
        joining.show_door(context.turn)
        return
    raise Refusal(Reason.UNKNOWN_COMMAND)


def _name(update: Update) -> str:
    """The command without slash and without @bot. PTB let only known ones through."""
    text = (update.message and update.message.text) or ""
    return text[1:].split()[0].partition("@")[0].lower()
