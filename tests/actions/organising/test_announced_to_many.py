"""What PostgreSQL reads for a batch of an announcement's copies while it knows nothing about its tables yet."""

from collections import Counter

import pytest
from sqlalchemy import text

from actions.organising.broadcasts import running
from db.models import Broadcast, BroadcastState
from tests.benchmarks.planning import OPERATOR
from tests.cast import member, workshop_row
from tests.databases import opened
from tests.world import STARTS_AT

PEOPLE, BATCHES = 3000, 15  # after ten, PostgreSQL may take the same plan for whatever ids there are
COPIED = f"""
INSERT INTO persons SELECT (jsonb_populate_record(p, jsonb_build_object('id', n, 'chat_id', n))).*
FROM persons p, generate_series(2, {PEOPLE}) n;
INSERT INTO memberships SELECT (jsonb_populate_record(m, jsonb_build_object('person_id', p.id))).*
FROM memberships m, persons p WHERE p.id > 1;
INSERT INTO consents (person_id, purpose, given, version, sha256, voice, at)
SELECT p.id, c.purpose, given, version, sha256, c.voice, at FROM consents c, persons p WHERE p.id > 1
"""
READ = (
    "SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0), coalesce(idx_scan, 0)"
    " FROM pg_stat_xact_user_tables WHERE relname IN ('persons', 'memberships', 'consents')"
)


@pytest.mark.parametrize("notice", [False, True])
async def test_a_batch_looks_up_those_it_looks_at_and_nobody_else(postgres_url, notice):
    database, rows, lookups = opened(postgres_url), Counter(), Counter()
    await _fill(database, notice)
    owing = running.owing(STARTS_AT, OPERATOR)
    for _ in range(BATCHES):
        async with database.writer.begin() as session:
            before = await _counted(session)
            await owing.change(session, 1)
            await session.flush()
            for table, (read, looked) in (await _counted(session)).items():
                rows[table] = max(rows[table], read - before[table][0])
                lookups[table] = max(lookups[table], looked - before[table][1])
    copies = await _owed(database)
    await database.close()
    assert copies == BATCHES * running.BATCH
    assert rows["memberships"] <= PEOPLE + running.LOOKED_AT  # once all of them, for whose turn it is
    assert rows["consents"] <= 3 * running.LOOKED_AT
    # Each row that is owed also makes sure, twice, that its reader is there.
    assert lookups["persons"] <= running.LOOKED_AT + 2 * running.BATCH


async def _fill(database, notice):
    announced = Broadcast(
        workshop_id=1, author_chat_id=9, message_id=1, words={"text": "", "formats": [], "photo": False},
        state=BroadcastState.CONFIRMED, created_at=STARTS_AT, confirmed_at=STARTS_AT, expected=PEOPLE,
        owed_up_to=0, notice=notice,
    )  # fmt: skip
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT))
        await session.flush()
        session.add_all([announced, member(1, STARTS_AT)])
        await session.flush()
        for statement in COPIED.split(";"):
            await session.execute(text(statement))


async def _counted(session):
    """By table, the rows read and the look-ups by this session that PostgreSQL has not added up yet."""
    return {table: figures for table, *figures in await session.execute(text(READ))}


async def _owed(database):
    async with database.reader() as session:
        return await session.scalar(text("SELECT count(*) FROM outbox"))
