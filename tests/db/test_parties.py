"""The two parties of a pledge or an introduction, from either side."""

import pytest

from db.models import Introduction, Pledge
from domain.pledges import Acts, Side, State

AUTHOR, PARTNER, STRANGER = 1, 2, 3


def pledge(**columns):
    return Pledge(**{"author_id": AUTHOR, "partner_id": PARTNER, "state": State.ACTIVE, **columns})


def test_each_party_has_the_other():
    assert (pledge().other_than(AUTHOR), pledge().other_than(PARTNER)) == (PARTNER, AUTHOR)
    assert pledge().parties == (AUTHOR, PARTNER)
    assert [pledge().is_party(each) for each in (AUTHOR, PARTNER, STRANGER)] == [True, True, False]


def test_an_erased_party_is_nobody():
    left = pledge(author_id=None)
    assert left.parties == (PARTNER,)
    assert left.other_than(PARTNER) is None


def test_a_stranger_is_refused():
    with pytest.raises(ValueError, match="neither"):
        pledge().other_than(STRANGER)


def test_a_draft_is_known_to_its_author_alone():
    assert [pledge(state=State.DRAFT).is_known_to(each) for each in (AUTHOR, PARTNER, STRANGER)] == [
        True, False, False,
    ]  # fmt: skip
    assert [pledge().is_known_to(each) for each in (AUTHOR, PARTNER, STRANGER)] == [True, True, False]


@pytest.mark.parametrize(
    ("acts", "of_author", "of_partner"),
    [
        (None, Side.PROMISER, Side.COUNTERPART),
        (Acts.AUTHOR, Side.PROMISER, Side.COUNTERPART),
        (Acts.PARTNER, Side.COUNTERPART, Side.PROMISER),
        (Acts.BOTH, Side.PROMISER, Side.PROMISER),
    ],
)
def test_whoever_acts_is_asked_as_the_promiser(acts, of_author, of_partner):
    made = pledge(acts=acts)
    assert (made.side_of(AUTHOR), made.side_of(PARTNER)) == (of_author, of_partner)


def test_an_introduction_has_an_asker_and_an_asked():
    intro = Introduction(asker_id=AUTHOR, asked_id=PARTNER)
    assert (intro.other_than(AUTHOR), intro.other_than(PARTNER)) == (PARTNER, AUTHOR)
    assert [intro.is_party(each) for each in (AUTHOR, PARTNER, STRANGER)] == [True, True, False]
