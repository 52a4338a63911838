"""What became of a retrospective, and what was done, follow from the history."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.history import Event, EventKind
from domain.nudging import Period
from domain.pledges import Status
from domain.retrospectives import (
    KIND_OF,
    MOST_DEEDS,
    Deed,
    DeedKind,
    Line,
    deeds,
    notes_on_the_end,
    retrospective,
)

ANA, BEN = 1, 2
START = datetime(2027, 4, 12, 8, tzinfo=UTC)
K = EventKind
OK, NO, AGAIN, CLOSED = K.RETRO_APPROVED, K.RETRO_DECLINED, K.RETRO_REOPENED, K.RETRO_CLOSED
LEARNED = KIND_OF[Line.LEARNED]


def happened(*events):
    """Events a day apart, as (kind, party, ...); more of their fields as a dictionary at the end."""
    return [
        Event(
            number, kind, party, **{"period": None, "status": None, "at": START + timedelta(number), **more}
        )
        for number, (kind, party, more) in enumerate(((*each, {})[:3] for each in events), 1)
    ]


@pytest.mark.parametrize(
    ("events", "approved", "upset"),
    [
        ([(OK, ANA)], {ANA}, False),
        ([(OK, ANA), (OK, BEN)], {ANA, BEN}, False),
        ([(OK, ANA), (LEARNED, BEN)], set(), True),
        ([(OK, ANA), (LEARNED, ANA)], {ANA}, True),
        ([(OK, ANA), (LEARNED, ANA), (LEARNED, BEN)], set(), True),
        ([(LEARNED, BEN), (OK, ANA)], {ANA}, False),
        ([(OK, ANA), (K.CORRECTED, BEN)], set(), True),
        ([(OK, ANA), (K.EVIDENCED, BEN)], set(), True),
        ([(OK, ANA), (K.ADVISED, BEN)], {ANA}, False),
        ([(OK, ANA), (NO, BEN), (AGAIN, BEN)], set(), False),
        ([(OK, ANA), (LEARNED, BEN), (LEARNED, ANA)], set(), False),
    ],
)
def test_an_approval_stands_until_the_other_changes_something(events, approved, upset):
    found = retrospective(happened((K.ENDED, BEN), *events))
    assert (set(found.approvals), found.upset) == (approved, upset)


@pytest.mark.parametrize(
    ("events", "is_open"),
    [
        ([], True),
        ([(NO, ANA)], False),
        ([(NO, ANA), (AGAIN, ANA)], True),
        ([(OK, ANA), (CLOSED, None)], False),
        ([(CLOSED, None), (AGAIN, ANA)], False),
    ],
)
def test_it_is_open_until_it_is_closed_or_declined(events, is_open):
    assert retrospective(happened((K.ENDED, BEN), *events)).is_open is is_open


def test_its_version_is_what_changed_it_last():
    events = [(K.ENDED, BEN), (LEARNED, ANA), (OK, BEN), (K.ADVISED, ANA)]
    found = retrospective(happened(*events))
    assert (found.version, found.changed, found.changed_by) == (2, Line.LEARNED, ANA)


def test_the_wait_begins_anew_with_every_change_of_the_one_who_waits():
    found = retrospective(happened((K.ENDED, BEN), (OK, ANA), (LEARNED, ANA)))
    assert found.waits_since(ANA) == START + timedelta(3)
    assert found.waits_since(BEN) is None


def test_of_the_first_two_lines_the_last_words_count_of_the_others_both():
    done, learned = KIND_OF[Line.DONE], KIND_OF[Line.LEARNED]
    found = retrospective(
        happened(
            (done, ANA),
            (done, BEN),
            (learned, BEN),
            (learned, ANA),
            (learned, BEN),
            (CLOSED, None),
            (done, ANA),
        )
    )
    assert found.words_in(Line.DONE) == [(BEN, 2)]
    assert found.words_in(Line.LEARNED) == [(ANA, 4), (BEN, 5)]
    assert found.words_in(Line.NEXT) == []


def done(events, ended=START + timedelta(60)):
    return deeds(events, (ANA, BEN), ended, lambda moment: moment.date())


def talk(day):
    return {"day": day}


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([(K.TALK_SET, ANA, talk(date(2027, 5, 3)))], [date(2027, 5, 3)]),
        ([(K.TALK_SET, ANA, talk(date(2027, 8, 3)))], []),  # after the end
        ([(K.TALK_SET, ANA, talk(date(2027, 5, 3))), (K.TALK_SET, BEN, talk(date(2027, 5, 9)))], [date(2027, 5, 9)]),
        ([(K.TALK_SET, ANA, talk(date(2027, 5, 3))), (K.TALK_LEFT_OPEN, BEN)], []),
        ([(K.TALK_SET, ANA, talk(date(2027, 4, 13))), (K.TALK_SET, BEN, talk(date(2027, 5, 9)))],
         [date(2027, 4, 13), date(2027, 5, 9)]),
    ],
)  # fmt: skip
def test_a_talk_counts_if_its_day_came_before_another_was_set(events, days):
    assert [each.on for each in done(happened(*events)) if each.kind is DeedKind.AGREED] == days


@pytest.mark.parametrize(
    ("set_on", "said", "kind"),
    [
        ((date(2027, 4, 14),), (Status.TALKING,), DeedKind.TALK),
        ((date(2027, 4, 14),), (Status.MOVING,), DeedKind.AGREED),
        ((date(2027, 4, 14),), (Status.TALKING, Status.NOTHING), DeedKind.AGREED),  # put otherwise
        ((date(2027, 4, 20),), (Status.TALKING,), DeedKind.AGREED),  # said before that day
        (
            (date(2027, 4, 14), date(2027, 4, 15)),
            (Status.TALKING,),
            DeedKind.AGREED,
        ),  # since the one after it
    ],
)
def test_a_talk_took_place_if_somebody_has_said_so_since(set_on, said, kind):
    days = [(K.TALK_SET, ANA, talk(day)) for day in set_on]
    answers = [(K.SAID, BEN, {"period": Period.M1, "status": each}) for each in said]
    told = [each.kind for each in done(happened(*days, (K.NOTED, ANA), *answers))]
    assert next(each for each in told if each in (DeedKind.TALK, DeedKind.AGREED)) is kind


def test_what_was_done_is_told_in_the_order_of_its_days_and_not_all_of_it():
    said = {"period": Period.M1, "status": Status.RUNNING}
    events = happened(
        (K.SAID, BEN, said),
        *[(K.NOTED, BEN, {"period": Period.M1})] * 4,
        (K.EVIDENCED, ANA),
        (K.TALK_SET, ANA, talk(date(2027, 4, 20))),
        (K.SAID, ANA, said | {"status": Status.TALKING}),
    )
    told = done(events)
    assert len(told) == MOST_DEEDS
    assert told == (
        Deed(DeedKind.NOTE, date(2027, 4, 16), BEN, 4),
        Deed(DeedKind.NOTE, date(2027, 4, 17), BEN, 5),
        Deed(DeedKind.EVIDENCE, date(2027, 4, 18), ANA, 6),
        Deed(DeedKind.TALK, date(2027, 4, 20)),
    )


def test_a_note_on_how_it_ended_stands_beside_the_result():
    kept = {"period": Period.M2, "status": Status.KEPT}
    running = {"period": Period.M2, "status": Status.RUNNING}
    note = {"period": Period.M2}
    events = happened((K.SAID, BEN, running), (K.NOTED, BEN, note), (K.SAID, BEN, kept), (K.NOTED, BEN, note))
    assert notes_on_the_end(events, BEN, START + timedelta(5)) == (4,)
    assert [each.event for each in done(events)] == [2]
