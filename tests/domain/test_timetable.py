"""The timetable: slots and tables for talks, whatever the talks are."""

from collections import Counter
from datetime import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.slots import FREE, Slot, Stay, Talk, clock, first_start, minutes, moved, slots, together
from domain.timetable import plan

ELEVEN, NOON = time(11), time(12)
PEOPLE = some.integers(1, 9)
TALKS = some.lists(some.sets(PEOPLE, min_size=2, max_size=3), max_size=12, unique_by=frozenset)
STAYS = some.dictionaries(
    PEOPLE,
    some.builds(
        Stay,
        some.none() | some.sampled_from([time(11, 20), time(11, 40), NOON]),
        some.none() | some.integers(0, 3),
    ),
)


@settings(max_examples=80)
@given(TALKS, some.integers(1, 4), some.sampled_from((10, 15, 20, 30)), STAYS)
def test_whatever_the_talks_the_rules_hold(people, tables, length, stays):
    talks = [Talk(number, tuple(sorted(each))) for number, each in enumerate(people)]
    day = slots(minutes(ELEVEN), length, NOON)
    seated = plan(talks, day, tables, stays)
    of = {talk.number: talk.people for talk in talks}
    busy = Counter((person, each.slot) for each in seated for person in of[each.talk])
    assert not busy or max(busy.values()) == 1, "somebody is in two places"
    taken = Counter((each.table, each.slot) for each in seated)
    assert not taken or max(taken.values()) == 1, "a table has two talks"
    assert all(1 <= each.table <= tables for each in seated)
    assert len({each.talk for each in seated}) == len(seated), "the same people meet again"
    assert all(ELEVEN <= each.slot.starts < each.slot.ends <= NOON for each in seated)
    for person in {person for each in seated for person in of[each.talk]}:
        stay = stays.get(person, FREE)
        theirs = [each for each in seated if person in of[each.talk]]
        assert all(stay.is_there(each.slot) for each in theirs), "they have left by then"
        assert stay.talks is None or len(theirs) <= stay.talks, "more than they still take"


@settings(max_examples=40)
@given(TALKS, STAYS)
def test_nobody_is_left_out_who_could_be_seated(people, stays):
    """A talk without a place has none because of its people, its tables or its time."""
    talks = [Talk(number, tuple(sorted(each))) for number, each in enumerate(people)]
    day = slots(minutes(ELEVEN), 20, NOON)
    seated = plan(talks, day, 2, stays)
    of = {talk.number: talk.people for talk in talks}
    for talk in talks:
        if talk.number in {each.talk for each in seated}:
            continue
        for slot in day:
            here = [each for each in seated if each.slot == slot]
            full = len(here) == 2
            busy = any(set(of[each.talk]) & set(talk.people) for each in here)
            away = not all(stays.get(person, FREE).is_there(slot) for person in talk.people)
            enough = any(
                stay.talks is not None and sum(person in of[each.talk] for each in seated) >= stay.talks
                for person in talk.people
                if (stay := stays.get(person)) is not None
            )
            assert full or busy or away or enough


def test_thirty_mps_with_five_talks_each_fit_into_five_slots():
    """A bipartite graph can be coloured with as many colours as anybody has edges (König)."""
    talks = [Talk(5 * mp + n, (mp, 100 + (7 * mp + n) % 150)) for mp in range(30) for n in range(5)]
    seated = plan(talks, slots(minutes(ELEVEN), 10, NOON)[:5], 30, {})
    assert len(seated) == 150
    assert seated == plan(talks, slots(minutes(ELEVEN), 10, NOON)[:5], 30, {}), "the same for the same"


def test_who_is_at_a_round_table_and_the_table_itself_are_left_alone():
    table = Slot(ELEVEN, time(11, 45))
    seated = plan(
        [Talk(1, (1, 2)), Talk(2, (3, 4))],
        slots(minutes(ELEVEN), 15, NOON),
        2,
        {1: Stay(busy=(table,))},
        [(1, table)],
    )
    assert {each.talk: (each.slot.starts, each.table) for each in seated} == {
        1: (time(11, 45), 1),
        2: (ELEVEN, 2),
    }


def test_an_mp_stays_at_the_table():
    talks = [Talk(n, (1, 10 + n)) for n in range(4)]
    assert len({each.table for each in plan(talks, slots(minutes(ELEVEN), 15, NOON), 5, {})}) == 1


def test_without_tables_or_slots_there_is_no_timetable():
    talks = [Talk(1, (1, 2))]
    assert plan(talks, slots(minutes(ELEVEN), 15, NOON), 0, {}) == ()
    assert plan(talks, [], 4, {}) == ()


def test_the_slots_end_when_the_workshop_does():
    assert [each.starts for each in slots(minutes(ELEVEN), 25, NOON)] == [ELEVEN, time(11, 25)]
    assert slots(minutes(NOON), 10, NOON) == []
    assert slots(minutes(ELEVEN), 30, NOON)[-1] == Slot(time(11, 30), NOON)


@pytest.mark.parametrize(
    ("opens", "closes", "now", "first"),
    [
        (None, None, None, time(9)),
        (time(10), time(16), None, time(10)),
        (time(10), time(16), time(9), time(10)),
        (time(10), time(16), time(10), time(10, 15)),
        (time(10), time(16), time(14, 52), time(15)),
        (time(10), time(16), time(18), time(16)),
    ],
)
def test_the_first_slot_is_the_next_quarter_of_the_day(opens, closes, now, first):
    assert clock(first_start(opens, closes, now)) == first


def test_the_first_slot_moves_within_the_day():
    assert moved(minutes(ELEVEN), -15, time(11), NOON, None) is None
    assert moved(minutes(ELEVEN), 15, time(11), NOON, None) == minutes(time(11, 15))
    assert moved(minutes(ELEVEN), -15, time(9), NOON, time(10, 50)) is None
    assert moved(minutes(ELEVEN), 60, time(9), NOON, None) is None


@pytest.mark.parametrize(
    ("both", "talks"),
    [
        ([], {}),
        ([(1, 2, None)], {1: [1]}),
        ([(1, 2, 3), (1, 3, 2), (2, 3, 1)], {1: [1, 2, 3]}),
        ([(1, 2, 3), (1, 3, 2)], {1: [1], 2: [2]}),
        ([(1, 2, None), (1, 3, None)], {1: [1], 2: [2]}),
        ([(1, 2, 3), (4, 5, None), (3, 1, 2), (2, 3, 1)], {1: [1, 3, 4], 2: [2]}),
    ],
)
def test_three_talk_at_once_if_each_two_of_them_said_yes(both, talks):
    rows = [
        (SimpleNamespace(id=number, asker_id=asker, asked_id=asked), third)
        for number, (asker, asked, third) in enumerate(both, 1)
    ]
    assert {first: [row.id for row in those] for first, those in together(rows).items()} == talks
