"""What was said to whom at which moment, and how its reader stood to being told: seen from outside of the process."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.models import Consent, Nudge, Outgoing, Person, SendState
from domain.outcomes.choices import Purpose
from tests.databases import opened
from tests.faults.line import Line, says_something
from tests.faults.telegram_faults import FAULTS


@dataclass(frozen=True)
class Said:
    """A call that sends or edits a message, as it was when it went out; `arrived` is what Telegram made of it.

    `text`: with the id of the photo above it; `object`: what it is about; `party`: for whom it is worded; `agrees`: to
    what its reader agrees at this moment; `asks`: the questions that the message asks for the first time; `confirmed`:
    the names of those whose role is confirmed at this moment.
    """

    at: datetime
    chat: int
    party: int | None
    row: int
    kind: str
    object: int | None
    priority: int
    key: str | None
    is_edit: bool
    text: str
    agrees: frozenset
    paused: bool
    asks: frozenset
    confirmed: frozenset
    arrived: bool


class Telegram(Line):
    """`said`: every message and edit, in order. `lose`: of so many of the next ones no answer comes back. `meanwhile`:
    for which chats the next call has to wait a little, and what somebody does then.
    """

    def __init__(self, engine):
        super().__init__(engine)
        self._witness = opened(engine.database_url)
        self.said = []
        self.lose = 0
        self.meanwhile = None

    async def close(self):
        await self._witness.close()

    def taken(self, chat):
        if self.meanwhile is not None and chat in self.meanwhile[0]:
            (_, act), self.meanwhile = self.meanwhile, None
            act()
            return FAULTS["429 with a time"].happens
        if not self.lose:
            return None
        self.lose -= 1
        return FAULTS["timeout on the way back"].happens

    async def carried_out(self, name, given, files):
        found = await self._on_its_way(int(given["chat_id"])) if says_something(name) else None
        envelope = await super().carried_out(name, given, files)
        if found is not None:
            self.said.append(_said(self._engine.now(), *found, name, given, arrived=envelope["ok"]))
        return envelope

    async def _on_its_way(self, chat):
        """The row that this chat is just being sent, and how its reader stands to being told at this moment."""
        async with self._witness.reader() as session:
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
            agrees = frozenset(Purpose(purpose) for purpose, yes in last.items() if yes)
            paused = person is not None and person.paused
            paused = paused and (person.paused_until is None or person.paused_until > self._engine.now())
            asks = frozenset(await session.scalars(select(Nudge.period).where(Nudge.outbox_id == row.id)))
            confirmed = frozenset(
                await session.scalars(select(Person.name).where(Person.role_confirmed.is_(True)))
            )
        return row, agrees, paused, asks, confirmed


def _said(at, row, agrees, paused, asks, confirmed, name, given, *, arrived):
    photo = given.get("photo", "") if name == "sendPhoto" else ""
    text = f"{given.get('text') or given.get('caption') or ''} {photo}"
    is_edit = name.startswith("edit")
    return Said(
        at, row.chat_id, row.party_id, row.id, row.kind, row.object_id, row.priority, row.key, is_edit, text, agrees,
        paused, asks, confirmed, arrived,
    )  # fmt: skip
