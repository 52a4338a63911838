"""Whom to ask where a pledge is stuck: by what is lacking, and what the pledge is about."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import topics
from domain.help_calls import ANSWERS, Call, Helper, Sibling, rank
from domain.outcomes.choices import Offer
from domain.pledges import Blocker, HelpsBecause
from domain.roles import Role

NOW = datetime(2027, 5, 12, 9, tzinfo=UTC)
KITA, MONEY = frozenset({"kita"}), frozenset({"foerdermittel"})
B = Blocker


def helper(number, role=Role.OTHER, **more):
    """Whoever offers a topic deals with it."""
    deals = more.get("offers", frozenset()) | more.pop("seeks", frozenset())
    return Helper(id=number, role=role, deals_with=deals, **more)


def ago(**time):
    return NOW - timedelta(**time)


CONTACTS = frozenset({Offer.CONTACT})
RAISES = frozenset({Offer.RAISE})
MP = {"role": Role.MP, "confirmed": True}

# what is lacking; those who may be asked; the ids of those who are, in this order
CASES = [
    (B.COMPETENCE, [helper(1, Role.AUTHORITY, offers=KITA), helper(2, offers=KITA)], [1, 2]),
    (B.COMPETENCE, [helper(1, Role.OFFICE, offers=KITA), helper(2, Role.OFFICE)], [1]),
    (B.COMPETENCE, [helper(1, **MP, seeks=KITA, taps=frozenset({Offer.TALK}))], [1]),
    (B.COMPETENCE, [helper(1, **MP, taps=frozenset({Offer.TALK}))], []),
    (B.MONEY, [helper(1, offers=MONEY), helper(2, offers=MONEY | KITA)], [2, 1]),
    (B.MONEY, [helper(1, Role.BUSINESS, offers=KITA), helper(2, Role.TOWN_HALL, offers=KITA)], [1, 2]),
    (B.MONEY, [helper(1, Role.BUSINESS)], []),
    (B.CONTACT, [helper(1, seeks=KITA, taps=CONTACTS), helper(2, offers=KITA)], [1, 2]),
    (B.CONTACT, [helper(1, taps=CONTACTS), helper(2, seeks=KITA)], []),
    (B.CONTACT, [helper(1, seeks=KITA, taps=RAISES)], []),
    (B.TIME, [helper(1, Role.ASSOCIATION, offers=KITA), helper(2, offers=frozenset({"ehrenamt"}))], [1, 2]),
    (
        B.TIME,
        [helper(1, offers=frozenset({"ehrenamt"}) | KITA), helper(2, Role.BUSINESS, offers=KITA)],
        [1, 2],
    ),
    (B.MAJORITY, [helper(1, **MP, seeks=KITA, taps=RAISES), helper(2, Role.TOWN_HALL, offers=KITA)], None),
    (B.MAJORITY, [helper(1, Role.MP, seeks=KITA, taps=RAISES)], []),
    (B.MAJORITY, [helper(1, offers=KITA), helper(2, Role.TOWN_HALL, offers=KITA)], [2, 1]),
    # a pledge about the same topic: whoever kept one has solved it
    (B.MONEY, [helper(1, sibling=Sibling.ACTIVE), helper(2, sibling=Sibling.KEPT)], [2, 1]),
    (B.MONEY, [helper(1, sibling=Sibling.KEPT), helper(2, offers=MONEY | KITA)], [2, 1]),
    (B.MONEY, [helper(1, offers=KITA), helper(2, sibling=Sibling.ACTIVE)], [2, 1]),
    (B.MONEY, [helper(1, offers=KITA), helper(2, offers=KITA, sibling=Sibling.KEPT)], [2, 1]),
    # nearer first, then whoever was not asked for longest
    (B.TIME, [helper(1, offers=KITA, land="BY"), helper(2, offers=KITA, land="SN")], [2, 1]),
    (B.TIME, [helper(1, sibling=Sibling.KEPT), helper(2, sibling=Sibling.ACTIVE, land="SN")], [1, 2]),
    (B.TIME, [helper(1, offers=KITA, asked_at=ago(days=8)), helper(2, offers=KITA)], [2, 1]),
    # nobody too often, and MPs rarely
    (B.TIME, [helper(1, offers=KITA, asked_at=ago(days=6))], []),
    (B.TIME, [helper(1, offers=KITA, asked_at=ago(days=7))], [1]),
    (B.TIME, [helper(1, **MP, offers=KITA, asked_at=ago(days=27))], []),
    (B.TIME, [helper(1, **MP, offers=KITA, asked_at=ago(days=28))], [1]),
    (B.TIME, [], []),
]


@pytest.mark.parametrize(("blocker", "people", "wanted"), CASES)
def test_whom_to_ask_and_in_which_order(blocker, people, wanted):
    found = [each.id for each in rank(Call(1, "kita", blocker, "SN"), people, NOW)]
    assert found == wanted if wanted is not None else sorted(found) == [1, 2]


@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"offers": KITA}, HelpsBecause.OFFER),
        ({"sibling": Sibling.KEPT}, HelpsBecause.PLEDGE),
        ({"offers": KITA, "sibling": Sibling.KEPT}, HelpsBecause.OFFER),
    ],
)
def test_they_are_told_why(known, because):
    (found,) = rank(Call(1, "kita", B.TIME), [helper(1, **known)], NOW)
    assert found.because is because


def test_the_order_is_not_that_of_ids_and_stays_the_same():
    people = [helper(number, offers=KITA) for number in range(1, 30)]
    first, second = (
        [each.id for each in rank(Call(1, "kita", B.TIME), group, NOW)] for group in (people, people[::-1])
    )
    assert first == second != sorted(first)


def test_everything_but_something_else_can_be_answered_by_topics_that_exist():
    assert set(ANSWERS) == set(Blocker) - {Blocker.OTHER}
    assert {topic for each in ANSWERS.values() for topic in each.topics} <= set(topics.load().topics)
