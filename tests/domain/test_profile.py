"""The way back through the questions of joining."""

import pytest

from domain.outcomes.choices import ProfileQuestion
from domain.profile import before


@pytest.mark.parametrize(
    ("question", "land_asked", "earlier"),
    [
        (ProfileQuestion.ROLE, False, None),
        (ProfileQuestion.NAME, False, ProfileQuestion.ROLE),
        (ProfileQuestion.PLACE, True, ProfileQuestion.NAME),
        (ProfileQuestion.LAND, True, ProfileQuestion.PLACE),
        (ProfileQuestion.LAND, False, ProfileQuestion.PLACE),
        (ProfileQuestion.SEEKS, True, ProfileQuestion.LAND),
        (ProfileQuestion.SEEKS, False, ProfileQuestion.PLACE),
        (ProfileQuestion.SUMMARY, False, ProfileQuestion.ANNOUNCEMENTS),
    ],
)
def test_a_question_leads_back_to_the_one_before(question, land_asked, earlier):
    assert before(question, land_asked=land_asked) is earlier
