"""The care list as the team reads it: a number for each kind, and a line with its buttons for each concern."""

from collections.abc import Callable, Mapping
from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.care import HELD_ELSEWHERE, SETTLED_ELSEWHERE, ConcernKind, spelled
from domain.outcomes.organising.care import Care, CareLine, CareListed, CareNoted, CareOverview, CareReminded
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.names import topic
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu
from messages.pledging.statuses import ranked

_TITLE = 40  # UTF-16 units of a workshop's name in a line
_NAME = 40


def render(outcome: Care, w: Phrases) -> Message:
    match outcome:
        case CareOverview():
            return _overview(outcome, w)
        case CareListed():
            return _listed(outcome, w)
        case CareReminded():
            text = lines(w("care.reminder"), w.count("care.reminder.number", outcome.number))
            return Message(text, keyboard([button(w.label("care.button.look"), Verb.CARE_MINE, 0)]))
        case CareNoted():
            return _noted(outcome, w)
    assert_never(outcome)


def kind_of(kind: ConcernKind, w: Phrases) -> str:
    """What the concerns of a kind are called."""
    return w.label(f"care.kind.{kind}")


def _overview(outcome: CareOverview, w: Phrases) -> Message:
    text = lines(
        w("care.title"),
        w("care.overview" if outcome.counts else "care.overview.none"),
        w.count("care.overview.taken", outcome.taken) if outcome.taken else None,
    )
    each = [
        [button(w.label("care.button.kind", kind=kind_of(kind, w), n=number), Verb.CARE_LIST, kind, 0)]
        for kind, number in outcome.counts
    ]
    mine = [button(w.label("care.button.mine", n=outcome.mine), Verb.CARE_MINE, 0)] if outcome.mine else []
    return Message(text, keyboard(*each, mine, [to_menu(w)]))


def _noted(outcome: CareNoted, w: Phrases) -> Message:
    each = [w("care.month.line", kind=kind_of(kind, w), n=number) for kind, number in outcome.counts]
    since = (
        w("care.month.since", day=w.day(outcome.since))
        if outcome.since is not None
        else w("care.month.first")
    )
    text = lines(w("care.month"), since, *each, w("care.month.once"))
    return Message(text, keyboard([button(w.label("care.button.look"), Verb.CARE)]))


def _listed(outcome: CareListed, w: Phrases) -> Message:
    each = list(enumerate(outcome.lines, outcome.first))
    text = lines(
        _title(outcome, w),
        w(f"care.did.{outcome.did}") if outcome.did is not None else None,
        w(f"care.about.{outcome.kind}") if outcome.kind is not None and each else None,
        *(_line(rank, line, outcome, w) for rank, line in each),
        w("care.noted") if any(line.name is not None for line in outcome.lines) else None,
        None if each else w("care.none"),
    )
    rows = [_buttons(rank, line, w) for rank, line in each]
    turned = (
        turning(outcome, w, Verb.CARE_MINE)
        if outcome.kind is None
        else turning(outcome, w, Verb.CARE_LIST, outcome.kind)
    )
    every = button(w.label("care.button.all"), Verb.CARE)
    return Message(text, keyboard(*rows, turned, [every, to_menu(w)]))


def _title(outcome: CareListed, w: Phrases) -> Markup:
    of = {} if outcome.kind is None else {"kind": kind_of(outcome.kind, w)}
    if outcome.pages == 1:
        return w("care.mine.title" if outcome.kind is None else "care.kind.title", **of)
    key = "care.mine.title.page" if outcome.kind is None else "care.kind.title.page"
    return w(key, page=outcome.page + 1, pages=outcome.pages, **of)


def _line(rank: int, line: CareLine, outcome: CareListed, w: Phrases) -> Markup:
    """In the list of what somebody has taken on, each says of which kind it is."""
    what = _what(line, w)
    if outcome.kind is None:
        what = w.plain("care.of", kind=kind_of(line.kind, w), what=what)
    elif line.mine:
        return w("care.line.mine", **_about(rank, line, what, w))
    elif line.holder is not None:
        holder = cut(line.holder, _NAME) or w.label("care.somebody")
        return w("care.line.held", holder=holder, **_about(rank, line, what, w))
    return w("care.line", **_about(rank, line, what, w))


def _about(rank: int, line: CareLine, what: str, w: Phrases) -> dict[str, object]:
    workshop = cut(line.workshop, _TITLE) or w.label("care.nowhere")
    return {"number": rank, "what": what, "workshop": workshop, "day": w.day(line.since)}


def _what(line: CareLine, w: Phrases) -> str:
    name = cut(full(w, line.name), _NAME) if line.name is not None else None
    if line.kind is ConcernKind.HELP_CALL and line.blocker is not None:
        about = topic(w, line.topic) if line.topic is not None else w.label("care.call.no_topic")
        key = "care.call" if name is None else "care.call.named"
        return w.plain(key, topic=about, blocker=w.label(f"blocker.button.{line.blocker}"), name=name or "")
    if name is None:
        return w.label("care.promise")
    if line.beside is not None:
        return w.plain("care.two", one=name, other=cut(full(w, line.beside), _NAME))
    return name


# --- what can be done


def _buttons(rank: int, line: CareLine, w: Phrases) -> Row:
    """The tap that settles it, who sees to it, and that nothing is done about it."""
    label = ranked(w, w.label(f"care.button.{line.kind}"), rank)
    row = [_settling(label, line)]
    if line.mine and line.kind not in HELD_ELSEWHERE:
        row.append(_decision("back", Verb.CARE_BACK, rank, line, w))
    elif line.holder is None and line.kind not in HELD_ELSEWHERE:
        row.append(_decision("take", Verb.CARE_TAKE, rank, line, w))
    if line.kind not in SETTLED_ELSEWHERE and line.kind is not ConcernKind.SILENCE:
        row.append(_decision("leave", Verb.CARE_LEAVE, rank, line, w))
    return row


def _decision(which: str, verb: Verb, rank: int, line: CareLine, w: Phrases) -> InlineKeyboardButton:
    label = ranked(w, w.label(f"care.button.{which}"), rank)
    return button(label, verb, spelled(line.key), line.version)


_Leads = tuple[Verb, tuple[object, ...]]


def _settling(label: str, line: CareLine) -> InlineKeyboardButton:
    """Where something is decided with a message of its own, the button leads there."""
    verb, about = _LEADS.get(line.kind, _does)(line)
    return button(label, verb, *about)


def _does(line: CareLine) -> _Leads:
    return Verb.CARE_SETTLE, (spelled(line.key), line.version)


_LEADS: Mapping[ConcernKind, Callable[[CareLine], _Leads]] = {
    ConcernKind.CLAIM: lambda line: (Verb.CLAIM, (line.object_id,)),
    ConcernKind.INQUIRY: lambda line: (Verb.INQUIRY, (line.object_id,)),
    ConcernKind.COMPLAINT: lambda line: (Verb.COMPLAINT, (line.object_id,)),
    ConcernKind.WALL: lambda line: (Verb.WALL_OF, (line.object_id,)),
    ConcernKind.SILENCE: lambda line: (Verb.CARE_LEAVE, (spelled(line.key), line.version)),
    ConcernKind.UNREACHABLE: lambda line: (Verb.ACCOUNT, (line.object_id,)),
    ConcernKind.DOUBLE: lambda line: (Verb.DOUBLE, (line.object_id, line.other_id)),
}
