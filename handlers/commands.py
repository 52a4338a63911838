"""The commands, in German and English, and what they do."""

from collections.abc import Awaitable, Callable, Collection

from telegram import Update

from actions.exchange.turn import Turn
from actions.intake import conversation, invitations
from actions.joining import entry, profile
from actions.matching import suggestions
from actions.organising import desk
from actions.organising.broadcasts import broadcasts
from actions.organising.care import care
from actions.organising.insight import insight
from actions.organising.participants import participants
from actions.organising.programme import programme
from actions.organising.rehearsals import rehearsals
from actions.organising.rounds import rounds
from actions.organising.team import team
from actions.organising.team.team import Needs
from actions.organising.workshops import workshops
from actions.pledging import pledges
from actions.rights import requests
from domain.refusal import Reason, Refusal
from domain.team import Duty, Granted
from handlers import links
from handlers.turns import Context

Action = Callable[[Turn], Awaitable[None]]

# Answered in every state, even before joining.
ALWAYS: dict[str, Action] = {
    "hilfe": conversation.help_,
    "help": conversation.help_,
    "datenschutz": requests.privacy,
    "privacy": requests.privacy,
    "developer_info": requests.privacy,
    "auskunft": requests.my_data,
    "mydata": requests.my_data,
    "widerruf": requests.list_consents,
    "consents": requests.list_consents,
    "loeschen": requests.ask_erase,
    "delete": requests.ask_erase,
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
    "programm": programme.show,
    "programme": programme.show,
    "pause": requests.ask_pause,
}


async def not_yet(_turn: Turn) -> None:
    """Raises Refusal(NOT_YET)."""
    raise Refusal(Reason.NOT_YET)


LATER = ("export",)

_RUN, _EVERYWHERE = Needs(Duty.RUN), Needs(Duty.RUN, everywhere=True)

ORGANISERS: dict[str, tuple[Needs, Action]] = {
    "orga": (Needs(None), desk.menu),
    **dict.fromkeys(("werkstatt", "workshop"), (_EVERYWHERE, workshops.ask_title)),
    **dict.fromkeys(("teilnehmende", "people"), (Needs(Duty.RECEIVE), participants.show)),
    **dict.fromkeys(("stand", "stats"), (Needs(Duty.COUNT), insight.show)),
    **dict.fromkeys(("ankuendigung", "broadcast"), (_RUN, broadcasts.begin)),
    **dict.fromkeys(("runde", "round"), (_RUN, rounds.prepare)),
    **dict.fromkeys(("probe", "rehearsal"), (_RUN, rehearsals.begin)),
    **dict.fromkeys(("aufgaben", "care"), (Needs(Duty.RECEIVE), care.show)),
    **dict.fromkeys(LATER, (_RUN, not_yet)),
}
"""Commands of the team: what each needs, and does."""


def of_team(granted: Collection[Granted]) -> frozenset[str]:
    """The commands of the team, in both languages, that somebody with these roles can use."""
    return frozenset(name for name, (needs, _) in ORGANISERS.items() if team.allows_somewhere(granted, needs))


async def start(update: Update, context: Context) -> None:
    del update
    payload = " ".join(context.args or ())
    if payload:
        await links.follow(context.turn, payload)
    elif not await invitations.go_on(context.turn):
        await entry.start(context.turn)


async def always(update: Update, context: Context) -> None:
    await ALWAYS[_name(update)](context.turn)


async def joined(update: Update, context: Context) -> None:
    """A command for people who have begun a profile; anybody else is shown the question they are at.

    Raises Refusal(NO_PROFILE) for an organiser who takes no part.
    """
    turn = context.turn
    if turn.is_newcomer and turn.on_team and not (turn.arrival is not None and turn.arrival.asked):
        raise Refusal(Reason.NO_PROFILE)
    if turn.is_outside:
        await conversation.show_open(context.turn)
    else:
        await JOINED[_name(update)](context.turn)


async def organiser(update: Update, context: Context) -> None:
    """A command of the team; for anybody who has not got what it needs it does not exist."""
    needs, act = ORGANISERS[_name(update)]
    if not await team.allows(context.turn, needs):
        await unknown(update, context)
        return
    context.turn.at_desk = True
    await act(context.turn)
    await conversation.show_left_open(context.turn)


async def unknown(update: Update, context: Context) -> None:
    """A command that we do not know is refused, never taken for an answer; newcomers are welcomed again."""
    del update
    if context.turn.is_newcomer:
        entry.show_arrival(context.turn)
        return
    raise Refusal(Reason.UNKNOWN_COMMAND)


def _name(update: Update) -> str:
    """The command without slash and @bot, in lower case. PTB lets only known ones through."""
    text = (update.message and update.message.text) or ""
    return text[1:].split()[0].partition("@")[0].lower()
