"""A whole round: MPs' cards for as many people as MPs have room, other cards for the rest, nobody twice."""

import time
from collections import Counter
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as some

from domain.roles import Role
from domain.seating import BESIDE, Seating, seat
from domain.suggestions import Candidate

DAY = date(2027, 1, 20)
NOBODY: dict[int, frozenset[int]] = {}
TOPICS = [f"topic-{number}" for number in range(6)]
ROLES = (Role.MP, Role.TOWN_HALL, Role.ASSOCIATION, Role.OFFICE)


@some.composite
def gatherings(draw: some.DrawFn) -> tuple[list[Candidate], dict[int, frozenset[int]]]:
    people = []
    for number in range(draw(some.integers(0, 14))):
        role = draw(some.sampled_from(ROLES))
        people.append(
            Candidate(
                number, role,
                seeks=dict.fromkeys(draw(some.sets(some.sampled_from(TOPICS), max_size=2)), 1.0),
                offers=dict.fromkeys(draw(some.sets(some.sampled_from(TOPICS), max_size=2)), 1.0),
                exposure=draw(some.integers(0, 5)),
                cap_left=draw(some.integers(0, 3)) if role.is_mp else None,
                confirmed_mp=role.is_mp and draw(some.booleans()),
            )
        )  # fmt: skip
    ids = some.frozensets(some.integers(0, 13), max_size=3)
    return people, {person.id: draw(ids) for person in people}


def readers(seating: Seating) -> list[int]:
    return [one.reader for one in seating.seats]


@settings(max_examples=150)
@given(gatherings())
def test_whatever_the_gathering_the_rules_hold(gathering):
    people, excluded = gathering
    by_id = {person.id: person for person in people}
    seating = seat(people, day=DAY, excluded=excluded)
    conversations = [one for one in seating.seats if one.third is None or one.reader < one.third]
    asked = Counter(one.other for one in conversations)
    assert len(set(readers(seating))) == len(seating.seats), "somebody gets two cards"
    for one in seating.seats:
        assert one.reader != one.other
        assert one.other not in excluded[one.reader]
    for other, times in asked.items():
        person = by_id[other]
        assert times <= (person.cap_left if person.role.is_mp else BESIDE)
        assert person.confirmed_mp or not person.role.is_mp, "nobody confirmed this MP"
    put_forward = {other for other in asked if by_id[other].role.is_mp}
    assert not set(readers(seating)) & put_forward
    assert not seating.crowded & seating.alone
    full = {person.id for person in people if person.cap_left == 0}
    assert {*readers(seating), *put_forward, *seating.crowded, *seating.alone, *full} == set(by_id)
    assert not full & {*readers(seating), *put_forward, *seating.crowded, *seating.alone}


@settings(max_examples=100)
@given(gatherings())
def test_a_three_is_two_who_get_the_same_card_and_know_it(gathering):
    people, excluded = gathering
    by_reader = {one.reader: one for one in seat(people, day=DAY, excluded=excluded).seats}
    for one in by_reader.values():
        if one.third is not None:
            company = by_reader[one.third]
            assert (company.third, company.other) == (one.reader, one.other)
            assert one.third not in excluded[one.reader]


def test_whoever_would_be_left_over_joins_a_pair():
    """An MP with two conversations, and five who have nothing in common but with the MP: both are made threes."""
    topics = {f"topic-{number}": 1.0 for number in range(1, 6)}
    people = [mp(0, 2, seeks=topics), *(maker(n, offers={f"topic-{n}": 1.0}) for n in range(1, 6))]
    seating = seat(people, day=DAY, excluded=NOBODY)
    assert (len(seating.seats), len(seating.crowded)) == (4, 1)
    assert all(one.third is not None for one in seating.seats)
    apart = {n: frozenset(range(1, 6)) - {n} for n in range(1, 6)}
    seating = seat(people, day=DAY, excluded=apart)
    assert (len(seating.seats), len(seating.crowded)) == (2, 3), "who is to be kept apart is not put together"


@settings(max_examples=40)
@given(gatherings(), some.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_people_stand(gathering, luck):
    people, excluded = gathering
    mixed = people.copy()
    luck.shuffle(mixed)
    one, other = (readers(seat(each, day=DAY, excluded=excluded)) for each in (people, mixed))
    assert len(one) == len(other)
    assert seat(people, day=DAY, excluded=excluded) == seat(people, day=DAY, excluded=excluded)


def mp(number: int, cap: int, **more: dict[str, float]) -> Candidate:
    return Candidate(number, Role.MP, cap_left=cap, confirmed_mp=True, **more)


def maker(number: int, **more: dict[str, float]) -> Candidate:
    return Candidate(number, Role.TOWN_HALL, **more)


KITA = {"kita": 1.0}


def test_an_mp_is_asked_by_no_more_than_there_is_room_for_and_the_rest_meets_beside():
    makers = [maker(number, seeks=KITA, offers={"ehrenamt": 1.0}) for number in range(1, 8)]
    helper = maker(8, offers=KITA, seeks={"ehrenamt": 1.0})
    seating = seat([mp(0, 5, offers=KITA), *makers, helper], day=DAY, excluded=NOBODY)
    others = {one.reader: one.other for one in seating.seats}
    assert Counter(others.values())[0] == 5
    assert set(others) == set(range(1, 9)), "everybody but the MP gets a card"
    beside = {one.reader: one for one in seating.seats if one.other == 8}
    assert all(one.reason.topic == "kita" for one in beside.values())


def test_an_mp_without_room_leaves_people_crowded_not_alone():
    seating = seat([mp(0, 0, offers=KITA), maker(1, seeks=KITA)], day=DAY, excluded=NOBODY)
    assert (seating.seats, seating.crowded, seating.alone) == ((), frozenset({1}), frozenset())


def test_who_shares_nothing_with_anybody_stays_alone():
    people = [mp(0, 5, offers=KITA), maker(1, seeks=KITA), maker(2, seeks={"wald": 1.0}), maker(3)]
    seating = seat(people, day=DAY, excluded=NOBODY)
    assert readers(seating) == [1]
    assert seating.alone == {2, 3}


def test_an_mp_whom_nobody_can_ask_gets_a_card():
    people = [mp(0, 1, seeks=KITA), maker(1, offers=KITA)]
    seating = seat(people, day=DAY, excluded={1: frozenset({0})})
    assert [(one.reader, one.other) for one in seating.seats] == [(0, 1)]


def test_the_reason_is_told_from_the_readers_side():
    (one,) = seat([mp(0, 1, offers=KITA), maker(1, seeks=KITA)], day=DAY, excluded=NOBODY).seats
    assert (one.reason.kind, one.reason.topic) == ("they_offer", "kita")


def test_a_federal_workshop_is_planned_in_a_blink():
    luck = Random(7)
    topics = [f"t{number}" for number in range(120)]

    def some_of() -> dict[str, float]:
        return dict.fromkeys(luck.sample(topics, luck.randint(1, 3)), 1.0)

    people = [mp(number, 5, seeks=some_of(), offers=some_of()) for number in range(60)]
    people += [maker(number, seeks=some_of(), offers=some_of()) for number in range(60, 310)]
    seat(people[:80], day=DAY, excluded=NOBODY)
    took = []
    for _ in range(3):
        begun = time.process_time()
        seating = seat(people, day=DAY, excluded=NOBODY)
        took.append(time.process_time() - begun)
    assert min(took) < 1
    assert len(seating.seats) >= 230
