"""Indexes the names in a process of its own, which ends with the index: SciPy, and the room that is needed meanwhile,
take 50 MB, and would be kept.
"""

import mmap
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from domain.topics.nearness import Names

_ROOT = Path(__file__).parents[2]
_PROGRAM = f"from {__name__} import answer; answer()"
_INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "SYSTEMROOT")  # and none of our settings
_PATIENCE = 60  # seconds
_ALIGNED = 64  # bytes


def indexed(names: Sequence[Sequence[str]], topics: int) -> Names:
    """As `Names`. It takes some seconds: not on the event loop. Without another process it is made in this one."""
    try:
        return _made_apart(names, topics)
    except (OSError, subprocess.SubprocessError):  # the child process has written why to standard error
        return Names(names, topics)


def _made_apart(names: Sequence[Sequence[str]], topics: int) -> Names:
    with tempfile.TemporaryFile() as made:
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _PROGRAM],
            input=pickle.dumps((names, topics)),
            stdout=made,
            check=True,
            env={"PYTHONPATH": str(_ROOT)}
            | {key: os.environ[key] for key in _INHERITED if key in os.environ},
            timeout=_PATIENCE,
            start_new_session=True,  # a Ctrl-C is for the bot, which waits for the index
        )
        return _read(made)


def answer() -> None:
    """What the other process does: reads the names from its standard input, and writes their index."""
    names, topics = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that has started this one
    _write(Names(names, topics), sys.stdout.buffer)


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
