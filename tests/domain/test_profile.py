"""The way back through the questions of joining."""

import pytest

from domain.outcomes.choices import Question
from domain.profile import before


@pytest.mark.parametrize(
    ("question", "land_asked", "earlier"),
    [
        (Question.ROLE, False, None),
        (Question.NAME, False, Question.ROLE),
        (Question.PLACE, True, Question.NAME),
        (Question.LAND, True, Question.PLACE),
        (Question.LAND, False, Question.PLACE),
        (Question.SEEKS, True, Question.LAND),
        (Question.SEEKS, False, Question.PLACE),
        (Question.SUMMARY, False, Question.ANNOUNCEMENTS),
    ],
)
def test_a_question_leads_back_to_the_one_before(question, land_asked, earlier):
    assert before(question, land_asked=land_asked) is earlier
