"""A process of the bot that can die at any await, in a test: its tasks are counted whenever one of them waits.

Whatever a process does to the world outside, it does right before it waits: a statement or a commit was handed to the
database, a call to Telegram. So between two waits there is nothing to be interrupted, and dying at each of them is
dying everywhere. A new await is a new point, without a line in any test.
"""

import asyncio
import collections.abc
import logging
import warnings
from contextlib import ExitStack
from contextvars import ContextVar

_PROCESS = ContextVar("process", default=None)


class Killed(BaseException):
    """The process is gone. No `except Exception` of its own may see it."""


class Fate:
    """Counts the waits of one process after the other, and says at which of them (from 1 on) one dies.

    `in_doubt`: how many messages were on their way when one did, each of which may have arrived.
    """

    def __init__(self, *deaths):
        self.waits = self.died = self.in_doubt = 0
        self._deaths = set(deaths)
        self.begun = False

    def dies_in(self, waits):
        """Once more, after so many from now on."""
        self._deaths.add(self.waits + waits)

    def strikes(self):
        self.waits += self.begun
        strikes = self.begun and self.waits in self._deaths
        self.died += strikes
        return strikes


class Process:
    """`run` what a process does; all tasks that come of it belong to it and die with it.

    `forget` is called at its death: what it has opened is given back by nobody.
    """

    def __init__(self, fate, forget):
        self.is_dead = False
        self._fate, self._forget = fate, forget
        self._tasks, self._buried = {}, ExitStack()
        self._died = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().set_task_factory(_watching)

    async def run(self, work):
        """The result of `work`, unless the process dies of it: then raises Killed, and nothing of it is left."""
        token = _PROCESS.set(self)
        main = asyncio.create_task(work)
        _PROCESS.reset(token)
        await asyncio.wait((main, self._died), return_when=asyncio.FIRST_COMPLETED)
        if not self.is_dead:
            return main.result()
        await self._bury()
        raise Killed

    def adopt(self, coroutine):
        return Watched(coroutine, self)

    def note(self, task, watched):
        self._tasks[task] = watched
        task.add_done_callback(lambda done: self._tasks.pop(done, None))

    def waits(self):
        if not self.is_dead and self._fate.strikes():
            self.is_dead = True
            _silence(self._buried)
            self._forget()
            self._died.set_result(None)

    async def end(self):
        """The story is over: nothing that was begun goes on, on a database that the next one will use."""
        self.is_dead = True
        _silence(self._buried)
        self._forget()
        await self._bury()

    async def _bury(self):
        """Each task ends where it waits."""
        tasks = dict(self._tasks)
        for watched in tasks.values():
            watched.unwind()
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(list(self._tasks))
        self._buried.close()


def _silence(until):
    """The dead say nothing, neither in the log nor in warnings about what they left open."""
    logging.disable()
    until.callback(logging.disable, logging.NOTSET)
    until.enter_context(warnings.catch_warnings())
    warnings.simplefilter("ignore")


def is_acting():
    """Whether this is a process's doing, and not the test's."""
    return _PROCESS.get() is not None


class Watched(collections.abc.Coroutine):
    """A coroutine of a process. Tells the process whenever it waits; never goes on once the process is dead."""

    def __init__(self, inner, process):
        self._inner, self._process = inner, process

    def send(self, value):
        return self._step(self._inner.send, value)

    def throw(self, *error):
        return self._step(self._inner.throw, *error)

    def _step(self, resume, *given):
        if self._process.is_dead:
            self.unwind()
            raise asyncio.CancelledError
        awaited = resume(*given)
        self._process.waits()
        return awaited

    def unwind(self):
        """Through every `finally`, none of which gets to see the end of anything that it awaits."""
        try:
            while True:
                self._inner.throw(Killed)
        except BaseException:  # noqa: BLE001 - StopIteration, Killed, or what a clean-up made of it: it has ended
            return

    def close(self):
        self._inner.close()

    def __await__(self):
        return self._inner.__await__()


def _watching(loop, coroutine, **more):
    process = _PROCESS.get()
    if process is None:
        return asyncio.Task(coroutine, loop=loop, **more)
    watched = process.adopt(coroutine)
    task = asyncio.Task(watched, loop=loop, **more)
    process.note(task, watched)
    return task


async def outside(coroutine):
    """What another machine does: it goes on, whoever dies here."""
    token = _PROCESS.set(None)
    task = asyncio.create_task(coroutine)
    _PROCESS.reset(token)
    return await task
