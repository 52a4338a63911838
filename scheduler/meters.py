"""What this process counts of its own work, for `/metrics`: numbers and names of ours, nothing of people's."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
UPDATES = Counter("mutmacher_updates_stored", "Updates that were stored.", registry=REGISTRY)
WORKED = Counter(
    "mutmacher_updates_worked",
    "Updates that were worked, by what became of them: done, poison (unreadable), failed, parked (given up).",
    ("outcome",),
    registry=REGISTRY,
)
GROUP_SIZE = Histogram(
    "mutmacher_updates_together",
    "How many updates a transaction of the lanes has worked.",
    registry=REGISTRY,
    buckets=(1, 2, 4, 8, 12),
)
GROUP_SECONDS = Histogram(
    "mutmacher_lanes_seconds",
    "How long such a transaction took, in seconds.",
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
SENDS = Counter(
    "mutmacher_sends", "Attempts to send, by what became of the message.", ("outcome",), registry=REGISTRY
)
ANSWER_SECONDS = Histogram(
    "mutmacher_answer_seconds",
    "From the turn that owes a reply until it was sent, in seconds.",
    registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900),
)
TICK_SECONDS = Histogram(
    "mutmacher_tick_seconds",
    "How long a tick of the clock took, in seconds.",
    registry=REGISTRY,
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120),
)
TICKS_FAILED = Counter("mutmacher_ticks_failed", "Ticks in which a step was given up.", registry=REGISTRY)


def group(outcomes: Mapping[str, int], seconds: float) -> None:
    """A transaction of the lanes has processed this many updates."""
    for outcome, number in outcomes.items():
        WORKED.labels(outcome).inc(number)
    GROUP_SIZE.observe(sum(outcomes.values()))
    GROUP_SECONDS.observe(seconds)
