"""Broadcasts: to whom they go, the exact count, the second organiser's yes."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastDropped,
    Broadcasting,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastStep,
    BroadcastTakenBack,
    BroadcastTimeAsked,
    BroadcastToConfirm,
    BroadcastWaiting,
    NoticeSent,
    SegmentAsked,
)
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Copy, Message, button, keyboard
from messages.organising import broadcast_reports
from messages.organising.audiences import goes_to, segment_asked, workshops_line
from messages.organising.desk import workshop_line
from messages.people import at_start, full
from messages.places_to_go import to_menu

_TITLE, _TITLE_LATE = 80, 45
_LINKS, _LINK = 10, 200  # how many are listed, and UTF-16 units of each
_NAMES = 200  # UTF-16 units for the names of those who were asked


def render(outcome: Broadcasting, w: Phrases) -> Message:  # noqa: C901, PLR0911 - a case per outcome
    match outcome:
        case BroadcastContentAsked():
            return content_asked(outcome, w)
        case SegmentAsked():
            return segment_asked(outcome, w)
        case BroadcastTimeAsked():
            cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(w("broadcast.time"), keyboard([cancel]))
        case BroadcastPreview():
            return preview(outcome, w)
        case BroadcastToConfirm():
            return to_confirm(outcome, w)
        case BroadcastWaiting():
            return waiting(outcome, w)
        case NoticeSent():
            return notice_sent(outcome, w)
        case BroadcastProgress():
            return broadcast_reports.progress(outcome, w)
        case BroadcastDropped():
            key = "broadcast.dropped.by_other" if outcome.by_other else "broadcast.dropped"
            return Message(w(key), keyboard([to_menu(w)]))
        case BroadcastCopy():
            return copy(outcome, w)
        case BroadcastTakenBack():
            return Message("", formats=(), deletes=True, album=outcome.album)
    assert_never(outcome)


def copy(outcome: BroadcastCopy, w: Phrases) -> Message:
    """Their own words, and below them who they are from."""
    own, written = Copy(outcome.from_chat_id, outcome.message_id), outcome.written
    if written is None:
        return Message("", copy=own)
    sender = _sender(outcome, w)
    text = f"{written.text}\n\n{sender}" if written.text else sender
    if len(written.album) > 1:
        return Message(text, formats=written.formats, album=written.album)
    return Message(text, copy=own if written.media else None, formats=written.formats)


def _sender(outcome: BroadcastCopy, w: Phrases) -> str:
    """Who it is from, and when it went out, for whoever came later: `domain.written.SENDER` units at most."""
    if outcome.since is None:
        return w("broadcast.sender", title=cut(outcome.workshop, _TITLE)).unescape()
    said = f"{outcome.since:%H:%M}"
    return w("broadcast.sender.late", title=cut(outcome.workshop, _TITLE_LATE), time=said).unescape()


def _links(outcome: BroadcastPreview | BroadcastToConfirm, w: Phrases) -> str | None:
    """Where the links lead, in full: a link in a broadcast is trusted."""
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


def preview(outcome: BroadcastPreview, w: Phrases) -> Message:
    more = outcome.count - len(outcome.names)
    named = cut(", ".join(full(w, name) for name in outcome.names), _NAMES)
    text = lines(
        w.count("broadcast.notice.preview" if outcome.notice else "broadcast.preview", outcome.count),
        workshops_line(outcome.workshops, w),
        None if outcome.notice else goes_to(outcome.chosen, w),
        broadcast_reports.goes_at(outcome.later, w) if outcome.later is not None else None,
        w("broadcast.names.more" if more > 0 else "broadcast.names", names=named, n=more) if named else None,
        _links(outcome, w),
        _then(outcome, w),
    )
    whom = button(w.label("broadcast.button.whom"), Verb.SEGMENTS, outcome.broadcast_id)
    test = button(
        w.label("broadcast.button.test"), Verb.BROADCAST_DO, outcome.broadcast_id, BroadcastStep.TEST
    )
    drop = button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)
    return Message(text, keyboard(_on(outcome, w), [test, whom], _times(outcome, w), [drop]))


def _then(outcome: BroadcastPreview, w: Phrases) -> Markup:
    if outcome.notice:
        return w("broadcast.notice.alone")
    return w("broadcast.type_count", n=outcome.count) if outcome.typed else w("broadcast.second")


def _on(outcome: BroadcastPreview, w: Phrases) -> list[InlineKeyboardButton]:
    if outcome.typed:
        return []
    if outcome.notice:
        label = w.label("broadcast.notice.button.go", n=outcome.count)
        return [button(label, Verb.BROADCAST_GO, outcome.broadcast_id, outcome.count)]
    return [
        button(w.label("broadcast.button.ask"), Verb.BROADCAST_DO, outcome.broadcast_id, BroadcastStep.ASK)
    ]


def _times(outcome: BroadcastPreview, w: Phrases) -> list[InlineKeyboardButton]:
    steps = [BroadcastStep.LATER] if outcome.later is None else [BroadcastStep.LATER, BroadcastStep.AT_ONCE]
    return [
        button(w.label(f"broadcast.button.{each}"), Verb.BROADCAST_DO, outcome.broadcast_id, each)
        for each in ([] if outcome.notice else steps)
    ]


def notice_sent(outcome: NoticeSent, w: Phrases) -> Message:
    text = lines(
        w("broadcast.notice.sent.title"),
        workshop_line(outcome.workshop, w),
        w.count("broadcast.notice.sent", outcome.count, name=_author(outcome, w)),
    )
    return Message(text, keyboard([to_menu(w)]))


def to_confirm(outcome: BroadcastToConfirm, w: Phrases) -> Message:
    asks = (
        w("broadcast.confirm.changed")
        if outcome.changed
        else w("broadcast.confirm", name=_author(outcome, w))
    )
    text = lines(
        w.count("broadcast.confirm.title", outcome.count),
        workshops_line(outcome.workshops, w),
        goes_to(outcome.chosen, w),
        broadcast_reports.goes_at(outcome.later, w) if outcome.later is not None else None,
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


def _author(outcome: BroadcastToConfirm | NoticeSent, w: Phrases) -> str:
    """The author's name; an organiser who does not take part has none."""
    return at_start(full(w, outcome.author)) if outcome.author else w.label("broadcast.confirm.somebody")


def waiting(outcome: BroadcastWaiting, w: Phrases) -> Message:
    names = cut(", ".join(full(w, name) for name in outcome.names), _NAMES)
    asked = w("broadcast.waiting", names=names) if names else w("broadcast.waiting.team")
    drop = button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)
    return Message(lines(w("broadcast.waiting.title"), asked), keyboard([drop]))
