"""The five lines of a retrospective in words, for its message and for its picture."""

from collections.abc import Callable

from markupsafe import Markup

from domain.outcomes.pledging.retrospectives import DeedShown, FiveLines, LineWords
from domain.pledges import Status
from domain.retrospectives import DeedKind, Line
from messages.catalogue import Phrases
from messages.office import writer
from messages.people import short
from messages.pledging.statuses import one_says, status
from messages.quotes import quoted


def line(lines: FiveLines, of: Line, room: int, w: Phrases, together: str) -> Markup:
    """What this line says; empty if nothing is there yet. `room`: UTF-16 units for each of people's words; `together`:
    the key of the phrase that both see it the same.
    """
    written = [_own(each, room, w) for each in lines.words_in(of)]
    return Markup(" ").join(part for part in (*_derived(lines, of, room, w, together), *written) if part)


def _derived(lines: FiveLines, of: Line, room: int, w: Phrases, together: str) -> list[Markup]:
    """What follows from the history, where words do not take its place."""
    if of is Line.RESULT:
        return [_result(lines, w, together)]
    derived: dict[Line, Callable[[], Markup]] = {
        Line.PROMISED: lambda: _promised(lines, room, w),
        Line.DONE: lambda: Markup(", ").join(filter(None, (_deed(each, room, w) for each in lines.done))),
    }
    return [derived[of]()] if of in derived and not lines.words_in(of) else []


def _promised(lines: FiveLines, room: int, w: Phrases) -> Markup:
    """The sentence, with its day unless that is in it."""
    day = w.day(lines.deadline)
    words = quoted(w, lines.text, room)
    sentence = w("retro.own", words=words, name=short(w, lines.promiser)) if lines.promiser else words
    return sentence if day in lines.text else w("retro.promised", text=sentence, day=day)


def _own(own: LineWords, room: int, w: Phrases) -> Markup:
    words = quoted(w, own.words, room)
    return (
        w("retro.own", words=words, name=_in_brackets(own.by, w, by_office=own.by_office)) if words else words
    )


def _deed(done: DeedShown, room: int, w: Phrases) -> Markup:
    day, words = w.day(done.on), quoted(w, done.words, room)
    name = _in_brackets(done.by, w, by_office=done.by_office)
    if done.kind is DeedKind.NOTE:
        return w("retro.done.note", words=words, name=name, day=day) if words else words
    if done.kind is DeedKind.EVIDENCE and words:
        return w("retro.done.evidence", words=words, name=name, day=day)
    by = writer(short(w, done.by), w, by_office=done.by_office)
    return w(f"retro.done.{'photo' if done.kind is DeedKind.EVIDENCE else done.kind}", name=by, day=day)


def _in_brackets(name: str | None, w: Phrases, *, by_office: bool) -> str:
    """Who wrote it, without brackets of its own."""
    return w.plain("office.writer.in_brackets", name=short(w, name)) if by_office else short(w, name)


def _result(lines: FiveLines, w: Phrases, together: str) -> Markup:
    said = [(short(w, name), of) for name, of in lines.results if of is not None]
    silent = [short(w, name, dative=True) for name, of in lines.results if of is None]
    if not said:
        return w("retro.result.nobody")
    (name, how), *others = said
    if silent or not others:
        alone = w("retro.result.alone", how=one_says(w, how), name=name)
        return Markup(" ").join((alone, *(w("retro.result.silent", name=each) for each in silent)))
    ((other, other_how),) = others
    if how is other_how:
        return w(together, how=_both(how, w))
    return w(
        "retro.result.differ", name=name, how=one_says(w, how), other=other, other_how=one_says(w, other_how)
    )


def _both(how: Status, w: Phrases) -> str:
    return status(w, how)
