"""Delivers updates to a webhook: one queue per chat or person, in order, each until a 2xx confirms it."""

import asyncio
import contextlib
import json
import time
from collections import deque

import aiohttp

from stage.errors import Json
from stage.server import perform
from stage.world import World

TIMEOUT = 60  # all three in seconds
LONGEST_PAUSE = 60.0
MOST_PATIENCE = 3600.0


class Delivery:
    """Delivers at least once: retries at once, then after 2, 4, 8 … up to 60 s, and obeys `Retry-After`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._queues: dict[str, deque[Json]] = {}
        self._taken: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """Put new updates into their queues for as long as the stage runs."""
        woken = asyncio.Event()
        self._world.updates.waiters.append(woken)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as self._session:
            while True:
                woken.clear()
                if self._world.updates.webhook:
                    self._distribute()
                await woken.wait()

    def _distribute(self) -> None:
        for update in self._world.updates.pending():
            if update["update_id"] in self._taken:
                continue
            self._taken.add(update["update_id"])
            name = _queue_name(update)
            if name in self._queues:
                self._queues[name].append(update)
                continue
            self._queues[name] = deque([update])
            task = asyncio.create_task(self._work(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, name: str) -> None:
        queue = self._queues[name]
        while queue:
            update = queue.popleft()
            await self._deliver(update)
            self._taken.discard(update["update_id"])
        del self._queues[name]

    async def _deliver(self, update: Json) -> None:
        tries = 0
        while self._world.updates.webhook and self._world.updates.holds(update["update_id"]):
            pause = await self._try(update)
            if pause is None:
                self._world.updates.confirm(update["update_id"])
                self._world.journal.flush()
                return
            tries += 1
            await asyncio.sleep(max(pause, 0.0 if tries == 1 else min(2.0 ** (tries - 1), LONGEST_PAUSE)))

    async def _try(self, update: Json) -> float | None:
        """Return None once the update is confirmed, else the seconds the receiver asked us to wait."""
        webhook = self._world.updates.webhook
        secret = webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        assert self._session is not None
        if self._world.faults.outage:
            return 1.0
        try:
            async with self._session.post(webhook["url"], json=update, headers=headers) as answer:
                if answer.ok:
                    await self._run_answer(await answer.read())
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _patience(answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0

    def _failed(self, message: str) -> None:
        self._world.updates.webhook_error = {
            "last_error_date": int(time.time()),
            "last_error_message": message,
        }

    async def _run_answer(self, body: bytes) -> None:
        """Carry out a method call that came as the answer; as in Telegram, its result is discarded."""
        with contextlib.suppress(ValueError):
            call = json.loads(body)
            if isinstance(call, dict) and isinstance(call.get("method"), str):
                await perform(self._world, call.pop("method"), call, {})


def _queue_name(update: Json) -> str:
    """Messages queue by chat, presses by person, everything else in a single queue."""
    for kind, body in update.items():
        if isinstance(body, dict):
            whose = body.get("from" if kind == "callback_query" else "chat")
            return f"{kind == 'callback_query'} {whose.get('id') if isinstance(whose, dict) else None}"
    return ""


def _patience(header: str) -> float:
    return min(float(header), MOST_PATIENCE) if header.isdecimal() else 0.0
