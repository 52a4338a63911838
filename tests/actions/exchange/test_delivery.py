"""What may go next is found without a look at what went long ago."""

from datetime import UTC, datetime

from sqlalchemy import create_engine, select, text

from actions.exchange import order
from db.models import Outgoing

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)


def test_the_rows_of_a_chat_are_looked_up_by_their_state(sqlite_url):
    engine = create_engine(sqlite_url)
    query = select(Outgoing.id).where(order.sendable(NOW, NOW))
    sql = query.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    engine.dispose()
    by_chat = [step for step in plan if "chat_id=?" in step]
    assert len(by_chat) == 2
    assert all("chat_id=? AND state=?" in step for step in by_chat), plan
