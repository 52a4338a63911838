"""A phone used over HTTP, for tests and scripts: it writes and taps, waits until the bot is done, and reads."""

import asyncio
from collections.abc import Iterable
from typing import Any, Self

from aiohttp import ClientSession

Json = dict[str, Any]

_LOOK_EVERY = 0.03  # seconds
_CALM = 0.4  # seconds without a change that count as quiet if the bot's /health does not tell


class PhoneError(Exception):
    """The stage refused, or the bot did not come to rest; the text says which."""


class Heard(list[Json]):
    """New or changed messages of the bot. `"word" in heard` looks into their texts."""

    def __contains__(self, words: object) -> bool:
        return isinstance(words, str) and words in self.text

    @property
    def text(self) -> str:
        return "\n".join(text_of(message) for message in self)


def text_of(message: Json) -> str:
    """Text or caption, as it is shown."""
    return str(message.get("text") or message.get("caption") or "")


def labels_of(message: Json) -> list[str]:
    """The labels of the message's inline buttons, in reading order."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard") or []
    return [key["text"] for row in rows for key in row]


class Phone:
    """The phone `user_id` of the stage at `url`. `health`: the bot's own address, if it differs.

    Every act waits until the bot is quiet: all updates fetched, nothing in its inbox, nothing due in its outbox.
    """

    def __init__(
        self, url: str, user_id: int, http: ClientSession, *, health: str | None = None, patience: float = 60
    ) -> None:
        self.url, self.id = url, user_id
        self._http = http
        self._health = f"{health or url}/health"
        self._patience = patience
        self._seen = 0
        self.taps_made = 0
        self.typed = 0
        self.messages: list[Json] = []

    @classmethod
    async def add(
        cls,
        url: str,
        http: ClientSession,
        first_name: str,
        *,
        health: str | None = None,
        patience: float = 60,
        **more: Any,
    ) -> Self:
        """Add a phone to the stage, or use the one with this id; `more` as in `POST /stage/users`."""
        async with http.post(f"{url}/stage/users", json={"first_name": first_name, **more}) as answer:
            body = await answer.json()
            if answer.status == 409:  # noqa: PLR2004
                body = {"id": more["id"]}
            elif not answer.ok:
                raise PhoneError(body["error"])
        return cls(url, body["id"], http, health=health, patience=patience)

    # --- acts

    async def start(self, payload: str = "") -> Heard:
        """Press Start, or follow a deep link with this payload."""
        return await self._act("start", payload=payload)

    async def says(self, text: str) -> Heard:
        self.typed += 1
        return await self._act("send", text=text)

    async def taps(self, label: str) -> Heard:
        """Press the button with this label, else the one whose label contains it, on the newest message that has it.

        Raises PhoneError if there is none; its text names the buttons of the newest keyboard.
        """
        await self.look()
        exact = [m for m in self.messages if label in labels_of(m)]
        loose = [m for m in self.messages if any(label in each for each in labels_of(m))]
        if not (found := exact or loose):
            raise PhoneError(f"no button {label!r}; there are {self.labels}")
        return await self.presses(found[-1]["message_id"], label)

    async def presses(self, message_id: int, label: str) -> Heard:
        """Press the button with this label on this very message."""
        self.taps_made += 1
        return await self._act("press", message_id=message_id, label=label)

    async def blocks(self, blocked: bool = True) -> Heard:
        return await self._act("block", blocked=blocked)

    async def edits(self, message_id: int, text: str) -> Heard:
        return await self._act("edit", message_id=message_id, text=text)

    async def _act(self, what: str, **body: Any) -> Heard:
        await self._post(what, **body)
        await self.quiet()
        return await self.look()

    async def _post(self, what: str, **body: Any) -> Json:
        async with self._http.post(f"{self.url}/stage/users/{self.id}/{what}", json=body) as answer:
            result: Json = await answer.json()
            if not answer.ok:
                raise PhoneError(result["error"])
            return result

    # --- reading

    async def look(self) -> Heard:
        """What the bot has written or changed since the last look."""
        async with self._http.get(f"{self.url}/stage/users/{self.id}/messages") as answer:
            body = await answer.json()
            if not answer.ok:
                raise PhoneError(body["error"])
            everything = body["messages"]
        theirs = [m for m in everything if not m.get("out") and not m.get("deleted")]
        fresh = Heard(m for m in theirs if m["revision"] > self._seen)
        self._seen = max((m["revision"] for m in everything), default=self._seen)
        self.messages = theirs
        return fresh

    @property
    def last(self) -> str:
        """The text of the bot's newest message, as of the last look."""
        return text_of(self.messages[-1]) if self.messages else ""

    @property
    def labels(self) -> list[str]:
        """The buttons under the newest message that has any."""
        return next(filter(None, map(labels_of, reversed(self.messages))), [])

    # --- waiting

    async def quiet(self) -> None:
        """Wait until the bot has done all its work, for everybody; raises PhoneError after `patience` seconds."""
        try:
            async with asyncio.timeout(self._patience):
                while not await self._is_quiet():  # noqa: ASYNC110 - the bot is another process
                    await asyncio.sleep(_LOOK_EVERY)
        except TimeoutError:
            raise PhoneError(f"the bot did not come to rest within {self._patience} s") from None

    async def _is_quiet(self) -> bool:
        # The order matters: the bot stores updates before it confirms them, so none slips through in between.
        async with self._http.get(f"{self.url}/stage/state") as answer:
            state = await answer.json()
        if state["bot"]["pending_updates"]:
            return False
        async with self._http.get(self._health) as answer:
            if answer.content_type == "application/json" and "inbox" in (figures := await answer.json()):
                return not figures["inbox"] and not figures["outbox"]
        return await self._stays(state["version"])

    async def _stays(self, version: int) -> bool:
        await asyncio.sleep(_CALM)
        async with self._http.get(f"{self.url}/stage/state") as answer:
            return int((await answer.json())["version"]) == version


async def all_quiet(phones: Iterable[Phone]) -> None:
    """Wait until the bot is quiet, then let every phone look; one phone waits for all of them."""
    phones = list(phones)
    if phones:
        await phones[0].quiet()
        await asyncio.gather(*(phone.look() for phone in phones))
