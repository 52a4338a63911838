"""What PostgreSQL reads of an outbox in which many wait, once it has counted the rows and knows no more of them."""

from datetime import timedelta

from sqlalchemy import text

from actions.exchange import order
from tests.databases import opened
from tests.world import STARTS_AT

SENT, WAITING, LOOK = 30_000, 2_000, 50
FILLED = """
INSERT INTO outbox (chat_id, priority, kind, key, due_at, state, attempts, repeated, created_at)
SELECT n, 3, 'BroadcastCopy', 'broadcast:1:' || n, :at,
    CASE WHEN n <= :sent THEN 'sent' ELSE 'pending' END, 0, false, :at
FROM generate_series(1, :all) n
"""
READ = (
    "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
    " FROM pg_stat_xact_user_tables WHERE relname = 'outbox'"
)


async def test_no_more_rows_are_read_than_may_go_next(postgres_url):
    database = opened(postgres_url)
    async with database.writer.begin() as session:
        figures = {"at": STARTS_AT, "sent": SENT, "all": SENT + WAITING}
        await session.execute(text(FILLED), figures)
    async with database.engines[0].connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM outbox"))
    async with database.reader() as session:
        later = STARTS_AT + timedelta(hours=1)
        found = await order.candidates(session, later, later, LOOK)
        read = await session.scalar(text(READ))
    await database.close()
    assert [row.chat_id for row in found] == [SENT + n for n in range(1, LOOK + 1)]
    assert read <= 4 * LOOK  # the row, and what else there is of its chat
