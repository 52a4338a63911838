"""Updates of several lanes in one transaction: each as if it were alone, and all or nothing of each."""

import pytest
from sqlalchemy import event, text, update
from telegram import Update
from telegram.ext import TypeHandler

from db.models import Inbox, InboxState, Person
from domain.outcomes.small import Fault
from domain.refusal import Reason, Refusal
from tests.handlers.rig import effects, eventually, first, message
from tests.handlers.worker import note

CHAT = 701
LANES = 5
BAD = CHAT + 2
DONE, NEW = InboxState.DONE, InboxState.NEW
OTHERS = {CHAT + n: [n + 1] for n in range(LANES) if CHAT + n != BAD}


async def one_each(rig):
    await rig.store(*(message(CHAT + n, "/hilfe", update_id=n + 1) for n in range(LANES)))


def commits(rig):
    """A list that grows with each."""
    found = []
    event.listen(rig.database.engines[0].sync_engine, "commit", found.append)
    return found


async def test_they_share_a_commit(rig):
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    await one_each(rig)
    counted = commits(rig)
    rig.start()
    await rig.settled()
    await rig.halt()
    assert len(await effects(rig)) == LANES
    assert len(counted) <= 2, "the group, and a look whether anything is left"


async def fails(turn):
    raise ValueError


async def breaks_a_rule_of_the_database(turn):
    turn.session.add_all(
        Person(chat_id=BAD, voice=turn.operator.voice, created_at=turn.now) for _ in range(2)
    )


async def asks_what_the_database_does_not_know(turn):
    await turn.session.execute(text("SELECT nothing FROM nowhere"))


@pytest.mark.parametrize("act", [fails, breaks_a_rule_of_the_database, asks_what_the_database_does_not_know])
async def test_one_that_fails_takes_back_itself_alone(rig, act):
    """Whatever it had written is gone, and the others are committed with the note that it failed."""

    async def misbehave(turn, said):
        turn.tell(Fault(0) if turn.chat_id == BAD else Fault(turn.chat_id - CHAT + 1))
        await turn.session.flush()
        if turn.chat_id == BAD:
            await act(turn)

    first(rig, misbehave)
    await one_each(rig)
    rig.start()
    await eventually(lambda: worked_or_tried(rig))
    assert await effects(rig) == OTHERS
    (bad,) = await rig.all(Inbox, Inbox.chat_id == BAD)
    assert bad.state is NEW
    assert bad.payload is not None


async def worked_or_tried(rig):
    rows = await rig.all(Inbox)
    return all(row.state is DONE or row.chat_id == BAD for row in rows)


async def test_a_refusal_is_said_and_disturbs_nobody(rig):
    async def refuse(turn, said):
        if turn.chat_id == BAD:
            turn.tell(Fault(0))
            raise Refusal(Reason.STALE_BUTTON)

    first(rig, refuse)
    rig.application.add_handler(TypeHandler(Update, note), group=-2)
    await one_each(rig)
    rig.start()
    await rig.settled()
    assert await effects(rig) == OTHERS
    assert (await rig.said(BAD))[0] == "Refused"


async def test_a_transaction_that_the_database_has_ended_has_done_nothing(rig):
    """As SQLite does when the disk is full: no savepoint is left to go back to, and all of it is done once more."""
    tries = []

    async def end_it_once(turn, said):
        if turn.chat_id == BAD and not tries:
            tries.append(turn.chat_id)
            await turn.session.execute(text("ROLLBACK"))

    first(rig, end_it_once)
    rig.application.add_handler(TypeHandler(Update, note), group=-2)
    await one_each(rig)
    rig.start()
    await rig.settled()
    assert tries == [BAD]
    assert await effects(rig) == OTHERS | {BAD: [BAD - CHAT + 1]}
    assert {row.attempts for row in await rig.all(Inbox)} == {0}


async def test_each_reads_what_those_before_it_have_changed(rig):
    people = [await rig.person(CHAT + n) for n in range(2)]
    read = []

    async def rename_the_next(turn, said):
        read.append(turn.me.name)
        await turn.session.get(Person, people[1].id)
        renaming = update(Person).where(Person.id == people[1].id).values(name="Ben Albrecht")
        await turn.session.execute(renaming.execution_options(synchronize_session=False))

    first(rig, rename_the_next)
    await rig.store(message(CHAT, "/hilfe", update_id=1), message(CHAT + 1, "/hilfe", update_id=2))
    rig.start()
    await rig.settled()
    assert read == ["Ana Keller", "Ben Albrecht"]
