"""Runs a job of `python -m bot` until it ends, and turns its end into an exit code."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable

from bot import logs
from bot.ending import CannotGoOn, Code
from bot.settings import Settings, WrongSettingError, load

_LAST_SECONDS = 9.8  # after the order to stop; whatever still hangs then is left as a crash would leave it

Job = Callable[[Settings, asyncio.Event], Awaitable[None]]


def run(with_token: Callable[[], int], without_token: Callable[[], int]) -> int:
    """Run one or the other, as set, and return the exit code."""
    try:
        has_token = bool(load().token)
    except WrongSettingError as error:
        return _end(Code.WRONG_SETTING, str(error))
    return with_token() if has_token else without_token()


def run_job(job: Job) -> int:
    """Run `job` until it is ordered to stop or cannot go on, and return the exit code."""
    try:
        settings = load()
        logs.set_up(settings.log_level, settings.secrets)
        asyncio.run(_until_ordered(job, settings))
    except WrongSettingError as error:
        return _end(Code.WRONG_SETTING, str(error))
    except CannotGoOn as end:
        return _end(end.code, end.line)
    return Code.OK


async def _until_ordered(job: Job, settings: Settings) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    logs.say_less_of_lost_tasks(loop)

    def ordered() -> None:
        if not stop.is_set():
            stop.set()
            _leave_in_time()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ordered)
    await job(settings, stop)


def _leave_in_time() -> None:
    """End the process in time even if a thread hangs, which nothing else could end."""
    timer = threading.Timer(_LAST_SECONDS, os._exit, args=(Code.OK,))
    timer.daemon = True
    timer.start()


def _end(code: Code, line: str) -> int:
    if line:
        sys.stderr.write(f"{line}\n")
    return code
