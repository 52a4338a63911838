"""What becomes of the outbox's rows when their reader writes from another chat."""

import pytest
from sqlalchemy import select

from actions.exchange import moving, outbox
from db.models import NOWHERE, Outgoing, Priority, SendState
from domain.outcomes.rights import Forgotten
from tests.cast import agreed
from tests.databases import opened
from tests.world import STARTS_AT

BEN, OLD, NEW = 901, 7_340_987_766, 7_340_987_777


@pytest.fixture
async def database(database_url):
    """Where nobody is yet."""
    found = opened(database_url)
    yield found
    await found.close()


def row(**columns):
    of = {"chat_id": OLD, "person_id": BEN, "party_id": BEN, "priority": Priority.NEWS, "kind": "Result",
          "object_id": 1, "due_at": STARTS_AT, "created_at": STARTS_AT, "state": SendState.PENDING}  # fmt: skip
    return Outgoing(**{**of, **columns})


SENT = {"state": SendState.SENT, "message_id": 7}


async def after(database, *rows):
    """The rows as they are once Ben writes from the new chat."""
    async with database.writer.begin() as session:
        session.add(agreed(OLD, STARTS_AT, id=BEN))
        await session.flush()
        for each in rows:
            session.add(each)
            await session.flush()
        await moving.to_chat(session, BEN, OLD, NEW)
    async with database.reader() as session:
        return (await session.scalars(select(Outgoing).order_by(Outgoing.id))).all()


@pytest.mark.parametrize(
    ("columns", "chat", "state", "message"),
    [
        ({}, NEW, SendState.PENDING, None),
        ({"state": SendState.UNKNOWN}, NEW, SendState.UNKNOWN, None),
        ({"priority": Priority.REPLY}, NOWHERE, SendState.CANCELLED, None),
        ({"edits_message": 7}, NOWHERE, SendState.CANCELLED, None),
        (SENT, NOWHERE, SendState.SENT, None),
        ({"state": SendState.SENDING}, OLD, SendState.SENDING, None),
        ({"chat_id": 5, **SENT}, 5, SendState.SENT, 7),
    ],
)
async def test_what_was_not_said_yet_moves_and_what_was_said_is_known_no_more(
    database, columns, chat, state, message
):
    (moved,) = await after(database, row(**columns))
    assert (moved.chat_id, moved.state, moved.message_id) == (chat, state, message)
    assert moved.error == (outbox.MOVED if state is SendState.CANCELLED else None)


async def test_the_words_of_the_erased_are_still_taken_away_there(database):
    said = row(**SENT)
    cover = {"kind": Forgotten.__name__, "edits_row": 1, "priority": Priority.BROADCAST}
    _, covered = await after(database, said, row(**cover))
    assert (covered.chat_id, covered.state) == (OLD, SendState.PENDING)
    assert (covered.edits_message, covered.edits_row) == (7, None)


async def test_neither_a_thread_nor_a_key_leads_back(database):
    said, keyed = await after(
        database, row(args={"thread": 3, "page": 1}, **SENT), row(key=f"silent:1:{OLD}", **SENT)
    )
    assert said.args == {"page": 1}
    assert keyed.key is None
