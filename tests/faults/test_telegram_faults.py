"""Each of fourteen faults of Telegram meets each of six kinds of messages: as many arrive as have to, what may have
come twice is marked, and whatever is owed next to the same chat, and to others, goes on.
"""

import asyncio
from datetime import date, timedelta

import pytest

from actions.exchange import outbox
from db.models import Broadcast, BroadcastState, Outgoing, Person, Priority, SendState
from domain.outcomes.organising.broadcasts import BroadcastCopy
from domain.outcomes.pledging.talks import CalendarFile
from domain.outcomes.rights import Paused
from tests.cast import pledge_row
from tests.faults.engine import MortalEngine
from tests.faults.telegram_faults import FAULTS
from tests.faults.trouble import HastyLoop

_FIRST = date(2027, 1, 1)


@pytest.fixture
def run():
    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        yield runner.run


class Teller:
    """Owes the people of one engine messages, each of which reads otherwise."""

    def __init__(self, engine):
        self.engine = engine
        self._said = 0

    async def owes(self, reader, payload=None, **how):
        chat, person = reader
        self._said += 1
        payload = payload or Paused(_FIRST + timedelta(days=self._said))
        async with self.engine.database.writer.begin() as session:
            row = outbox.owe(session, payload, outbox.Recipient(chat, person), self.engine.moment, **how)
            await session.flush()
        return row.id

    async def adds(self, row):
        async with self.engine.database.writer.begin() as session:
            session.add(row)
        return row.id

    async def row(self, number):
        async with self.engine.database.reader() as session:
            return await session.get_one(Outgoing, number)

    def arrived(self, reader):
        """How many messages have, and how many are shown: an edit makes no new one."""
        return len([each for each in self.engine.stage.ledger.sent if each["chat_id"] == reader[0]])


async def _reply(teller, reader):
    return await teller.owes(reader)


async def _news(teller, reader):
    return await teller.owes(reader, priority=Priority.NEWS)


async def _question(teller, reader):
    return await teller.owes(reader, priority=Priority.NUDGE)


async def _announcement(teller, reader):
    """It is copied from the chat of whoever announces it."""
    messages = teller.engine.stage.ledger.chats[reader[0]].messages.values()
    written = next(each.id for each in messages if each.out)
    broadcast = Broadcast(
        message_id=written,
        created_at=teller.engine.moment,
        state=BroadcastState.CONFIRMED,
        author_chat_id=reader[0],
    )
    number = await teller.adds(broadcast)
    return await teller.owes(reader, BroadcastCopy.Payload(number), priority=Priority.NEWS)


async def _file(teller, reader):
    pledge = pledge_row(1, reader[1], teller.other[1], teller.engine.moment)
    return await teller.owes(reader, CalendarFile.Payload(await teller.adds(pledge)), priority=Priority.NEWS)


async def _edit(teller, reader):
    target = await teller.owes(reader)
    await teller.engine.settle()
    return await teller.owes(reader, edits_row=target)


MESSAGES = {each.__name__[1:]: each for each in (_reply, _news, _question, _announcement, _file, _edit)}


@pytest.mark.parametrize("kind", MESSAGES)
def test_each_fault_has_its_consequence(run, ground, kind, report):
    async def story():
        engine = MortalEngine(ground)
        await engine.open()
        teller = Teller(engine)
        teller.other = await engine.guest("Ben Albrecht")
        try:
            for name, fault in FAULTS.items():
                await _meets(teller, kind, name, fault)
            assert not [each for each in engine.log.errors if "worded" in each], engine.log.errors
        finally:
            await engine.close()

    run(story())
    report(f"{len(FAULTS)} faults")


async def _meets(teller, kind, name, fault):
    engine, reader = teller.engine, await teller.engine.guest("Ana Keller")
    await engine.says(reader[0], "/hilfe")
    number = await MESSAGES[kind](teller, reader)
    before = teller.arrived(reader)
    engine.telegram.fault = fault.happens
    await engine.settle()
    assert engine.telegram.fault is None, f"{name}: nothing was sent that it could have met"
    is_edit = kind == "edit"
    arrived = teller.arrived(reader) - before
    row = await teller.row(number)
    assert row.state is (SendState.SENT if fault.again else SendState.DEAD), f"{name}: {row.state}"
    assert arrived == (0 if is_edit else fault.again + fault.arrives), f"{name}: {arrived} arrived"
    assert row.repeated == (not fault.sure and not is_edit), f"{name}: marked as repeated: {row.repeated}"
    await _goes_on(teller, reader, fault)


async def _goes_on(teller, reader, fault):
    """Others hear on; so does the same reader, unless nothing reaches them."""
    engine = teller.engine
    (gone,) = await engine.rows(Person.__table__.select().with_only_columns(
        Person.unreachable_since.is_not(None)).where(Person.id == reader[1]))  # fmt: skip
    assert gone == fault.gone
    counts = []
    for each in (reader, teller.other):
        before = teller.arrived(each)
        await teller.owes(each, priority=Priority.NEWS)
        await engine.settle()
        counts.append(teller.arrived(each) - before)
    assert counts[1] == 1
    assert counts[0] == 1 or fault.gone
