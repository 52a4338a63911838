"""What of our own faults may stand in a log: the kind and the place, never the message, which may quote people."""

import traceback
from pathlib import Path

_FRAMES = 3


def describe(error: BaseException) -> str:
    """For instance `KeyError at nudges.py:55 < ticks.py:31`, the innermost place first."""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-_FRAMES:])
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}" if places else type(error).__name__
