"""The end of a pause: what happened meanwhile, a line and a button each."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.rights import Happened, MissedNews, Resumed
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, full, short
from messages.places_to_go import places_to_go
from messages.pledging.statuses import titled

_MOST = 8  # lines; the rest is found in the lists

_LEADS_TO = {
    Happened.ASKED_TO_MEET: Verb.INTRO,
    Happened.BOTH_YES: Verb.INTRO,
    Happened.CONTACT: Verb.INTRO,
    Happened.SILENT: Verb.HINT,
    Happened.RETROSPECTIVE: Verb.RETRO,
    Happened.HELP_ASKED: Verb.LEND_ASKED,
    Happened.PAPER: Verb.PAPER,
    Happened.RELAYED: Verb.RELAY_SHOW,
    Happened.ROLE: Verb.PROFILE,
    Happened.SETTLED: Verb.PLEDGES,
    Happened.CARD: Verb.PARTNER,
    Happened.TIMETABLE: Verb.PARTNER,
    Happened.TABLE_FULL: Verb.PARTNER,
    Happened.EXPIRED: Verb.PARTNER,
    Happened.BROADCAST: Verb.ORGA,
    Happened.INQUIRY: Verb.INQUIRIES,
    Happened.ACCOUNT: Verb.PLEDGES,
    Happened.OBJECTION: Verb.ACCOUNT,
}
"""What its button opens; without an entry, the pledge."""


def resumed(outcome: Resumed, w: Phrases) -> Message:
    if not outcome.missed:
        return Message(w("rights.resumed"), places_to_go(w))
    shown = outcome.missed[:_MOST]
    more = len(outcome.missed) - len(shown)
    text = lines(
        w("rights.resumed.by_itself" if outcome.by_itself else "rights.resumed.title"),
        w("rights.resumed.meanwhile"),
        *(_line(rank, each, w) for rank, each in enumerate(shown, 1)),
        w.count("rights.resumed.more", more) if more else None,
    )
    rest = [button(w.label("small.button.pledges"), Verb.PLEDGES)] if more else []
    return Message(text, keyboard(*([_look(rank, each, w)] for rank, each in enumerate(shown, 1)), rest))


def _line(rank: int, missed: MissedNews, w: Phrases) -> Markup:
    return w(
        f"rights.missed.{missed.what}",
        number=rank,
        other=at_start(full(w, missed.other)),
        title=titled(w, missed.title),
    )


def _look(rank: int, missed: MissedNews, w: Phrases) -> InlineKeyboardButton:
    named = f": {short(w, missed.other)}" if missed.other else ""
    label = w.fitted("rights.button.look", number=rank, name=named)
    verb = _LEADS_TO.get(missed.what, Verb.PLEDGE)
    takes_id = verb in (
        Verb.PLEDGE,
        Verb.INTRO,
        Verb.HINT,
        Verb.LEND_ASKED,
        Verb.RETRO,
        Verb.ACCOUNT,
        Verb.PAPER,
    )
    return button(label, verb, missed.object_id) if takes_id else button(label, verb)
