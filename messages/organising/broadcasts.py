"""Broadcasts: to whom they go, the exact count, the second organiser's yes, the report."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    BroadcastWaiting,
    Segment,
    SegmentAsked,
)
from domain.roles import Role
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Copy, Message, button, keyboard
from messages.names import land, role
from messages.organising.desk import workshop_line
from messages.organising.figures import shown
from messages.people import at_start, full
from messages.places_to_go import to_menu

_WHOLE = (Segment.EVERYBODY, Segment.MPS)  # these need no value
_PARTED = (Segment.ROLE, Segment.LAND)
_TITLE = 80
_LINKS, _LINK = 10, 200  # how many are listed, and UTF-16 units of each
_NAMES = 200  # UTF-16 units for the names of those who were asked

Rows = list[list[InlineKeyboardButton]]


def copy(outcome: BroadcastCopy, w: Phrases) -> Message:
    """Their own words, and below them who they are from."""
    own, written = Copy(outcome.from_chat_id, outcome.message_id), outcome.written
    if written is None:
        return Message("", copy=own)
    sender = w("broadcast.sender", title=cut(outcome.workshop, _TITLE)).unescape()
    text = f"{written.text}\n\n{sender}" if written.text else sender
    return Message(text, copy=own if written.photo else None, formats=written.formats)


def _links(outcome: BroadcastPreview | BroadcastToConfirm, w: Phrases) -> str | None:
    """Where the links lead, in full: a link in an announcement is trusted."""
    if not outcome.links:
        return None
    more = len(outcome.links) - _LINKS
    listed = [w("broadcast.link", link=cut(link, _LINK)) for link in outcome.links[:_LINKS]]
    return lines(w("broadcast.links"), *listed, w("broadcast.links.more", n=more) if more > 0 else None)


def content_asked(outcome: BroadcastContentAsked, w: Phrases) -> Message:
    cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
    return Message(
        lines(w("broadcast.content.title"), workshop_line(outcome.workshop, w), w("broadcast.content")),
        keyboard([cancel]),
    )


def segment_asked(outcome: SegmentAsked, w: Phrases) -> Message:
    drop = [button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)]
    if outcome.step is None:
        text = lines(w("broadcast.segment.title"), workshop_line(outcome.workshop, w), w("broadcast.segment"))
        return Message(text, keyboard(*_first_choice(outcome, w), drop))
    title = w("broadcast.segment.role" if outcome.step is Segment.ROLE else "broadcast.segment.land")
    each = [
        [
            button(
                w.label("broadcast.button.part", part=cut(_part(outcome.step, value, w), 28), n=shown(n, w)),
                Verb.SEGMENT_IS, outcome.broadcast_id, outcome.step, value,
            )
        ]
        for value, n in outcome.options
    ]  # fmt: skip
    back = button(w.label("broadcast.button.back"), Verb.SEGMENTS, outcome.broadcast_id)
    return Message(lines(title, workshop_line(outcome.workshop, w)), keyboard(*each, [back, *drop]))


def _first_choice(outcome: SegmentAsked, w: Phrases) -> Rows:
    broadcast_id = outcome.broadcast_id
    counts = {one: shown(people, w) for one, people in outcome.options}
    whole = [
        button(w.label(f"broadcast.button.{one}", n=counts[one]), Verb.SEGMENT, broadcast_id, one)
        for one in _WHOLE
    ]
    parted = [button(w.label(f"broadcast.button.{one}"), Verb.SEGMENT, broadcast_id, one) for one in _PARTED]
    return [*([each] for each in whole), parted]


def _part(segment: Segment, value: str, w: Phrases) -> str:
    return role(w, Role(value)) if segment is Segment.ROLE else land(w, value)


def _to_whom(segment: Segment, value: str, w: Phrases) -> Markup:
    if segment in _WHOLE:
        return w(f"broadcast.to.{segment}")
    return w(f"broadcast.to.{segment}", part=_part(segment, value, w))


def preview(outcome: BroadcastPreview, w: Phrases) -> Message:
    then = w("broadcast.type_count", n=outcome.count) if outcome.typed else w("broadcast.second")
    text = lines(
        w.count("broadcast.preview", outcome.count),
        workshop_line(outcome.workshop, w),
        w("broadcast.goes_to", whom=_to_whom(outcome.segment, outcome.value, w)),
        _links(outcome, w),
        then,
    )
    drop = button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)
    return Message(text, keyboard([drop]))


def to_confirm(outcome: BroadcastToConfirm, w: Phrases) -> Message:
    asks = (
        w("broadcast.confirm.changed")
        if outcome.changed
        else w("broadcast.confirm", name=_author(outcome, w))
    )
    text = lines(
        w.count("broadcast.confirm.title", outcome.count),
        workshop_line(outcome.workshop, w),
        w("broadcast.goes_to", whom=_to_whom(outcome.segment, outcome.value, w)),
        _links(outcome, w),
        asks,
    )
    return Message(
        text,
        keyboard(
            [button(w.label("broadcast.button.go"), Verb.BROADCAST_GO, outcome.broadcast_id, outcome.count)],
            [button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)],
        ),
    )


def _author(outcome: BroadcastToConfirm, w: Phrases) -> str:
    """The author's name; an organiser who does not take part has none."""
    return at_start(full(w, outcome.author)) if outcome.author else w.label("broadcast.confirm.somebody")


def waiting(outcome: BroadcastWaiting, w: Phrases) -> Message:
    names = cut(", ".join(full(w, name) for name in outcome.names), _NAMES)
    asked = w("broadcast.waiting", names=names) if names else w("broadcast.waiting.team")
    drop = button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)
    return Message(lines(w("broadcast.waiting.title"), asked), keyboard([drop]))


def progress(outcome: BroadcastProgress, w: Phrases) -> Message:
    numbers = {
        "delivered": outcome.delivered,
        "unreachable": outcome.unreachable,
        "failed": outcome.failed,
        "repeats": outcome.repeats,
        "undecided": outcome.undecided,
        "withdrawn": outcome.withdrawn,
    }
    title = w("broadcast.report" if outcome.finished else "broadcast.running")
    if outcome.finished and outcome.missed:
        title = w("broadcast.report.incomplete", n=outcome.missed)
    said = [w(f"broadcast.report.{what}", n=n) for what, n in numbers.items() if n or what == "delivered"]
    text = lines(title, w("broadcast.report.total", n=outcome.total), *said)
    if not outcome.finished:
        return Message(text)
    again = [button(w.label("broadcast.button.again"), Verb.BROADCAST_AGAIN, outcome.broadcast_id)]
    return Message(text, keyboard(again if outcome.missed or outcome.undecided else [], [to_menu(w)]))
