"""The history of a pledge: what happened to it, and what its parties have answered, which follows from that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.nudging import Period
from domain.pledges import CLOSING, ENDINGS, Blocker, Side, State, Status, after_a_week, answers
from domain.readers import Readership


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
    BLOCKED = "blocked"  # what is lacking, to the answer that it is stuck
    NOTED = "noted"
    ADVISED = "advised"  # for others who try the same; the other party does not read it
    ASKED = "asked"  # the other is asked whether they see this ending the same
    DISAGREED = "disagreed"  # they do not
    ENDED = "ended"
    RESIGNED = "resigned"  # with the mandate of one party
    CORRECTED = "corrected"  # the answer to how it ended, afterwards
    AMENDMENT_PROPOSED = "amendment_proposed"  # other words, another day, or both, for an agreed pledge
    AMENDMENT_ACCEPTED = "amendment_accepted"  # with the new day, if there is one
    AMENDMENT_DECLINED = "amendment_declined"
    AMENDMENT_WITHDRAWN = "amendment_withdrawn"
    AMENDMENT_LAPSED = "amendment_lapsed"  # nobody answered in time
    EVIDENCED = "evidenced"  # a link, or a photo
    TAKEN_OVER = "taken_over"  # by a party who had no Telegram, until then reported of by the other
    IN_TOUCH = "in_touch"  # of a silence: the two talk to each other, without us
    READERS_SET = "readers_set"  # whom this party lets read it
    READERS_LAPSED = "readers_lapsed"  # the sentence has changed: what was said of its readers counts no more
    WALL_SHOWN = "wall_shown"  # the team lets it be read on the wall
    WALL_HIDDEN = "wall_hidden"  # ... or not
    # of a retrospective: words of this party's in one of its five lines; without words they are taken back
    RETRO_PROMISED = "retro_promised"
    RETRO_DONE = "retro_done"
    RETRO_RESULT = "retro_result"
    RETRO_LEARNED = "retro_learned"
    RETRO_NEXT = "retro_next"
    RETRO_APPROVED = "retro_approved"
    RETRO_DECLINED = "retro_declined"  # closed without one
    RETRO_REOPENED = "retro_reopened"  # ... which was taken back
    RETRO_CLOSED = "retro_closed"
    RETRO_READERS = "retro_readers"  # whom this party lets read it, once it is closed
    RETRO_SHOWN = "retro_shown"  # the team lets it be read in the report
    RETRO_HIDDEN = "retro_hidden"  # ... or not


ANSWERS = (EventKind.SAID, EventKind.CORRECTED)
NOTES = (EventKind.NOTED, EventKind.ADVISED)
RELEASING = (EventKind.READERS_SET, EventKind.READERS_LAPSED)
MODERATING = (EventKind.WALL_SHOWN, EventKind.WALL_HIDDEN)  # both lapse with whatever is said of the readers
RETRO_MODERATING = (EventKind.RETRO_SHOWN, EventKind.RETRO_HIDDEN)
_LOOKING_BACK = tuple(kind for kind in EventKind if kind.startswith("retro_"))
_AMENDING = tuple(kind for kind in EventKind if kind.startswith("amendment_"))
SETTLING = tuple(kind for kind in _AMENDING if kind is not EventKind.AMENDMENT_PROPOSED)
"""What becomes of an amendment, apart from another one in its place, and the end of its pledge."""

_WORDED = dict.fromkeys((EventKind.WORDED, EventKind.DATED), State.PROPOSED)
_RUNNING = (
    EventKind.TALK_SET,
    EventKind.TALK_LEFT_OPEN,
    EventKind.SAID,
    EventKind.TAKEN_BACK,
    EventKind.BLOCKED,
    *NOTES,
    EventKind.ASKED,
    EventKind.DISAGREED,
    EventKind.AMENDMENT_PROPOSED,
    *SETTLING,
    EventKind.EVIDENCED,
    EventKind.IN_TOUCH,
    EventKind.TAKEN_OVER,
    *RELEASING,
    *MODERATING,
)
_READ = (EventKind.READERS_SET, *MODERATING)
_OVER = (EventKind.CORRECTED, *NOTES, EventKind.EVIDENCED, *_READ, EventKind.TAKEN_OVER)
POSSIBLE: dict[State, dict[EventKind, State]] = {
    State.DRAFT: {EventKind.PROPOSED: State.PROPOSED},
    State.PROPOSED: {
        **_WORDED,
        EventKind.ACCEPTED: State.ACTIVE,
        EventKind.DECLINED: State.DECLINED,
        EventKind.WITHDRAWN: State.WITHDRAWN,
        EventKind.TAKEN_OVER: State.PROPOSED,
        EventKind.RESIGNED: State.WITHDRAWN,
        EventKind.ENDED: State.WITHDRAWN,  # nobody said yes in time, or one of the two was erased
    },
    State.ACTIVE: {
        **dict.fromkeys(_RUNNING, State.ACTIVE),
        EventKind.ENDED: State.ENDED,
        EventKind.RESIGNED: State.ENDED,
    },
    State.ENDED: dict.fromkeys((*_OVER, *_LOOKING_BACK), State.ENDED),
    State.DECLINED: {},
    State.WITHDRAWN: {},
}
"""What may happen to a pledge in each state, and the state that follows. A draft that is dropped has no history."""


class ImpossibleEventError(ValueError):
    """What cannot happen to a pledge in this state. Whoever records it has not looked at the state."""


def after(state: State, kind: EventKind) -> State:
    """The state of a pledge once this has happened to it. Raises ImpossibleEventError for what cannot."""
    if kind not in POSSIBLE[state]:
        raise ImpossibleEventError(f"a pledge that is {state} cannot be {kind}")
    return POSSIBLE[state][kind]


def sayable(side: Side, period: Period) -> tuple[Status, ...]:
    """What this side of an active pledge may answer to this question."""
    likely, others = answers(side, at_deadline=period is Period.DEADLINE)
    return (*likely, *others, *(after_a_week(side) if period is Period.WEEK1 else ()))


@dataclass(frozen=True, slots=True)
class Event:
    """An event without its words. `party`: the id of the person; None: the clock's. `reported`: by the other party."""

    id: int
    kind: EventKind
    party: int | None
    period: Period | None
    status: Status | None
    at: datetime
    day: date | None = None
    readers: Readership | None = None
    reported: bool = False
    blocker: Blocker | None = None
    actor: int | None = None  # who tapped; None: the clock, or somebody who was erased

    @property
    def by_office(self) -> bool:
        """Whether somebody in the party's office did it, and not the party."""
        return not self.reported and self.actor is not None and self.actor != self.party


@dataclass(frozen=True, slots=True)
class Answer:
    """One party's answer to one question, as it stands.

    `status` None: notes only. `at`: of the latest tap or note. `waits_since`: of an ending said before the deadline:
    since when it waits for the other's word. `notes`: the ids of the events that hold them, oldest first. `reported`:
    the other party told it. `blocker`: what is lacking, of an answer that it is stuck. `by_office`: the latest tap or
    note was the office's.
    """

    period: Period
    status: Status | None
    at: datetime
    waits_since: datetime | None = None
    notes: tuple[int, ...] = ()
    reported: bool = False
    blocker: Blocker | None = None
    by_office: bool = False

    @property
    def asks_what_blocks(self) -> bool:
        """Whether it is stuck, and nobody has said yet what is lacking."""
        return self.status is Status.STUCK and self.blocker is None


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


class Follows(StrEnum):
    """What an answer leads to."""

    NOTHING = "nothing"
    AGREEMENT_ASKED = "agreement_asked"  # the other is asked whether they see this ending the same
    DISAGREEMENT = "disagreement"  # the other has said an ending that this answer denies; the pledge goes on
    END = "end"


def what_follows(mine: Answer, theirs: Answers) -> Follows:
    """What my answer to an active pledge leads to, by what the other has said.

    At the deadline it ends once both have said how; an ending said before counts, if it still waits. Before, an ending
    ends it if the other's last word is the same; if theirs waits and is another, the two see it differently; else
    the other is asked, unless they are already.
    """
    last = theirs.last_said()
    waits = last is not None and last.waits_since is not None
    if mine.period is Period.DEADLINE:
        answer = theirs.to(Period.DEADLINE)
        both = waits or (answer is not None and answer.status is not None)
        return Follows.END if both else Follows.NOTHING
    if mine.status in CLOSING and last is not None and last.status is mine.status:
        return Follows.END
    if waits:
        return Follows.DISAGREEMENT
    asks = mine.status in CLOSING and mine.waits_since is None
    return Follows.AGREEMENT_ASKED if asks else Follows.NOTHING


def replay(events: Iterable[Event], party: int | None) -> Answers:
    """What this party has answered, by the events of the pledge in their order. None: nobody, who says nothing.

    Another answer to the same question takes the place of the one before, and of any ending that waits; so does an
    answer to another question. Once it has ended, a correction changes the answer only. What was said on a day that
    both moved afterwards is open again.
    """
    given: dict[Period, Answer] = {}
    for event in events:
        if event.kind is EventKind.AMENDMENT_ACCEPTED and event.day is not None:
            _take_back(Period.DEADLINE, given)
        if party is None or not (event.party == party or event.kind is EventKind.DISAGREED):
            continue
        if _ends_waiting(event, party, given):
            given = {period: replace(each, waits_since=None) for period, each in given.items()}
        if event.party == party and event.period is not None:
            _apply(event, event.period, given)
    return Answers(tuple(sorted(given.values(), key=lambda each: each.at)))


def _ends_waiting(event: Event, party: int, given: dict[Period, Answer]) -> bool:
    """Whether an ending that this party said, and that waits for the other, stops waiting."""
    match event.kind:
        case EventKind.SAID:
            waiting = [each for each in given.values() if each.waits_since is not None]
            return any((each.period, each.status) != (event.period, event.status) for each in waiting)
        case EventKind.TAKEN_BACK:
            return True
        case _:
            return event.kind is EventKind.DISAGREED and event.party != party


def _apply(event: Event, period: Period, given: dict[Period, Answer]) -> None:
    answer = given.get(period) or Answer(period, None, event.at)
    if event.kind in (*ANSWERS, EventKind.NOTED):
        answer = replace(answer, at=event.at, by_office=event.by_office)
    if event.kind in ANSWERS:
        blocker = answer.blocker if event.status is answer.status else None
        given[period] = replace(answer, status=event.status, reported=event.reported, blocker=blocker)
    elif event.kind is EventKind.BLOCKED:
        given[period] = replace(answer, blocker=event.blocker)
    elif event.kind is EventKind.NOTED:
        given[period] = replace(answer, notes=(*answer.notes, event.id))
    elif event.kind is EventKind.ASKED:
        given[period] = replace(answer, waits_since=event.at)
    elif event.kind is EventKind.TAKEN_BACK:
        _take_back(period, given)


def _take_back(period: Period, given: dict[Period, Answer]) -> None:
    """The answer no longer counts; its notes stay."""
    answer = given.get(period)
    if answer is not None and answer.notes:
        given[period] = replace(answer, status=None, blocker=None)
    else:
        given.pop(period, None)
