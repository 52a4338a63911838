"""People on the stage's phones: what they do goes over HTTP, what they see is what the stage shows them."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import FormData

from domain.limits import MESSAGES, WINDOW

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


_FORMATS = ("bold", "italic", "blockquote", "expandable_blockquote", "code")


@dataclass(frozen=True)
class Bubble:
    """One message of the bot as the phone shows it now."""

    body: dict[str, Any]

    @property
    def id(self):
        return self.body["message_id"]

    @property
    def text(self):
        """As it reads, without formatting; a picture's caption."""
        return self.body.get("text") or self.body.get("caption") or ""

    @property
    def entities(self):
        return self.body.get("entities") or self.body.get("caption_entities") or []

    @property
    def tappable(self):
        """Kinds of entities in it that lead somewhere when tapped."""
        return [e["type"] for e in self.entities if e["type"] not in _FORMATS]

    @property
    def keyboard(self):
        """(label, data) of its buttons, row by row."""
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [(each["text"], each.get("callback_data", "")) for row in rows for each in row]

    @property
    def buttons(self):
        return [label for label, _ in self.keyboard]

    def data_of(self, label):
        """What the button says to the bot; the button whose label is, or else contains, `label`."""
        exact = [data for text, data in self.keyboard if text == label]
        near = [data for text, data in self.keyboard if label.casefold() in text.casefold()]
        return next(iter(exact + near), None)


@dataclass
class TestPerson:
    """`says`, `taps` and the like return what is new on the phone when all is quiet, as one text."""

    __test__ = False

    world: Any
    id: int
    name: str
    taps_made: int = 0
    answers_typed: int = 0
    typed: list[str] = field(default_factory=list)
    _seen: int = 0
    _acted: list[datetime] = field(default_factory=list)

    # --- what they see

    @property
    def messages(self):
        """All of the bot's that were not deleted, oldest first."""
        return [Bubble(body) for body in self._shown() if not body.get("out")]

    @property
    def new(self):
        """Messages of the bot, and edits, since the last thing they did themselves."""
        return [each for each in self.messages if each.body["revision"] > self._seen]

    @property
    def newest(self):
        assert self.messages, f"{self.name} has heard nothing"
        return self.messages[-1]

    @property
    def last(self):
        """The text of the newest message of the bot."""
        return self.newest.text

    @property
    def buttons(self):
        """Labels under the newest message."""
        return self.newest.buttons

    @property
    def heard(self):
        """What is new, as one text."""
        return "\n\n".join(each.text for each in self.new)

    def with_button(self, label):
        """The newest message with such a button. Fails with what there is."""
        return self._find(label, lambda each: each.data_of(label) is not None)

    def with_data(self, start):
        """The newest message with a button whose data begin so (see `messages.buttons`)."""
        return self._find(start, lambda each: any(data.startswith(start) for _, data in each.keyboard))

    def shows(self, start):
        """Has their newest message a button whose data begin so?"""
        return any(data.startswith(start) for _, data in self.newest.keyboard)

    def can(self, start):
        """Has any message of theirs such a button?"""
        return any(data.startswith(start) for each in self.messages for _, data in each.keyboard)

    def _find(self, wanted, fits):
        found = next(filter(fits, reversed(self.messages)), None)
        assert found is not None, f"{self.name} has no button {wanted!r}; there is:\n{self.screen()}"
        return found

    def screen(self, count=4):
        """The end of the chat, for people who read a failed test."""
        lines = []
        for body in self._shown()[-count * 2 :]:
            bubble = Bubble(body)
            lines.append(("> " if body.get("out") else "") + bubble.text[:600])
            lines += ["   " + " ".join(f"[{label}]" for label in bubble.buttons)] if bubble.buttons else []
        return "\n".join(lines)

    def _shown(self):
        return [body for body in self.world.messages(self.id) if not body.get("deleted")]

    # --- what they do

    async def start(self, payload=""):
        """The Start button, or a link with this payload followed."""
        return await self._does("start", payload=payload)

    async def says(self, text, **more):
        """Type and send. A command is no answer, all else is counted as one."""
        self.typed.append(text)
        self.answers_typed += not text.startswith("/")
        return await self._does("send", text=text, **more)

    async def taps(self, label, *, message=None):
        """Tap the button that is named so or contains the word, under the newest message that has one."""
        message = message or self.with_button(label)
        data = message.data_of(label)
        assert data is not None, f"no button {label!r}: {message.buttons}"
        return await self.presses(message, data)

    async def taps_data(self, start):
        """Tap the first button whose data begin so, under the newest message that has one."""
        message = self.with_data(start)
        return await self.presses(
            message, next(data for _, data in message.keyboard if data.startswith(start))
        )

    async def presses(self, message, data):
        """Tap a certain button of a certain message."""
        self.taps_made += 1
        return await self._does("press", message_id=message.id, data=data)

    async def edits(self, message_id, text):
        self.typed.append(text)
        return await self._does("edit", message_id=message_id, text=text)

    async def shares_contact(self, number):
        self.typed.append(number)
        return await self._does("contact", phone_number=number)

    async def uploads(self, kind, caption="", file=("picture.png", None), album=""):
        """A photo, document, video or voice message; `file`: its name and content; `album`: what it belongs to."""
        name, content = file
        form = FormData()
        form.add_field("file", content or PIXEL, filename=name, content_type="image/png")
        form.add_field("kind", kind)
        form.add_field("caption", caption)
        form.add_field("album", album)
        self._look()
        await self.world.post(f"users/{self.id}/upload", data=form)
        await self.world.quiet()
        return self.heard

    async def blocks(self, blocked=True):
        return await self._does("block", blocked=blocked)

    async def sends_anything(self, **message):
        """A private message with this content, as Telegram would tell of it."""
        return await self.causes(message={"chat": self._chat(), "from": self._user(), **message})

    async def sends_button_data(self, data, *, message_id=None):
        """What a press of a button with these data sends, whether or not a message of theirs has one."""
        return await self.causes(callback_query=self.press_of(data, message_id=message_id))

    def press_of(self, data, *, message_id=None):
        """The callback query of a button with these data."""
        message = {
            "message_id": message_id or self.newest.id,
            "chat": self._chat(),
            "date": 1_800_000_000,
            "from": {"id": 1_000_000, "is_bot": True, "first_name": "Mutmacher"},
            "text": "?",
        }
        query = {"id": str(self.world.number()), "from": self._user(), "message": message}
        return {**query, "chat_instance": "1", "data": data}

    async def causes(self, **update):
        """Any update of Telegram."""
        self._look()
        await self.world.post("updates", json=update)
        await self.world.quiet()
        return self.heard

    def _chat(self):
        return {"id": self.id, "type": "private", "first_name": self.name}

    def _user(self):
        return {"id": self.id, "is_bot": False, "first_name": self.name}

    async def does_at_once(self, *doings):
        """Several (what, body) without waiting for an answer in between."""
        self._look()
        for what, body in doings:
            await self.world.post(f"users/{self.id}/{what}", json=body)
        await self.world.quiet()
        return self.heard

    async def _does(self, what, **body):
        return await self.does_at_once((what, body))

    def _look(self):
        self._take_time()
        self._seen = max((body["revision"] for body in self.world.messages(self.id)), default=0)

    def _take_time(self):
        """Nobody types more in a minute than is read of them: time goes on instead. At once they may do anything."""
        clock = self.world.clock
        self._acted = [at for at in self._acted if at > clock.now() - WINDOW]
        if len(self._acted) >= MESSAGES:
            clock.skip(WINDOW)
        self._acted.append(clock.now())


def formats_in(*people):
    """Kinds of formats in everything the bot has written in these chats."""
    return {entity["type"] for person in people for each in person.messages for entity in each.entities}
