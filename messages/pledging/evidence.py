"""Evidence: asking for a link or a photo, and showing it."""

from typing import assert_never

from telegram import CopyTextButton, InlineKeyboardButton

from domain.evidence import link_in
from domain.outcomes.pledging.evidence import Evidence, EvidenceAdded, EvidenceAsked, EvidenceShown
from domain.words import utf16_length
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import CAPTION, COPY, LONGEST, fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.office import writer
from messages.people import at_start, short
from messages.pledging.amendments import complain
from messages.pledging.statuses import titled
from messages.pledging.wariness import to_reader
from messages.quotes import quoted


def render(outcome: Evidence, w: Phrases) -> Message:
    match outcome:
        case EvidenceAsked():
            return _asked(outcome, w)
        case EvidenceAdded():
            return _added(outcome, w)
        case EvidenceShown():
            return _shown(outcome, w)
    assert_never(outcome)


def _asked(outcome: EvidenceAsked, w: Phrases) -> Message:
    text = lines(
        first_line(w, "evidence.title", title=titled(w, outcome.title)),
        w("evidence.ask", other=short(w, outcome.other)),
    )
    return Message(text, keyboard([button(w.label("pledge.button.cancel"), Verb.CANCEL)]))


def _added(outcome: EvidenceAdded, w: Phrases) -> Message:
    text = lines(
        first_line(w, "nudge.note.saved.title", title=titled(w, outcome.title)),
        w("evidence.added", other=at_start(short(w, outcome.other))),
        absent(outcome.absence, outcome.other, w),
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    more = button(w.label("evidence.button.more"), Verb.EVIDENCE, outcome.pledge_id)
    return Message(text, keyboard([look], [more]))


def _whose(outcome: EvidenceShown, w: Phrases) -> str:
    return writer(at_start(short(w, outcome.other)), w, by_office=outcome.by_office)


def _shown(outcome: EvidenceShown, w: Phrases) -> Message:
    by = "theirs" if outcome.other else "mine"
    text = fitted(
        lambda room: lines(
            first_line(w, "evidence.title", title=titled(w, outcome.title)),
            w(f"evidence.by.{by}", other=_whose(outcome, w), day=w.day(outcome.on)),
            to_reader(outcome.note, w) if outcome.other else None,
            quoted(w, outcome.note, room),
        ),
        CAPTION if outcome.photo else LONGEST,
    )
    turning = [
        button(w.label(f"evidence.button.{way}"), Verb.EVIDENCE_SHOW, outcome.pledge_id, place)
        for way, place in (("before", outcome.place - 1), ("after", outcome.place + 1))
        if 0 <= place < outcome.count
    ]
    look = [button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)]
    theirs = complain("theirs" if outcome.other else "", outcome.pledge_id, w)
    return Message(text, keyboard(_copy(outcome, w), turning, look, theirs), photo=outcome.photo or None)


def _copy(outcome: EvidenceShown, w: Phrases) -> list[InlineKeyboardButton]:
    """The link cannot be tapped: whoever wants to open it copies it, and sees where it leads."""
    link = link_in(outcome.note)
    if not link or utf16_length(link) > COPY or to_reader(outcome.note, w) is not None:
        return []
    return [InlineKeyboardButton(w.label("evidence.button.copy"), copy_text=CopyTextButton(link))]
