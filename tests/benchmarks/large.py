"""A large database: how long a start takes until the first poll, and what planning with thousands of pledges costs."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from actions.exchange.operator import Operator
from actions.pledging.help_calls.pledge_topics import UNKNOWN
from db.cipher import Cipher, load_or_create_key
from db.models import Nudge, Outgoing, Pledge, Priority, SendState
from db.session import open_database
from domain import nudging
from domain.nudging import deadline_for
from domain.pledges import Acts, State
from domain.voice import Voice
from scheduler.ticks import Ticks
from tests.benchmarks.contenders import FIRST, OWNER, fill, ours, running

_STARTS, _TICKS = 5, 5
_PEOPLE, _SENT_EACH = 9_000, 40
_ZONE = ZoneInfo("Europe/Berlin")
_OPERATOR = Operator((OWNER,), "Verein", "a@example.org", "bench_bot", _ZONE, Voice.DU, 90)


async def measured(folder, asked, say):
    """Lines for the page."""
    contender = ours("ours, SQLite", folder)
    people = min(_PEOPLE, asked.readers)
    await fill(contender, people)
    database = open_database(
        contender.settings["DATABASE_URL"],
        Cipher(load_or_create_key(Path(contender.settings["SECRET_KEY_FILE"]))),
    )
    planned = await _make_large(database, people, asked.pledges)
    ticks = [await _tick(database) for _ in range(_TICKS)]
    await database.close()
    say("large: made")
    starts = []
    for _ in range(_STARTS):
        begun = time.perf_counter()
        async with running(contender, folder):
            starts.append(time.perf_counter() - begun)
    return [
        f"* {people} people, {asked.pledges} pledges, {people * _SENT_EACH} rows in the outbox, on SQLite.",
        f"* Start to first poll: {statistics.median(starts):.2f} s (median of {_STARTS}; worst {max(starts):.2f} s).",
        f"* Planning all questions of {asked.pledges} pledges: {planned:.1f} s.",
        f"* A tick with nothing to do: {1000 * statistics.median(ticks[1:]):.0f} ms.",
        f"* The first tick of an hour, which also prunes: {ticks[0]:.1f} s.",
    ]


async def _make_large(database, people, pledges):
    """Seconds that planning took of it; storing the rows is not counted."""
    now = datetime.now(UTC)
    async with database.writer.begin() as session:
        await _in_pieces(session, Pledge, [_pledge(n, people, now) for n in range(1, pledges + 1)])
        begun = time.perf_counter()
        nudges = [each for n in range(1, pledges + 1) for each in _planned(n, people, now)]
        took = time.perf_counter() - begun
        await _in_pieces(session, Nudge, nudges)
        rows = [_sent(n, n // _SENT_EACH + 1, now) for n in range(people * _SENT_EACH)]
        await _in_pieces(session, Outgoing, rows)
    return took


async def _in_pieces(session, table, rows):
    for start in range(0, len(rows), 5000):
        await session.execute(insert(table), rows[start : start + 5000])


def _parties(n, people):
    return n % people + 1, (n + 1) % people + 1


def _pledge(n, people, now):
    author, partner = _parties(n, people)
    today = now.date()
    return {
        "id": n, "workshop_id": 1, "author_id": author, "partner_id": partner, "acts": Acts.AUTHOR,
        "text": "Ich rufe an.", "state": State.ACTIVE, "made_on": today, "deadline": deadline_for(today),
        "talk_settled": True, "created_at": now, "worded_by_author": True, "revision": 1,
        "topic": UNKNOWN,
    }  # fmt: skip


def _planned(n, people, now):
    today = now.date()
    return [
        {"pledge_id": n, "person_id": person, "period": q.period, "due_at": q.due}
        for person in _parties(n, people)
        for q in nudging.plan(today, deadline_for(today), zone=_ZONE, land="BE")
    ]


def _sent(n, person, now):
    at = now - timedelta(days=n % 80)
    return {
        "chat_id": FIRST + person - 1, "person_id": person, "party_id": person, "kind": "Help", "message_id": n + 1,
        "priority": Priority.REPLY, "args": {"joined": True, "organiser": False}, "due_at": at, "created_at": at,
        "sent_at": at, "state": SendState.SENT, "attempts": 1, "repeated": False,
    }  # fmt: skip


async def _tick(database):
    ticks = Ticks(database, _OPERATOR, lambda: datetime.now(UTC), lambda: datetime.now(UTC), time.monotonic)
    begun = time.perf_counter()
    await ticks.run_due()
    return time.perf_counter() - begun
