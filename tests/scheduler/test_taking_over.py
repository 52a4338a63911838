"""A deliverer goes on after another, perhaps while that one still lives: their rows, their pace and their pause."""

import time
from datetime import timedelta

from actions.exchange import delivery
from db.models import Priority, SendState
from tests.scheduler.rig import SENT, brief, eventually, fault, machine


async def test_a_live_lease_is_not_taken_and_one_that_is_over_is(rig):
    first, second = await rig.people(2)
    soon = machine() + timedelta(seconds=60)
    live, over = await rig.tell(first, second, state=SendState.SENDING, lease_owner="first", lease_until=soon)
    late = machine() - timedelta(seconds=1)
    async with rig.database.writer.begin() as session:
        (await session.get_one(type(over), over.id)).lease_until = late
        await session.flush()
        await delivery.giving_up_leases(machine()).change(session)
    rig.start("second", alone=False)
    assert (await rig.until(over, SENT)).repeated
    await brief(1)
    row = await rig.row(live)
    assert (row.state, row.lease_owner, row.attempts) == (SendState.SENDING, "first", 0)


async def test_the_pace_of_one_chat_goes_on(rig):
    """Three at once, then one a second: whoever sends them."""
    person = await rig.person()
    await fault(rig, limits=True)
    for name in ("first", "second", "third"):
        await rig.tell(*[person] * 3)
        rig.start(name, alone=False)
        await rig.settled()
        await rig.halt()
    assert [call["code"] for call in await rig.calls()] == [200] * 9


async def test_telegrams_limits_are_kept_over_a_change_of_hands(rig):
    people = await rig.people(40)
    await fault(rig, limits=True)
    await rig.tell(*people)
    for name in ("first", "second", "third"):
        rig.start(name, alone=False)
        await brief(0.5)
        await rig.halt()
    rig.start("last", alone=False)
    await rig.settled()
    assert set(await rig.states()) == {SENT}
    assert not [call for call in await rig.calls() if call["code"] == 429]


async def test_a_pause_goes_on(rig):
    person = await rig.person()
    wait = {"method": "sendMessage", "code": 429, "description": "Too Many Requests: retry after 2"}
    await fault(rig, wait | {"parameters": {"retry_after": 2}})
    row = await rig.tell(person)
    rig.start()
    asked = time.monotonic()
    while (await rig.row(row)).not_before is None:
        await brief(0.02)
    await rig.halt()
    other = await rig.tell(await rig.person(), priority=Priority.NEWS)
    rig.start("second", alone=False)
    await rig.until(other, SENT)
    assert time.monotonic() - asked >= 2, "whom nothing was refused waits, too"
    await rig.settled()


async def test_leases_are_renewed_while_an_attempt_takes_long(rig, monkeypatch):
    monkeypatch.setattr("scheduler.delivery._RENEW_EVERY", 0.2)
    rig.line.through.clear()
    row = await rig.tell(await rig.person())
    rig.start()
    claimed = (await rig.until(row, SendState.SENDING)).lease_until

    async def renewed():
        return (await rig.row(row)).lease_until > claimed

    await eventually(renewed)
    rig.line.through.set()
    await rig.settled()
