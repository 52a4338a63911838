"""How long an MP stays, and how many talks they still take: the card, the question in words, the list at the desk."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.presences import (
    PresenceAsked,
    PresenceCard,
    PresenceList,
    Presences,
    PresentMp,
)
from domain.presence_said import PresenceSaid
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, Row, button, in_rows, keyboard
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_IN_A_ROW = 3
_NAME = 40  # UTF-16 units in a list


def render(outcome: Presences, w: Phrases) -> Message:
    match outcome:
        case PresenceCard():
            return _card(outcome, w)
        case PresenceAsked():
            who = "mine" if outcome.mine else "theirs"
            asks = first_line(w, f"presence.asked.{who}", mp=full(w, outcome.mp))
            return Message(lines(asks, w("presence.asked.example")))
        case PresenceList():
            return _list(outcome, w)
    assert_never(outcome)


def _card(outcome: PresenceCard, w: Phrases) -> Message:
    who = "mine" if outcome.mine else "theirs"
    title = first_line(w, f"presence.title.{who}", mp=full(w, outcome.mp))
    text = lines(
        title,
        w(f"presence.by.{outcome.by}") if outcome.mine and outcome.by is not None else None,
        w("presence.day", day=w.day(outcome.another_day)) if outcome.another_day is not None else None,
        w("presence.now", said=_said(outcome, w)),
        w("presence.gone" if outcome.gone else f"presence.what.{who}", mp=full(w, outcome.mp)),
    )
    return Message(text, keyboard(*_ways(outcome, w)))


def _said(of: PresenceCard | PresentMp, w: Phrases) -> Markup:
    """What was said, in a few words."""
    until = (
        w("presence.gone_since" if of.gone else "presence.until", time=w.clock(of.until))
        if of.until
        else None
    )
    talks = w.count("presence.talks", of.talks) if of.talks is not None and not of.gone else None
    return Markup(" · ").join([each for each in (until, talks) if each is not None] or [w("presence.open")])


def _ways(outcome: PresenceCard, w: Phrases) -> list[Row]:
    until = [_way(outcome, each, w) for each in outcome.ways if each.until is not None]
    talks = [_way(outcome, each, w) for each in outcome.ways if each.talks is not None]
    others = [_way(outcome, each, w) for each in outcome.ways if each.leaves or each.open]
    typed = button(w.label("presence.button.typed"), Verb.PRESENCE_TYPE, outcome.mp_id)
    return [*in_rows(until, _IN_A_ROW), *in_rows(talks, _IN_A_ROW), others, [typed]]


def _way(outcome: PresenceCard, said: PresenceSaid, w: Phrases) -> InlineKeyboardButton:
    if said.until is not None:
        label = w.label("presence.button.until", time=w.clock(said.until))
    elif said.talks is not None:
        label = (
            w.count("presence.button.talks", said.talks) if said.talks else w.label("presence.button.none")
        )
    else:
        leaves = "presence.button.leaves.mine" if outcome.mine else "presence.button.leaves"
        label = w.label(leaves if said.leaves else "presence.button.open")
    return button(str(label), Verb.PRESENCE_IS, outcome.mp_id, said.spelled)


def _list(outcome: PresenceList, w: Phrases) -> Message:
    each = [
        w("presence.in_list", number=n, name=cut(mp.name, _NAME), said=_said(mp, w))
        for n, mp in enumerate(outcome.mps, outcome.first)
    ]
    rows = [
        [button(w.fitted("presence.button.mp", number=n, mp=full(w, mp.name)), Verb.PRESENCE, mp.mp_id)]
        for n, mp in enumerate(outcome.mps, outcome.first)
    ]
    text = lines(w("presence.list"), *each, None if each else w("presence.list.none"))
    return Message(text, keyboard(*rows, turning(outcome, w, Verb.PRESENCES), [to_menu(w)]))
