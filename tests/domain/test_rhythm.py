"""What somebody is asked next and when: half-years of it, day by day, in every Land."""

import os
import time as host
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain import calendar, nudging, terms
from domain.nudging import PassedOver, Period, PledgeQuestion, Reader, WhyNot
from domain.places.laender import LAENDER
from domain.roles import Role

BERLIN = ZoneInfo("Europe/Berlin")
SECOND = timedelta(seconds=1)
ANA = Reader(BERLIN, "BE")


def at(*parts):
    return datetime(*parts, tzinfo=BERLIN).astimezone(UTC)


def of_pledge(number, made_on, deadline, land="BE"):
    planned = nudging.plan(made_on, deadline, zone=BERLIN, land=land)
    return [
        PledgeQuestion(number * 100 + place, number, each.period, each.due)
        for place, each in enumerate(planned)
    ]


def lived(questions, reader, start, until, *, answers=False, silent_until=None):
    """Every message of that time, as (instant, {question: again}); the bot is down until `silent_until`."""
    by_id, now, sent = {q.id: q for q in questions}, start, []
    while (found := nudging.next_message(list(by_id.values()), reader, now)) is not None:
        for number in found.passed_over:
            by_id[number] = replace(by_id[number], passed_over=True)
        if found.at is None and not found.passed_over:
            break
        if found.at is None:
            continue
        now = max(found.at, silent_until or found.at)
        if now > until:
            break
        if found.why is not None:
            continue
        asked = {**dict.fromkeys(found.first, False), **dict.fromkeys(found.again, True)}
        sent.append((now, {by_id[each]: again for each, again in asked.items()}))
        for number, again in asked.items():
            marks = {"asked_again_at": now} if again else {"asked_at": now}
            by_id[number] = replace(by_id[number], **marks, answered=answers)
        reader = replace(reader, last_asked=calendar.local_day(now, BERLIN))
        now += SECOND
    return sent


def check(sent, land, opens=time(10), closes=time(18)):
    for moment, _ in sent:
        local = moment.astimezone(BERLIN)
        assert calendar.working_day(local.date(), land)
        assert not calendar.quiet(local.date())
        assert opens <= local.time() < closes
    for (before, _), (moment, asked) in pairwise(sent):
        apart = calendar.local_day(moment, BERLIN) - calendar.local_day(before, BERLIN)
        on_the_day = any(q.period is Period.DEADLINE and not again for q, again in asked.items())
        assert apart >= timedelta(days=7) or on_the_day
        assert apart >= timedelta(days=1)


def heard(sent):
    return [
        (
            moment.astimezone(BERLIN).strftime("%m-%d %H"),
            [f"{q.period}{'+' * again}" for q, again in asked.items()],
        )
        for moment, asked in sent
    ]


@pytest.fixture(params=["Europe/Berlin", "UTC", "America/New_York"])
def host_zone(request, monkeypatch):
    """The machine's own zone, which must not matter."""
    monkeypatch.setitem(os.environ, "TZ", request.param)
    host.tzset()
    yield
    monkeypatch.undo()
    host.tzset()


@pytest.mark.usefixtures("host_zone")
@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("answers", [True, False])
def test_every_start_day_of_a_year_has_its_half_year(year, answers):
    """With it both nights of the clock's change, and from August 2027 on the leap day of 2028."""
    for number in range(365):
        made_on, land = date(year, 3, 1) + timedelta(days=number), sorted(LAENDER)[number % 16]
        deadline = nudging.deadline_for(made_on, land=land)
        start, until = at(made_on.year, made_on.month, made_on.day, 15), at(year + 2, 1, 1)
        questions = of_pledge(1, made_on, deadline, land)
        sent = lived(questions, Reader(BERLIN, land), start, until, answers=answers)
        check(sent, land)
        first = {q.period: moment for moment, asked in sent for q, again in asked.items() if not again}
        assert first == {q.period: q.due for q in questions}, "each on its own day"
        again = {q.period for _, asked in sent for q, again in asked.items() if again}
        assert not again if answers else Period.DEADLINE in again and len(again) > 3
        assert not again & {Period.BEFORE14, Period.BEFORE3}


@pytest.mark.parametrize("gap", [1, 5, 7, 13, 30])
def test_several_pledges_come_together_and_no_day_is_lost(gap):
    for number in range(0, 365, 10):
        made = [date(2027, 3, 1) + timedelta(days=number + each * gap) for each in range(4)]
        made_of = [(day, nudging.deadline_for(day, land="SN")) for day in made]
        questions = [q for k, (day, end) in enumerate(made_of) for q in of_pledge(k, day, end, "SN")]
        start = at(made[0].year, made[0].month, made[0].day, 15)
        sent = lived(questions, Reader(BERLIN, "SN"), start, at(2029, 1, 1))
        check(sent, "SN")
        first = {q.id: moment for moment, asked in sent for q, again in asked.items() if not again}
        for q in questions:
            if q.period is Period.DEADLINE:
                assert first[q.id] == q.due, "the day itself, on the day"
            if q.period is Period.BEFORE3:
                assert first[q.id] <= q.due, "before its day rather than after"
        assert all(len({q.pledge for q in asked}) == len(asked) for _, asked in sent)


@pytest.mark.parametrize("days", range(1, 200, 5))
def test_after_any_downtime_only_the_latest_is_asked(days):
    made_on = date(2027, 1, 20)
    questions = of_pledge(1, made_on, date(2027, 7, 20))
    back = at(2027, 1, 21, 9) + timedelta(days=days)
    sent = lived(questions, ANA, at(2027, 1, 20, 15), at(2028, 1, 1), silent_until=back)
    soon = sent[0][0] + timedelta(days=6, hours=1)  # what is near comes along, counted in days
    due = [q for q in questions if q.due <= (sent[0][0] if q.period is Period.DEADLINE else soon)]
    check(sent, "BE")
    missed = {q.id for q in due[:-1]}  # what became due before anything could be asked
    assert not missed & {q.id for _, asked in sent for q in asked}
    assert [q.id for q in sent[0][1]] == [due[-1].id]
    assert sent[0][0] - back <= timedelta(days=8)


def test_half_a_year_of_silence_is_asked_once_more_each_time():
    sent = lived(of_pledge(1, date(2027, 1, 20), date(2027, 7, 20)), ANA, at(2027, 1, 20, 15), at(2028, 1, 1))
    assert heard(sent) == [
        ("01-27 10", ["w1"]), ("02-03 16", ["w1+"]),
        ("02-22 10", ["m1"]), ("03-01 16", ["m1+"]),
        ("03-22 10", ["m2"]), ("03-30 16", ["m2+"]),  # 29 March is Easter Monday
        ("04-20 10", ["m3"]), ("04-27 16", ["m3+"]),
        ("05-20 10", ["m4"]), ("05-27 16", ["m4+"]),
        ("06-21 10", ["m5"]), ("06-28 16", ["m5+"]),
        ("07-06 10", ["d14"]), ("07-16 10", ["d3"]),
        ("07-20 10", ["deadline"]), ("07-27 16", ["deadline+"]),
    ]  # fmt: skip


@pytest.mark.parametrize("hour", nudging.HOURS)
def test_every_question_comes_at_the_own_hour_and_once_more_at_another_time_of_day(hour):
    for number in range(0, 365, 20):
        made_on, land = date(2027, 3, 1) + timedelta(days=number), sorted(LAENDER)[number // 20 % 16]
        questions = of_pledge(1, made_on, nudging.deadline_for(made_on, land=land), land)
        reader, start = (
            Reader(BERLIN, land, hour=time(hour)),
            at(made_on.year, made_on.month, made_on.day, 21),
        )
        sent = lived(questions, reader, start, at(2029, 1, 1))
        check(sent, land, min(time(hour), time(10)), time(20) if hour >= 18 else time(18))
        first = {q.id: moment for moment, asked in sent for q, again in asked.items() if not again}
        for q in questions:
            assert first[q.id] == nudging.at_hour(q.due, time(hour), BERLIN)
        again = {moment.astimezone(BERLIN).hour for moment, asked in sent if all(asked.values())}
        assert again == {16 if hour < 12 else 10}


def test_a_deadline_is_not_lost_to_a_follow_up_earlier_on_the_same_day():
    """In the evening by choice: the follow-up about another pledge is due at ten, the day itself at seven."""
    evening = replace(ANA, hour=time(19))
    month = PledgeQuestion(1, 1, Period.M1, at(2027, 4, 13, 10), asked_at=at(2027, 4, 13, 19))
    day = PledgeQuestion(2, 2, Period.DEADLINE, at(2027, 4, 20, 10))
    found = nudging.next_message([month, day], evening, at(2027, 4, 20, 10))
    assert (found.why, found.first, found.again) == (None, (2,), (1,))


def test_in_parliament_nothing_but_the_last_fortnight_comes_in_a_sitting_week_if_a_free_one_is_near():
    known = terms.shipped()
    for number in range(150):
        made_on = date(2026, 1, 2) + timedelta(days=number)
        questions = of_pledge(1, made_on, nudging.deadline_for(made_on), "BE")
        sent = lived(
            questions,
            replace(ANA, role=Role.MP),
            at(made_on.year, made_on.month, made_on.day, 15),
            at(2027, 6, 1),
        )
        check(sent, "BE")
        bound = {Period.BEFORE14, Period.BEFORE3, Period.DEADLINE}
        asked = [(moment, q) for moment, each in sent for q, again in each.items() if not again]
        assert bound <= {q.period for _, q in asked}
        for moment, q in asked:
            day = calendar.local_day(moment, BERLIN)
            if q.period in bound:
                assert moment == q.due
            elif known.sitting(day):
                free = next(
                    d
                    for d in (day + timedelta(days=n) for n in range(60))
                    if not known.sitting(d) and calendar.working_day(d, "BE")
                )
                assert free - calendar.local_day(q.due, BERLIN) > timedelta(days=10)


def test_the_next_question_is_known_as_it_is_once_this_one_is_answered():
    m1 = PledgeQuestion(1, 1, Period.M1, at(2027, 2, 22, 10), asked_at=at(2027, 2, 22, 10))
    m2 = PledgeQuestion(2, 1, Period.M2, at(2027, 3, 22, 10))
    now = at(2027, 3, 1, 16)
    reader = replace(ANA, last_asked=date(2027, 3, 1))
    assert nudging.next_message([m1, m2], reader, now).at == at(2027, 3, 9, 16), (
        "the follow-up, a day late: 8 March is a holiday"
    )
    answered = nudging.answered_on([m1, m2], {1}, date(2027, 3, 1))
    assert nudging.next_message(answered, reader, now).at == m2.due
    near = replace(m2, due=at(2027, 3, 5, 10))
    assert nudging.next_message(nudging.answered_on([m1, near], {1}, date(2027, 3, 1)), reader, now) is None


M1 = PledgeQuestion(1, 1, Period.M1, at(2027, 2, 22, 10))


@pytest.mark.parametrize(
    ("now", "reader", "question", "why", "when"),
    [
        (at(2027, 2, 1, 12), ANA, M1, WhyNot.NOT_DUE, at(2027, 2, 22, 10)),
        (at(2027, 2, 22, 10), ANA, M1, None, at(2027, 2, 22, 10)),
        (at(2027, 2, 22, 20), ANA, M1, WhyNot.NIGHT, at(2027, 2, 23, 10)),
        (at(2027, 2, 22, 10), replace(ANA, hour=time(17)), M1, WhyNot.NOT_DUE, at(2027, 2, 22, 17)),
        (at(2027, 2, 23, 10), replace(ANA, hour=time(17)), M1, WhyNot.NIGHT, at(2027, 2, 23, 17)),
        (at(2027, 2, 22, 19, 59), replace(ANA, hour=time(19)), M1, None, at(2027, 2, 22, 19, 59)),
        (at(2027, 2, 22, 20), replace(ANA, hour=time(19)), M1, WhyNot.NIGHT, at(2027, 2, 23, 19)),
        (at(2027, 2, 22, 8), replace(ANA, hour=time(8)), M1, None, at(2027, 2, 22, 8)),
        (at(2027, 2, 22, 10), replace(ANA, last_asked=date(2027, 2, 16)), M1, WhyNot.ASKED_LATELY,
         at(2027, 2, 23, 10)),
        (at(2027, 2, 22, 10), replace(ANA, paused=True, paused_until=at(2027, 3, 3, 9)), M1, WhyNot.PAUSED,
         at(2027, 3, 3, 10)),
        (at(2027, 2, 22, 10), replace(ANA, paused=True), M1, WhyNot.PAUSED, None),
        (at(2027, 2, 22, 10), replace(ANA, reachable=False), M1, WhyNot.UNREACHABLE, None),
        (at(2027, 2, 22, 10), replace(ANA, writing_since=at(2027, 2, 22, 9, 50)), M1, WhyNot.IN_DIALOGUE,
         at(2027, 2, 22, 10, 20)),
        (at(2027, 2, 22, 10), ANA, replace(M1, waits=True), WhyNot.WAITS, None),
        (at(2027, 2, 22, 10), ANA, replace(M1, heard_on=date(2027, 2, 18)), WhyNot.HEARD_LATELY, None),
        (at(2027, 2, 27, 12), ANA, M1, WhyNot.WEEKEND, at(2027, 3, 1, 10)),
        (at(2027, 5, 27, 12), replace(ANA, land="SN"), M1, WhyNot.DAY_OFF, at(2027, 5, 28, 10)),
        (at(2026, 12, 22, 12), ANA, replace(M1, due=at(2026, 12, 18, 10)), WhyNot.QUIET, at(2027, 1, 7, 10)),
        (at(2026, 1, 12, 10), replace(ANA, role=Role.MP), replace(M1, due=at(2026, 1, 12, 10)), WhyNot.SITTING,
         at(2026, 1, 19, 10)),
    ],
)  # fmt: skip
def test_why_nothing_comes_now_has_an_answer(now, reader, question, why, when):
    found = nudging.next_message([question], reader, now)
    assert found.why is why
    assert found.at == when


def test_a_recent_word_is_not_asked_for_again_but_the_day_itself_is():
    said = date(2027, 7, 15)
    three = PledgeQuestion(1, 1, Period.BEFORE3, at(2027, 7, 16, 10), heard_on=said)
    day = PledgeQuestion(2, 1, Period.DEADLINE, at(2027, 7, 20, 10), heard_on=said)
    found = nudging.next_message([three, day], ANA, three.due)
    assert (found.at, found.first, found.passed_over) == (day.due, (2,), {1: PassedOver.HEARD})
    assert nudging.next_message([day], ANA, day.due).why is None


def test_an_mp_is_asked_without_delay_where_no_free_week_is_near_or_known():
    monday = date(2027, 2, 22)
    assert not terms.shipped().sitting(monday), "no sitting week of 2027 is known"
    mp = replace(ANA, role=Role.MP)
    assert nudging.next_message([M1], mp, M1.due).why is None
