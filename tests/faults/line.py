"""The way to the stage as Telegram, without a network."""

import asyncio
import json

from telegram.request import BaseRequest

from stage.files import Upload
from stage.server import perform
from tests.faults.processes import outside


class Line(BaseRequest):
    """A call may be on its way there, or its answer on its way back, when the process dies; Telegram goes on.

    `fault` is what happens to the next call that says something, once: it is given what would carry the call out.
    """

    read_timeout = None
    fault = None

    def __init__(self, engine):
        self._engine = engine

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, *_, **__):  # noqa: ARG002 - PTB's own signature
        name = url.rpartition("/")[2]
        given = dict(request_data.json_parameters) if request_data else {}
        parts = dict(request_data.multipart_data or {}) if request_data else {}
        files = {part: Upload(part, mime, data) for part, (_, data, mime) in parts.items()}
        await asyncio.sleep(0)
        self._engine.stage.clock.set(self._engine.now())

        async def carry_out():
            envelope = await outside(self.carried_out(name, given, files))
            return envelope.get("error_code", 200), json.dumps(envelope).encode()

        fault = self.taken(int(given["chat_id"])) if says_something(name) else None
        return await (carry_out() if fault is None else fault(carry_out))

    async def carried_out(self, name, given, files):
        """By Telegram, whatever becomes of whoever called."""
        return await perform(self._engine.stage, name, given, files)

    def taken(self, _chat):
        """What happens to this call, if anything."""
        fault, self.fault = self.fault, None
        return fault


def says_something(name):
    """Whether a call of this method makes or changes a message."""
    return name.startswith(("send", "edit", "copy"))
