"""The nudge: one message per person, with a row for each pledge that changes when it is answered."""

from datetime import date

from markupsafe import Markup

from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged, NudgeRow, Reported
from domain.pledges import Side, Status
from domain.words import cut
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message
from messages.people import at_start, full, short
from messages.pledging.nudge_buttons import nudge_keyboard
from messages.pledging.statuses import lacks, other_word, own_word, question, titled
from messages.quotes import quoted

_NAME = 40
_IN_DAYS = 14  # up to this many are counted in days
_HIGHEST_IN_WORDS = 12  # the highest number that the catalogues spell out


def nudged(outcome: Nudged, w: Phrases) -> Message:
    if not outcome.is_list:
        return Message(_one(outcome.rows[0], outcome.next_on, w), nudge_keyboard(outcome, w))
    return Message(fitted(lambda room: _list(outcome, room, w)), nudge_keyboard(outcome, w))


def _answered(row: NudgeRow, answer: Status, w: Phrases) -> str:
    """The answer as it was tapped: day 7 says "noch nicht" of nothing, and "steht" of a date to talk."""
    if row.asks_first_step and answer is Status.NOTHING:
        return w.label("nudge.week.not_yet")
    if row.asks_first_step and answer is Status.PLANNED and row.talk_on is not None:
        return w.label("nudge.week.fixed")
    return lacks(w, answer, row.blocker)


def _what_is_missing(row: NudgeRow, other: str, w: Phrases) -> Markup | None:
    """What is asked next where it is stuck; the other reads the answer if they read any."""
    if not row.asks_what_blocks:
        return None
    return w("nudge.blocked.ask.row") if row.entered else w("nudge.blocked.ask", other=other)


def _at_deadline(row: NudgeRow) -> bool:
    return row.period is Period.DEADLINE


# --- one pledge


def _one(row: NudgeRow, next_on: date | None, w: Phrases) -> str:
    title = _one_title(row, w)
    if row.answer is not None:
        what, other = at_start(_answered(row, row.answer, w)), at_start(short(w, row.other))
        then = closing(row, w)
        if then is None and not row.over:
            then = _next(next_on, "nudge.next.month", "nudge.next.day", w)
        key = "entered.answered" if row.entered else "nudge.answered"
        return lines(title, w(key, what=what, other=other), then, _what_is_missing(row, other, w))
    if row.over:
        return lines(title, w("pledge.card.state.ended"))
    asks = lines(
        question(w, {row.side}, at_deadline=_at_deadline(row)), w("nudge.silent") if row.silent else None
    )
    if row.again:
        tap = _next(next_on, "nudge.again.tap.month", "nudge.again.tap.day", w)
        return lines(title, _theirs(row, w) if row.theirs else None, asks, tap)
    if row.asks_first_step:
        tap = w("entered.one_tap" if row.entered else "nudge.one_tap", other=at_start(short(w, row.other)))
        return lines(title, _first_step(row, w), tap)
    if _at_deadline(row):
        return lines(title, _made_ago(row, w), quoted(w, row.text), asks)
    sentence = w("nudge.sentence", text=quoted(w, row.text)) if row.text else None
    return lines(
        title,
        sentence,
        _spaced(_left_sentence(row, w), own_word(w, row.mine, row.other), _talk(row, w)),
        _theirs(row, w),
        asks,
    )


def closing(said: NudgeRow | Reported, w: Phrases) -> Markup | None:
    """When what the reader said ends the pledge, if it does."""
    if said.closes_on is None:
        return None
    key = "nudge.closes.paused" if said.other_pauses else "nudge.closes"
    key = "entered.closes" if said.entered else key
    return w(key, day=w.day(said.closes_on), other=at_start(short(w, said.other)))


def _next(on: date | None, in_month: str, on_day: str, w: Phrases) -> Markup | None:
    """When the reader is asked next: the month, or the day if it is in this one."""
    if on is None:
        return None
    month = w.month(on)
    return w(in_month, month=month) if month else w(on_day, day=w.day(on))


def _first_step(row: NudgeRow, w: Phrases) -> Markup:
    if row.talk_on is None:
        return w("nudge.week.step")
    return w("nudge.week.talk", day=w.moment(row.talk_on, row.talk_time), other=short(w, row.other))


def _one_title(row: NudgeRow, w: Phrases) -> Markup:
    if row.again and row.is_open:
        return first_line(w, "nudge.again.title", title=titled(w, row.title))
    if row.asks_first_step and row.is_open:
        return first_line(w, "nudge.week.title", title=titled(w, row.title))
    if _at_deadline(row):
        title = titled(w, row.title)
        if row.day_was is not None:
            return first_line(w, "nudge.deadline.title.past", title=title, day=w.day(row.day_was))
        return first_line(w, "nudge.deadline.title", title=title)
    key = "nudge.one" if row.side is Side.PROMISER else "nudge.one.counterpart"
    other = full(w, row.other, dative=row.side is Side.PROMISER)
    return first_line(w, key, title=titled(w, row.title), other=other)


def _left_sentence(row: NudgeRow, w: Phrases) -> Markup:
    return w("nudge.left.sentence", left=at_start(str(_left(row, w))))


def _theirs(row: NudgeRow, w: Phrases, longest: int = 500) -> Markup | None:
    if row.theirs is None and not row.other_asked:
        return None
    return other_word(w, row.theirs, row.other, longest)


# --- several pledges


def _list(outcome: Nudged, room: int, w: Phrases) -> str:
    said = [_row(rank, row, room, w) for rank, row in enumerate(outcome.rows, outcome.part.rank)]
    return lines(_list_title(outcome, w), *said, _list_question(outcome, w))


def _list_title(outcome: Nudged, w: Phrases) -> Markup:
    only_counterpart = all(row.side is Side.COUNTERPART for row in outcome.rows) and not outcome.part.rows
    how_many = _in_words(len(outcome.rows) + outcome.part.rows, w)
    key = "nudge.title.counterpart" if only_counterpart else "nudge.title"
    return w(key, Number=at_start(how_many), number=how_many)


def _list_question(outcome: Nudged, w: Phrases) -> Markup:
    """What is asked of this page, or on which others something is."""
    open_rows = [row for row in outcome.rows if row.is_open]
    if not open_rows:
        left = outcome.part.left
        return w.count("nudge.elsewhere", left) if left else w("nudge.all_answered")
    kinds = {(_at_deadline(row), row.asks_first_step) for row in open_rows}
    if len(kinds) > 1 or open_rows[0].asks_first_step:
        return w("nudge.ask.mixed")
    return question(w, {row.side for row in open_rows}, at_deadline=_at_deadline(open_rows[0]))


def _row(rank: int, row: NudgeRow, room: int, w: Phrases) -> str:
    if row.answer is not None:
        what = _answered(row, row.answer, w)
        asks = w("nudge.blocked.ask.row") if row.asks_what_blocks else None
        return lines(w("nudge.row.answered", number=rank, title=titled(w, row.title), what=what), asks)
    if row.over:
        return w("nudge.row.over", number=rank, title=titled(w, row.title))
    other = cut(full(w, row.other, dative=row.side is Side.PROMISER), _NAME)
    key = f"nudge.row.{row.side}"
    return lines(
        w(key, number=rank, title=titled(w, row.title), other=other, left=_left(row, w)),
        _row_context(row, room, w),
    )


def _row_context(row: NudgeRow, room: int, w: Phrases) -> str:
    sentence = w("nudge.sentence", text=quoted(w, row.text, room)) if row.text and room else None
    if _at_deadline(row):
        return lines(_made_ago(row, w), sentence)
    if row.asks_first_step:
        return lines(sentence, _first_step(row, w))
    if row.side is Side.COUNTERPART:
        return lines(sentence, _theirs(row, w, room))
    heard = _theirs(row, w, room) if row.theirs or not row.talk_on else None
    return lines(sentence, _spaced(own_word(w, row.mine, row.other, max(room, 1)), heard, _talk(row, w)))


# --- for one and for several


def _left(row: NudgeRow, w: Phrases) -> Markup:
    if row.day_was is not None:
        return w("nudge.left.past", day=w.day(row.day_was))
    if _at_deadline(row):
        return w("nudge.left.today")
    if row.days_left is not None and 0 < row.days_left <= _IN_DAYS:
        return w.count("nudge.left.in_days", row.days_left)
    return w.count("nudge.left", row.weeks_left) if row.weeks_left > 0 else w("nudge.left.days")


def _talk(row: NudgeRow, w: Phrases) -> Markup | None:
    return w("nudge.talk", day=w.moment(row.talk_on, row.talk_time)) if row.talk_on else None


def _made_ago(row: NudgeRow, w: Phrases) -> Markup:
    months = max(row.months, 1)
    text = w.count(
        f"nudge.deadline.{row.side}", months, months=_in_words(months, w), other=short(w, row.other)
    )
    return text[:1].upper() + text[1:]


def _in_words(number: int, w: Phrases) -> str:
    return w.label(f"number.{number}") if 1 < number <= _HIGHEST_IN_WORDS else str(number)


def _spaced(*parts: Markup | None) -> Markup:
    return Markup(" ").join(part for part in parts if part)
