"""The buttons of a nudge: likely answers for each pledge, a way to the others, and snoozing."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.nudging import Period, Snooze
from domain.outcomes.pledging.nudges import Nudged, NudgeRow
from domain.pledges import PROVABLE, Side, Status, after_a_week, answers
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import Rows, button, in_rows, keyboard
from messages.pledging.entered import to_pass_on
from messages.pledging.statuses import blocker_buttons, complain_about, corrections, ranked, report_buttons
from messages.pledging.talking import another_day


def nudge_keyboard(outcome: Nudged, w: Phrases) -> InlineKeyboardMarkup | None:
    """The buttons of all rows, numbered if there are several."""
    each: Rows = []
    last: list[InlineKeyboardButton] = []
    complaints: list[InlineKeyboardButton] = []
    for place, row in enumerate(outcome.rows, outcome.part.rank):
        rank = place if outcome.is_list else None
        is_open = outcome.opened == (row.pledge_id, row.period)
        if row.answer is not None and is_open and row.correctable:
            each += corrections(w, row.pledge_id, row.period, row.answer, rank=rank)
        elif row.answer is not None:
            if row.asks_what_blocks:
                each += blocker_buttons(w, row.pledge_id, row.period, rank)
            each.append(_after_an_answer(row, rank, w))
            each += _proof(row, rank, w)
        elif row.over:
            continue
        elif is_open:
            each += _all_answers(row, rank, w)
        elif row.asks_first_step:
            each += _first_step(row, rank, w)
        else:
            own, rest = _likely_answers(row, rank, w)
            each += own
            last += rest
        if row.is_open and row.shows_theirs:
            complaints += complain_about(row.theirs, row.pledge_id, w, rank)
    last_rows = in_rows(last, 3)
    reports = in_rows(complaints, 3)
    return keyboard(
        *each,
        *last_rows,
        *_passing_on(outcome, w),
        *_snoozes(outcome, w),
        *_back(outcome, w),
        _turning(outcome, w),
        *reports,
    )


def _passing_on(outcome: Nudged, w: Phrases) -> Rows:
    """The way to what is passed on to those without Telegram."""
    each = [
        to_pass_on(row.pledge_id, row.other, w, place if outcome.is_list else None)[0]
        for place, row in enumerate(outcome.rows, outcome.part.rank)
        if row.entered and not row.over
    ]
    return in_rows(each, 2)


def _first_step(row: NudgeRow, rank: int | None, w: Phrases) -> Rows:
    """Day 7 has labels of its own; about a date to talk there is a way to another."""
    done, *rest = after_a_week(row.side)
    labels = dict(zip(rest, ("planned", "not_yet", "stuck"), strict=False))
    if row.talk_on is not None:
        labels[Status.PLANNED] = "fixed"
    else:
        labels = {done: "done", **labels}
    taps = [
        button(
            ranked(w, w.label(f"nudge.week.button.{label}"), rank),
            Verb.REPORT,
            row.pledge_id,
            row.period,
            status,
        )
        for status, label in labels.items()
    ]
    if row.talk_on is not None:
        taps.append(another_day(row.pledge_id, row.talk_on, w, rank))
    return in_rows(taps, 2)


def _after_an_answer(row: NudgeRow, rank: int | None, w: Phrases) -> list[InlineKeyboardButton]:
    note = button(ranked(w, w.label("nudge.button.note"), rank), Verb.NOTE, row.pledge_id, row.period)
    if row.correctable:
        return [
            note,
            button(ranked(w, w.label("nudge.button.correct"), rank), Verb.CORRECT, row.pledge_id),
        ]
    if row.over:
        return [note]
    return [
        note,
        button(ranked(w, w.label("nudge.button.undo"), rank), Verb.UNDO, row.pledge_id, row.period),
    ]


def _proof(row: NudgeRow, rank: int | None, w: Phrases) -> Rows:
    """For a single pledge, after an answer that evidence can show."""
    if rank is not None or row.answer not in PROVABLE:
        return []
    return [[button(w.label("evidence.button"), Verb.EVIDENCE, row.pledge_id)]]


def _all_answers(row: NudgeRow, rank: int | None, w: Phrases) -> Rows:
    likely, others = answers(row.side, at_deadline=row.period is Period.DEADLINE)
    return report_buttons(w, row.pledge_id, row.period, likely + others, rank=rank, per_row=2)


def _likely_answers(row: NudgeRow, rank: int | None, w: Phrases) -> tuple[Rows, list[InlineKeyboardButton]]:
    """Rows of answers, and what goes to the end of the keyboard: "Anderes", if the last row has no room for it."""
    at_deadline = row.period is Period.DEADLINE
    likely, _ = answers(row.side, at_deadline=at_deadline)
    per_row = 2 if at_deadline or row.side is Side.COUNTERPART else 3
    own = report_buttons(w, row.pledge_id, row.period, likely, rank=rank, per_row=per_row)
    others = ranked(w, w.label("nudge.button.others"), rank)
    more = button(others, Verb.OTHERS, row.pledge_id, row.period)
    if len(own[-1]) == per_row:
        return own, [more]
    return [*own[:-1], [*own[-1], more]], []


def _snoozes(outcome: Nudged, w: Phrases) -> Rows:
    """The buttons that ask again later. They say so in full where "in two weeks" would answer the question itself, as
    that about the date to talk.
    """
    in_full = all(row.side is Side.COUNTERPART or row.asks_first_step for row in outcome.rows)
    keys = {
        Snooze.WEEK: "nudge.button.snooze.week.in_full" if in_full else "nudge.button.snooze.week",
        Snooze.TWO_WEEKS: "nudge.button.snooze.in_full" if in_full else "nudge.button.snooze",
        Snooze.SITTING: "nudge.button.snooze.sitting",
    }
    each = [button(w.label(keys[how]), Verb.SNOOZE, outcome.nudge_id, how) for how in outcome.snoozes]
    return [each[:2], each[2:]]


def _back(outcome: Nudged, w: Phrases) -> Rows:
    """For somebody who was silent about the only pledge asked about, and has nothing else to say."""
    silent = [row for row in outcome.rows if row.silent and row.is_open and not outcome.is_list]
    return [[button(w.label("nudge.button.back"), Verb.COME_BACK, row.pledge_id)] for row in silent]


def _turning(outcome: Nudged, w: Phrases) -> list[InlineKeyboardButton]:
    pages = {"nudge.button.before": outcome.part.before, "nudge.button.after": outcome.part.after}
    return [
        button(w.label(key), Verb.NUDGE_PAGE, outcome.nudge_id, pledge)
        for key, pledge in pages.items()
        if pledge is not None
    ]
