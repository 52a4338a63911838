"""Six months of a workshop in which calls fail, processes die and machines are off: every question comes, in office
hours, and no more often than an unclear answer or a death has left open whether it had.

MONTHS: in so many workshops of full size, one after the other; SEED is the first of them.
"""

import random
import time
from collections import Counter
from datetime import UTC, datetime
from datetime import time as clock_time

from sqlalchemy import select

from db.models import Outgoing, SendState
from domain.calendar import working_day
from tests.faults.six_months import DAYS, Workshop
from tests.faults.sizes import sized
from tests.machine import invariants
from tests.machine.engine import BERLIN
from tests.machine.snapshot import taken

MONTHS = sized("MONTHS", 0)
PEOPLE, PLEDGES = (300, 160) if MONTHS else (30, 10)


def test_six_months_lose_nothing(run, ground, seed, report):
    for number in range(MONTHS or 1):
        figures = run(_months(ground, seed + number))
        report(f"seed {seed + number}: {PEOPLE} people, {PLEDGES} pledges: {figures}")


async def _months(ground, seed):
    began = time.process_time()
    workshop = Workshop(ground, random.Random(seed))
    await workshop.open()
    try:
        await workshop.gathers(PEOPLE, PLEDGES)
        workshop.begins()
        await workshop.lives(DAYS)
        workshop.fate.begun = False
        await workshop.tick()
        await workshop.notes()
        await _judged(workshop, f"seed {seed}")
        return _figures(workshop, began)
    finally:
        await workshop.close()


async def _judged(workshop, which):
    seen = await taken(workshop)
    invariants.due_is_asked_or_has_a_reason(seen)
    invariants.neither_side_is_forgotten(seen)
    invariants.history_is_legal(seen)
    invariants.nothing_is_stuck_on_its_way(seen)
    assert not await workshop.unread(), which
    sent = workshop.stage.ledger.sent
    at = {(each["chat_id"], each["message_id"]): each["at"] for each in sent}
    assert workshop.noted <= set(at), f"{which}: noted as sent, and never arrived"
    for each in workshop.asked:
        _in_office_hours(datetime.fromtimestamp(at[each], UTC).astimezone(BERLIN), which)
    undecided = await workshop.rows(select(Outgoing.id).where(Outgoing.state == SendState.UNDECIDED))
    workshop.repeats = len(set(at) - workshop.noted)
    doubts = workshop.telegram.ambiguous + workshop.fate.in_doubt
    assert not undecided, f"{which}: {len(undecided)} may be lost"
    assert workshop.repeats <= doubts, f"{which}: {workshop.repeats} repeats, {doubts} in doubt"


def _in_office_hours(local, which):
    assert clock_time(8) <= local.time() < clock_time(18), f"{which}: asked at {local}"
    assert working_day(local.date(), None), f"{which}: asked on {local}"


def _figures(workshop, began):
    chats = Counter(each["chat_id"] for each in workshop.stage.ledger.sent)
    return {
        "messages": chats.total(),
        "questions": len(workshop.asked),
        "deaths": workshop.fate.died,
        "in doubt": workshop.telegram.ambiguous + workshop.fate.in_doubt,
        "repeats": workshop.repeats,
        "seconds": round(time.process_time() - began, 1),
    }
