"""The answer that words in reply to a question about a pledge begin with: "läuft, Termin steht"."""

import re

from actions.exchange.entries import Entry
from actions.exchange.turn import Turn
from actions.pledging.nudges.notes import Said
from domain.labels import UnclearError
from domain.nudging import Period
from domain.pledges import Status
from handlers.typed import button_named
from messages.buttons import Verb
from messages.callback_data import decode

_CLAUSE = re.compile(r"[^,.;:!?\n–—]+")


async def answer_begun(turn: Turn, asked: Entry, text: str) -> Said | None:
    """The answer among the buttons of this message that the first clause of the text names; None if it names none."""
    clause = _CLAUSE.match(text.strip())
    if clause is None:
        return None
    try:
        data = await button_named(turn, clause[0], asked.message)
    except UnclearError:  # it could be any of several, so it counts as none
        data = None
    turn.pressed = None
    pressed = decode(data) if data is not None else None
    if pressed is None or pressed.verb is not Verb.REPORT:
        return None
    _, period, status = pressed.args
    return Period(period), Status(status)
