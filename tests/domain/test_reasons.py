"""Reasons: kept while they are true, else another true one; a side is never a reason, only that both deal with it."""

from datetime import date

import pytest

from domain.matching import Candidate, MeetingReason, Pool, rank
from domain.reasons import common_ground
from domain.roles import Role

DAY = date(2026, 3, 14)


def somebody(number: int, **known: object) -> Candidate:
    topics = {name: dict.fromkeys(known[name], 1.0) for name in ("seeks", "offers", "sides") if name in known}
    words = {name: known[name] for name in ("seek_words", "offer_words", "side_words") if name in known}
    return Candidate(number, Role.OTHER, **topics, **words)


KITA = MeetingReason("they_offer", "kita")
SAME = MeetingReason("same", "kita")
BOTH = MeetingReason("both", "kita", also="wald")
SAME_WORDS = MeetingReason("same", None, "Dorfkino")
CINEMA = MeetingReason("they_offer", None, "Dorfkino retten")


@pytest.mark.parametrize(
    ("you", "they", "known", "now"),
    [
        ({"seeks": ["kita"]}, {"offers": ["kita"]}, KITA, KITA),
        ({"seeks": ["kita", "wald"]}, {"offers": ["wald"]}, KITA, MeetingReason("they_offer", "wald")),
        ({"seeks": ["kita"]}, {"seeks": ["kita"]}, KITA, SAME),
        ({"seeks": ["wald"]}, {"offers": ["kita"]}, KITA, None),
        ({"seeks": ["kita"]}, {"offers": ["kita"]}, SAME, KITA),
        ({"seeks": ["kita"], "offers": ["wald"]}, {"seeks": ["wald"], "offers": ["kita"]}, BOTH, BOTH),
        ({"seeks": ["kita"], "offers": ["wald"]}, {"offers": ["kita"]}, BOTH, KITA),
        ({"seek_words": ("Dorfkino",)}, {"offer_words": ("Dorfkino retten",)}, CINEMA, CINEMA),
        ({"seek_words": ("Dorfkino",)}, {"offer_words": ("Imkerei",)}, CINEMA, None),
        ({"seek_words": ("Imkerei",)}, {"offer_words": ("Dorfkino retten",)}, CINEMA, None),
        ({"sides": ["kita"]}, {"offers": ["kita"]}, KITA, SAME),
        ({"seeks": ["kita"]}, {"sides": ["kita"]}, KITA, SAME),
        ({"sides": ["kita"]}, {"sides": ["kita"]}, KITA, SAME),
        ({"side_words": ("Dorfkino",)}, {"offer_words": ("Dorfkino",)}, CINEMA, SAME_WORDS),
        ({}, {}, SAME, None),
    ],
)  # fmt: skip
def test_the_reason_of_now(you, they, known, now):
    assert common_ground(somebody(1, **you), somebody(2, **they), known) == now


SIDED = somebody(1, sides=["windkraft"])


def test_a_talk_between_differing_views_is_possible():
    plans = somebody(2, offers=["windkraft"])
    for one, other in ((SIDED, plans), (plans, SIDED), (SIDED, somebody(3, sides=["windkraft"]))):
        (found,) = rank(one, [other], day=DAY)
        assert found.reason == MeetingReason("same", "windkraft")


def test_a_side_ranks_nobody_above_whoever_takes_none():
    """What somebody with a side offers counts as a shared interest, and two sides as no more than one."""
    seeks = somebody(9, seeks=["windkraft"])
    offers, disputes, shares = (
        somebody(2, offers=["windkraft"]), somebody(3, sides=["windkraft"]), somebody(4, seeks=["windkraft"])
    )  # fmt: skip
    scores = {one.other_id: one.score for one in rank(seeks, [disputes, shares, offers], day=DAY)}
    assert scores[2] > scores[4] >= scores[3]
    scores = {one.other_id: one.score for one in rank(SIDED, [disputes, shares, offers], day=DAY)}
    assert scores[3] <= min(scores[2], scores[4])


def test_a_pool_finds_the_same_as_two_people_alone():
    pool = Pool([SIDED, somebody(2, seeks=["windkraft"], side_words=("Xylophonsteuer",))])
    assert pool.reason(1, 2) == MeetingReason("same", "windkraft")
