"""The history of a pledge: what happened to it, and what its parties have answered, which follows from that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.nudging import Period
from domain.pledges import CLOSING, ENDINGS, Status


class EventKind(StrEnum):
    PROPOSED = "proposed"  # with sentence and day
    WORDED = "worded"  # other words, with the day that belongs to them
    DATED = "dated"  # the same words by another day
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TALK_SET = "talk_set"
    TALK_LEFT_OPEN = "talk_left_open"
    SAID = "said"  # an answer to a question
    TAKEN_BACK = "taken_back"  # the answer to a question; notes stay
    NOTED = "noted"
    ADVISED = "advised"  # a note for others who try the same
    ASKED = "asked"  # the other is asked whether they see this ending the same
    DISAGREED = "disagreed"  # they do not
    ENDED = "ended"
    CORRECTED = "corrected"  # the answer to how it ended, afterwards
    IN_TOUCH = "in_touch"  # of a silence: the two talk to each other, without us


ANSWERS = (EventKind.SAID, EventKind.CORRECTED)
NOTES = (EventKind.NOTED, EventKind.ADVISED)


@dataclass(frozen=True, slots=True)
class Event:
    """An event without its words. `party`: the id of the person; None: the clock's."""

    id: int
    kind: EventKind
    party: int | None
    period: Period | None
    status: Status | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """One party's answer to one question, as it stands.

    `status` None: notes only. `at`: of the latest tap or note. `waits_since`: of an ending said before the deadline:
    since when it waits for the other's word. `notes`: the ids of the events that hold them, oldest first.
    """

    period: Period
    status: Status | None
    at: datetime
    waits_since: datetime | None = None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What one party has answered, the latest last."""

    given: tuple[Answer, ...]

    def to(self, period: Period) -> Answer | None:
        """The answer to this question, if any."""
        return next((each for each in self.given if each.period is period), None)

    def latest(self) -> Answer | None:
        """The last word, with status, notes or both."""
        return self.given[-1] if self.given else None

    def last_said(self) -> Answer | None:
        """The last answer with a status.

        An ending that waits for the other is the last: a note to an older answer is no later word about the pledge.
        """
        said = [each for each in self.given if each.status is not None]
        return next((each for each in said if each.waits_since is not None), said[-1] if said else None)

    def how_it_ended(self, ended_at: datetime | None) -> Answer | None:
        """The answer at the deadline, or else the last one, if it is an ending; None: no word.

        What says before the deadline how it stands (teilweise, verschoben) is an ending only as a correction, said
        once the pledge had ended.
        """
        at_deadline = self.to(Period.DEADLINE)
        if at_deadline is not None and at_deadline.status is not None:
            return at_deadline
        last = self.last_said()
        if last is None or last.status in CLOSING:
            return last
        corrected = ended_at is not None and last.at >= ended_at and last.status in ENDINGS
        return last if corrected else None


def replay(events: Iterable[Event], party: int | None) -> Answers:
    """What this party has answered, by the events of the pledge in their order. None: nobody, who says nothing.

    Another answer to the same question takes the place of the one before, and of any ending that waits; so does an
    answer to another question. Once it has ended, a correction changes the answer only.
    """
    given: dict[Period, Answer] = {}
    for event in events:
        if party is None or not (event.party == party or event.kind is EventKind.DISAGREED):
            continue
        if _ends_waiting(event, party, given):
            given = {period: replace(each, waits_since=None) for period, each in given.items()}
        if event.party == party and event.period is not None:
            _apply(event, event.period, given)
    return Answers(tuple(sorted(given.values(), key=lambda each: each.at)))


def _ends_waiting(event: Event, party: int, given: dict[Period, Answer]) -> bool:
    """Whether an ending of this party's that waits for the other waits no longer."""
    match event.kind:
        case EventKind.SAID:
            waiting = [each for each in given.values() if each.waits_since is not None]
            return any((each.period, each.status) != (event.period, event.status) for each in waiting)
        case EventKind.TAKEN_BACK:
            return True
        case _:
            return event.kind is EventKind.DISAGREED and event.party != party


def _apply(event: Event, period: Period, given: dict[Period, Answer]) -> None:
    before = given.get(period)
    answer = before or Answer(period, None, event.at)
    if event.kind in ANSWERS:
        given[period] = replace(answer, status=event.status, at=event.at)
    elif event.kind in NOTES:
        given[period] = replace(answer, notes=(*answer.notes, event.id), at=event.at)
    elif event.kind is EventKind.ASKED:
        given[period] = replace(answer, waits_since=event.at)
    elif event.kind is EventKind.TAKEN_BACK and answer.notes:
        given[period] = replace(answer, status=None)
    elif event.kind is EventKind.TAKEN_BACK:
        given.pop(period, None)
