"""What somebody is asked next, when, and why not now: a function of plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import (
    USUAL_HOUR,
    asking_day,
    asking_hours,
    instant,
    local_day,
    partial_holiday,
    public_holiday,
    quiet,
)
from domain.nudging.hours import HOURS, closes_for
from domain.nudging.periods import Period, in_order
from domain.nudging.questions import Next, PassedOver, PledgeQuestion, Reader, WhyNot
from domain.nudging.snoozing import IN_PARLIAMENT

SOONEST = timedelta(hours=USUAL_HOUR.hour - HOURS[0])
"""How much earlier than at the usual hour, for which questions are planned, somebody may want to be asked."""
TOGETHER = timedelta(days=6)
"""Questions that fall due this soon after one that is asked come in the same message."""
APART = timedelta(days=7)
"""Within this time a person gets at most one message with questions, except on a deadline's day."""
DIALOGUE = timedelta(minutes=30)
"""Words that were asked for this recently are probably being typed: no question comes in between."""
LATELY = timedelta(days=7)
"""Whoever said this recently how it stands is not asked; the other party hears of it first."""
PAUSE_WEEKS = (1, 2, 4)
"""For how many weeks somebody may pause, unless they pause until they say so."""

AGAIN_HOUR = time(16)
"""A question that nobody answered comes once more, at another time of day: at this one if it came in the morning."""
_NOON = time(12)
_AGAIN_AFTER = timedelta(days=7)
AGAIN_FROM = timedelta(days=6)
"""No question is asked again within this time, however the hours and the clock's change fall."""
ONCE = (Period.BEFORE14, Period.BEFORE3)
_FREE_OF_SITTINGS = timedelta(days=10)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question that may be asked, for the first time or again, from this instant on, and on any later day from this
    hour on.
    """

    question: PledgeQuestion
    due: datetime
    hour: time
    again: bool


def next_message(questions: Sequence[PledgeQuestion], reader: Reader, now: datetime) -> Next | None:
    """What this person is asked next and why not now; None if nothing is left to ask. `now` is aware; all in UTC.

    Of each pledge only the latest question that is due is asked, or the next one if that falls due within six days. A
    question left unanswered for seven days comes once more, at another time of day, unless the next one is near; those
    14 and 3 days before the deadline do not. Whoever has said within seven days how it stands is not asked, except on
    the deadline's day. Working days outside the quiet time, from their hour on; one message in seven days, but for the
    deadline's day. Whoever is silent about a pledge is asked at halftime, 14 days before and on the day only, and once.
    Members of parliament and their offices are asked in a week without sittings if one lies within ten days, except
    about what has to be asked before the deadline.
    """
    passed: dict[int, PassedOver] = {}
    questions = [_at_hour(question, reader) for question in questions]
    turns = list(_turns(questions, reader, now, passed))
    if not turns:
        why = WhyNot.SILENT if PassedOver.SILENT in passed.values() else WhyNot.HEARD_LATELY
        return Next(None, why, passed_over=passed) if passed else None
    open_turns = [turn for turn in turns if not turn.question.waits]
    if not open_turns:
        return Next(None, WhyNot.WAITS, passed_over=passed)
    if not reader.reachable:
        return Next(None, WhyNot.UNREACHABLE, passed_over=passed)
    if reader.paused and reader.paused_until is None:
        return Next(None, WhyNot.PAUSED, passed_over=passed)
    at, why = min((_moment(turn, reader, now) for turn in open_turns), key=lambda each: each[0])
    told = _together(open_turns, at, reader.zone)
    return Next(
        at,
        why if at > now else None,
        tuple(turn.question.id for turn in told if not turn.again),
        tuple(turn.question.id for turn in told if turn.again),
        passed,
    )


def _at_hour(question: PledgeQuestion, reader: Reader) -> PledgeQuestion:
    """The question as it falls due to this reader: on its day, at their hour."""
    if question.due.astimezone(reader.zone).time() == reader.hour:
        return question
    return replace(question, due=at_hour(question.due, reader.hour, reader.zone))


def at_hour(due: datetime, hour: time, zone: ZoneInfo) -> datetime:
    """This hour of the local day on which something is due, in UTC."""
    return instant(local_day(due, zone), hour, zone)


def _turns(
    questions: Iterable[PledgeQuestion], reader: Reader, now: datetime, passed: dict[int, PassedOver]
) -> Iterator[_Turn]:
    """Each pledge's next turn to be asked about; what is left out for good goes to `passed`."""
    by_pledge: dict[int, list[PledgeQuestion]] = {}
    for question in sorted(questions, key=lambda each: in_order(each.period)):
        by_pledge.setdefault(question.pledge, []).append(question)
    for of_pledge in by_pledge.values():
        turn = _turn(of_pledge, reader, now, passed)
        if turn is not None:
            yield turn


def _turn(
    questions: list[PledgeQuestion], reader: Reader, now: datetime, passed: dict[int, PassedOver]
) -> _Turn | None:
    unasked = [q for q in questions if q.asked_at is None and not q.passed_over and not q.answered]
    passed.update({q.id: PassedOver.SILENT for q in unasked if q.left_out and q.due <= now})
    unasked = [q for q in unasked if not q.left_out]
    due = [q for q in unasked if q.due <= now]
    if due:
        due += [q for q in unasked if q.due > now and _near(q, now, reader.zone)]
    passed.update({q.id: PassedOver.LATER for q in due[:-1]})
    if due and _heard(due[-1], local_day(now, reader.zone)):
        passed[due[-1].id] = PassedOver.HEARD
        due = []
    if due:
        return _Turn(due[-1], min(now, due[-1].due), reader.hour, again=False)
    upcoming = _upcoming(unasked, reader, now)
    asked = [q for q in questions if q.asked_at is not None]
    again = _again(asked[-1], reader) if asked else None
    if again is not None and again.question.silent:
        passed |= {again.question.id: PassedOver.SILENT} if again.due <= now else {}
        again = None
    if again is not None and (
        upcoming is None
        or not _near(upcoming, _moment(again, reader, now)[0], reader.zone, with_deadline=True)
    ):
        return again
    return _Turn(upcoming, upcoming.due, reader.hour, again=False) if upcoming is not None else None


def _upcoming(unasked: Iterable[PledgeQuestion], reader: Reader, now: datetime) -> PledgeQuestion | None:
    """The first question that falls due later, unless it will be passed over by then, being just answered."""
    later = (q for q in unasked if q.due > now and not _heard(q, local_day(q.due, reader.zone)))
    return min(later, key=lambda each: each.due, default=None)


def _near(question: PledgeQuestion, moment: datetime, zone: ZoneInfo, *, with_deadline: bool = False) -> bool:
    """Whether it falls due within six calendar days; the deadline's own, which comes on its day, only on that day, or
    `with_deadline`.
    """
    days = local_day(question.due, zone) - local_day(moment, zone)
    at_once = question.period is Period.DEADLINE and not with_deadline
    return days <= (timedelta() if at_once else TOGETHER)


def _heard(question: PledgeQuestion, today: date) -> bool:
    on = question.heard_on
    return question.period is not Period.DEADLINE and on is not None and today - on < LATELY


def _again(asked: PledgeQuestion, reader: Reader) -> _Turn | None:
    """The one time that a question without an answer is asked again."""
    done = asked.answered or asked.passed_over or asked.asked_again_at is not None
    if done or asked.asked_at is None or asked.period in ONCE:
        return None
    due = again_due(asked.asked_at, reader.zone, reader.land)
    return _Turn(asked, due, due.astimezone(reader.zone).time(), again=True)


def again_due(asked_at: datetime, zone: ZoneInfo, land: str | None) -> datetime:
    """When a question that was asked then is due once more, in UTC: seven days later, at another time of day."""
    day = asking_day(local_day(asked_at, zone) + _AGAIN_AFTER, land)
    early = asked_at.astimezone(zone).time() < _NOON
    return instant(day, AGAIN_HOUR if early else USUAL_HOUR, zone)


def _moment(turn: _Turn, reader: Reader, now: datetime) -> tuple[datetime, WhyNot]:
    """The first instant, from `now` on, at which this may be asked, and what holds it back until then."""
    early = WhyNot.SILENT if turn.question.silent else WhyNot.NOT_DUE
    moment, why = (turn.due, early) if turn.due > now else (now, WhyNot.NIGHT)
    if reader.paused and reader.paused_until is not None and reader.paused_until > moment:
        moment, why = reader.paused_until, WhyNot.PAUSED
    if reader.writing_since is not None and reader.writing_since + DIALOGUE > moment:
        moment, why = reader.writing_since + DIALOGUE, WhyNot.IN_DIALOGUE
    on_the_day = turn.question.period is Period.DEADLINE and not turn.again
    while True:
        day = local_day(moment, reader.zone)
        found = _not_now(day, turn, reader, on_the_day=on_the_day)
        if found is None:
            opens = asking_hours(moment, reader.zone, reader.land, turn.hour, closes_for(reader.hour))
            if opens == moment or local_day(opens, reader.zone) == day:
                return opens, why
            moment = opens
            continue
        until, why = found
        moment = instant(until, turn.hour, reader.zone)


def _not_now(day: date, turn: _Turn, reader: Reader, *, on_the_day: bool) -> tuple[date, WhyNot] | None:
    """Until when, and why, this is not asked on that day; None if it may be."""
    if not on_the_day and reader.last_asked is not None and day - reader.last_asked < APART:
        return reader.last_asked + APART, WhyNot.ASKED_LATELY
    opens = asking_day(day, reader.land)
    if opens != day:
        return opens, _day_off(day, reader.land)
    bound = turn.question.period in (*ONCE, Period.DEADLINE)
    if reader.role in IN_PARLIAMENT and not bound and reader.terms.sitting(day, reader.land):
        free = _without_sittings(day, reader)
        if free - local_day(turn.due, reader.zone) <= _FREE_OF_SITTINGS:
            return free, WhyNot.SITTING
    return None


def _day_off(day: date, land: str | None) -> WhyNot:
    if quiet(day):
        return WhyNot.QUIET
    return WhyNot.DAY_OFF if public_holiday(day, land) or partial_holiday(day, land) else WhyNot.WEEKEND


def _without_sittings(day: date, reader: Reader) -> date:
    while reader.terms.sitting(day, reader.land):
        day = asking_day(day + _A_DAY, reader.land)
    return day


def _together(turns: Iterable[_Turn], at: datetime, zone: ZoneInfo) -> list[_Turn]:
    """What one message asks: all that is due by then, and first questions that would fall due within six days."""
    told = (t for t in turns if t.due <= at or (not t.again and _near(t.question, at, zone)))
    return sorted(told, key=lambda each: (each.due, each.question.id))
