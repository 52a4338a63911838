"""Notes: asking for one, offering to keep words as one, confirming that it is kept."""

from markupsafe import Markup

from domain.labels import begun
from domain.outcomes.pledging.nudges import NoteAsked, NoteOffered, NoteSaved
from domain.pledges import Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, short
from messages.pledging.statuses import one_says, titled
from messages.pledging.wariness import to_writer
from messages.quotes import quoted

_MOST = 20  # pledges offered as buttons


def asked(outcome: NoteAsked, w: Phrases) -> Message:
    text = lines(
        first_line(w, "nudge.note.title", title=titled(w, outcome.title)),
        w("nudge.note.ask", other=at_start(short(w, outcome.other))),
    )
    return Message(text, keyboard([button(w.label("nudge.button.cancel"), Verb.CANCEL)]))


def offered(outcome: NoteOffered, w: Phrases) -> Message:
    draft, several = outcome.draft_id, len(outcome.pledges) > 1
    yes = w.label("nudge.button.note_yes")
    said = outcome.status or _begun(outcome, w)
    if said is not None and outcome.pledges:
        return (_offered_with_to if several else _offered_with)(outcome, said, w)
    to = [
        [button(_label(title, other, w) if several else yes, Verb.NOTE_TO, draft, pledge_id)]
        for pledge_id, title, other in outcome.pledges[:_MOST]
    ]
    text = lines(
        w("nudge.note.offer.title"), quoted(w, outcome.words), _hint(outcome, w), _question(outcome, w)
    )
    return Message(text, keyboard(*to, [button(w.label("nudge.button.note_no"), Verb.NOTE_NO, draft)]))


def _offered_with(outcome: NoteOffered, said: Status, w: Phrases) -> Message:
    """A note on the one pledge, beginning with an answer, which is put down with the same tap."""
    draft = outcome.draft_id
    ((pledge_id, title, other),) = outcome.pledges
    about = {"title": titled(w, title), "other": at_start(short(w, other)), "status": one_says(w, said)}
    asks = w("nudge.note.offer.status", **about)
    text = lines(w("nudge.note.offer.title"), quoted(w, outcome.words), _hint(outcome, w), asks)
    both = w.fitted("nudge.button.note_as", status=one_says(w, said))
    return Message(
        text,
        keyboard(
            [button(both, Verb.NOTE_AS, draft, pledge_id, said)],
            [button(w.label("nudge.button.note_only"), Verb.NOTE_TO, draft, pledge_id)],
            [button(w.label("nudge.button.note_no"), Verb.NOTE_NO, draft)],
        ),
    )


def _begun(outcome: NoteOffered, w: Phrases) -> Status | None:
    """The answer that the words begin with, if it may be given about one of the pledges."""
    labels = {one_says(w, each): each for _, each in outcome.sayable}
    label = begun(outcome.words, labels)
    return labels[label] if label is not None else None


def _offered_with_to(outcome: NoteOffered, said: Status, w: Phrases) -> Message:
    """A note on one of several pledges, with the answer where it may be given, or alone."""
    draft, status = outcome.draft_id, one_says(w, said)
    shown = list(zip(_told_apart(outcome, w), outcome.pledges, strict=True))[:_MOST]
    both = [
        button(w.fitted("nudge.button.note_as_to", status=status, title=name), Verb.NOTE_AS, draft, to, said)
        for name, (to, *_) in shown
        if (to, said) in outcome.sayable
    ]
    alone = [
        button(w.fitted("nudge.button.note_only_to", title=name), Verb.NOTE_TO, draft, to)
        for name, (to, *_) in shown
    ]
    asks = w("nudge.note.offer_which.status", status=status)
    text = lines(w("nudge.note.offer_which.title"), quoted(w, outcome.words), _hint(outcome, w), asks)
    no = button(w.label("nudge.button.note_no"), Verb.NOTE_NO, draft)
    return Message(text, keyboard(*[[each] for each in (*both, *alone, no)]))


def _told_apart(outcome: NoteOffered, w: Phrases) -> list[str]:
    """The pledges by their titles; if two have the same, by the others."""
    titles = [titled(w, title) for _, title, _ in outcome.pledges]
    others = [short(w, other) for _, _, other in outcome.pledges]
    return titles if len(set(titles)) == len(titles) else others


def _hint(outcome: NoteOffered, w: Phrases) -> Markup | None:
    """To whoever wrote it, before it is kept; whom it may name is known if there is one pledge to note it on."""
    other = outcome.pledges[0][2] if len(outcome.pledges) == 1 else None
    return to_writer(outcome.words, other, w)


def _label(title: str, other: str, w: Phrases) -> str:
    return w.fitted("nudge.button.note_to", title=titled(w, title), other=short(w, other))


def _question(outcome: NoteOffered, w: Phrases) -> str:
    if len(outcome.pledges) != 1:
        return w("nudge.note.offer_which")
    ((_, title, other),) = outcome.pledges
    return w("nudge.note.offer", title=titled(w, title), other=at_start(short(w, other)))


def saved(outcome: NoteSaved, w: Phrases) -> Message:
    text = lines(
        first_line(w, "nudge.note.saved.title", title=titled(w, outcome.title)),
        w("nudge.note.saved", other=at_start(short(w, outcome.other))),
        to_writer(outcome.note, outcome.other, w),
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard([look]))
