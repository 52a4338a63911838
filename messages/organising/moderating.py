"""What both parties made public, one thing at a time, and the two answers of the team to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.reports import ReportRetrospectives
from domain.outcomes.organising.wall import OnWall, WallPledges
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.places_to_go import to_menu


@dataclass(frozen=True)
class ModerationScreen:
    """What the screens differ in. `put_up`, `kept`: that another was just let in, or kept out; `state`: what was said
    of the one that is shown, or that there is none. `shown`: the lines of what is shown, with so much room for words.
    """

    title: Markup
    above: Markup | None
    put_up: Markup
    kept: Markup
    state: Markup
    shown: Callable[[int], Iterable[Markup]]
    show: Verb
    hide: Verb
    turn: Verb


def asked(
    outcome: WallPledges | ReportRetrospectives,
    how: ModerationScreen,
    w: Phrases,
    *ways: InlineKeyboardButton,
) -> Message:
    """`ways`: that lead elsewhere than to the menu."""
    said = {None: None, True: how.put_up, False: how.kept}[outcome.put_up]
    waiting = w.count("orga.wall.waiting", outcome.waiting) if outcome.waiting else None
    of = outcome.of
    text = fitted(
        lambda room: lines(
            how.title, workshop_line(outcome.workshop, w), how.above, said, waiting,
            *(how.shown(room) if of is not None else ()), how.state,
        )
    )  # fmt: skip
    turned = turning(outcome, w, how.turn, outcome.workshop_id)
    return Message(
        text, keyboard(_answers(outcome, how, w), turned, *([each] for each in ways), [to_menu(w)])
    )


def _answers(outcome: WallPledges | ReportRetrospectives, how: ModerationScreen, w: Phrases) -> Row:
    """What has not been said of it."""
    of = outcome.of
    if of is None:
        return []
    return [
        button(w.label(f"orga.wall.button.{said}"), verb, of.pledge_id, of.version)
        for said, verb in {OnWall.SHOWN: how.show, OnWall.HIDDEN: how.hide}.items()
        if said is not of.said
    ]
