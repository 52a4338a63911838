"""The stage as Telegram, called without a network, and what was said to whom at which moment."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from telegram.error import TimedOut
from telegram.request import BaseRequest

from db.models import Consent, Nudge, Outgoing, Person, SendState
from domain.outcomes.choices import Purpose
from stage.files import Upload
from stage.server import perform


@dataclass(frozen=True)
class Said:
    """A call that sends or edits a message, as it was when it went out; `arrived` is what Telegram made of it.

    `asks`: the questions that the message asks for the first time.
    """

    at: datetime
    chat: int
    row: int
    kind: str
    priority: int
    key: str | None
    is_edit: bool
    text: str
    agrees: bool
    paused: bool
    asks: frozenset
    arrived: bool


class Telegram(BaseRequest):
    """`said`: every message and edit, in order. `lose`: of so many of the next ones no answer comes back."""

    read_timeout = None

    def __init__(self, stage, database, now):
        self._stage, self._database, self._now = stage, database, now
        self.said = []
        self.lose = 0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, *_, **__):  # noqa: ARG002 - PTB's own signature
        name = url.rpartition("/")[2]
        given = dict(request_data.json_parameters) if request_data else {}
        parts = dict(request_data.multipart_data or {}) if request_data else {}
        files = {part: Upload(part, mime, data) for part, (_, data, mime) in parts.items()}
        says = name.startswith(("send", "edit", "copy"))
        found = await self._on_its_way(int(given["chat_id"])) if says else None
        envelope = await perform(self._stage, name, given, files)
        if found is not None:
            self.said.append(_said(self._now(), *found, name, given, arrived=envelope["ok"]))
            if self.lose:
                self.lose -= 1
                raise TimedOut
        return envelope.get("error_code", 200), json.dumps(envelope).encode()

    async def _on_its_way(self, chat):
        """The row that this chat is just being sent, and how its reader stands to being told at this moment."""
        async with self._database.reader() as session:
            row = await session.scalar(
                select(Outgoing).where(Outgoing.chat_id == chat, Outgoing.state == SendState.SENDING)
            )
            assert row is not None, "a message that no row owes"
            person = await session.scalar(select(Person).where(Person.chat_id == chat))
            given = await session.execute(
                select(Consent.purpose, Consent.given, Consent.withdrawn_at)
                .join(Person, Person.id == Consent.person_id)
                .where(Person.chat_id == chat)
                .order_by(Consent.id)
            )
            last = {purpose: yes and withdrawn is None for purpose, yes, withdrawn in given}
            agrees = last.get(Purpose.CORE, False) and last.get(Purpose.CARRIER, False)
            paused = person is not None and person.paused
            paused = paused and (person.paused_until is None or person.paused_until > self._now())
            asks = frozenset(await session.scalars(select(Nudge.period).where(Nudge.outbox_id == row.id)))
        return row, agrees, paused, asks


def _said(at, row, agrees, paused, asks, name, given, *, arrived):
    text = str(given.get("text") or given.get("caption") or "")
    is_edit = name.startswith("edit")
    return Said(
        at, row.chat_id, row.id, row.kind, row.priority, row.key, is_edit, text, agrees, paused, asks, arrived
    )
