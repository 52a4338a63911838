"""How a broadcast goes: its progress, and its report."""

from telegram import InlineKeyboardButton

from domain.outcomes.organising.broadcasts import BroadcastProgress, Phase
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.places_to_go import to_menu

_STOPPED = (Phase.HALTED, Phase.CALLED_OFF, Phase.RECALLED)


def progress(outcome: BroadcastProgress, w: Phrases) -> Message:
    numbers = {
        "delivered": outcome.delivered,
        "deleted": outcome.deleted,
        "undeletable": outcome.undeletable,
        "unsent": outcome.unsent,
        "unreachable": outcome.unreachable,
        "failed": outcome.failed,
        "repeats": outcome.repeats,
        "undecided": outcome.undecided,
        "withdrawn": outcome.withdrawn,
    }
    said = [w(f"broadcast.report.{what}", n=n) for what, n in numbers.items() if n or what == "delivered"]
    text = lines(_title(outcome, w), w("broadcast.report.total", n=outcome.total), *said)
    return Message(text, keyboard(*_buttons(outcome, w)))


def _title(outcome: BroadcastProgress, w: Phrases) -> str:
    if outcome.phase in _STOPPED:
        ending = outcome.phase is Phase.RECALLED and not outcome.finished
        return w("broadcast.recalling" if ending else f"broadcast.{outcome.phase}")
    if not outcome.finished:
        return w("broadcast.running")
    return w("broadcast.report.incomplete", n=outcome.missed) if outcome.missed else w("broadcast.report")


def _buttons(outcome: BroadcastProgress, w: Phrases) -> list[list[InlineKeyboardButton]]:
    def one(what: str, verb: Verb, **values: str) -> InlineKeyboardButton:
        return button(w.label(f"broadcast.button.{what}", **values), verb, outcome.broadcast_id)

    recall = []
    if outcome.recall_until is not None:
        if outcome.finished:
            recall = [one("recall.until", Verb.BROADCAST_RECALL, time=f"{outcome.recall_until:%H:%M}")]
        else:
            recall = [one("recall", Verb.BROADCAST_RECALL)]
    if outcome.phase is Phase.HALTED:
        return [[one("go_on", Verb.BROADCAST_ON)], [one("stop", Verb.BROADCAST_STOP)], recall]
    if outcome.finished:
        missed = outcome.phase not in _STOPPED and (outcome.missed or outcome.undecided)
        return [[one("again", Verb.BROADCAST_AGAIN)] if missed else [], recall, [to_menu(w)]]
    if outcome.phase in _STOPPED:
        return []
    return [[one("halt", Verb.BROADCAST_HALT), one("stop", Verb.BROADCAST_STOP)], recall]
