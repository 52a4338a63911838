"""Telegram says nothing, or nothing clear: a reply is repeated until it is sure, all else once, and it is marked."""

from datetime import timedelta

import pytest

from actions.exchange import order
from db.models import Priority
from tests.scheduler.rig import (
    DEAD,
    PENDING,
    SENT,
    UNDECIDED,
    UNKNOWN,
    brief,
    eventually,
    fault,
    machine,
)


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_send_without_a_clear_answer_is_repeated_once_and_marked(rig, arrived):
    person = await rig.person()
    await fault(rig, {"method": "sendMessage", "code": 502, "description": "Bad Gateway", "effect": arrived})
    row = await rig.tell(person)
    rig.start()
    waiting = await rig.until(row, UNKNOWN)
    assert not await rig.deliverer.idle()
    assert waiting.not_before > machine() + timedelta(seconds=1)
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated, row.attempts) == (SENT, True, 2)
    assert len(await rig.arrived(person)) == 1 + arrived


@pytest.mark.parametrize("trouble", [{"code": 500, "description": "Internal"}, {"drop": True}])
async def test_a_reply_is_not_given_up_however_often_the_answer_is_unclear(rig, trouble):
    person = await rig.person()
    await fault(rig, {"method": "sendMessage", "times": 3, **trouble})
    row = await rig.tell(person)
    rig.start()
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated, row.attempts) == (SENT, True, 4)
    assert len(await rig.arrived(person)) == 1


async def test_sixty_who_ask_at_once_are_answered_though_every_fifth_message_fails(rig):
    people = await rig.people(60)
    await fault(rig, error_every=5)
    rows = await rig.tell(*people)
    rig.start()
    await rig.settled()
    assert {(await rig.row(row)).state for row in rows} == {SENT}
    for person in people:
        assert len(await rig.arrived(person)) == 1


async def test_two_unclear_answers_about_news_are_not_followed_by_a_third_try(rig):
    person = await rig.person()
    lost = {"method": "sendMessage", "effect": True, "drop": True, "times": 2}
    await fault(rig, lost)
    row = await rig.tell(person, priority=Priority.NEWS)
    rig.start()
    await rig.settled()
    next_one = await rig.tell(person)
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(next_one)).state) == (UNDECIDED, SENT)
    assert len(await rig.arrived(person)) == 3


async def test_lost_answers_repeat_each_news_at_most_once(rig):
    people = await rig.people(12)
    rows = await rig.tell(*people, priority=Priority.NEWS)
    await fault(rig, lose_answers=0.3)
    rig.start()
    await rig.settled()
    for person, owed in zip(people, rows, strict=True):
        row = await rig.row(owed)
        assert row.state in (SENT, UNDECIDED)
        assert len(await rig.arrived(person)) == 1 + row.repeated


async def test_an_outage_costs_at_most_a_repeat_of_what_was_on_its_way(rig):
    people = await rig.people(30)
    await fault(rig, outage=True)
    rows = await rig.tell(*people)
    rig.start()
    await brief(4)
    assert not {SENT, UNDECIDED, DEAD} & set(await rig.states())
    await fault(rig, outage=False)
    await rig.settled()
    assert {(await rig.row(row)).state for row in rows} == {SENT}
    for person in people:
        assert len(await rig.arrived(person)) == 1
    assert sum(row.repeated for row in await rig.rows()) <= 16


async def test_where_nobody_listens_nothing_is_in_doubt(rig):
    person = await rig.person()
    elsewhere = rig.bot._base_url
    rig.bot._base_url = f"http://127.0.0.1:9/bot{rig.bot.token}"
    row = await rig.tell(person)
    rig.start()

    async def tried():
        return (await rig.row(row)).not_before is not None

    await eventually(tried)
    rig.bot._base_url = elsewhere
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated) == (SENT, False)


async def test_what_nobody_knows_the_end_of_holds_back_news_but_no_reply(rig):
    person = await rig.person()
    in_an_hour = machine() + timedelta(hours=1)
    unclear = await rig.tell(person, state=UNKNOWN, not_before=in_an_hour, lease_until=in_an_hour)
    news = await rig.tell(person, priority=Priority.NEWS)
    reply = await rig.tell(person)
    rig.start()
    await rig.until(reply, SENT)
    async with rig.database.reader() as session:
        assert await order.candidates(session, rig.now(), machine(), 9) == []
    assert [(await rig.row(row)).state for row in (unclear, news)] == [UNKNOWN, PENDING]
