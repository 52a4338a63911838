"""What a rehearsal is worth knowing for: the busiest hour, and what its days meet."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.rehearsals import LANDS, Clash, ClashKind, RehearsalPlan, RehearsedMessage, busiest_hour, clashes
from domain.terms import Term, TermKind, Terms

BERLIN = ZoneInfo("Europe/Berlin")
SITTINGS = Terms({}).replaced_by(
    [
        Term(TermKind.SITTING, "BT", date(2026, 9, 21), date(2026, 9, 25)),
        Term(TermKind.SCHOOL, "SN", date(2026, 10, 12), date(2026, 10, 24)),
    ]
)
SN = LANDS.index("SN")
AT_NEW_YEAR = Clash(ClashKind.QUIET, (date(2026, 12, 20), date(2027, 1, 6)))


def said(month, day, hour=8, *, to_first=True, asked_for=False, year=2026):
    return RehearsedMessage(datetime(year, month, day, hour, tzinfo=UTC), to_first, "", (), asked_for)


def test_the_busiest_hour_counts_what_comes_by_itself():
    messages = [said(9, 7), said(9, 30), said(9, 30, to_first=False), *[said(9, 7, asked_for=True)] * 5]
    assert busiest_hour(messages) == (datetime(2026, 9, 30, 8, tzinfo=UTC), 2)
    assert busiest_hour([said(9, 7, asked_for=True)]) is None


@pytest.mark.parametrize(
    ("plan", "messages", "found"),
    [
        (RehearsalPlan(date(2026, 4, 1), second_is_mp=False), [], []),
        (RehearsalPlan(date(2026, 8, 29)), [], [Clash(ClashKind.WEEKEND, (date(2027, 2, 28),)), AT_NEW_YEAR]),
        (RehearsalPlan(date(2026, 4, 3), second_is_mp=False), [], [
            Clash(ClashKind.WEEKEND, (date(2026, 10, 3),)), Clash(ClashKind.HOLIDAY, (date(2026, 10, 3),)),
        ]),
        (RehearsalPlan(date(2026, 5, 18), second_is_mp=False, second_land=SN), [], [
            Clash(ClashKind.HOLIDAY, (date(2026, 11, 18),)),
        ]),
        (RehearsalPlan(date(2026, 6, 18), second_is_mp=False), [], []),
        (RehearsalPlan(date(2026, 6, 22), second_is_mp=False), [], [AT_NEW_YEAR]),  # its day is moved past it
        (RehearsalPlan(date(2026, 4, 1)), [said(9, 22, to_first=False), said(9, 22)], [
            Clash(ClashKind.SITTING, (date(2026, 9, 22),)),
        ]),
        (RehearsalPlan(date(2026, 4, 1), first_land=SN, second_is_mp=False), [
            said(10, 13), said(10, 13, to_first=False), said(10, 26), said(10, 14, asked_for=True),
        ], [Clash(ClashKind.SCHOOL, (date(2026, 10, 13),))]),
        (RehearsalPlan(date(2026, 4, 1)), [said(9, 28, to_first=False), said(9, 29, to_first=False)], [
            Clash(ClashKind.UNKNOWN, (date(2026, 9, 28), date(2026, 9, 29))),
        ]),
        (RehearsalPlan(date(2026, 9, 22), second_is_mp=False, first_is_mp=True), [said(9, 22)], [
            AT_NEW_YEAR,
        ]),
    ],
)  # fmt: skip
def test_a_plan_meets(plan, messages, found):
    assert clashes(plan, messages, SITTINGS, BERLIN) == found
