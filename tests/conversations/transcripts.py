"""What people read on their phones, written down: every message with its buttons, every edit, and what they did."""

import difflib
import os
from itertools import groupby
from pathlib import Path

_MARKS = {"bold": "**", "italic": "_", "strikethrough": "~~", "code": "`"}
GOLDEN = Path(__file__).parent / "pledging" / "golden"


def compare(text, name):
    """Fail unless the golden file of this name reads so; `make golden` writes it anew."""
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    diff = difflib.unified_diff(before.splitlines(), text.splitlines(), name, "as it reads now", lineterm="")
    assert text == before, "`make golden` writes it anew:\n" + "\n".join(diff)


class Transcript:
    """Of these phones, from now on. `text` is the same each time: it has no id and no minute."""

    def __init__(self, world, *people):
        self._world, self._people = world, people
        self._lines = []
        self._day = None
        self._seen = {person.id: _shown(person) for person in people}

    @property
    def text(self):
        return "\n".join(self._lines).strip() + "\n"

    # --- what they do

    async def taps(self, person, start):
        """The first button whose data begin so, under the newest message that has one."""
        message = person.with_data(start)
        label, data = next((label, data) for label, data in message.keyboard if data.startswith(start))
        await self.presses(person, message, label, data)

    async def presses(self, person, message, label, data):
        self._did(person, f"taps [{label}]")
        await person.presses(message, data)
        self._look()

    async def starts(self, person, payload):
        self._did(person, f"opens the link {payload}")
        await person.start(payload)
        self._look()

    async def says(self, person, words):
        self._did(person, f"writes: {words}")
        await person.says(words)
        self._look()

    # --- how time goes on

    async def until(self, moment):
        """From instant to instant at which anything falls due."""
        while (due := await self._world.walk.next_due()) is not None and due < moment:
            await self._world.clock.to(max(due, self._world.clock.now()))
            self._look()
        await self._world.clock.to(moment)
        self._look()

    # --- writing

    def _did(self, person, what):
        self._write(f"{person.name} {what}")

    def _look(self):
        """Whatever is new on the phones, or changed."""
        for person in self._people:
            before, now = self._seen[person.id], _shown(person)
            self._seen[person.id] = now
            for number, said in now.items():
                if before.get(number) != said:
                    self._write(f"{person.name} reads{' (edited)' if number in before else ''}:", *said)
            for _ in before.keys() - now.keys():
                self._write(f"{person.name}: a message is gone")

    def _write(self, *lines):
        at = self._world.clock.local
        day = f"{at:%A} {at.day} {at:%B %Y}, {at.hour} h"
        if day != self._day:
            self._lines += [f"=== {day} ===", ""]
            self._day = day
        self._lines += [*lines, ""]


def _shown(person):
    """The lines of every message on this phone, by its number."""
    return {each.id: _lines(each) for each in person.messages}


def _lines(message):
    """A file's name, the text, and each row of buttons."""
    file = message.body.get("document")
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    lines = [
        *([f"({file['file_name']})"] if file else []),
        *_marked(message.text, message.entities).split("\n"),
        *(" ".join(f"[{each['text']}]" for each in row) for row in rows),
    ]
    return [f"    {line}".rstrip() for line in lines]


def _marked(text, entities):
    """With marks for what is bold, struck out and the like; offsets of entities count UTF-16 units."""
    units = text.encode("utf-16-le")
    places = []
    for each in entities:
        start, end = each["offset"], each["offset"] + each["length"]
        if mark := _MARKS.get(each["type"]):
            places += [(start, 1, mark), (end, 0, mark)]
        elif each["type"].endswith("blockquote"):
            places.append((start, 1, "| "))
    parts, at = [], 0
    for place, marks in groupby(sorted(places), key=lambda each: each[0]):
        parts += [units[2 * at : 2 * place].decode("utf-16-le"), *(mark for _, _, mark in marks)]
        at = place
    return "".join([*parts, units[2 * at :].decode("utf-16-le")])
