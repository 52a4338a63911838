"""How long something takes, whatever else the machine does meanwhile."""

from time import process_time


def least_time(work, *given, **more):
    """Seconds of processor time, the least of three runs: one may be the one that collects garbage."""
    return min(_time(work, given, more) for _ in range(3))


def _time(work, given, more):
    begun = process_time()
    work(*given, **more)
    return process_time() - begun
