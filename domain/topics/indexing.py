"""Indexes the names in a process of its own, which ends with the index: SciPy, and the room that is needed meanwhile,
take 50 MB, and would be kept.
"""

import mmap
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from domain.topics.nearness import Names

_ROOT = Path(__file__).parents[2]
_PROGRAM = f"from {__name__} import answer; answer()"
_INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "SYSTEMROOT")  # and none of our settings
_LOOK_EVERY = 0.1  # seconds
_LOOKS = 600  # then it is made in this process
_ALIGNED = 64  # bytes


class AbandonedError(Exception):
    """Nobody wants the index any more."""


def indexed(
    names: Sequence[Sequence[str]], topics: int, going_on: Callable[[], bool] = lambda: True
) -> Names:
    """As `Names`. It takes some seconds: not on the event loop. Without another process it is made in this one.

    Raises AbandonedError as soon as `going_on` returns False; nothing goes on then.
    """
    try:
        return _made_apart(names, topics, going_on)
    except (OSError, subprocess.SubprocessError):  # the child process has written why to standard error
        return Names(names, topics)


def _made_apart(names: Sequence[Sequence[str]], topics: int, going_on: Callable[[], bool]) -> Names:
    with tempfile.TemporaryFile() as made:
        making = _started(made)
        try:
            # It may be slow to read them. Its input stays open: its end is the end of this process.
            Thread(target=_ask, args=(making, pickle.dumps((names, topics))), daemon=True).start()
            _wait(making, going_on)
        finally:
            making.kill()
            making.communicate()
        return _read(made)


def _started(made: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=made,
        env={"PYTHONPATH": str(_ROOT)} | {key: os.environ[key] for key in _INHERITED if key in os.environ},
        start_new_session=True,  # a Ctrl-C is for the bot
    )


def _ask(making: subprocess.Popen[bytes], what: bytes) -> None:
    with suppress(OSError, ValueError):  # it has ended meanwhile
        if making.stdin is not None:
            making.stdin.write(what)
            making.stdin.flush()


def _wait(making: subprocess.Popen[bytes], going_on: Callable[[], bool]) -> None:
    for _ in range(_LOOKS):
        with suppress(subprocess.TimeoutExpired):
            if code := making.wait(_LOOK_EVERY):
                raise subprocess.CalledProcessError(code, making.args)
            return
        if not going_on():
            raise AbandonedError
    raise subprocess.TimeoutExpired(making.args, _LOOKS * _LOOK_EVERY)


def answer() -> None:
    """What the other process does: reads the names from its standard input, and writes their index."""
    names, topics = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that has started this one
    Thread(target=_end_with_it, daemon=True).start()
    _write(Names(names, topics), sys.stdout.buffer)


def _end_with_it() -> None:
    """Nothing more comes from the process that has started this one: this is the end of it."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _write(index: Names, file: IO[bytes]) -> None:
    """Its objects and then its arrays, after the sizes of them all."""
    arrays: list[pickle.PickleBuffer] = []
    objects = pickle.dumps(index, pickle.HIGHEST_PROTOCOL, buffer_callback=arrays.append)
    parts: list[bytes | memoryview] = [objects, *(each.raw() for each in arrays)]
    for part in (pickle.dumps([len(part) for part in parts]), *parts):
        file.write(part)
        file.write(bytes(-len(part) % _ALIGNED))


def _read(file: IO[bytes]) -> Names:
    """The arrays stay where they are, and the system reads what is looked up: of nearly all words, a small part."""
    mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    sizes = pickle.loads(mapped)  # noqa: S301 - here and below: what our own program has just written
    parts, begins = [], len(pickle.dumps(sizes))
    for size in sizes:
        begins += -begins % _ALIGNED
        parts.append(mapped[begins : begins + size])
        begins += size
    index: Names = pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301
    return index
