"""Who may read a pledge besides its two parties: the narrower of what both say, of the words that they said it of."""

from datetime import UTC, datetime
from itertools import count, product

import pytest

from domain.history import Event, EventKind
from domain.readers import Readership, narrower
from domain.releases import let_read, readers

ANA, BEN, CEM = 1, 2, 3
NOON = datetime(2027, 4, 12, 12, tzinfo=UTC)
THE_TWO, TEAM, PUBLIC = Readership
LAPSED = (None, EventKind.READERS_LAPSED)


def story(*said):
    """Events: (party, whom they let read it), or `LAPSED`."""
    ids = count(1)
    return [
        Event(next(ids), kind, party, None, None, NOON)
        if kind is EventKind.READERS_LAPSED
        else Event(next(ids), EventKind.READERS_SET, party, None, None, NOON, readers=kind)
        for party, kind in said
    ]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (THE_TWO, THE_TWO, THE_TWO),
        (THE_TWO, TEAM, THE_TWO),
        (THE_TWO, PUBLIC, THE_TWO),
        (TEAM, TEAM, TEAM),
        (TEAM, PUBLIC, TEAM),
        (PUBLIC, PUBLIC, PUBLIC),
    ],
)
def test_the_narrower_counts_whoever_says_it(one, other, both):
    assert narrower(one, other) is narrower(other, one) is both
    assert readers(story((ANA, one), (BEN, other)), (ANA, BEN)) is both
    assert readers(story((ANA, other), (BEN, one)), (ANA, BEN)) is both


def test_what_fewer_may_read_is_not_for_more():
    reads = {(place, held) for place, held in product(Readership, repeat=2) if held.include(place)}
    assert reads == {
        (THE_TWO, THE_TWO), (THE_TWO, TEAM), (THE_TWO, PUBLIC), (TEAM, TEAM), (TEAM, PUBLIC), (PUBLIC, PUBLIC)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ((), THE_TWO),
        (((ANA, PUBLIC),), THE_TWO),
        (((ANA, PUBLIC), (CEM, PUBLIC)), THE_TWO),
        (((ANA, THE_TWO), (BEN, PUBLIC), (ANA, TEAM)), TEAM),
        (((ANA, PUBLIC), (BEN, PUBLIC), (ANA, THE_TWO)), THE_TWO),
        (((ANA, PUBLIC), (BEN, PUBLIC), LAPSED), THE_TWO),
        (((ANA, PUBLIC), LAPSED, (BEN, PUBLIC)), THE_TWO),
        (((ANA, PUBLIC), LAPSED, (BEN, PUBLIC), (ANA, TEAM)), TEAM),
    ],
)
def test_the_latest_word_of_each_counts_until_the_sentence_changes(said, may):
    assert readers(story(*said), (ANA, BEN)) is may


@pytest.mark.parametrize("parties", [(ANA,), (BEN,), ()])
def test_without_both_parties_nobody_else_reads_it(parties):
    assert readers(story((ANA, PUBLIC), (BEN, PUBLIC)), parties) is THE_TWO


def test_whoever_has_not_said_is_told_apart_from_a_no():
    assert let_read(story((ANA, THE_TWO))) == {ANA: THE_TWO}
