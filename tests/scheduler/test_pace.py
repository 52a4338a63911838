"""The pace against a strict server that counts as Telegram does."""

from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.pace import Pace


class Bucket:
    """A token bucket as a server would keep it."""

    def __init__(self, rate, size):
        self.rate, self.size = rate, size
        self.tokens, self.seen = float(size), 0.0

    def accepts(self, now):
        self.tokens = min(self.size, self.tokens + (now - self.seen) * self.rate)
        self.seen = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class StrictTelegram:
    """30/s with burst 30 over all chats, 1/s with burst 3 in each; one refusal is one too many."""

    def __init__(self):
        self.all = Bucket(30, 30)
        self.chats = {}

    def receive(self, chat, now):
        assert self.all.accepts(now), "429: too many in all"
        assert self.chats.setdefault(chat, Bucket(1, 3)).accepts(now), f"429: too many in chat {chat}"


def send(pace, chat, bulk, now):
    """When the message goes, having waited as long as the pace says."""
    now += pace.delay(chat, bulk, now)
    pace.take(chat, bulk, now)
    return now


WISHES = st.lists(
    st.tuples(
        st.integers(1, 60) | st.just(1),
        st.booleans(),
        st.floats(0, 0.05) | st.just(0.0) | st.floats(0, 5),
    ),
    max_size=300,
)
RATES = st.sampled_from([28.0, 29.0, 27.5, 20.0, 5.0, 1.0, 0.5])


@settings(max_examples=150)
@given(wishes=WISHES, rate=RATES)
def test_a_strict_server_never_refuses(wishes, rate):
    pace, server, now, sent = Pace(rate), StrictTelegram(), 100.0, []
    for chat, bulk, idle in wishes:
        now = send(pace, chat, bulk, now + idle)
        server.receive(chat, now)
        sent.append((now, chat))
    most_in_a_window([instant for instant, _ in sent], 1.0, 30)
    for chat in {chat for _, chat in sent}:
        most_in_a_window([instant for instant, to in sent if to == chat], 0.999, 3)


def most_in_a_window(instants, width, most):
    for first, instant in enumerate(instants):
        assert bisect_right(instants, instant + width) - first <= most


@settings(max_examples=100)
@given(
    wishes=st.lists(st.tuples(st.booleans(), st.floats(0, 3), st.floats(0, 3), st.floats(0, 3)), max_size=60)
)
def test_a_strict_server_never_refuses_in_spite_of_latency(wishes):
    pace, server, now = Pace(28), StrictTelegram(), 0.0
    for bulk, idle, there, back in wishes:
        now = send(pace, 1, bulk, now + idle)
        server.receive(1, now + there)
        now += there + back
        pace.landed(1, now)


@settings(max_examples=100)
@given(wishes=WISHES, rate=RATES, chat=st.integers(1, 60), bulk=st.booleans(), start=st.floats(0, 1e7))
def test_who_waits_as_long_as_told_may_go(wishes, rate, chat, bulk, start):
    pace, now = Pace(rate), start
    for other, kind, idle in wishes[:40]:
        now = send(pace, other, kind, now + idle)
    assert pace.delay(chat, bulk, now + pace.delay(chat, bulk, now)) == 0


def test_replies_come_three_at_once_then_one_a_second():
    pace = Pace(20)
    assert [round(send(pace, 1, False, 0.0), 1) for _ in range(3)] == [0, 0, 0]
    assert pace.delay(1, False, 0.0) == pytest.approx(1.02)


def test_bulk_comes_one_by_one_to_a_chat():
    pace = Pace(20)
    pace.take(1, True, 0.0)
    assert pace.delay(1, True, 0.0) == pytest.approx(1.02)
    assert pace.delay(1, False, 0.0) == 0


def test_bulk_uses_all_that_replies_leave_and_one_waits_for_a_single_message():
    pace, now, sent, longest_wait = Pace(28), 0.0, 0, 0.0
    while now < 60:
        now = send(pace, 1000 + sent, True, now)
        sent += 1
        if sent % 9 == 0:
            wait = pace.delay(sent, False, now)
            longest_wait = max(longest_wait, wait)
            now = send(pace, sent, False, now)
            sent += 1
    assert sent / now == pytest.approx(28, rel=0.01)
    assert longest_wait == pytest.approx(1 / 28)


def test_bulk_makes_up_for_a_late_look():
    """Each look comes ten milliseconds after it was due, and the rate is kept."""
    pace, now, sent = Pace(28), 0.0, 0
    while now < 60:
        now += pace.delay(1000 + sent, True, now) + 0.01
        while not pace.delay(1000 + sent, True, now):
            pace.take(1000 + sent, True, now)
            sent += 1
    assert sent / now == pytest.approx(28, rel=0.01)


def test_replies_alone_use_the_whole_rate():
    pace, now = Pace(28), 0.0
    for chat in range(281):
        now = send(pace, chat, False, now)
    assert now == pytest.approx(10, rel=0.02)


def test_a_pause_stops_everything_and_the_longest_counts():
    pace = Pace(28)
    pace.pause(35.0)
    pace.pause(20.0)
    assert pace.delay(1, False, 5.0) == pace.delay(2, True, 5.0) == 30.0
    assert pace.delay(1, False, 35.0) == 0


def test_too_early_is_refused():
    pace = Pace(1)
    for _ in range(5):
        send(pace, 1, True, 0.0) if pace.delay(1, True, 0.0) == 0 else None
    with pytest.raises(ValueError, match="too early"):
        pace.take(1, True, 0.0)


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(ValueError, match="per_second"):
        Pace(rate)


def test_idle_chats_are_forgotten():
    pace, now = Pace(28), 0.0
    for chat in range(5000):
        now = send(pace, chat, True, now)
    assert len(pace._chats) <= 1025
