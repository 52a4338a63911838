"""What this process counts of its own work, for `/metrics`: numbers and names of ours, nothing of people's."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
UPDATES = Counter("mutmacher_updates_stored", "Updates that were stored.", registry=REGISTRY)
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
