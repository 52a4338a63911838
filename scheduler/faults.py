"""What of our own faults may stand in a log: the kind and the place, never the message, which may quote people."""

import traceback
from pathlib import Path

_OURS = Path(__file__).resolve().parent.parent
_FRAMES = 3


def describe(error: BaseException) -> str:
    """For instance `KeyError at nudges.py:55 < ticks.py:31`: our own places, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(frame.filename)] or frames
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(ours[-_FRAMES:]))
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_OURS) and "site-packages" not in path.parts
