"""Real processes of the bot without the time that it takes to import them, which is most of a short life.

One process imports everything, reads the catalogues and starts nothing. From then on it forks: each fork is given its
own folder, environment and streams, and runs `python -m bot` from the beginning. It is a child of the tests' process,
as any other would be.
"""

import array
import asyncio
import atexit
import contextlib
import ctypes
import functools
import gc
import json
import os
import socket
import subprocess
import sys
from datetime import date

POSSIBLE = sys.platform == "linux"  # for `PR_SET_CHILD_SUBREAPER` and `pidfd_open`
_PR_SET_CHILD_SUBREAPER = 36
_LONGEST_ORDER = 65536  # bytes
# What a reader takes in while nobody asks for it, in bytes: a process whose pipe is full stands still when it logs.
ALL_IT_SAYS = 2**28


# --- in the tests' process


class Forked:
    """What the tests use of an `asyncio.subprocess.Process`."""

    def __init__(self, pid, stdin, stdout, stderr):
        self.pid, self.stdin, self.stdout, self.stderr = pid, stdin, stdout, stderr
        self.returncode = None
        self._ended = asyncio.Event()
        self._watch = os.pidfd_open(pid)
        asyncio.get_running_loop().add_reader(self._watch, self._end)

    def _end(self):
        asyncio.get_running_loop().remove_reader(self._watch)
        os.close(self._watch)
        self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self._ended.set()

    def send_signal(self, number):
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self):
        self.send_signal(9)

    async def wait(self):
        await self._ended.wait()
        return self.returncode

    async def communicate(self):
        """What is left in both streams. Its own input is ended."""
        self.stdin.close()
        said = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return said


async def fork(arguments, *, path, folder, environment):
    """`python -m bot arguments` in `folder`. `path`: where it imports from."""
    ours, theirs = zip(*(os.pipe() for _ in range(2)), strict=True)
    read_by_it, stdin = os.pipe()
    order = {"arguments": arguments, "folder": str(folder), "environment": environment}
    pid = _asked(_server(path), order, (read_by_it, *theirs))
    for each in (read_by_it, *theirs):
        os.close(each)
    return Forked(pid, await _writer(stdin), *[await _reader(each) for each in ours])


def _asked(server, order, streams):
    descriptors = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
    server.sendmsg([json.dumps(order).encode()], descriptors)
    return int(server.recv(32))


async def _reader(descriptor):
    reader = asyncio.StreamReader(ALL_IT_SAYS)
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(descriptor, "rb", 0))
    return reader


async def _writer(descriptor):
    pipe = os.fdopen(descriptor, "wb", 0)
    transport, _ = await asyncio.get_running_loop().connect_write_pipe(asyncio.Protocol, pipe)
    return transport


@functools.cache
def _server(path):
    """The connection to a server that imports from there; it ends with us."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # forks of the server become our children
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, __file__, str(its.fileno())]
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, env=own | {"PYTHONPATH": path}, pass_fds=[its.fileno()])
    its.close()
    atexit.register(_end_server, process, ours)
    return ours


def _end_server(process, connection):
    connection.close()
    process.wait(10)


# --- in the server


def serve(connection):
    """Fork for each order until the other side is gone."""
    import_the_bot()
    while True:
        order, streams, _, _ = socket.recv_fds(connection, _LONGEST_ORDER, 3)
        if not order:
            return
        pid = forked(connection, json.loads(order), streams)
        for each in streams:
            os.close(each)
        connection.send(str(pid).encode())


def forked(connection, order, streams):
    """The number of the process. Its parent has ended, so that it is a child of the tests' by now."""
    said, says = os.pipe()
    if (parent := os.fork()) == 0:
        if (pid := os.fork()) == 0:
            connection.close()
            run(order, streams)
        os.write(says, str(pid).encode())
        os._exit(0)
    os.waitpid(parent, 0)
    pid = int(os.read(said, 32))
    os.close(said)
    os.close(says)
    return pid


def import_the_bot():
    os.environ["PTB_TIMEDELTA"] = "1"  # as `python -m bot` does before any import
    gc.disable()
    import bot.__main__  # noqa: PLC0415 - only in the server
    import bot.process  # noqa: F401, PLC0415
    import db.migrations.authoring  # noqa: F401, PLC0415 - with Alembic, which each new database needs
    import domain.matching  # noqa: F401, PLC0415 - with NumPy
    from domain import calendar, topics  # noqa: PLC0415
    from messages.joining import labels  # noqa: PLC0415

    # A second after its start each would build the index of topics, which takes longer than all else it does.
    topics.load().index()
    labels.labels()
    calendar.working_day(date(2026, 1, 1), None)  # imports the library of holidays
    gc.freeze()
    gc.enable()


def run(order, streams):
    """As `python -m bot` in that folder would."""
    from bot.__main__ import main  # noqa: PLC0415

    for number, each in enumerate(streams):
        os.dup2(each, number)
    os.closerange(3, 256)  # what the server has open, too
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.exit(main(order["arguments"]))


if __name__ == "__main__":
    with contextlib.closing(socket.socket(fileno=int(sys.argv[1]))) as asking:
        serve(asking)
