"""When people are asked about a pledge, when they may be asked at all, and which deadlines are allowed."""

from domain.nudging.asking import (
    AGAIN_FROM,
    DIALOGUE,
    ONCE,
    PAUSE_WEEKS,
    SNOOZE_WEEKS,
    Next,
    PassedOver,
    Question,
    Reader,
    WhyNot,
    again_due,
    next_message,
)
from domain.nudging.days import (
    DEADLINE_MONTHS,
    LONGEST_MONTHS,
    SHORTEST_MONTHS,
    DeadlineOutOfRange,
    check_deadline,
    deadline_for,
    is_too_late,
    may_be_deadline,
    talk_for,
)
from domain.nudging.periods import Period, current, earlier_than, in_order
from domain.nudging.planning import Planned, plan

__all__ = [
    "AGAIN_FROM",
    "DEADLINE_MONTHS",
    "DIALOGUE",
    "LONGEST_MONTHS",
    "ONCE",
    "PAUSE_WEEKS",
    "SHORTEST_MONTHS",
    "SNOOZE_WEEKS",
    "DeadlineOutOfRange",
    "Next",
    "PassedOver",
    "Period",
    "Planned",
    "Question",
    "Reader",
    "WhyNot",
    "again_due",
    "check_deadline",
    "current",
    "deadline_for",
    "earlier_than",
    "in_order",
    "is_too_late",
    "may_be_deadline",
    "next_message",
    "plan",
    "talk_for",
]
