"""When the day of a pledge moves, its questions follow: what counts down to it anew, the months where they were."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.pledging.amendments.replanning import _move
from db.models import Nudge
from domain.nudging import PassedOver, Period

NOW = datetime(2027, 9, 1, 12, tzinfo=UTC)
PAST, COMING, LATER = NOW - timedelta(days=3), NOW + timedelta(days=30), NOW + timedelta(days=60)


def question(period, due, *, asked=False, over=None):
    return Nudge(
        period=period,
        due_at=due,
        asked_at=due if asked else None,
        outbox_id=7 if asked else None,
        passed_over=over is not None,
        passed_over_for=over,
    )


@pytest.mark.parametrize(
    ("nudge", "due", "becomes"),
    [
        (question(Period.DEADLINE, COMING), LATER, (LATER, False, None)),
        (question(Period.DEADLINE, PAST, asked=True), LATER, (LATER, False, None)),
        (question(Period.DEADLINE, COMING, over=PassedOver.HEARD), LATER, (LATER, False, None)),
        (question(Period.BEFORE14, PAST, asked=True), LATER, (LATER, False, None)),
        (question(Period.BEFORE14, COMING), PAST, (COMING, True, PassedOver.LATER)),
        (question(Period.BEFORE3, COMING), None, (COMING, True, PassedOver.LATER)),
        (question(Period.M3, PAST), PAST, (PAST, False, None)),
        (question(Period.M5, COMING), COMING, (COMING, False, None)),
        (question(Period.M5, COMING), None, (COMING, True, PassedOver.LATER)),
        (question(Period.M5, COMING, over=PassedOver.LATER), COMING, (COMING, False, None)),
        (question(Period.M5, COMING, over=PassedOver.HEARD), COMING, (COMING, True, PassedOver.HEARD)),
    ],
)
def test_what_becomes_of_a_question(nudge, due, becomes):
    _move(nudge, due, NOW)
    assert (nudge.due_at, nudge.passed_over, nudge.passed_over_for) == becomes


def test_what_was_asked_about_a_month_stays_asked():
    nudge = question(Period.M2, PAST, asked=True)
    _move(nudge, PAST, NOW)
    assert nudge.outbox_id == 7
    nudge = question(Period.DEADLINE, PAST, asked=True)
    _move(nudge, LATER, NOW)
    assert (nudge.asked_at, nudge.outbox_id) == (None, None)
