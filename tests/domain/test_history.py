"""What the parties of a pledge have answered follows from its events."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.history import POSSIBLE, Event, EventKind, ImpossibleEventError, after, replay
from domain.nudging import Period
from domain.pledges import State, Status

ANA, BEN = 1, 2
NOON = datetime(2027, 4, 12, 12, tzinfo=UTC)
SAID, BACK, NOTED, ASKED = EventKind.SAID, EventKind.TAKEN_BACK, EventKind.NOTED, EventKind.ASKED
DISAGREED, CORRECTED = EventKind.DISAGREED, EventKind.CORRECTED
RUNNING, STUCK, KEPT, PARTLY = Status.RUNNING, Status.STUCK, Status.KEPT, Status.PARTLY
M1, M2, DEADLINE = Period.M1, Period.M2, Period.DEADLINE


def story(*happened):
    """Events an hour apart: (party, kind, period, status), the last two as far as there are any."""
    return [
        Event(number, kind, party, *(*rest, None, None)[:2], NOON + timedelta(hours=number))
        for number, (party, kind, *rest) in enumerate(happened)
    ]


def answers(*happened, party=ANA):
    return [(each.period, each.status, len(each.notes)) for each in replay(story(*happened), party).given]


@pytest.mark.parametrize(
    ("happened", "stands"),
    [
        ([], []),
        ([(ANA, EventKind.ACCEPTED), (None, EventKind.ENDED)], []),
        ([(ANA, SAID, M1, RUNNING)], [(M1, RUNNING, 0)]),
        ([(BEN, SAID, M1, RUNNING)], []),
        ([(ANA, SAID, M1, RUNNING), (ANA, SAID, M1, STUCK)], [(M1, STUCK, 0)]),
        ([(ANA, SAID, M1, RUNNING), (ANA, BACK, M1)], []),
        ([(ANA, SAID, M1, RUNNING), (ANA, BACK, M1), (ANA, SAID, M1, STUCK)], [(M1, STUCK, 0)]),
        ([(ANA, SAID, M1, RUNNING), (ANA, NOTED, M1), (ANA, BACK, M1)], [(M1, None, 1)]),
        ([(ANA, NOTED, M1), (ANA, EventKind.ADVISED, M1)], [(M1, None, 1)]),
        ([(ANA, SAID, M2, RUNNING), (ANA, SAID, M1, STUCK)], [(M2, RUNNING, 0), (M1, STUCK, 0)]),
        ([(ANA, SAID, M1, RUNNING), (ANA, SAID, M2, STUCK), (ANA, NOTED, M1)], [(M2, STUCK, 0), (M1, RUNNING, 1)]),
        ([(ANA, SAID, DEADLINE, KEPT), (ANA, CORRECTED, DEADLINE, PARTLY)], [(DEADLINE, PARTLY, 0)]),
    ],
)  # fmt: skip
def test_what_stands(happened, stands):
    assert answers(*happened) == stands


@pytest.mark.parametrize(
    ("then", "waits"),
    [
        ([], True),
        ([(ANA, NOTED, M1)], True),
        ([(ANA, SAID, M1, KEPT)], True),
        ([(ANA, SAID, M1, STUCK)], False),
        ([(ANA, SAID, M2, KEPT)], False),
        ([(ANA, BACK, M1)], False),
        ([(BEN, SAID, M1, STUCK)], True),
        ([(BEN, DISAGREED)], False),
        ([(ANA, DISAGREED)], True),
        ([(BEN, DISAGREED), (ANA, ASKED, M1, KEPT)], True),
        ([(None, EventKind.ENDED), (ANA, CORRECTED, M1, PARTLY)], True),
    ],
)
def test_an_ending_waits_until_something_comes_of_it(then, waits):
    happened = [(ANA, SAID, M1, KEPT), (ANA, ASKED, M1, KEPT), *then]
    given_ = replay(story(*happened), ANA).given
    assert any(each.waits_since is not None for each in given_) is waits


def test_a_waiting_ending_is_the_last_answer_whatever_is_noted_later():
    happened = [(ANA, SAID, M1, RUNNING), (ANA, SAID, M2, KEPT), (ANA, ASKED, M2, KEPT), (ANA, NOTED, M1)]
    told = replay(story(*happened), ANA)
    assert told.last_said().period is M2
    assert told.latest().period is M1


@pytest.mark.parametrize(
    ("happened", "ended"),
    [
        ([(ANA, SAID, M1, RUNNING)], None),
        ([(ANA, SAID, M1, KEPT)], KEPT),
        ([(ANA, SAID, M1, PARTLY)], None),
        ([(ANA, SAID, M1, KEPT), (ANA, SAID, DEADLINE, PARTLY)], PARTLY),
        ([(ANA, SAID, M1, KEPT), (None, EventKind.ENDED), (ANA, CORRECTED, M1, PARTLY)], PARTLY),
    ],
)
def test_how_it_ended(happened, ended):
    events = story(*happened)
    ended_at = next((each.at for each in events if each.kind is EventKind.ENDED), None)
    said = replay(events, ANA).how_it_ended(ended_at)
    assert (said.status if said else None) is ended


def test_the_table_of_what_may_happen_names_every_state_and_every_kind_of_event():
    assert set(POSSIBLE) == set(State)
    assert {kind for of in POSSIBLE.values() for kind in of} == set(EventKind)


@pytest.mark.parametrize("state", State)
def test_whatever_the_table_does_not_name_is_refused(state):
    for kind in EventKind:
        if kind in POSSIBLE[state]:
            assert after(state, kind) is POSSIBLE[state][kind]
        else:
            with pytest.raises(ImpossibleEventError):
                after(state, kind)


def test_nothing_leads_back_and_every_state_leads_to_an_end():
    """A walk through the table: no state is out of reach, none is stuck, and an end is final."""
    ends = {State.DECLINED, State.WITHDRAWN, State.ENDED}
    order = (State.DRAFT, State.PROPOSED, State.ACTIVE)
    reached, leads_on = {State.DRAFT}, {state for state in State if state in ends}
    for state in order:
        reached |= set(POSSIBLE[state].values()) if state in reached else set()
    for state in reversed(order):
        leads_on |= {state} if leads_on & set(POSSIBLE[state].values()) else set()
    assert reached == leads_on == set(State)
    for state, of in POSSIBLE.items():
        for then in of.values():
            assert then is state if state in ends else then in ends or order.index(then) >= order.index(state)


# --- the rule as it was while one row was kept for each answer, and changed in place


@dataclass
class Row:
    period: Period
    status: Status | None
    at: datetime
    notes: list[int] = field(default_factory=list)
    waits_since: datetime | None = None


class Rows:
    """The rows of both parties, by party and period."""

    def __init__(self):
        self.rows = {ANA: {}, BEN: {}}

    def take(self, event):
        mine = self.rows[event.party]
        row = mine.get(event.period)
        match event.kind:
            case EventKind.SAID:
                # If another answer waited, it went on beside this one: one waits at a time now.
                if row is None or row.status is not event.status or row.waits_since is None:
                    self._stop_waiting(event.party)
                self._row(event).status = event.status
            case EventKind.NOTED:
                self._row(event).notes.append(event.id)
            case EventKind.TAKEN_BACK:
                self._stop_waiting(event.party)
                if row is not None and row.notes:
                    row.status = None
                else:
                    mine.pop(event.period, None)
            case EventKind.ASKED:
                row.waits_since = event.at
            case EventKind.DISAGREED:
                self._stop_waiting(ANA + BEN - event.party)

    def _row(self, event):
        row = self.rows[event.party].setdefault(event.period, Row(event.period, None, event.at))
        row.at = event.at
        return row

    def _stop_waiting(self, party):
        for row in self.rows[party].values():
            row.waits_since = None


@st.composite
def stories(draw):
    """Events of both, in which an ending is asked about as soon as it was said."""
    taps = st.tuples(
        st.sampled_from((ANA, BEN)),
        st.sampled_from((SAID, SAID, SAID, NOTED, BACK, DISAGREED)),
        st.sampled_from((M1, M2, DEADLINE)),
        st.sampled_from((RUNNING, STUCK, KEPT)),
        st.booleans(),
    )
    happened = []
    for party, kind, period, status, asked in draw(st.lists(taps, max_size=25)):
        happened.append((party, kind, period, status))
        if kind is SAID and asked:
            happened.append((party, ASKED, period, status))
    return story(*happened)


@settings(max_examples=200)
@given(stories())
def test_replaying_gives_what_rows_changed_in_place_gave(events):
    rows = Rows()
    for event in events:
        rows.take(event)
    for party in (ANA, BEN):
        before = sorted(rows.rows[party].values(), key=lambda row: row.at)
        now = replay(events, party).given
        assert [(r.period, r.status, r.at, tuple(r.notes), r.waits_since) for r in before] == [
            (a.period, a.status, a.at, a.notes, a.waits_since) for a in now
        ]
