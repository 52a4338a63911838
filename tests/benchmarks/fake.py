"""Telegram as far as a bench needs it: light, its answers as late as asked, with a stopwatch for each chat."""

import asyncio
import itertools
import json
import time
from collections import Counter, defaultdict
from contextlib import asynccontextmanager

from aiohttp import web

from stage import DEFAULT_TOKEN
from stage.errors import Refused
from stage.limits import Limits

BOT = {
    "id": int(DEFAULT_TOKEN.partition(":")[0]),
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
}
_AT_ONCE = 100  # updates in one answer, as at Telegram
_SENDING = {"sendmessage", "sendphoto", "senddocument", "copymessage"}
_EDITING = {"editmessagetext", "editmessagecaption", "editmessagemedia", "editmessagereplymarkup"}
_PATIENCE = 120.0  # beyond Telegram's limits an answer queues for half a minute


class FakeTelegram:
    """`delay`: seconds before each call is answered. `limits`: whether calls beyond Telegram's limits get a 429."""

    def __init__(self, *, delay=0.0, limits=False):
        self.delay = delay
        self.calls = Counter()
        self.refused = 0
        self.sent_at = []  # when each message or edit was taken in
        self.copies = []  # and those of them that nobody waited for
        self.first_poll = asyncio.Event()
        self.newest = {}  # by chat, the newest message with its keyboard
        self._limits = Limits() if limits else None
        self._updates = []
        self._arrived = asyncio.Event()
        self._numbers, self._messages = itertools.count(1), itertools.count(1)
        self._waiting = defaultdict(list)  # by chat

    # --- people

    async def writes(self, chat, text):
        """Seconds until this message is answered in the chat; None if it never is."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        more = {"entities": entities} if text.startswith("/") else {}
        return await self._answered(chat, message=self._message(chat, _user(chat), text=text, **more))

    async def taps(self, chat, data):
        """The same for pressing this button, below the newest message."""
        number = str(next(self._numbers))
        press = {
            "id": number,
            "from": _user(chat),
            "message": self.newest[chat],
            "chat_instance": "1",
            "data": data,
        }
        return await self._answered(chat, callback_query=press)

    def button(self, chat, beginning):
        """What the first button of the newest message sends that begins like this; None without any."""
        rows = self.newest.get(chat, {}).get("reply_markup", {}).get("inline_keyboard", [])
        return next(
            (
                key["callback_data"]
                for row in rows
                for key in row
                if key["callback_data"].startswith(beginning)
            ),
            None,
        )

    async def _answered(self, chat, **update):
        answered = asyncio.get_running_loop().create_future()
        self._waiting[chat].append(answered)
        begun = time.perf_counter()
        self._updates.append({"update_id": next(self._numbers), **update})
        self._arrived.set()
        try:
            async with asyncio.timeout(_PATIENCE):
                return await answered - begun
        except TimeoutError:
            self._waiting[chat].remove(answered)
            return None

    # --- the bot's calls

    async def handle(self, request):
        method, fields = request.path.rpartition("/")[2].lower().replace("_", ""), await _fields(request)
        self.calls[method] += 1
        try:
            result = (
                await self._getupdates(fields) if method == "getupdates" else self._called(method, fields)
            )
        except Refused as no:
            self.refused += 1
            said = {"error_code": no.code, "description": no.description, "parameters": no.parameters or {}}
            return web.json_response({"ok": False, **said}, status=no.code)
        if self.delay:
            await asyncio.sleep(self.delay)
        if method in _SENDING or method in _EDITING:
            self._stands(int(fields["chat_id"]))
        return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")

    def _called(self, method, fields):
        if method == "getme":
            return BOT
        if method not in _SENDING and method not in _EDITING:
            return True
        chat = int(fields["chat_id"])
        if self._limits is not None:
            self._limits.take(str(chat))
        self.sent_at.append(time.perf_counter())
        if not self._waiting[chat]:
            self.copies.append(self.sent_at[-1])
        text = fields.get("text", fields.get("caption", ""))
        markup = {"reply_markup": json.loads(fields["reply_markup"])} if fields.get("reply_markup") else {}
        given = {"message_id": int(fields["message_id"])} if method in _EDITING else {}
        message = self._message(chat, BOT, text=text, **markup, **given)
        if markup or method in _SENDING:
            self.newest[chat] = message
        return message

    def _stands(self, chat):
        waiting, now = self._waiting[chat], time.perf_counter()
        if waiting:
            waiting.pop(0).set_result(now)

    async def _getupdates(self, fields):
        self.first_poll.set()
        offset = int(fields.get("offset") or 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.pop(0)
        if not self._updates:
            self._arrived.clear()
            try:
                async with asyncio.timeout(float(fields.get("timeout") or 0)):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        return self._updates[:_AT_ONCE]

    def _message(self, chat, sender, **more):
        of = {"id": chat, "type": "private", "first_name": "Ana"}
        number = next(self._messages)
        return {"message_id": number, "from": sender, "chat": of, "date": int(time.time()), **more}


def _user(chat):
    return {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "de"}


async def _fields(request):
    if request.content_type == "application/json":
        return await request.json()
    return dict(await request.post())


@asynccontextmanager
async def faking(**options):
    """A fake and its address."""
    fake = FakeTelegram(**options)
    runner = web.ServerRunner(web.Server(fake.handle, access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield fake, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
