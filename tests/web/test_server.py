"""What can be asked from outside: health and its causes, the page, and the webhook that only Telegram may use."""

from datetime import timedelta

import pytest
import sqlalchemy.exc
from sqlalchemy import text

from actions.exchange.delivery import FAULT
from bot.intake import Intake
from db.models import Inbox, InboxState, Outgoing, Priority, SendState
from tests.scheduler.ticking import OPERATOR
from tests.web.conftest import NOW
from web.health import Health
from web.server import create_app, listening

NOTHING_WRONG = {
    "failed_steps": 0,
    "unreadable_updates": 0,
    "updates_given_up": 0,
    "unworded_messages": 0,
    "warnings": [],
}


async def health(client):
    answer = await client.get("/health")
    return answer.status, await answer.json()


async def owe(database, late, state=SendState.PENDING, error=None):
    async with database.writer.begin() as session:
        session.add(
            Outgoing(
                chat_id=1,
                priority=Priority.REPLY,
                kind="Ready",
                due_at=NOW - late,
                created_at=NOW,
                state=state,
                error=error,
            )
        )


async def test_nothing_to_do_is_well(client):
    assert await health(client) == (
        200,
        {
            "status": "ok",
            "oldest_due_seconds": 0,
            "oldest_update_seconds": 0,
            "inbox": 0,
            "outbox": 0,
            "failed_rows": 0,
            **NOTHING_WRONG,
            "last_tick_seconds": 0,
            "clock_jumped_seconds": 0,
        },
    )


async def test_it_counts_what_is_due_and_what_is_not_worked_off(client, database):
    await owe(database, timedelta(seconds=30))
    await owe(database, timedelta(seconds=-30))
    await owe(database, timedelta(days=1), SendState.SENT)
    async with database.writer.begin() as session:
        for number, state in enumerate((InboxState.NEW, InboxState.NEW, InboxState.DONE)):
            session.add(Inbox(update_id=number, chat_id=1, state=state, received_at=NOW))
    status, figures = await health(client)
    assert status == 200
    assert figures == {
        "status": "ok",
        "oldest_due_seconds": 30,
        "oldest_update_seconds": 0,
        "inbox": 2,
        "outbox": 1,
        "failed_rows": 0,
        **NOTHING_WRONG,
        "last_tick_seconds": 0,
        "clock_jumped_seconds": 0,
    }


@pytest.mark.parametrize(("late", "status"), [(900, 200), (901, 503)])
async def test_a_message_more_than_a_quarter_of_an_hour_late_is_not_well(client, database, late, status):
    await owe(database, timedelta(seconds=late))
    assert (await health(client))[0] == status


@pytest.mark.parametrize(("seconds", "status"), [(None, 200), (90.0, 200), (91.0, 503)])
async def test_a_telegram_that_is_silent_is_not_well(client, silence, seconds, status):
    silence.seconds = seconds
    assert (await health(client))[0] == status


async def test_rows_that_the_clock_cannot_change_are_counted_and_not_well(database):
    well, figures = await Health(database, lambda: NOW, lambda: None, lambda: 2).check()
    assert not well
    assert figures["status"] == "rows fail: the log names them"
    assert figures["failed_rows"] == 2


@pytest.mark.parametrize(("seconds", "well"), [(120.0, True), (121.0, False)])
async def test_a_clock_that_does_not_tick_is_not_well(database, seconds, well):
    health = Health(database, lambda: NOW, lambda: None, since_tick=lambda: seconds)
    said, figures = await health.check()
    assert (said, figures["last_tick_seconds"]) == (well, int(seconds))


async def test_a_clock_that_was_set_is_told_and_well(database):
    health = Health(database, lambda: NOW, lambda: None, clock_jumped=lambda: -21_600)
    well, figures = await health.check()
    assert (well, figures["clock_jumped_seconds"]) == (True, -21_600)


@pytest.mark.parametrize(("seconds", "status"), [(120, 200), (121, 503)])
async def test_an_update_that_is_not_processed_for_two_minutes_is_not_well(client, database, seconds, status):
    at = NOW - timedelta(seconds=seconds)
    async with database.writer.begin() as session:
        session.add(Inbox(update_id=1, chat_id=1, state=InboxState.NEW, received_at=at))
    assert (await health(client))[0] == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("replaced", [True, False])
async def test_a_file_removed_or_replaced_under_the_process_is_not_well(client, database, tmp_path, replaced):
    await owe(database, timedelta())
    file = tmp_path / "mutmacher.db"
    copy = file.read_bytes()
    file.unlink()
    if replaced:
        (tmp_path / "other.db").write_bytes(copy)
        (tmp_path / "other.db").rename(file)
    status, figures = await health(client)
    assert (status, figures["status"]) == (503, "the database file was removed or replaced")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_updates_that_cannot_be_stored_are_not_well_until_they_can(database, tmp_path):
    intake = Intake(database, None, OPERATOR, lambda: NOW, lambda: None)
    health = Health(database, lambda: NOW, lambda: None, stores=lambda: intake.stores)
    async with database.writer.begin() as session:
        await session.execute(text("ALTER TABLE lanes RENAME TO away"))
    with pytest.raises(sqlalchemy.exc.OperationalError):
        await intake.take([{"update_id": 1, "message": {"chat": {"id": 5}}}])
    well, figures = await health.check()
    assert (well, figures["status"]) == (False, "updates cannot be stored")
    async with database.writer.begin() as session:
        await session.execute(text("ALTER TABLE away RENAME TO lanes"))
    await intake.take([{"update_id": 1, "message": {"chat": {"id": 5}}}])
    assert (await health.check())[0]


async def test_a_database_that_fails_is_not_well(client, database):
    async with database.writer.begin() as session:
        await session.execute(text("DROP TABLE inbox"))
    status, figures = await health(client)
    assert status == 503
    assert all(isinstance(figures[name], int) for name in ("oldest_due_seconds", "inbox", "outbox"))


async def test_the_page_leads_to_the_bot(client):
    answer = await client.get("/")
    assert answer.status == 200
    assert 'href="https://t.me/mutmacher_bot"' in await answer.text()


async def test_a_port_is_freed_again(database, silence):
    app = create_app(Health(database, lambda: NOW, silence), lambda: None)
    async with listening(app, "127.0.0.1", 0) as port:
        assert port
        other = create_app(Health(database, lambda: NOW, silence), lambda: None)
        with pytest.raises(OSError, match="in use"):
            async with listening(other, "127.0.0.1", port):
                pytest.fail("two on one port")
    again = create_app(Health(database, lambda: NOW, silence), lambda: None)
    async with listening(again, "127.0.0.1", port):
        pass


async def test_metrics_are_what_health_says_and_which_watchdog_barks(client, database):
    await owe(database, timedelta(seconds=901))
    answer = await client.get("/metrics")
    lines = (await answer.text()).splitlines()
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert {"mutmacher_oldest_due_seconds 901.0", "mutmacher_outbox 1.0"} <= set(lines)
    barking = [line for line in lines if line.startswith("mutmacher_watchdog{") and line.endswith(" 1.0")]
    assert barking == ['mutmacher_watchdog{watchdog="messages_late"} 1.0']


async def test_what_was_given_up_in_the_last_day_is_counted_and_told_and_well(client, database):
    async with database.writer.begin() as session:
        for number, (state, hours) in enumerate(
            [(InboxState.POISON, 1), (InboxState.PARKED, 1), (InboxState.PARKED, 25)]
        ):
            at = NOW - timedelta(hours=hours)
            session.add(Inbox(update_id=number, chat_id=1, state=state, received_at=at))
    await owe(database, timedelta(hours=1), SendState.DEAD, error=FAULT)
    await owe(database, timedelta(hours=25), SendState.DEAD, error=FAULT)
    await owe(database, timedelta(hours=1), SendState.DEAD, error="unreachable")
    status, figures = await health(client)
    assert (status, figures["status"]) == (200, "ok")
    counted = ("unreadable_updates", "updates_given_up", "unworded_messages")
    assert [figures[name] for name in counted] == [1, 1, 1]
    assert len(figures["warnings"]) == 3
