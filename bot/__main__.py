"""`python -m bot`: the bot, or the stage if there is no token. Also: check, stage, topics, backup, restore."""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

USAGE = """usage: python -m bot [COMMAND]

  (none)         the bot on Telegram; without BOT_TOKEN the built-in stage
  check          are the settings, the database and Telegram all right?
  stage          stage and bot together, even if a token is set
  topics         one text per line in, its topics as JSON out
  backup FILE    a backup of the database, beside a running bot; --replace overwrites the file
  restore FILE   replaces all that the database holds with a backup; not beside a running bot
"""

_ARENA_MAX = -8  # `M_ARENA_MAX` in malloc.h
_SEARCHED_AFTER = 20_000, 20, 50  # new objects; searches of these; searches of what was left by those


def main(arguments: list[str]) -> int:
    """Run the command and return the exit code.

    Each command imports what it needs only after the signal handlers are set, so that a signal during the
    imports ends the process quietly.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    # Makes python-telegram-bot return durations as timedelta; it reads this whenever it creates one.
    os.environ["PTB_TIMEDELTA"] = "1"
    commands = {(): _bot, ("check",): _check, ("stage",): _stage, ("topics",): _topics}
    if command := commands.get(tuple(arguments)):
        return command()
    if (code := _with_file(arguments)) is not None:
        return code
    sys.stderr.write(USAGE)
    return 2


def _with_file(arguments: list[str]) -> int | None:
    """The exit code of `backup` or `restore`; None if it is neither."""
    match arguments:
        case ["backup", *rest] if _names_one_file(rest, "--replace"):
            from bot import backups  # noqa: PLC0415 - only what is needed

            return backups.run_backup(rest)
        case ["restore", *rest] if _names_one_file(rest, "--without-journal"):
            from bot import restoring  # noqa: PLC0415 - only what is needed

            return restoring.run_restore(rest)
    return None


def _names_one_file(arguments: list[str], flag: str) -> bool:
    files = [each for each in arguments if each != flag]
    return len(files) == 1 and not files[0].startswith("--")


@contextmanager
def importing() -> Iterator[None]:
    """Without a search for garbage, which took a quarter of the time: what is imported stays, and is never searched.

    Nor is the rest as often as usual: an answer makes thousands of objects, and nearly all go without a search. That
    saves 6 % of what an answer costs, for some megabytes.
    """
    _keep_one_heap()
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(*_SEARCHED_AFTER)
    gc.enable()


def _keep_one_heap() -> None:
    """All threads in one heap of glibc's, which keeps some megabytes less than one for each of them; no other libc has
    this.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_ARENA_MAX, 1)


def _bot() -> int:
    with importing():
        from bot import commands  # noqa: PLC0415 - imported without garbage collection, and only what is needed

    return commands.run(_on_telegram, without_token=_stage)


def _on_telegram() -> int:
    with importing():
        from bot import commands, process  # noqa: PLC0415 - imported without garbage collection, and only what is needed

    return commands.run_job(process.serve)


def _stage() -> int:
    with importing():
        from bot import stage_mode  # noqa: PLC0415 - imported without garbage collection, and only what is needed

    return stage_mode.run()


def _check() -> int:
    with importing():
        from bot import check  # noqa: PLC0415 - imported without garbage collection, and only what is needed

    return check.run()


def _topics() -> int:
    with importing():
        from domain import topics  # noqa: PLC0415 - imported without garbage collection, and only what is needed
        from domain.topics.lines import answer  # noqa: PLC0415 - imported without garbage collection, and only what is needed

    topics.warm_up()
    try:
        for line in _lines():
            sys.stdout.buffer.write(answer(line).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:  # `| head` has read enough; the flush at exit still needs somewhere to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _lines() -> Iterator[str]:
    # Whatever the locale: lines are UTF-8 and end with a line feed. One that cannot be decoded must not keep
    # the lines after it from being answered.
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
