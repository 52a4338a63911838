"""Looking back: the draft of the five lines, what is asked for one of them, and what became of it."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.choices import Theme
from domain.outcomes.pledging.retrospectives import (
    Looking,
    LookingBack,
    RetrospectiveLineAsked,
    RetrospectivePictured,
    RetrospectiveReadersAsked,
    RetrospectiveShown,
    RetrospectiveToForward,
)
from domain.readers import Readership
from domain.retrospectives import Line
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, Row, Rows, button, keyboard
from messages.people import at_start, full, short
from messages.pledging import five_lines, retrospective_pictures
from messages.pledging.releasing import now_read_by
from messages.pledging.statuses import titled
from messages.pledging.wariness import to_reader
from messages.quotes import quoted

_DRAFTS = (Looking.OPEN, Looking.MINE_MISSING, Looking.THEIRS_MISSING)
_ASKED = (Line.LEARNED, Line.NEXT)
"""Lines of which the history knows nothing."""


def render(outcome: LookingBack, w: Phrases) -> Message:
    match outcome:
        case RetrospectiveShown():
            return _declined(outcome, w) if outcome.state is Looking.DECLINED else _shown(outcome, w)
        case RetrospectiveToForward():
            return Message(fitted(lambda room: _to_forward(outcome, room, w.to_forward())))
        case RetrospectiveLineAsked():
            return _line_asked(outcome, w)
        case RetrospectivePictured():
            return _pictured(outcome, w)
        case RetrospectiveReadersAsked():
            return _readers_asked(outcome, w)
    assert_never(outcome)


def look_back(pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    """The way there."""
    return button(w.label("retro.button.look"), Verb.RETRO, pledge_id)


def _shown(outcome: RetrospectiveShown, w: Phrases) -> Message:
    buttons = _choosing(outcome, w) if outcome.choosing else _buttons(outcome, w)
    return Message(fitted(lambda room: _text(outcome, room, w)), keyboard(*buttons))


def _text(outcome: RetrospectiveShown, room: int, w: Phrases) -> str:
    is_draft = outcome.state in _DRAFTS
    words = (each.words for each in outcome.lines.words)
    return lines(
        w("retro.title.draft" if is_draft else "retro.title"),
        to_reader(" ".join((*words, *(each.words for each in outcome.lines.done))), w),
        *(_line(outcome, each, room, w) for each in Line),
        *_what_now(outcome, w),
    )


def _line(outcome: RetrospectiveShown, of: Line, room: int, w: Phrases) -> Markup | None:
    """Once it is closed, a line that says nothing is left out."""
    said = five_lines.line(outcome.lines, of, room, w, "retro.result.together")
    if not said and outcome.state not in _DRAFTS:
        return None
    return w("retro.line", label=w.label(f"retro.label.{of}"), text=said or w("retro.empty"))


def _what_now(outcome: RetrospectiveShown, w: Phrases) -> list[Markup | None]:
    other = short(w, outcome.other)
    if outcome.choosing:
        return [w("retro.which")]
    if outcome.state is Looking.CLOSED:
        reported = None if outcome.reported is None else "mine" if outcome.reported else "theirs"
        return [
            w(f"retro.reported.{reported}", other=short(w, outcome.other, dative=True)) if reported else None,
            w("retro.closed"),
        ]
    changed = outcome.changed
    return [
        w("retro.changed", other=at_start(other), line=w.label(f"retro.label.{changed}"))
        if changed
        else None,
        w(f"retro.state.{outcome.state}", other=at_start(other)),
        _rule(outcome, w),
        w("retro.entered", other=other)
        if outcome.entered and outcome.state is Looking.THEIRS_MISSING
        else None,
        absent(outcome.absence, outcome.other, w) if outcome.state is Looking.THEIRS_MISSING else None,
    ]


def _rule(outcome: RetrospectiveShown, w: Phrases) -> Markup | None:
    """What happens if whoever is missing says nothing."""
    if outcome.state is Looking.OPEN or outcome.closes_on is None:
        return None
    return w(f"retro.rule.{outcome.state}", other=short(w, outcome.other), day=w.day(outcome.closes_on))


def _buttons(outcome: RetrospectiveShown, w: Phrases) -> Rows:
    complain = button(w.label("pledge.button.complain"), Verb.COMPLAIN_NOTES, outcome.pledge_id)
    theirs = [complain] if _has_words_of(outcome.other, outcome) else []
    if outcome.state is Looking.CLOSED:
        picture = button(w.label("retro.button.picture"), Verb.RETRO_PICTURE, outcome.pledge_id, Theme.LIGHT)
        readers = button(w.label("retro.button.readers"), Verb.RETRO_READERS, outcome.pledge_id)
        return [[picture], [] if outcome.entered else [readers], [_all(w), *theirs]]
    approve = button(w.label("retro.button.approve"), Verb.RETRO_OK, outcome.pledge_id, outcome.version)
    change = button(w.label("retro.button.change"), Verb.RETRO_LINES, outcome.pledge_id)
    none = button(w.label("retro.button.none"), Verb.RETRO_NONE, outcome.pledge_id)
    yes = [] if outcome.state is Looking.THEIRS_MISSING else [approve]
    return [*_of_entered(outcome, w), [*yes, change], _to_fill_in(outcome, w), [none, *theirs]]


def _of_entered(outcome: RetrospectiveShown, w: Phrases) -> Rows:
    """Once the reader has approved: what comes back from somebody without Telegram, and the text for them."""
    if not outcome.entered or outcome.state is not Looking.THEIRS_MISSING:
        return []
    agrees = w.fitted("retro.button.theirs", other=short(w, outcome.other))
    return [
        [button(agrees, Verb.RETRO_THEIRS, outcome.pledge_id, outcome.version)],
        [button(w.label("entered.button.text"), Verb.RETRO_TEXT, outcome.pledge_id)],
    ]


def _to_forward(outcome: RetrospectiveToForward, room: int, w: Phrases) -> str:
    """Passed on whole."""
    said = [(each, five_lines.line(outcome.lines, each, room, w, "retro.result.forward")) for each in Line]
    return lines(
        w("entered.forward.hello", other=full(w, outcome.other)),
        w("retro.forward"),
        *(w("retro.line", label=w.label(f"retro.label.{each}"), text=text) for each, text in said if text),
        w("retro.forward.asks"),
        w("entered.forward.bye", me=full(w, outcome.me)),
    )


def _has_words_of(other: str, outcome: RetrospectiveShown) -> bool:
    written = {each.by for each in outcome.lines.words}
    return other in written | {each.by for each in outcome.lines.done if each.words}


def _to_fill_in(outcome: RetrospectiveShown, w: Phrases) -> Row:
    """A button for each line of which the history knows nothing, and in which nobody has written yet."""
    return [
        _to_line(outcome.pledge_id, f"retro.button.add.{each}", each, w)
        for each in _ASKED
        if not outcome.lines.words_in(each)
    ]


def _to_line(pledge_id: int, key: str, of: Line, w: Phrases) -> InlineKeyboardButton:
    return button(w.label(key), Verb.RETRO_LINE, pledge_id, of)


def _choosing(outcome: RetrospectiveShown, w: Phrases) -> Rows:
    each = [_to_line(outcome.pledge_id, f"retro.label.{of}", of, w) for of in Line]
    back = button(w.label("retro.button.back"), Verb.RETRO, outcome.pledge_id)
    return [each[:3], each[3:], [back]]


def _declined(outcome: RetrospectiveShown, w: Phrases) -> Message:
    by = "me" if outcome.by_me else "other"
    text = lines(
        first_line(w, "pledge.about", title=titled(w, outcome.title)),
        w(f"retro.declined.{by}", other=at_start(short(w, outcome.other))),
    )
    again = button(w.label("retro.button.again"), Verb.RETRO_AGAIN, outcome.pledge_id)
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard([again] if outcome.by_me else [], [look]))


def _line_asked(outcome: RetrospectiveLineAsked, w: Phrases) -> Message:
    mine, advice = quoted(w, outcome.mine), quoted(w, outcome.advice)
    text = lines(
        w("retro.ask.title", line=w.label(f"retro.label.{outcome.line}")),
        w("retro.ask.mine", words=mine) if mine else None,
        w(f"retro.ask.{outcome.line}", other=at_start(short(w, outcome.other))),
        w("retro.ask.advice", words=advice) if advice else None,
    )
    where = (outcome.pledge_id, outcome.line)
    take = button(w.label("retro.button.advice"), Verb.RETRO_ADVICE, outcome.pledge_id)
    back = button(w.label("retro.button.take_back"), Verb.RETRO_BACK, *where)
    cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
    return Message(text, keyboard([take] if advice else [], [back] if mine else [], [cancel]))


def _readers_asked(outcome: RetrospectiveReadersAsked, w: Phrases) -> Message:
    """Never who says less."""
    text = lines(
        w("retro.readers.title"),
        w(f"readers.mine.{outcome.mine}") if outcome.mine is not None else None,
        now_read_by(outcome.now, outcome.offices, outcome.other, w),
        w("retro.readers.ask"),
    )
    choices = [
        button(w.label(f"readers.button.{each}"), Verb.RETRO_READ_BY, outcome.pledge_id, each)
        for each in Readership
        if each is not outcome.mine
    ]
    return Message(text, keyboard(choices[:2], choices[2:], [look_back(outcome.pledge_id, w)]))


def _pictured(outcome: RetrospectivePictured, w: Phrases) -> Message:
    other = outcome.theme.other
    turn = button(w.label(f"retro.button.{other}"), Verb.RETRO_PICTURE, outcome.pledge_id, other)
    caption = w("retro.picture.caption")
    return Message(
        caption, keyboard([turn]), draw=lambda: retrospective_pictures.png(outcome, w), covers=True
    )


def _all(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("pledge.button.all"), Verb.PLEDGES)
