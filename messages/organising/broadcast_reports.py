"""How a broadcast goes: its progress, and its report."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.broadcasts import BroadcastProgress, BroadcastStep, Later, Phase
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
    if outcome.phase is Phase.SCHEDULED:
        said = [goes_at(outcome.later, w)] if outcome.later is not None else []
    text = lines(_title(outcome, w), w("broadcast.report.total", n=outcome.total), *said)
    return Message(text, keyboard(*_buttons(outcome, w)))


def goes_at(later: Later, w: Phrases) -> Markup:
    """When it sets out, and how far off that is."""
    when = w.moment(later.at.date(), later.at.time())
    days, hours = divmod(later.hours, 24)
    if days:
        away = w.count("broadcast.in.days", days, hours=hours)
    elif hours:
        away = w("broadcast.in.hours", hours=hours, minutes=later.minutes)
    else:
        away = w("broadcast.in.minutes", minutes=later.minutes)
    return w("broadcast.goes_at", when=when, away=away)


def _title(outcome: BroadcastProgress, w: Phrases) -> str:
    if outcome.phase is Phase.SCHEDULED:
        return w("broadcast.scheduled")
    if outcome.phase in _STOPPED:
        ending = outcome.phase is Phase.RECALLED and not outcome.finished
        return w("broadcast.recalling" if ending else f"broadcast.{outcome.phase}")
    if not outcome.finished:
        return w("broadcast.running")
    return w("broadcast.report.incomplete", n=outcome.missed) if outcome.missed else w("broadcast.report")


def _buttons(outcome: BroadcastProgress, w: Phrases) -> list[list[InlineKeyboardButton]]:
    def does(step: BroadcastStep) -> InlineKeyboardButton:
        return button(w.label(f"broadcast.button.{step}"), Verb.BROADCAST_DO, outcome.broadcast_id, step)

    if outcome.phase is Phase.SCHEDULED:
        return [[does(BroadcastStep.CHANGE), does(BroadcastStep.CALL_OFF)]]
    recall = _recall(outcome, w)
    if outcome.phase is Phase.HALTED:
        return [[does(BroadcastStep.GO_ON)], [does(BroadcastStep.STOP)], recall]
    if outcome.finished:
        again = button(
            w.label("broadcast.button.again"), Verb.BROADCAST_AGAIN, outcome.broadcast_id, outcome.version
        )
        missed = outcome.phase not in _STOPPED and (outcome.missed or outcome.undecided)
        who = button(w.label("broadcast.button.receipts"), Verb.RECEIPTS, outcome.broadcast_id)
        return [[again] if missed else [], [who], recall, [to_menu(w)]]
    if outcome.phase in _STOPPED:
        return []
    return [[does(BroadcastStep.HALT), does(BroadcastStep.STOP)], recall]


def _recall(outcome: BroadcastProgress, w: Phrases) -> list[InlineKeyboardButton]:
    if outcome.recall_until is None:
        return []
    until = f"{outcome.recall_until:%H:%M}"
    label = (
        w.label("broadcast.button.recall.until", time=until)
        if outcome.finished
        else w.label("broadcast.button.recall")
    )
    return [button(label, Verb.BROADCAST_DO, outcome.broadcast_id, BroadcastStep.RECALL)]
