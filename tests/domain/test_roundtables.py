"""Round tables: whom they are proposed to, why, and when they may begin."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.roles import Role
from domain.roundtables import (
    MOST,
    Deals,
    Invitation,
    deals,
    ends,
    invitation,
    propose,
    times_ahead,
    topics_for,
)
from domain.suggestions import Candidate

BERLIN, DAY = ZoneInfo("Europe/Berlin"), date(2027, 4, 12)


def somebody(number, *, seeks=(), offers=(), sides=(), role=Role.TOWN_HALL, **more):
    wishes = {"seeks": dict.fromkeys(seeks, 1.0), "offers": dict.fromkeys(offers, 1.0)}
    return Candidate(id=number, role=role, sides=dict.fromkeys(sides, 1.0), **wishes, **more)


def mp(number, **more):
    return somebody(number, role=Role.MP, confirmed_mp=True, cap_left=3, **more)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (somebody(1, seeks=("kita",)), Deals.SEEKS),
        (somebody(1, offers=("kita",)), Deals.OFFERS),
        (somebody(1, seeks=("kita",), offers=("kita",)), Deals.BOTH),
        (somebody(1, sides=("kita",)), Deals.DISCUSSES),
        (somebody(1, seeks=("bus",)), None),
    ],
)
def test_everybody_is_asked_for_a_reason(person, why):
    assert deals(person, "kita") is why


def test_a_topic_takes_three_people_who_may_be_shown():
    three = [somebody(n, seeks=("kita", "bus")) for n in (1, 2)] + [somebody(3, sides=("kita",))]
    hidden = somebody(4, role=Role.MP, seeks=("bus",)), mp(5, seeks=("bus",)), mp(6, offers=("bus",))
    assert topics_for([*three, hidden[0]]) == [("kita", 3)]
    assert topics_for([*three, *hidden]) == [("bus", 4), ("kita", 3)]


def test_as_many_who_offer_are_proposed_as_who_seek():
    seekers = [somebody(n, seeks=("kita",)) for n in range(1, 11)]
    helpers = [somebody(n, offers=("kita",)) for n in range(11, 15)]
    proposed = propose([*seekers, *helpers], "kita", DAY)
    assert len(proposed) == MOST
    assert sum(each > 10 for each in proposed) == 4
    assert proposed == propose([*helpers, *reversed(seekers)], "kita", DAY), "the day decides, and no order"


def test_those_come_first_who_were_suggested_least():
    known = [somebody(n, seeks=("kita",), exposure=5) for n in range(1, 11)]
    assert propose([*known, somebody(20, seeks=("kita",))], "kita", DAY)[0] == 20


def test_two_mps_are_enough_and_who_would_not_meet_sits_apart():
    people = [*(mp(n, offers=("kita",)) for n in (1, 2, 3)), *(somebody(n, seeks=("kita",)) for n in (4, 5))]
    proposed = propose(people, "kita", DAY)
    assert sum(each < 4 for each in proposed) == 2
    assert {4, 5} <= set(proposed)
    assert len({4, 5} & set(propose(people, "kita", DAY, [frozenset((4, 5))]))) == 1


@pytest.mark.parametrize(
    ("now", "closes", "first", "number"),
    [
        ((12, 9, 0), None, "09:30", 8),
        ((12, 9, 10), None, "09:30", 8),
        ((12, 9, 11), None, "10:00", 8),
        ((12, 16, 0), time(17), "16:30", 1),
        ((11, 20, 0), None, "09:00", 8),
        ((12, 17, 45), None, None, 0),
        ((13, 9, 0), None, None, 0),
    ],
)
def test_a_table_begins_when_there_is_still_time_to_ask(now, closes, first, number):
    found = times_ahead(DAY, None, closes, datetime(2027, 4, *now, tzinfo=BERLIN))
    assert len(found) == number
    assert [f"{each:%H:%M}" for each in found[:1]] == ([first] if first else [])


def test_nobody_has_to_stay_past_midnight():
    assert ends(datetime(2027, 4, 12, 14, 0, tzinfo=BERLIN)) == time(14, 45)
    assert ends(datetime(2027, 4, 12, 23, 30, tzinfo=BERLIN)) == time.max


@pytest.mark.parametrize(
    ("answer", "yes", "decided", "found"),
    [
        (None, 0, False, Invitation.OPEN),
        (None, MOST - 1, False, Invitation.OPEN),
        (None, MOST, False, Invitation.FULL),
        (None, MOST, True, Invitation.FULL),
        (None, 3, True, Invitation.LATE),
        (True, MOST, False, Invitation.YES),
        (True, 3, True, Invitation.YES),
        (False, 3, False, Invitation.NO),
        (False, MOST, False, Invitation.NO),
        (False, 3, True, Invitation.LEFT),
    ],
)
def test_an_invitation_stands_as_its_reader_answered_and_the_table_has_room(answer, yes, decided, found):
    assert invitation(answer, yes, is_off=False, is_decided=decided) is found
    assert invitation(answer, yes, is_off=True, is_decided=decided) is Invitation.OFF
