"""Why somebody is not asked now: what is known of it beside the reason."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.exchange.operator import Operator
from actions.pledging.nudges.next_questions import not_now
from domain.nudging import Next, NotNow, WhyNot
from domain.voice import Voice
from tests.cast import member

OPERATOR = Operator((), "Verein", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
CORPUS_CHRISTI, LABOUR_DAY = datetime(2026, 6, 4, 8, tzinfo=UTC), datetime(2026, 5, 1, 8, tzinfo=UTC)
EVENING = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # the first of July in Berlin


@pytest.mark.parametrize(
    ("now", "person", "why", "found"),
    [
        (LABOUR_DAY, {}, None, None),
        (LABOUR_DAY, {}, WhyNot.NOT_DUE, None),
        (LABOUR_DAY, {"land": "NW"}, WhyNot.DAY_OFF, NotNow(WhyNot.DAY_OFF)),
        (CORPUS_CHRISTI, {"land": "NW"}, WhyNot.DAY_OFF, NotNow(WhyNot.DAY_OFF, land="NW")),
        (CORPUS_CHRISTI, {"land": ""}, WhyNot.DAY_OFF, NotNow(WhyNot.DAY_OFF)),
        (
            LABOUR_DAY, {"paused": True, "paused_until": EVENING}, WhyNot.PAUSED,
            NotNow(WhyNot.PAUSED, date(2026, 7, 1)),
        ),
        (LABOUR_DAY, {"paused": True}, WhyNot.PAUSED, NotNow(WhyNot.PAUSED)),
        # whoever reads it for them pauses
        (LABOUR_DAY, {"paused": False}, WhyNot.PAUSED, NotNow(WhyNot.PAUSED)),
        (
            LABOUR_DAY, {"unreachable_since": EVENING}, WhyNot.UNREACHABLE,
            NotNow(WhyNot.UNREACHABLE, date(2026, 7, 1)),
        ),
        (LABOUR_DAY, {"unreachable_since": EVENING}, WhyNot.SITTING, NotNow(WhyNot.SITTING)),
    ],
)  # fmt: skip
def test_what_is_known_beside_the_reason(now, person, why, found):
    somebody = member(1, now, **person)
    assert not_now(somebody, Next(None, why), now, OPERATOR) == found


def test_without_any_question_there_is_no_reason():
    assert not_now(member(1, EVENING), None, EVENING, OPERATOR) is None
