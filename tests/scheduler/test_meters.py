"""What `/metrics` counts of the lanes' work."""

from scheduler import meters


def value(name, **labels):
    return meters.REGISTRY.get_sample_value(f"mutmacher_{name}", labels)


def test_a_group_is_counted_by_what_became_of_its_updates():
    before = value("updates_worked_total", outcome="done") or 0, value("updates_together_count")
    meters.group({"done": 3, "poison": 0, "failed": 1, "parked": 0}, 0.02)
    assert value("updates_worked_total", outcome="done") == before[0] + 3
    assert value("updates_together_count") == before[1] + 1
    assert value("lanes_seconds_sum") >= 0.02
