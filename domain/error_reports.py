"""Describes errors for logs: their class and where they happened, never their message, which may quote people."""

import os
import traceback
from pathlib import Path

ROOT = Path(__file__).parent.parent


def describe(error: BaseException) -> str:
    """The class, the system's text for an errno, and the frames that led there, innermost first, with all causes.

    Of the frames of libraries only the innermost one is named: while a database is away, this is written many times a
    second.
    """
    said = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
    frames = list(reversed(traceback.extract_tb(error.__traceback__)))
    frames[1:] = [each for each in frames[1:] if _is_ours(each.filename)]
    way = " < ".join(f"{_place(each.filename)}:{each.lineno} {each.name}" for each in frames)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [type(error).__name__ + (f" ({said})" if said else ""), way and f"at {way}"]
    parts += [f"[{describe(each)}]" for each in inner]
    parts += [f"caused by {describe(cause)}"] if cause is not None else []
    return " ".join(filter(None, parts))


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def _place(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if _is_ours(filename) else "/".join(path.parts[-2:])
